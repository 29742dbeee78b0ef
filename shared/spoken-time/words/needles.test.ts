/** What a pattern needs is never more than it needs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NeedleIndex, needlesOf } from './needles.ts';

describe('the needles of a pattern', () => {
  it.each<[string, readonly string[] | null]>([
    ['over tomorrow', ['over tomorrow']],
    ['(?:am )?heutige[nrsm]? tage?', ['heutige']],
    ['abc|defg', ['abc', 'defg']],
    ['abc|d', null],
    ['(?:halb|viertel) [a-z]+', ['halb', 'viertel']],
    ['(?<!not )wann immer(?= es)', ['wann immer']],
    ['ueber ?naechste([nrsm]?)', ['naechste']],
    ['\\d{1,2} uhr', [' uhr']],
    ['[a-z]+', null],
  ])('%s', (source, needles) => expect(needlesOf(source)).toEqual(needles));
  it('stand in every text that matches', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 1, maxLength: 5 });
    const piece = fc.oneof(
      letters,
      letters.map((s) => `(?:${s})?`),
      fc.tuple(letters, letters).map(([a, b]) => `(?:${a}|${b})`),
      fc.constantFrom('[ab]', '[a-c]+', 'a?', 'b*'),
    );
    const source = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(source, fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 30 }), (pattern, text) => {
        const found = new Uint8Array(1);
        new NeedleIndex([needlesOf(pattern)]).find(text, found);
        if (new RegExp(pattern).test(text)) expect(found[0]).toBe(1);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** No word is lost: every token of a phrase is part of an item, or skipped with a reason. */
import { describe, expect, it } from 'vitest';
import facts from '../../../tests/fixtures/german-time-and-phone.json' with { type: 'json' };
import variants from '../../../tests/fixtures/spoken-time-variants.json' with { type: 'json' };
import type { Language } from '../reading.ts';
import { tokenise } from '../words/tokenise.ts';
import { readItems } from './read-items.ts';

const PHRASES: readonly (readonly [string, Language])[] = [
  ...facts.time.map((row) => [row.say, 'de'] as const),
  ...variants.phrases.map((row) => [row.say, row.language as Language] as const),
];
const read = (say: string, language: Language = 'de', ignore: readonly string[] = []) =>
  readItems(tokenise(say), language, new Set(ignore));
const reasons = (say: string, language: Language = 'de', ignore: readonly string[] = []) =>
  read(say, language, ignore).skipped.map(({ token, why }) => [token.text, why]);

describe('tokens that are not read', () => {
  it.each(['de', 'en'] as const)('each token of the fixtures is in one item or skipped once (%s)', (language) => {
    for (const [say] of PHRASES.filter((row) => row[1] === language)) {
      const all = tokenise(say);
      const { items, tokens, skipped } = readItems(all, language, new Set());
      const covered = [
        ...items.flatMap(({ i, j }) => tokens.slice(i, j).map(({ at }) => at)),
        ...skipped.map(({ token }) => token.at),
      ];
      expect([say, covered.sort((a, b) => a - b)]).toEqual([say, all.map(({ at }) => at)]);
    }
  });
  it.each<[string, [string, string][]]>([
    ['bitte morgen', [['bitte', 'filler']]],
    [
      'für zwei Personen morgen',
      [
        ['fuer', 'filler'],
        ['zwei', 'count'],
        ['personen', 'count'],
      ],
    ],
    ['bei Frau Freitag morgen', [['freitag', 'name']]],
    [
      'morgen für eine Stunde',
      [
        ['eine', 'duration'],
        ['stunde', 'duration'],
      ],
    ],
    ['kurz morgen um drei', [['kurz', 'modifier']]],
    ['morgen Mikado', [['mikado', 'unknown-word']]],
    [
      'Hausnummer 12 morgen',
      [
        ['hausnummer', 'identifier'],
        ['12', 'identifier'],
      ],
    ],
  ])('%s', (say, expected) => expect(reasons(say)).toEqual(expect.arrayContaining(expected)));
  it('a name of a service is left out by name', () =>
    expect(reasons('Balance morgen', 'de', ['balance'])).toEqual([['balance', 'known-name']]));
});

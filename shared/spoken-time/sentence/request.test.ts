/** No word is lost between the items and the request, and each part of a sentence has the role that a listener gives it. */
import { describe, expect, it } from 'vitest';
import hard from '../../../tests/fixtures/spoken-time/hard-seen.json' with { type: 'json' };
import { readItems } from '../grammar/read-items.ts';
import type { Language } from '../reading.ts';
import { reference } from '../reference-branch.fixture.ts';
import { understand } from '../understand.ts';
import { tokenise } from '../words/tokenise.ts';
import { requestOf } from './request.ts';
import { sayings } from './said.ts';

const rolesOf = (say: string): [string, string][] => {
  const all = tokenise(say);
  return sayings(readItems(all, 'de', new Set()), all)
    .filter(({ items }) => items.length > 0)
    .map(({ part, role }) => [
      role,
      all
        .slice(part.from, part.to)
        .map(({ text }) => text)
        .join(' '),
    ]);
};

describe('a request in a sentence', () => {
  it('each token is in an item or left out with a reason', () => {
    for (const { say, language } of hard) {
      const all = tokenise(say);
      const { items, tokens, skipped } = requestOf(readItems(all, language as Language, new Set()), all);
      // A day that was only mentioned may be taken over: it is left out where it stands and counts all the same.
      const covered = new Set([
        ...items.flatMap(({ i, j }) => tokens.slice(i, j).map(({ at }) => at)),
        ...skipped.map(({ token }) => token.at),
      ]);
      expect([say, [...covered].sort((a, b) => a - b)]).toEqual([say, all.map(({ at }) => at)]);
    }
  });
  it.each<[string, [string, string][]]>([
    [
      'weil ich am Montag arbeite wär mir Dienstag um drei lieber',
      [
        ['reason', 'weil ich am montag arbeite'],
        ['request', 'waer mir dienstag um drei lieber'],
      ],
    ],
    [
      'mein Zug kommt um zehn an, also bitte Dienstag um elf',
      [
        ['other', 'mein zug kommt um zehn an'],
        ['request', 'also bitte dienstag um elf'],
      ],
    ],
    [
      'den Termin am Dienstag um zehn bitte auf Mittwoch um drei verlegen',
      [
        ['old', 'den termin am dienstag um zehn bitte'],
        ['plain', 'auf mittwoch um drei verlegen'],
      ],
    ],
  ])('%s', (say, roles) => expect(rolesOf(say)).toEqual(roles));
  it('because says what was left out and why', () =>
    expect(
      understand({ when: 'mein Zug kommt um zehn an, also bitte Dienstag um elf' }, reference()).because,
    ).toContain('„um zehn" (other)'));
  it('a question names what is unclear', () => {
    const asked = (when: string): string | undefined => understand({ when }, reference()).question;
    expect(asked('am Dienstag um Mikado')).toBe('Für Dienstag, 24. November: Welche Uhrzeit passt Ihnen?');
    expect(asked('am Mikado um drei')).toBe('Für 15 Uhr: An welchem Tag möchten Sie kommen?');
    expect(asked('Mikadotag')).toContain('mikadotag');
  });
});

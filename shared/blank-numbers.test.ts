import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLANKED, blankNumbers, blankNumbersOver, passesLuhn, passesMod97 } from './blank-numbers.ts';

describe('a card number', () => {
  it.each([
    ['Meine Karte ist 4111 1111 1111 1111, gültig bis 12/27', `Meine Karte ist ${BLANKED}, gültig bis 12/27`],
    ['Karte 4111111111111111 bitte', `Karte ${BLANKED} bitte`],
    ['4111-1111-1111-1111', BLANKED],
    ['378282246310005 ist Amex', `${BLANKED} ist Amex`],
    ['vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins', BLANKED],
    ['Fünfundfünfzig fünfundfünfzig, und dann 55555555 ähm vierundvierzig vierundvierzig', BLANKED],
    ['four one double one and then eleven eleven 1111 eleven eleven', BLANKED],
    ['forty one eleven eleven eleven 1111 1111', BLANKED],
    ['1234567812345670 irgendeine', `${BLANKED} irgendeine`],
    ['0151 2345678 und die Karte: 4111 1111 1111 1111', `0151 2345678 und die Karte: ${BLANKED}`],
  ])('%s → %s', (text, blanked) => expect(blankNumbers(text)).toBe(blanked));

  it.each([
    '4111 1111 1111 1112',
    'call_4111111111111111',
    'Auftrag A4111111111111111',
    'am 24.11.2026 um 14:30 und 0151 2345678',
    'zwei Personen um vier, Haus 12, 80331 München',
  ])('%s stays', (text) => expect(blankNumbers(text)).toBe(text));
});

describe('an IBAN', () => {
  it.each([
    ['die IBAN ist DE89 3704 0044 0532 0130 00 danke', `die IBAN ist ${BLANKED} danke`],
    ['IBAN DE89370400440532013000.', `IBAN ${BLANKED}.`],
    ['de89370400440532013000', BLANKED],
    ['AT61 1904 3002 3457 3201', BLANKED],
    ['GB29 NWBK 6016 1331 9268 19 bitte', `${BLANKED} bitte`],
    ['D E 89 37 04 00 44 05 32 01 30 00', BLANKED],
    [
      'de neunundachtzig drei sieben null vier null null vier vier null fünf drei zwei null eins drei null null null',
      BLANKED,
    ],
  ])('%s → %s', (text, blanked) => expect(blankNumbers(text)).toBe(blanked));

  it.each(['DE88 3704 0044 0532 0130 00', 'DE89 im Titel'])('%s is none', (text) =>
    expect(blankNumbers(text)).toBe(text),
  );
});

it('is found when it is said in several turns, with answers between', () => {
  const turns = ['meine Karte 4111 1111', 'die nächsten 1111', '1111 bitte'];
  expect(blankNumbersOver(['meine Karte 4111 1111', '1111', '1111 bitte'])).toEqual([
    `meine Karte ${BLANKED}`,
    BLANKED,
    `${BLANKED} bitte`,
  ]);
  // "nächsten" is no word of a number: what is said around it belongs to two.
  expect(blankNumbersOver(turns)).toEqual(turns);
});

const DIGIT_WORDS = ['null', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun'];
const withCheckDigit = (digits: string): string => {
  for (let check = 0; check < 10; check++) if (passesLuhn(`${digits}${check}`)) return `${digits}${check}`;
  return digits;
};
const card = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 13, maxLength: 17 }))
  .map(([first, rest]) => withCheckDigit(`${first}${rest.join('')}`));

describe('whatever the number', () => {
  it('none that passes Luhn is left, however it is grouped, said and cut into turns', () => {
    fc.assert(
      fc.property(
        card,
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 20, maxLength: 20 }),
        fc.array(fc.constantFrom('digits', 'words'), { minLength: 20, maxLength: 20 }),
        fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
        (number, lengths, ways, cuts) => {
          const texts = [''];
          let at = 0;
          for (let i = 0; at < number.length; i++) {
            const group = number.slice(at, at + (lengths[i] ?? 1));
            at += group.length;
            const said = ways[i] === 'words' ? [...group].map((d) => DIGIT_WORDS[Number(d)]).join(' ') : group;
            if (cuts[i]) texts.push(said);
            else texts[texts.length - 1] = `${texts.at(-1)} ${said}`.trim();
          }
          expect(blankNumbersOver(texts).join('').replaceAll(BLANKED, '')).toBe('');
        },
      ),
    );
  });

  it('an IBAN of Germany is found in any grouping', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 18, maxLength: 18 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 20, maxLength: 20 }),
        (bank, lengths) => {
          const check = 98 - Number(BigInt(`${bank.join('')}131400`) % 97n);
          const iban = `${String(check).padStart(2, '0')}${bank.join('')}`;
          expect(passesMod97(`DE${iban}`)).toBe(true);
          let rest = iban;
          const groups: string[] = [];
          for (const length of lengths) {
            if (rest !== '') groups.push(rest.slice(0, length));
            rest = rest.slice(length);
          }
          if (rest !== '') groups.push(rest);
          expect(blankNumbers(`DE ${groups.join(' ')}`)).toBe(BLANKED);
        },
      ),
    );
  });

  it('telephone numbers stay, in every form people say them', () => {
    const { phones } = JSON.parse(readFileSync('tests/fixtures/phone-variants.json', 'utf8')) as {
      phones: { input: string; e164?: string | null }[];
    };
    const said = phones.flatMap(({ input, e164 }) => [input, e164 ?? '']);
    expect(said.filter((text) => blankNumbers(text) !== text)).toEqual([]);
  });

  it('a text without numbers comes back as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        if (!/\d/.test(text) && !/\p{L}/u.test(text)) expect(blankNumbers(text)).toBe(text);
        blankNumbers(text);
      }),
    );
  });

  it('a hostile text comes back in time', () => {
    for (const text of ['4 '.repeat(20_000), 'DE12'.repeat(10_000), 'eins '.repeat(20_000), '1-'.repeat(30_000)])
      expect(() => blankNumbers(text)).not.toThrow();
  });
});

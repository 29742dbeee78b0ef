/** Numbers as people write and say them; the 18 cases of tests/fixtures/german-time-and-phone.json and what callers do besides. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from '../tests/fixtures/german-time-and-phone.json' with { type: 'json' };
import { countryOf, isMobile, readPhone, sayPhone, spokenDigits } from './phone.ts';

const DE = { country: 'DE' };

describe('the 18 cases of the fixture', () => {
  it('are 18', () => expect(new Set(fixture.phone.map((row) => row.case)).size).toBe(18));
  it.each(fixture.phone.map((row) => [row.input, row.branch_country, row] as const))(
    '%s in %s',
    (input, country, row) => {
      const read = readPhone(input, { country, areaCode: 'area_code' in row ? row.area_code : null });
      expect({ e164: read.e164, kind: read.kind, action: read.action, extension: read.extension }).toEqual({
        e164: row.e164,
        kind: row.kind,
        action: row.action,
        extension: 'extension' in row ? row.extension : undefined,
      });
      expect(read.raw).toBe(input);
    },
  );
});

describe('spoken numbers', () => {
  it.each([
    ['null eins sieben eins doppel null drei vier fünf sechs sieben', '+491710034567'],
    ['null eins siebzig zwölf vierunddreißig sechsundfünfzig sieben', '+491701234567'],
    ['plus neunundvierzig eins sieben eins eins zwo drei vier fünf sechs sieben', '+491711234567'],
    ['plus vier neun eins sieben eins eins zwei drei vier fünf sechs sieben', '+491711234567'],
    ['null null neunundvierzig eins sieben eins eins zwo drei vier fünf sechs sieben', '+491711234567'],
    ['null eins sieben eins dreifach die zwei vier fünf sechs sieben', '+491712224567'],
    ['also meine nummer ist null eins sieben eins äh eins zwei drei vier fünf sechs sieben', '+491711234567'],
    ['zero one seven one double two three four five six seven', '+491712234567'],
    ['oh one seven one twenty one thirty-four fifty six seven', '+491712134567'],
    ['null eins sieben eins ein und zwanzig vier und dreißig fünf sechs sieben', '+491712134567'],
    ['Null Eins Sieben Eins 1234567', '+491711234567'],
    ['null dreißig eins zwei drei vier fünf sechs sieben acht', '+493012345678'],
    ['meine Handynummer lautet 0171 1234567 bitte', '+491711234567'],
  ])('%s', (said, e164) => {
    const read = readPhone(said, DE);
    expect([read.e164, read.action]).toEqual([e164.replaceAll(' ', ''), 'match']);
  });
  it.each([
    'null eins sieben eins ähnlich zwei drei vier fünf sechs sieben',
    'null eins siebenx zwei drei',
    'doppel',
    'null eins sieben eins zweimal zwölf drei vier fünf',
    'o171 12E4567',
  ])('%s is asked again: a misheard digit is another phone', (said) =>
    expect(readPhone(said, DE)).toMatchObject({ e164: null, action: 'ask' }),
  );
});

describe('written numbers', () => {
  it.each([
    ['+49 151 1234567', 'DE', '+491511234567', 'mobile'],
    ['0151 123-4567', 'DE', '+491511234567', 'mobile'],
    ['(0171) 123 45 67', 'DE', '+491711234567', 'mobile'],
    ['0171-1234567', 'DE', '+491711234567', 'mobile'],
    ['030-1234567', 'DE', '+49301234567', 'fixed_line'],
    ['tel:+49-30-1234567', 'DE', '+49301234567', 'fixed_line'],
    ['sip:+491711234567@carrier.example', 'DE', '+491711234567', 'mobile'],
    ['+43 664 1234567', 'DE', '+436641234567', 'mobile'],
    ['01 234 56 78', 'AT', '+4312345678', 'fixed_line'],
    ['43 664 1234567', 'AT', '+436641234567', 'mobile'],
    ['079 123 45 67', 'CH', '+41791234567', 'mobile'],
    ['0041 79 123 45 67', 'CH', '+41791234567', 'mobile'],
    ['41 79 123 45 67', 'CH', '+41791234567', 'mobile'],
    ['+41 (0)44 123 45 67', 'DE', '+41441234567', 'fixed_line'],
    ['044 123 45 67', 'CH', '+41441234567', 'fixed_line'],
    ['+33 6 12 34 56 78', 'DE', '+33612345678', 'foreign'],
    ['+1 202 555 0123', 'DE', '+12025550123', 'foreign'],
    ['032 221234567', 'DE', '+4932221234567', 'voip'],
    ['+49 0 171 1234567', 'DE', '+491711234567', 'mobile'],
    ['491711234567', 'DE', '+491711234567', 'mobile'],
  ])('%s in %s', (input, country, e164, kind) =>
    expect(readPhone(input, { country })).toMatchObject({ e164, kind, action: 'match' }),
  );

  it.each([
    ['112', 'emergency'],
    ['+49 800 1234567', 'toll_free'],
    ['0900 1234567', 'premium'],
    ['0180 5 123456', 'shared_cost'],
    ['11833', 'short_code'],
    ['144', 'emergency'],
  ])('%s is never a customer', (input, kind) =>
    expect(readPhone(input, DE)).toMatchObject({ e164: null, kind, action: 'reject' }),
  );

  it.each([
    'private',
    'Unbekannt',
    'Anonym',
    '12',
    '0',
    '+',
    '+49',
    '030',
    '0171 12',
    '++49171',
    '49 171 12 +',
    '0123 456789',
    '00',
    '017112345678901234',
  ])('%s is asked for', (input) =>
    expect(readPhone(input, DE)).toMatchObject({ e164: null, kind: 'unknown', action: 'ask' }),
  );
  it('one number, however written, is one key', () => {
    const keys = [
      '+49 151 1234567',
      '0151 123-4567',
      '0049 (0)151/1234567',
      '49151 1234567',
      'null eins fünf eins eins zwo drei vier fünf sechs sieben',
    ].map((input) => readPhone(input, DE).e164);
    expect(new Set(keys).size).toBe(1);
    expect(readPhone('0151 1234567', DE).variants).toContain('01511234567');
  });
  it('the direct line 0 is the switchboard', () =>
    expect(readPhone('030 1234567 Durchwahl 0', DE)).toMatchObject({ kind: 'switchboard', action: 'ask' }));
  it('reads back in pairs', () => {
    expect(sayPhone('+491711234567', 'de')).toBe('null eins, sieben eins, eins zwei, drei vier, fünf sechs, sieben');
    expect(sayPhone('+12025550123', 'en')).toBe('plus one two, zero two, five five, five zero, one two, three');
  });
});

describe('hostile input', () => {
  it('never throws, and what it matches is E.164', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 400 }),
      fc.string({ unit: fc.constantFrom(...'0123456789+()-/ .x'), maxLength: 40 }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('DE', 'AT', 'CH', 'FR', 'ZZ', ''), (input, country) => {
        const read = readPhone(input, { country, areaCode: '0211' });
        if (read.action === 'match') expect(read.e164).toMatch(/^\+[1-9]\d{4,14}$/);
        if (read.action === 'reject') expect(read.e164).toBeNull();
      }),
      { numRuns: 500 },
    );
  });
  it('a megabyte is asked again', () => expect(readPhone('1'.repeat(1_000_000), DE).action).toBe('ask'));
});

describe('numbers that can receive SMS', () => {
  it.each([
    ['+491711234567', true],
    ['+4915112345678', true],
    ['+493012345678', false],
    ['+436641234567', true],
    ['+4312345678', false],
    ['+41791234567', true],
    ['+41441234567', false],
    ['+33612345678', true],
  ])('%s: %s', (number, mobile) => expect(isMobile(number)).toBe(mobile));
});

it.each([
  ['+491711234567', 'DE'],
  ['+436641234567', 'AT'],
  ['+41791234567', 'CH'],
  ['+252612345678', 'SO'],
  ['+992917123456', 'TJ'],
  ['+42301234567', 'LI'],
])('%s belongs to %s', (number, country) => expect(countryOf(number)).toBe(country));

it.each([
  ['null eins fünf eins, zwei drei vier', '0151234'],
  ['meine Nummer ist 0151 / 23-45', '01512345'],
  ['einundzwanzig doppel sieben', '2177'],
  ['zero one five double two', '01522'],
  ['vier sieben elf äh acht fünf', '471185'],
  ['keine Nummer', ''],
])('the digits of „%s“ are %s', (text, digits) => expect(spokenDigits(text)).toBe(digits));

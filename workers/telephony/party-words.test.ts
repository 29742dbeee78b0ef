/** How many people a caller means, and what of the words is left. */
import { describe, expect, it } from 'vitest';
import { partyIn, partyNumber } from './party-words.ts';

describe('words about a service', () => {
  it.each([
    ['zwei Haarschnitte', 2, 'Haarschnitte'],
    ['2x Haarschnitt', 2, 'Haarschnitt'],
    ['zweimal Färben', 2, 'Färben'],
    ['Haarschnitt für zwei Personen', 2, 'Haarschnitt'],
    ['Haarschnitt für drei', 3, 'Haarschnitt'],
    ['Haarschnitt zu zweit', 2, 'Haarschnitt'],
    ['Haarschnitt für meinen Sohn und mich', 2, 'Haarschnitt'],
    ['Haarschnitt für mich und meine Tochter', 2, 'Haarschnitt'],
    ['Massage für uns beide', 2, 'Massage'],
    ['three haircuts', 3, 'haircuts'],
    ['haircut for two people', 2, 'haircut'],
    ['haircut for me and my son', 2, 'haircut'],
    ['Haarschnitt für 1 Person', 1, 'Haarschnitt'],
  ])('%s', (phrase, size, rest) => {
    expect(partyIn(phrase, true)).toMatchObject({ size, rest });
  });
  it.each(['Haarschnitt', 'Waschen und Schneiden', 'Massage für eine Stunde', 'Färben', 'Dauerwelle, 3 D'])(
    'nothing in %s',
    (phrase) => {
      expect(partyIn(phrase, true).size).toBeNull();
    },
  );
});

describe('words about time', () => {
  it.each([
    ['morgen um zehn für zwei Personen', 2, 'morgen um zehn'],
    ['am Dienstag zu dritt um drei', 3, 'am Dienstag um drei'],
  ])('%s', (phrase, size, rest) => {
    expect(partyIn(phrase, false)).toMatchObject({ size, rest });
  });
  it.each(['für zwei Uhr', 'für zwei', 'zwei Stunden später', 'um drei', 'in zwei Wochen'])(
    'no people in %s',
    (phrase) => {
      expect(partyIn(phrase, false)).toMatchObject({ size: null, rest: phrase });
    },
  );
});

it('reads numbers and words of a field', () => {
  expect([2, '2', 'zwei', 'zwei Personen', 'zu zweit', 'two', 'viele', '', null, -1, 1.5].map(partyNumber)).toEqual([
    2,
    2,
    2,
    2,
    2,
    2,
    null,
    null,
    null,
    null,
    null,
  ]);
});

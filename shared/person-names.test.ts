/** Names heard over the phone: the right person is let through, another is not; services are found and never guessed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestMatches, sameName } from './person-names.ts';

describe('the same person', () => {
  it.each([
    ['Anna Müller', 'anna mueller'],
    ['Anna Müller', 'ANNA MULLER'],
    ['Müller, Anna', 'Anna Müller'],
    ['Frau Dr. Anna Müller', 'Anna Müller'],
    ['Müller', 'Anna Müller'],
    ['Anna', 'Anna Müller'],
    ['Schmitt', 'Petra Schmidt'],
    ['Meyer', 'Jan Maier'],
    ['Mayr', 'Jan Meier'],
    ['Christina Fogel', 'Kristina Fogel'],
    ['Jürgen Groß', 'Juergen Gross'],
    ['Philip Weber', 'Philipp Weber'],
    ['Stefan Köhler', 'Stephan Koehler'],
    ['Karl-Heinz Bauer', 'Karl Heinz Bauer'],
    ['Hanspeter', 'Hans-Peter'],
    ['A. Schmidt', 'Anna Schmidt'],
    ['S C H M I D T', 'Schmidt'],
    ['Ludwig van Beethoven', 'Beethoven'],
    ['Schneidr', 'Schneider'],
    ['Schnieder', 'Schneider'],
    ['José García', 'Jose Garcia'],
  ])('%s is %s', (a, b) => {
    expect(sameName(a, b)).toBe(true);
    expect(sameName(b, a)).toBe(true);
  });
});

describe('another person', () => {
  it.each([
    ['Anna Müller', 'Anna Schmidt'],
    ['Anna Müller', 'Peter Müller'],
    ['Jan Meier', 'Jana Meier'],
    ['Weber', 'Leber'],
    ['', 'Anna'],
    ['Frau', 'Anna Müller'],
    ['A.', 'Anna Müller'],
    ['Tim', 'Tom'],
    ['Dr.', 'Müller'],
    ['Schmidt', 'Schneider'],
  ])('%s is not %s', (a, b) => {
    expect(sameName(a, b)).toBe(false);
    expect(sameName(b, a)).toBe(false);
  });
  it('never throws and is symmetric', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(sameName(a, b)).toBe(sameName(b, a));
      }),
      { numRuns: 300 },
    );
  });
});

const SERVICES = [
  { id: 'cut', names: ['Haarschnitt', 'Haare schneiden'] },
  { id: 'wash-cut', names: ['Waschen + Schneiden + Föhnen'] },
  { id: 'color', names: ['Färben'] },
  { id: 'beard', names: ['Bartpflege'] },
  { id: 'kids', names: ['Kinderhaarschnitt'] },
];
const STAFF = [
  { id: 'anna-m', names: ['Anna Müller', 'Anna', 'Müller'] },
  { id: 'anna-s', names: ['Anna Schmidt', 'Anna', 'Schmidt'] },
  { id: 'tim', names: ['Tim Berger', 'Tim', 'Berger'] },
];

describe('requests', () => {
  it.each([
    ['Haarschnitt', 'cut'],
    ['haarschnitt bitte', 'cut'],
    ['einmal Haare schneiden', 'cut'],
    ['waschen und schneiden', 'wash-cut'],
    ['waschen schneiden föhnen', 'wash-cut'],
    ['Färbung', 'color'],
    ['Haare färben', 'color'],
    ['faerben', 'color'],
    ['Bart', 'beard'],
    ['Kinderschnitt', 'kids'],
    ['haircut', 'cut'],
  ])('%s is the service %s', (spoken, id) => expect(bestMatches(spoken, SERVICES)).toEqual({ kind: 'one', ids: [id] }));
  it.each([
    ['Tim', ['tim'], 'one'],
    ['bei Frau Schmidt', ['anna-s'], 'one'],
    ['Anna', ['anna-m', 'anna-s'], 'several'],
    ['zur Anna Mueller', ['anna-m'], 'one'],
    ['egal', [], 'any'],
    ['ist mir egal', [], 'any'],
    ['wer gerade frei ist', [], 'any'],
    ["doesn't matter", [], 'any'],
    ['Sabine', [], 'none'],
    ['', [], 'none'],
  ])('%s', (spoken, ids, kind) => expect(bestMatches(spoken, STAFF)).toEqual({ kind, ids }));
  it('names that fit equally well are all named', () => {
    const both = [
      { id: 'w', names: ['Haarschnitt Damen'] },
      { id: 'm', names: ['Haarschnitt Herren'] },
    ];
    expect(bestMatches('Haarschnitt', both)).toEqual({ kind: 'several', ids: ['w', 'm'] });
    expect(bestMatches('Herrenhaarschnitt', both)).toEqual({ kind: 'one', ids: ['m'] });
  });
});

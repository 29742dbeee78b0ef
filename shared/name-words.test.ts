/** Every spelling of a name meets every other, and a beginning finds the whole. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameEntries, nameKey, nameMatches, nameWords, pairOf, searchWords } from './name-words.ts';

describe('names as a search finds them', () => {
  it.each([
    ['Müller', 'Mueller'],
    ['Müller', 'Muller'],
    ['MÜLLER', 'müller'],
    ['Groß', 'Gross'],
    ['Strauß', 'STRAUSS'],
    ['Işık', 'Isik'],
    ['İpek', 'ipek'],
    ['Çelik', 'Celik'],
    ['Łukasz', 'Lukasz'],
    ['Sørensen', 'Sorensen'],
    ['Renée', 'Renee'],
    ['O’Connor', "O'Connor"],
    ['O’Connor', 'OConnor'],
    ['Müller-Lüdenscheidt', 'Mueller Luedenscheidt'],
  ])('%s is found by %s', (name, text) => {
    expect(nameMatches({ lastName: name }, searchWords(text))).toBe(true);
  });

  it.each([
    ['Anna Müller', 'Ann Müll', true],
    ['Anna Müller', 'müller anna', true],
    ['Anna Maria Müller', 'Anna Müller', true],
    ['Anna Müller', 'Anna Maier', false],
    ['O’Connor', 'connor', true],
  ])('%s by %s: %s', (name, text, found) => {
    expect(nameMatches({ lastName: name }, searchWords(text))).toBe(found);
  });

  it('keeps words and each two of them in both orders', () => {
    expect(nameEntries({ firstName: 'Anna', lastName: 'Müller' })).toEqual([
      'anna',
      'muller',
      pairOf('anna', 'muller'),
      pairOf('muller', 'anna'),
    ]);
    expect(nameEntries({ firstName: 'a b c d e f g h i j k' }).length).toBe(28);
    expect(nameWords({ firstName: null, lastName: null })).toEqual([]);
  });

  it('sorts by family name, the nameless last', () => {
    const keys = [{ firstName: 'Zoe', lastName: 'Ärmel' }, { firstName: 'Anna', lastName: 'Zander' }, {}].map(nameKey);
    expect([...keys].sort()).toEqual(keys);
  });

  it('finds every name by the beginning of every of its words', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[A-Za-zäöüßÄÖÜéıİ]{1,12}$/), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        (words, which, length) => {
          const word = words[which % words.length] ?? '';
          const beginning = word.slice(0, 1 + (length % word.length));
          expect(nameMatches({ lastName: words.join(' ') }, searchWords(beginning))).toBe(true);
        },
      ),
    );
  });
});

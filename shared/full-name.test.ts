/** Names are split for the row as people say them. */
import { describe, expect, it } from 'vitest';
import { fullName, splitName } from './full-name.ts';

describe('names', () => {
  it.each([
    ['Anna Müller', 'Anna', 'Müller'],
    ['Frau Müller', null, 'Müller'],
    ['Herr Dr. Jonas von der Heide', 'Jonas', 'von der Heide'],
    ['von der Heide', null, 'von der Heide'],
    ['Anna', 'Anna', null],
    ['Anna Maria Schmidt-Weber', 'Anna Maria', 'Schmidt-Weber'],
    ['Mr. John Smith', 'John', 'Smith'],
    ['  ', null, null],
    ['Frau', null, null],
  ])('„%s"', (text, firstName, lastName) => {
    expect(splitName(text)).toEqual({ firstName, lastName });
  });

  it('joins what is known', () => {
    expect(fullName({ firstName: 'Anna', lastName: 'Müller' })).toBe('Anna Müller');
    expect(fullName({ firstName: null, lastName: null })).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { readSearch } from './customers.view.ts';

describe('a search for customers', () => {
  it.each([
    ['+49 151 2345678', { phone: '+49 151 2345678' }],
    ['0151/234-5678', { phone: '0151/234-5678' }],
    ['(030) 12.34', { phone: '(030) 12.34' }],
    ['anna@', { email: 'anna@' }],
    ['Groß', { q: 'Groß' }],
    ['2. Filiale', { q: '2. Filiale' }],
    ['+ Partner', { q: '+ Partner' }],
  ])('%s asks for %o', (typed, question) => {
    expect(readSearch(typed)).toEqual(question);
  });
});

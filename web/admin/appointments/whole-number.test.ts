/** Days and minutes as people type them. */
import { expect, it } from 'vitest';
import { wholeNumber } from './whole-number.ts';

it.each([
  ['', 0],
  ['7', 7],
  ['+7', 7],
  [' -14 ', -14],
  ['−3', -3],
  ['366', 366],
  ['367', null],
  ['1,5', null],
  ['morgen', null],
])('%j: %s', (text, number) => {
  expect(wholeNumber(text, 366)).toBe(number);
});

/** Figures as they are read, in the reader's language. */
import { expect, it } from 'vitest';
import { figureText } from './figure-text.ts';

it.each([
  [{ value: 4_211, unit: 'count', more: false }, 'de', '4.211'],
  [{ value: 4_211, unit: 'count', more: false }, 'en', '4,211'],
  [{ value: 10_000, unit: 'count', more: true }, 'de', '10.000+'],
  [{ value: 38, unit: 'percent', more: false }, 'de', '38 %'],
  [{ value: 125, unit: 'seconds', more: false }, 'de', '2:05'],
  [{ value: null, unit: 'seconds', more: false }, 'de', '–'],
  [{ value: 0, unit: 'count', more: false }, 'de', '0'],
] as const)('%j in %s: %s', (figure, language, text) => {
  expect(figureText(figure, language)).toBe(text);
});

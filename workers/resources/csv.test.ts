/** A CSV of ours opens as it was written, and nothing in it runs. */
import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it.each([
  [['a', 1, true, null], 'a,1,true,\r\n'],
  [['Müller, Anna', 'sagt "Hallo"'], '"Müller, Anna","sagt ""Hallo"""\r\n'],
  [['zwei\nZeilen'], '"zwei\nZeilen"\r\n'],
  [['=HYPERLINK(1)', '@x', '-2+3'], "'=HYPERLINK(1),'@x,'-2+3\r\n"],
  [['+4917112345678', -5], '+4917112345678,-5\r\n'],
] as const)('%j', (cells, line) => {
  expect(csvLine(cells)).toBe(line);
});

it('a semicolon for programs that count with a decimal comma', () => {
  expect(csvLine(['a;b', 'c,d', '=x', 1.5], ';')).toBe('"a;b";"c,d";\'=x;1.5\r\n');
});

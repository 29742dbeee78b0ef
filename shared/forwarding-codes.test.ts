/** What is dialled leads to the number it should, whatever the line. */
import { expect, it } from 'vitest';
import { dialled, FORWARDING_LINES, forwardingCodes, linesOf } from './forwarding-codes.ts';

it.each([
  ['+493022220001', 'DE', '03022220001'],
  ['+43122220001', 'AT', '0122220001'],
  ['+41442222001', 'CH', '0442222001'],
  ['+493022220001', 'AT', '00493022220001'],
  ['+33122220001', 'FR', '0033122220001'],
])('%s from %s is %s', (number, country, text) => expect(dialled(number, country)).toBe(text));

it('mobiles take the international number, landlines the national one', () => {
  expect(forwardingCodes('mobile', '+493022220001', 'DE')).toMatchObject({
    always: '**21*+493022220001#',
    no_answer: '**61*+493022220001*11*20#',
    off: '##002#',
  });
  expect(forwardingCodes('telekom', '+493022220001', 'DE').always).toBe('*21*03022220001#');
  expect(forwardingCodes('swisscom', '+41442222001', 'CH').always).toBe('*210442222001#');
});

it('every line belongs to a country, and whoever can forward can stop', () => {
  const offered = new Set(['DE', 'AT', 'CH'].flatMap(linesOf));
  expect([...offered].sort()).toEqual([...FORWARDING_LINES].sort());
  for (const line of FORWARDING_LINES) {
    const codes = forwardingCodes(line, '+493022220001', 'DE');
    expect(codes.always === undefined).toBe(codes.off === undefined);
  }
});

import { expect, it } from 'vitest';
import { passwordFault } from './passwords.ts';

it.each([
  ['kurz', 'length'],
  ['x'.repeat(257), 'length'],
  ['passwort123456', 'guessable'],
  ['Passwort!2026', 'guessable'],
  ['1234567890', 'guessable'],
  ['aaaaaaaaaaaa', 'guessable'],
  ['abababababab', 'guessable'],
  ['qwertzuiop', 'guessable'],
  ['maria.weber1', 'guessable'],
  ['Salon-Schoen', 'guessable'],
  ['Schöner Salon am Markt', null],
  ['askpro-demo-2026', null],
  ['x-7.ab-3.kl', 'guessable'],
  ['drei Hunde im Regen', null],
  ['maria mag Kirschkuchen', null],
])('%s: %s', (password, fault) => {
  expect(passwordFault(password, ['maria.weber@salon-schoen.test', 'Maria Weber', 'x-7.ab-3.kl@mail.test'])).toBe(
    fault,
  );
});

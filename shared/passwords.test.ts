import { expect, it } from 'vitest';
import { MAX_PASSWORD_LENGTH } from './password-length.ts';
import { passwordFault, passwordStrength } from './passwords.ts';

const OWN = ['maria.weber@salon-schoen.test', 'Maria Weber', 'x-7.ab-3.klm@mail.test'];

it.each([
  ['kurz', 'length'],
  ['x'.repeat(129), 'length'],
  ['passwort123456', 'guessable'],
  ['Passwort!2026', 'guessable'],
  ['P4$$w0rd!2026', 'guessable'],
  ['password123!', 'guessable'],
  ['Sommer2026!!', 'guessable'],
  ['iloveyou1234', 'guessable'],
  ['SchalkeSchalke04', 'guessable'],
  ['willkommen2026', 'guessable'],
  ['1qaz2wsx3edc', 'guessable'],
  ['poiuztrewq123', 'guessable'],
  ['hallohallohallo', 'guessable'],
  ['Prinzessin99', 'guessable'],
  ['1234567890', 'length'],
  ['123456789012', 'guessable'],
  ['elf Zeichen', 'length'],
  ['x-'.repeat(65), 'length'],
  ['aaaaaaaaaaaa', 'guessable'],
  ['abababababab', 'guessable'],
  ['abcabcabcabc', 'guessable'],
  ['qwertzuiopas', 'guessable'],
  ['maria.weber1', 'guessable'],
  ['Salon-Schoen', 'guessable'],
  ['Schöner Salon am Markt', null],
  ['askpro-demo-2026', null],
  ['x-7.ab-3.klm', 'guessable'],
  ['drei Hunde im Regen', null],
  ['maria mag Kirschkuchen', null],
  ['vier Katzen und ein Klavier', null],
  ['ねこが三匹、雨の中で走る', null],
])('%s: %s', (password, fault) => {
  expect(passwordFault(password, OWN)).toBe(fault);
});

it.each([
  ['', 'short'],
  ['Passwort!2026', 'weak'],
  ['hausboot-2019-x', 'fair'],
  ['askpro-demo-2026', 'good'],
  ['drei Hunde tanzen im Regen', 'strong'],
  ['xK7$qp9!Zr2&', 'strong'],
])('the meter says of %s: %s', (password, strength) => {
  expect(passwordStrength(password, OWN)).toBe(strength);
});

it('what is refused is what the meter calls short or weak', () => {
  for (const password of ['kurz', 'Sommer2026!!', 'drei Hunde im Regen', 'maria.weber1', 'hausboot-2019-x'])
    expect(['short', 'weak'].includes(passwordStrength(password, OWN))).toBe(passwordFault(password, OWN) !== null);
});

it('the longest password costs little time, whatever it repeats', () => {
  for (const piece of ['a', 'ab', '1qaz2wsx', 'passwort', 'x7'])
    expect(passwordFault(piece.repeat(MAX_PASSWORD_LENGTH).slice(0, MAX_PASSWORD_LENGTH), OWN)).toBe('guessable');
});

/** English words of a password that is chosen by a link. Spread into the catalogues of links and sign-up. */
import { strengthEn } from './strength.en.ts';

export const newPasswordEn = {
  ...strengthEn,
  'password.hint': 'At least 12 characters, for example several words in a row. Special characters are not needed.',
  'password.missing': 'Please choose a password of at least 12 characters.',
  'password.guessable': 'This password is too easy to guess. Please choose another one.',
};

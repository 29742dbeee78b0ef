/** German words of a password that is chosen by a link (source language; Sie form). Spread into the catalogues of links and sign-up. */
import { strengthDe } from './strength.de.ts';

export const newPasswordDe = {
  ...strengthDe,
  'password.hint': 'Mindestens 12 Zeichen, zum Beispiel mehrere Wörter hintereinander. Sonderzeichen sind nicht nötig.',
  'password.missing': 'Bitte wählen Sie ein Passwort mit mindestens 12 Zeichen.',
  'password.guessable': 'Dieses Passwort ist zu leicht zu erraten. Bitte wählen Sie ein anderes.',
};

/** German words of the sign-in, which is a page of its own (source language; Sie form). Loaded with it. */
import { basicDe } from './basic.de.ts';
import { entryDe } from './entry.de.ts';

export const loginDe = {
  ...basicDe,
  ...entryDe,
  'admin.sign_in_hint': 'Verwaltung: Termine, Anrufe und Telefonassistent',
  'portal.sign_in_hint': 'Kundenportal: Guthaben, Aufladungen und Kontobewegungen',

  'sign_in.title': 'Anmelden',
  'sign_in.password': 'Passwort',
  'sign_in.submit': 'Anmelden',
  'sign_in.passkey': 'Passkey verwenden',
  'sign_in.passkey_failed':
    'Die Anmeldung mit Passkey hat nicht geklappt. Bitte versuchen Sie es erneut oder nehmen Sie Ihr Passwort.',
  'sign_in.link': 'Link per E-Mail schicken',
  'sign_in.forgot': 'Passwort vergessen?',
  'sign_in.busy': 'Anmeldung läuft …',
  'sign_in.password_missing': 'Bitte geben Sie Ihr Passwort ein.',
  'sign_in.expired': 'Ihre Sitzung ist abgelaufen. Bitte melden Sie sich erneut an.',
};

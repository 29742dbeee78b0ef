/** German words of the sign-in, which is a page of its own (source language; Sie form). Loaded with it. */
import { commonDe } from './common.de.ts';

export const loginDe = {
  ...commonDe,
  'admin.sign_in_hint': 'Verwaltung: Termine, Anrufe und Telefonassistent',
  'portal.sign_in_hint': 'Kundenportal: Guthaben, Aufladungen und Kontobewegungen',

  'sign_in.title': 'Anmelden',
  'sign_in.email': 'E-Mail-Adresse',
  'sign_in.password': 'Passwort',
  'sign_in.submit': 'Anmelden',
  'sign_in.forgot': 'Passwort vergessen?',
  'sign_in.busy': 'Anmeldung läuft …',
  'sign_in.email_missing': 'Bitte geben Sie Ihre E-Mail-Adresse ein, zum Beispiel name@firma.de.',
  'sign_in.password_missing': 'Bitte geben Sie Ihr Passwort ein.',
  'sign_in.show_password': 'Passwort anzeigen',
  'sign_in.hide_password': 'Passwort verbergen',
  'sign_in.locked_seconds':
    'Zu viele Versuche. Bitte warten Sie {count, plural, one {# Sekunde} other {# Sekunden}} und versuchen Sie es dann erneut.',
  'sign_in.locked_minutes':
    'Zu viele Versuche. Bitte warten Sie {count, plural, one {# Minute} other {# Minuten}} und versuchen Sie es dann erneut.',
  'sign_in.expired': 'Ihre Sitzung ist abgelaufen. Bitte melden Sie sich erneut an.',
};

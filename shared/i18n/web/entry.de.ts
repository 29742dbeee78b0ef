/** German words of everything that is typed before somebody is signed in (source language; Sie form). Spread into the catalogues of sign-in, links and sign-up. */

/** Said wherever tries are counted; the second step loads nothing else of these. */
export const lockedDe = {
  'sign_in.locked_seconds':
    'Zu viele Versuche. Bitte warten Sie {count, plural, one {# Sekunde} other {# Sekunden}} und versuchen Sie es dann erneut.',
  'sign_in.locked_minutes':
    'Zu viele Versuche. Bitte warten Sie {count, plural, one {# Minute} other {# Minuten}} und versuchen Sie es dann erneut.',
};

export const entryDe = {
  'sign_in.email': 'E-Mail-Adresse',
  'sign_in.email_missing': 'Bitte geben Sie Ihre E-Mail-Adresse ein, zum Beispiel name@firma.de.',
  'sign_in.show_password': 'Passwort anzeigen',
  'sign_in.hide_password': 'Passwort verbergen',
  ...lockedDe,
};

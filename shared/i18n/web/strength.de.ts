/** German words of the meter beside a new password (source language). Spread into the catalogues of links, sign-up and profile. */

export const strengthDe = {
  'strength.short': 'Noch {count, plural, one {ein Zeichen} other {# Zeichen}}',
  'strength.weak': 'Zu leicht zu erraten',
  'strength.fair': 'Ausreichend',
  'strength.good': 'Gut',
  'strength.strong': 'Sehr gut',
  'password.leaked': 'Dieses Passwort ist aus einem Datenleck bekannt. Bitte wählen Sie ein anderes.',
};

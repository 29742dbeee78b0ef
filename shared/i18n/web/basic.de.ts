/** German words that every page shares, the sign-in too, which loads nothing else (source language; Sie form). */
export const basicDe = {
  'language.label': 'Sprache',
  'language.de': 'Deutsch',
  'language.en': 'English',

  'scheme.label': 'Darstellung',
  'scheme.light': 'Hell',
  'scheme.dark': 'Dunkel',
  'scheme.auto': 'Wie im System',

  'action.retry': 'Erneut versuchen',
  'error.request_id': 'Vorgangsnummer: {id}',
  'error.NETWORK': 'Keine Verbindung zum Server. Bitte prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
  'error.UNAUTHENTICATED': 'Sie sind nicht mehr angemeldet. Bitte melden Sie sich erneut an.',
  'error.INVALID_CREDENTIALS': 'E-Mail-Adresse oder Passwort stimmt nicht. Bitte prüfen Sie beides.',
  'error.BUSY': 'Gerade melden sich viele an. Bitte versuchen Sie es gleich noch einmal.',
  'error.NOT_FOUND': 'Das gibt es nicht oder nicht mehr.',
  'error.TENANT_SUSPENDED': 'Das Konto ist gesperrt. Anmelden und Bezahlen sind weiterhin möglich.',
  'error.UPSTREAM_UNAVAILABLE':
    'Ein angebundener Dienst antwortet gerade nicht. Bitte versuchen Sie es in einigen Minuten erneut.',
  'error.other':
    'Etwas ist schiefgegangen. Bitte versuchen Sie es erneut; hilft das nicht, nennen Sie uns die Vorgangsnummer.',
};

/** German sentences about fields that were refused. Du/Sie: always Sie. In ICU MessageFormat, compiled by dev/messages/compile.ts. */
export const validationDe = {
  required: 'Pflichtfeld.',
  type: 'Erwartet: {expected}.',
  too_short: 'Mindestens {min, plural, one {# Zeichen} other {# Zeichen}}.',
  too_small: 'Mindestens {min}.',
  too_long: 'Höchstens {max, plural, one {# Zeichen} other {# Zeichen}}.',
  too_big: 'Höchstens {max}.',
  format: 'Kein gültiges Format ({format}).',
  choice: 'Erlaubt: {values}.',
  unknown_keys: 'Unbekannt: {keys}.',
  invalid: 'Ungültiger Wert.',
  hidden: 'Enthält Steuerzeichen oder unsichtbare Zeichen.',
  line: 'Eine Zeile ohne Zeilenumbruch, Tabulator und unsichtbare Zeichen.',
  personName:
    "Ein Name aus Buchstaben, Ziffern, Leerzeichen und - ' . & ( ) / , – keine anderen Zeichen, keine Internetadresse.",
};

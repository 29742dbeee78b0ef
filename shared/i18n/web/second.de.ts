/** German words of the second step of a sign-in (source language; Sie form). Loaded when it is asked for. */
import { lockedDe } from './entry.de.ts';

export const secondDe = {
  ...lockedDe,
  'second.title': 'Code eingeben',
  'second.hint': 'Öffnen Sie Ihre Authenticator-App und geben Sie den Code ein, den sie gerade zeigt.',
  'second.hint_recovery': 'Geben Sie einen Ihrer Wiederherstellungscodes ein. Jeder funktioniert einmal.',
  'second.code': 'Code aus der App',
  'second.recovery': 'Wiederherstellungscode',
  'second.use_recovery': 'Stattdessen einen Wiederherstellungscode eingeben',
  'second.use_app': 'Stattdessen den Code der App eingeben',
  'second.submit': 'Weiter',
  'second.busy': 'Wird geprüft …',
  'second.missing': 'Bitte geben Sie die sechs Ziffern ein.',
  'second.missing_recovery': 'Bitte geben Sie den ganzen Code ein: vier mal vier Zeichen.',
  'second.wrong': 'Dieser Code stimmt nicht, oder er wurde schon benutzt. Bitte versuchen Sie es erneut.',
  'second.failed': 'Das hat nicht geklappt. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  'second.over_title': 'Die Zeit ist abgelaufen',
  'second.over': 'Für diese Anmeldung gab es fünf Minuten und fünf Versuche. Bitte beginnen Sie noch einmal.',
  'second.again': 'Noch einmal anmelden',
};

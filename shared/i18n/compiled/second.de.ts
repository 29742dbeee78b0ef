/** Compiled from shared/i18n/web/second.de.ts by dev/messages/compile.ts: change that file, then run `npm run messages`. */
import { de } from '@messageformat/runtime/lib/cardinals';
import { plural, strictNumber } from '../message-runtime.ts';

export const secondDe = {
  "sign_in.locked_seconds": (d: { count: number }): string => "Zu viele Versuche. Bitte warten Sie " + plural(d.count, 0, de, { one: strictNumber("de", d.count, 0, "count") + " Sekunde", other: strictNumber("de", d.count, 0, "count") + " Sekunden" }) + " und versuchen Sie es dann erneut.",
  "sign_in.locked_minutes": (d: { count: number }): string => "Zu viele Versuche. Bitte warten Sie " + plural(d.count, 0, de, { one: strictNumber("de", d.count, 0, "count") + " Minute", other: strictNumber("de", d.count, 0, "count") + " Minuten" }) + " und versuchen Sie es dann erneut.",
  "second.title": "Code eingeben",
  "second.hint": "Öffnen Sie Ihre Authenticator-App und geben Sie den Code ein, den sie gerade zeigt.",
  "second.hint_recovery": "Geben Sie einen Ihrer Wiederherstellungscodes ein. Jeder funktioniert einmal.",
  "second.code": "Code aus der App",
  "second.recovery": "Wiederherstellungscode",
  "second.use_recovery": "Stattdessen einen Wiederherstellungscode eingeben",
  "second.use_app": "Stattdessen den Code der App eingeben",
  "second.submit": "Weiter",
  "second.busy": "Wird geprüft …",
  "second.missing": "Bitte geben Sie die sechs Ziffern ein.",
  "second.missing_recovery": "Bitte geben Sie den ganzen Code ein: vier mal vier Zeichen.",
  "second.wrong": "Dieser Code stimmt nicht, oder er wurde schon benutzt. Bitte versuchen Sie es erneut.",
  "second.failed": "Das hat nicht geklappt. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.",
  "second.over_title": "Die Zeit ist abgelaufen",
  "second.over": "Für diese Anmeldung gab es fünf Minuten und fünf Versuche. Bitte beginnen Sie noch einmal.",
  "second.again": "Noch einmal anmelden",
};

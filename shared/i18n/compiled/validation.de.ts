/** Compiled from shared/i18n/validation.de.ts by dev/messages/compile.ts: change that file, then run `npm run messages`. */
import { de } from '@messageformat/runtime/lib/cardinals';
import { plural, strictNumber } from '../message-runtime.ts';

export const validationDe = {
  "required": "Pflichtfeld.",
  "type": (d: { expected: string | number }): string => "Erwartet: " + d.expected + ".",
  "too_short": (d: { min: number }): string => "Mindestens " + plural(d.min, 0, de, { one: strictNumber("de", d.min, 0, "min") + " Zeichen", other: strictNumber("de", d.min, 0, "min") + " Zeichen" }) + ".",
  "too_small": (d: { min: string | number }): string => "Mindestens " + d.min + ".",
  "too_long": (d: { max: number }): string => "Höchstens " + plural(d.max, 0, de, { one: strictNumber("de", d.max, 0, "max") + " Zeichen", other: strictNumber("de", d.max, 0, "max") + " Zeichen" }) + ".",
  "too_big": (d: { max: string | number }): string => "Höchstens " + d.max + ".",
  "format": (d: { format: string | number }): string => "Kein gültiges Format (" + d.format + ").",
  "choice": (d: { values: string | number }): string => "Erlaubt: " + d.values + ".",
  "unknown_keys": (d: { keys: string | number }): string => "Unbekannt: " + d.keys + ".",
  "invalid": "Ungültiger Wert.",
  "hidden": "Enthält Steuerzeichen oder unsichtbare Zeichen.",
  "line": "Eine Zeile ohne Zeilenumbruch, Tabulator und unsichtbare Zeichen.",
  "personName": "Ein Name aus Buchstaben, Ziffern, Leerzeichen und - ' . & ( ) / , – keine anderen Zeichen, keine Internetadresse.",
};

/** Compiled from shared/i18n/validation.en.ts by dev/messages/compile.ts: change that file, then run `npm run messages`. */
import { en } from '@messageformat/runtime/lib/cardinals';
import { plural, strictNumber } from '../message-runtime.ts';
import type { validationDe } from './validation.de.ts';

export const validationEn: typeof validationDe = {
  "required": "Required.",
  "type": (d: { expected: string | number }): string => "Expected: " + d.expected + ".",
  "too_short": (d: { min: number }): string => "At least " + plural(d.min, 0, en, { one: strictNumber("en", d.min, 0, "min") + " character", other: strictNumber("en", d.min, 0, "min") + " characters" }) + ".",
  "too_small": (d: { min: string | number }): string => "At least " + d.min + ".",
  "too_long": (d: { max: number }): string => "At most " + plural(d.max, 0, en, { one: strictNumber("en", d.max, 0, "max") + " character", other: strictNumber("en", d.max, 0, "max") + " characters" }) + ".",
  "too_big": (d: { max: string | number }): string => "At most " + d.max + ".",
  "format": (d: { format: string | number }): string => "Not a valid format (" + d.format + ").",
  "choice": (d: { values: string | number }): string => "Allowed: " + d.values + ".",
  "unknown_keys": (d: { keys: string | number }): string => "Unknown: " + d.keys + ".",
  "invalid": "Invalid value.",
  "hidden": "Holds control characters or characters that cannot be seen.",
  "line": "One line, without line ends, tabs and characters that cannot be seen.",
  "personName": "A name of letters, digits, spaces and - ' . & ( ) / , – no other signs and no web address.",
};

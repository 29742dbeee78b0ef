/** Compiled from shared/i18n/web/second.en.ts by dev/messages/compile.ts: change that file, then run `npm run messages`. */
import { en } from '@messageformat/runtime/lib/cardinals';
import { plural, strictNumber } from '../message-runtime.ts';
import type { secondDe } from './second.de.ts';

export const secondEn: typeof secondDe = {
  "sign_in.locked_seconds": (d: { count: number }): string => "Too many attempts. Please wait " + plural(d.count, 0, en, { one: strictNumber("en", d.count, 0, "count") + " second", other: strictNumber("en", d.count, 0, "count") + " seconds" }) + " and then try again.",
  "sign_in.locked_minutes": (d: { count: number }): string => "Too many attempts. Please wait " + plural(d.count, 0, en, { one: strictNumber("en", d.count, 0, "count") + " minute", other: strictNumber("en", d.count, 0, "count") + " minutes" }) + " and then try again.",
  "second.title": "Enter the code",
  "second.hint": "Open your authenticator app and enter the code that it shows now.",
  "second.hint_recovery": "Enter one of your recovery codes. Each works once.",
  "second.code": "Code of the app",
  "second.recovery": "Recovery code",
  "second.use_recovery": "Enter a recovery code instead",
  "second.use_app": "Enter the code of the app instead",
  "second.submit": "Continue",
  "second.busy": "Checking …",
  "second.missing": "Please enter the six digits.",
  "second.missing_recovery": "Please enter the whole code: four times four characters.",
  "second.wrong": "This code is not right, or it was used already. Please try again.",
  "second.failed": "That did not work. Please check your connection and try again.",
  "second.over_title": "The time is up",
  "second.over": "This sign-in had five minutes and five attempts. Please begin again.",
  "second.again": "Sign in again",
};

/** Compiled from shared/i18n/errors.en.ts by dev/messages/compile.ts: change that file, then run `npm run messages`. */
import { en } from '@messageformat/runtime/lib/cardinals';
import { plural, strictNumber } from '../message-runtime.ts';
import type { errorsDe } from './errors.de.ts';

export const errorsEn: typeof errorsDe = {
  "VALIDATION_ERROR": "Please check your input.",
  "APPOINTMENT_CONFLICT": "This time is no longer free.",
  "POLICY_CONFIRMATION_REQUIRED": "Please confirm that you want to go on despite the cancellation terms.",
  "POLICY_VIOLATION": "The booking policy does not allow this.",
  "VERSION_CONFLICT": "The record has changed in the meantime. Please load it again.",
  "QUOTE_STALE": "The quote is no longer valid. Please choose again.",
  "HOLD_EXPIRED": "The hold has expired.",
  "ILLEGAL_TRANSITION": "This is not possible in the present state.",
  "WOULD_STRAND": "Future appointments would lose their place. Please confirm the change.",
  "PERMISSION_DENIED": "You do not have the permission for this.",
  "NOT_FOUND": "Not found.",
  "IDEMPOTENCY_MISMATCH": "This Idempotency-Key has been used with other content.",
  "INSUFFICIENT_BALANCE": "The balance is not sufficient.",
  "SIGNATURE_INVALID": "The signature is not valid.",
  "UNAUTHENTICATED": "Please sign in.",
  "CONFIRMATION_REQUIRED": "Please type your password again.",
  "RATE_LIMITED": (d: { retry_after: number }): string => "Too many requests. Please try again in " + plural(d.retry_after, 0, en, { one: strictNumber("en", d.retry_after, 0, "retry_after") + " second", other: strictNumber("en", d.retry_after, 0, "retry_after") + " seconds" }) + ".",
  "TENANT_SUSPENDED": "This account is suspended. Please settle open amounts or contact your provider.",
  "LIMIT_REACHED": (d: { limit: string | number; max: string | number }): string => "The limit of your plan is reached: " + d.limit + " (at most " + d.max + ").",
  "TOO_OLD": "This usage is too old: its month is closed.",
  "IN_FUTURE": "This usage lies in the future.",
  "MALFORMED_JSON": "The body of the request is not valid JSON.",
  "PAYLOAD_TOO_LARGE": (d: { max_bytes: string | number }): string => "The request is too large (at most " + d.max_bytes + " bytes).",
  "OBJECT_FENCED": "The data is being restored. Please try again shortly.",
  "UPSTREAM_UNAVAILABLE": "A required service does not answer. Please try again shortly.",
  "INVALID_CREDENTIALS": "E-mail address or password is wrong.",
  "BUSY": "Many people are signing in at the moment. Please try again shortly.",
  "ORIGIN_REFUSED": "This request did not come from one of our pages.",
  "UNSUPPORTED_MEDIA_TYPE": "This format is not accepted; send application/json.",
  "REQUEST_IN_PROGRESS": "The same request is being processed right now.",
  "INTERNAL_ERROR": "Something went wrong. Please tell us the request number.",
};

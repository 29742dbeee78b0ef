/** Reads the JSON of a vendor's body within its bound, every text in whole characters. Pure; called by the *-events.ts readers. */
import type { DomainError } from '../../shared/errors.ts';
import { mayHoldHalfCharacters } from '../../shared/half-characters.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** A text cut in the middle of an emoji ends in half a character, which UTF-8 and thus no database can keep. */
const wholeCharacters = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed() : value;

/** Refusals: PAYLOAD_TOO_LARGE, MALFORMED_JSON (also what is nested too deep to be looked at). */
export function parseJsonBody(rawBody: string, maxChars: number): Result<unknown, DomainError> {
  if (rawBody.length > maxChars) return err({ code: 'PAYLOAD_TOO_LARGE', max_bytes: maxChars });
  try {
    return ok(mayHoldHalfCharacters(rawBody) ? JSON.parse(rawBody, wholeCharacters) : JSON.parse(rawBody));
  } catch {
    return err({ code: 'MALFORMED_JSON' });
  }
}

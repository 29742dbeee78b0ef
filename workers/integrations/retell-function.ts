/** Reads the body of a custom function call in both shapes. Pure wire parsing; called by telephony/ after `verifyRetell`. */
import { isObject } from '../../shared/is-object.ts';
import { blankNumbersIn } from '../../shared/blank-numbers.ts';
import type { DomainError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { MAX_RETELL_BODY_CHARS, parseJsonObject, parseRetellCall, type RetellCall } from './retell-events.ts';

const MAX_ARGUMENTS = 64;
/** What a model fills in is words of a caller; longer texts are cut, not refused: a refusal cannot be repaired in a call. */
const MAX_ARGUMENT_CHARS = 2_000;
const MAX_CALL_ID_CHARS = 300;

export interface RetellFunctionCall {
  /** `call`: `{name, call, args}`; `flat`: arguments at the top level, perhaps with a `call_id` (whose call must be looked up). */
  readonly shape: 'call' | 'flat';
  /** Tool name as configured at Retell; null in the flat shape. The route's path decides, not this. */
  readonly name: string | null;
  /** Signed call object; null in the flat shape. */
  readonly call: RetellCall | null;
  /** From the call object, else from the flat body; null when neither names one. */
  readonly callId: string | null;
  /** Newest tool call in the transcript: with the call id the key of a repeated call. */
  readonly toolCallId: string | null;
  /** What the model filled in: never trusted for tenant, company, price. Without `call_id` in the flat shape. */
  readonly args: Readonly<Record<string, unknown>>;
}

/**
 * Reads a verified function body.
 * Refusals: MALFORMED_JSON, PAYLOAD_TOO_LARGE, VALIDATION_ERROR (not an object, or a call object without an id).
 */
export function parseRetellFunction(rawBody: string): Result<RetellFunctionCall, DomainError> {
  const body = parseJsonObject(rawBody, MAX_RETELL_BODY_CHARS);
  if (!body.ok) return body;
  const { call, args, name } = body.value;
  if (isObject(call)) {
    const parsed = parseRetellCall(call);
    if (!parsed.ok) return parsed;
    const filled = args === undefined || args === null ? {} : args;
    if (!isObject(filled)) return err({ code: 'VALIDATION_ERROR', errors: { args: ['must be an object'] } });
    return ok({
      shape: 'call',
      name: typeof name === 'string' ? name.slice(0, MAX_ARGUMENT_CHARS) : null,
      call: parsed.value,
      callId: parsed.value.callId,
      toolCallId: parsed.value.lastToolCallId,
      args: bounded(filled),
    });
  }
  const { call_id: callId, ...rest } = body.value;
  const known = (typeof callId === 'string' && callId !== '') || typeof callId === 'number';
  // `{args: {...}}` without a call object still means those arguments.
  const filled = isObject(args) && name !== undefined ? args : rest;
  return ok({
    shape: 'flat',
    name: null,
    call: null,
    callId: known ? String(callId).slice(0, MAX_CALL_ID_CHARS) : null,
    toolCallId: null,
    args: bounded(filled),
  });
}

function bounded(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(args).slice(0, MAX_ARGUMENTS)) {
    made[key] = typeof value === 'string' ? value.slice(0, MAX_ARGUMENT_CHARS).toWellFormed() : value;
  }
  // Nothing behind here ever holds what a caller said of a card or an account.
  return blankNumbersIn(made) as Record<string, unknown>;
}

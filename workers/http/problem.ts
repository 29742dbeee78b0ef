/**
 * The only file with HTTP status codes: a refusal becomes status + translated body, a defect becomes a 500 that says nothing
 * but the request id. Called by answer.ts, the middleware and app.ts (`onError`, `notFound`).
 */
import type { Context, TypedResponse } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { log } from '../log.ts';
import type { DomainError, EdgeError } from '../../shared/errors.ts';
import { errorsDe } from '../../shared/i18n/compiled/errors.de.ts';
import { errorsEn } from '../../shared/i18n/compiled/errors.en.ts';
import { isD1Away } from '../storage/d1-fault.ts';
import { DEFAULT_LANGUAGE, type Language } from '../../shared/i18n/language.ts';

export type Refusal = DomainError | EdgeError;
export type RefusalCode = Refusal['code'];

/** The registry: every code with its HTTP status. */
export const STATUS = {
  VALIDATION_ERROR: 422,
  APPOINTMENT_CONFLICT: 409,
  POLICY_CONFIRMATION_REQUIRED: 409,
  POLICY_VIOLATION: 422,
  VERSION_CONFLICT: 409,
  QUOTE_STALE: 409,
  HOLD_EXPIRED: 409,
  ILLEGAL_TRANSITION: 409,
  WOULD_STRAND: 409,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  IDEMPOTENCY_MISMATCH: 409,
  INSUFFICIENT_BALANCE: 402,
  SIGNATURE_INVALID: 401,
  UNAUTHENTICATED: 401,
  CONFIRMATION_REQUIRED: 403,
  RATE_LIMITED: 429,
  TENANT_SUSPENDED: 403,
  ISSUER_INCOMPLETE: 409,
  SETUP_REFUSED: 409,
  SIGNUP_CLOSED: 403,
  HAS_CUSTOMERS: 409,
  LIMIT_REACHED: 422,
  CONNECTION_FAILED: 422,
  TOO_OLD: 422,
  IN_FUTURE: 422,
  MALFORMED_JSON: 400,
  PAYLOAD_TOO_LARGE: 413,
  OBJECT_FENCED: 503,
  SUPPORT_NOT_ALLOWED: 409,
  LEDGER_UNSOUND: 409,
  OUTBOX_STUCK: 409,
  UPSTREAM_UNAVAILABLE: 503,
  INVALID_CREDENTIALS: 401,
  BUSY: 503,
  SUPPORT_SESSION: 403,
  ADDRESS_REFUSED: 403,
  SECOND_FACTOR_REQUIRED: 403,
  ORIGIN_REFUSED: 403,
  SOURCE_REFUSED: 403,
  UNSUPPORTED_MEDIA_TYPE: 415,
  REQUEST_IN_PROGRESS: 409,
  INTERNAL_ERROR: 500,
} as const satisfies Record<RefusalCode, number>;

/** Seconds a client should wait before it tries a 503 again. */
const RETRY_UNAVAILABLE_SECONDS = 5;

export interface ProblemBody {
  success: false;
  error: {
    code: string;
    message: string;
    details?: Record<string, unknown>;
    errors?: Record<string, string[]>;
    retry_after?: number;
    request_id: string;
  };
}

/** A refusal fits every declared answer of a route: its body is not the route's, so its type says nothing. */
export type RefusalResponse = Response & TypedResponse<never, never, never>;

/** A sentence for every code, filled from the refusal's own fields: a text that asks for another value does not compile. */
type Sentences = { readonly [C in RefusalCode]: string | ((values: Extract<Refusal, { code: C }>) => string) };
const CATALOGUE: Readonly<Record<Language, Sentences>> = { de: errorsDe, en: errorsEn };

/** The sentence for a refusal, filled from its fields. */
export function messageOf(refusal: Refusal, language: Language = DEFAULT_LANGUAGE): string {
  // The sentence found by a refusal's code takes that refusal.
  const sentence = CATALOGUE[language][refusal.code] as string | ((values: Refusal) => string);
  return typeof sentence === 'string' ? sentence : sentence(refusal);
}

/** Body of a refusal, without the status: for answers that embed one (207 results, GraphQL). */
export function problemBody(refusal: Refusal, language: Language, requestId: string): ProblemBody {
  const error: ProblemBody['error'] = {
    code: refusal.code,
    message: messageOf(refusal, language),
    request_id: requestId,
  };
  if (refusal.code === 'VALIDATION_ERROR') error.errors = refusal.errors;
  else if ('details' in refusal) error.details = { ...refusal.details };
  else if (refusal.code === 'PERMISSION_DENIED') error.details = { permission: refusal.permission };
  else if (refusal.code === 'ADDRESS_REFUSED') error.details = { address: refusal.address };
  else if (refusal.code === 'LIMIT_REACHED') error.details = { limit: refusal.limit, max: refusal.max };
  else if (refusal.code === 'HAS_CUSTOMERS') error.details = { count: refusal.count, names: refusal.names };
  else if (refusal.code === 'PAYLOAD_TOO_LARGE') error.details = { max_bytes: refusal.max_bytes };
  else if (refusal.code === 'UPSTREAM_UNAVAILABLE') error.details = { service: refusal.service };
  if ('retry_after' in refusal) error.retry_after = refusal.retry_after;
  return { success: false, error };
}

/** The answer to a refusal: status of the registry, translated body, `Retry-After` where it has one. */
// biome-ignore lint/suspicious/noExplicitAny: any app's context, whatever its variables, may be answered
export function refuse(c: Context<any>, refusal: Refusal): RefusalResponse {
  const status = STATUS[refusal.code];
  if ('retry_after' in refusal) c.header('Retry-After', String(refusal.retry_after));
  else if (status === 503) c.header('Retry-After', String(RETRY_UNAVAILABLE_SECONDS));
  if (refusal.code === 'UNAUTHENTICATED') c.header('WWW-Authenticate', 'Bearer');
  c.header('Cache-Control', 'no-store');
  c.set('refusal', refusal.code);
  if (status >= 500) c.set('failure', refusal.code);
  return c.json(problemBody(refusal, languageOf(c), requestIdOf(c)), status) as unknown as RefusalResponse;
}

/** `app.onError`: what was thrown is a defect unless the framework threw it; nothing of it reaches the client. */
export function onError(error: Error, c: Context): Response {
  if (error instanceof HTTPException) {
    if (error.status === 400) return refuse(c, { code: 'MALFORMED_JSON' });
    if (error.status === 415) return refuse(c, { code: 'UNSUPPORTED_MEDIA_TYPE' });
    if (error.status === 413) return refuse(c, { code: 'PAYLOAD_TOO_LARGE', max_bytes: boundOf(error.cause) });
    if (error.status === 404) return refuse(c, { code: 'NOT_FOUND', entity: 'path' });
  }
  // An overloaded or restarting object, or a D1 that can't answer, is a fault of the world, not ours: the client may try again with the same key.
  const durable = error as Error & { overloaded?: boolean; retryable?: boolean };
  if (durable.overloaded === true || durable.retryable === true || isD1Away(error)) {
    log('warn', 'storage_away', { requestId: requestIdOf(c), fault: error });
    return refuse(c, { code: 'UPSTREAM_UNAVAILABLE', service: 'storage' });
  }
  log('error', 'defect', { requestId: requestIdOf(c), fault: error });
  return refuse(c, { code: 'INTERNAL_ERROR' });
}

const boundOf = (cause: unknown): number =>
  typeof cause === 'object' && cause !== null && 'max_bytes' in cause ? Number(cause.max_bytes) : 0;

/** `app.notFound`: the same answer for unknown paths, unknown hosts and foreign ids. */
export const notFound = (c: Context): Response => refuse(c, { code: 'NOT_FOUND', entity: 'path' });

// The earliest middleware can fail too: then these variables are not set yet.
const languageOf = (c: Context): Language => (c.get('language') as Language | undefined) ?? DEFAULT_LANGUAGE;
const requestIdOf = (c: Context): string => (c.get('requestId') as string | undefined) ?? 'none';

/** How a handler answers with an object's outcome: body or refusal, projection head, exact rate-limit headers. Called by all routes. */
import type { Context, TypedResponse } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Result } from '../../shared/result.ts';
import { formatHead, type Head } from '../object-runtime/events.ts';
import type { RateStatus } from '../object-runtime/rate.ts';
import { type RefusalResponse, refuse } from './problem.ts';
import type { AppEnv } from './module-routes.ts';

/** What an object call brings back, as far as HTTP cares. */
interface Answerable<T> {
  result: Result<T>;
  /** sent as `X-Askpro-Head` (`calendar:1.7`), comes back as `X-Askpro-Min`; text when several objects were asked */
  head?: Head | string | null | undefined;
  rate?: RateStatus | null | undefined;
  /** version of the row shown: becomes the `ETag` that `If-Match` presents */
  version?: number | undefined;
}

/** The three headers of every counted answer: `limit`, what is left after this request, epoch second at which the window ends. */
// biome-ignore lint/suspicious/noExplicitAny: any app's context may carry rate headers
export function rateHeaders(c: Context<any>, rate: RateStatus): void {
  c.header('X-RateLimit-Limit', String(rate.limit));
  c.header('X-RateLimit-Remaining', String(rate.remaining));
  c.header('X-RateLimit-Reset', String(rate.resetAt));
  if (!rate.allowed) c.header('Retry-After', String(rate.retryAfter));
}

/** `"7"`: the strong tag of a row's version. */
export const etagOf = (version: number): string => `"${version}"`;

/** The version a client presents in `If-Match`, or null when there is none or it is not one of ours. */
export function presentedVersion(c: Pick<Context, 'req'>): number | null {
  const match = /^(?:W\/)?"(\d{1,15})"$/.exec(c.req.header('If-Match')?.trim() ?? '');
  return match?.[1] === undefined ? null : Number(match[1]);
}

/**
 * Answers a result: `ok` through `body` with `status` (200), a refusal through the registry. Sets head, rate and ETag headers
 * on both. The body's type is checked against the route's schema, as with `c.json`.
 */
export function answer<T, const B extends object>(
  c: Context<AppEnv>,
  outcome: Answerable<T>,
  body: (value: T) => B,
): JsonAnswer<B, 200> | RefusalResponse;
export function answer<T, const B extends object, S extends ContentfulStatusCode>(
  c: Context<AppEnv>,
  outcome: Answerable<T>,
  body: (value: T) => B,
  status: S,
): JsonAnswer<B, S> | RefusalResponse;
export function answer<T, B extends object>(
  c: Context<AppEnv>,
  outcome: Answerable<T>,
  body: (value: T) => B,
  status: ContentfulStatusCode = 200,
): Response {
  if (outcome.head)
    c.header('X-Askpro-Head', typeof outcome.head === 'string' ? outcome.head : formatHead(outcome.head));
  if (outcome.rate) rateHeaders(c, outcome.rate);
  if (!outcome.result.ok) return refuse(c, outcome.result.error);
  if (outcome.version !== undefined) c.header('ETag', etagOf(outcome.version));
  return c.json(body(outcome.result.value), status);
}

/** `const` keeps literals (`success: true`) but also makes arrays readonly, which no schema is: undone here. */
type Writable<T> = T extends string | number | boolean | bigint | null | undefined
  ? T
  : { -readonly [K in keyof T]: Writable<T[K]> };
type JsonAnswer<B extends object, S extends ContentfulStatusCode> = Response & TypedResponse<Writable<B>, S, 'json'>;

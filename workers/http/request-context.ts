/** First of all middleware: request id, clock and language of the request, and the one log line when it is done. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { causerOf } from '../../shared/actor.ts';
import { type Instant, processNow, realNow } from '../../shared/clock.ts';
import { DEFAULT_LANGUAGE, languageOfHeader } from '../../shared/i18n/language.ts';
import { fromIso } from '../../shared/time.ts';
import { metadataWord } from '../../shared/usage-events.ts';
import type { LogChannel } from '../../shared/watch-status.ts';
import { platformOf } from '../env.ts';
import { keepLine } from '../log.ts';
import { behindOf, keepSoon } from '../storage/keep-soon.ts';
import { meter } from '../storage/usage-queue.ts';
import { countRequestEnd } from './count-requests.ts';
import type { OpenEnv } from './module-routes.ts';

/** Development only: moves the clock of one request. */
const NOW_HEADER = 'x-askpro-now';
/** Longest `Idempotency-Key` taken as one; a longer one is refused (authenticate.ts): who sends one relies on it. */
export const MAX_KEY_LENGTH = 200;
const KEY_PATTERN = /^[\x21-\x7e]+$/;
export const isIdempotencyKey = (text: string): boolean => text.length <= MAX_KEY_LENGTH && KEY_PATTERN.test(text);

/** A request that takes longer is a line of its own. */
const SLOW_MS = 1_000;
/** Of people's requests that went well one in so many is kept; what failed, was slow or came from a program always is. */
const ONE_IN = 10;
/** Refusals that somebody who attacks would collect. */
const SUSPICIOUS: ReadonlySet<string> = new Set([
  'INVALID_CREDENTIALS',
  'SIGNATURE_INVALID',
  'ORIGIN_REFUSED',
  'PERMISSION_DENIED',
  'RATE_LIMITED',
]);

export const requestContext = createMiddleware<OpenEnv>(async (c, next) => {
  const startedAt = realNow();
  const requestId = `req_${crypto.randomUUID().replaceAll('-', '')}`;
  // Bindings end here: behind it a handler takes `platform`, and its tenant's `scope` where it is guarded.
  c.set('platform', platformOf(c.env));
  c.set('requestId', requestId);
  c.set('now', clockOf(c));
  c.set('language', languageOfHeader(c.req.header('Accept-Language')) ?? DEFAULT_LANGUAGE);
  const key = c.req.header('Idempotency-Key');
  if (key !== undefined && isIdempotencyKey(key)) c.set('idempotencyKey', key);
  await next();
  countRequestEnd(c, c.get('platform'), c.res.status);
  keepRequest(c, requestId, realNow() - startedAt);
  meterRequest(c, requestId);
  // Only its headers are sent: a stream without a reader must release its socket now, not when it times out.
  if (c.req.method === 'HEAD') await c.res.body?.cancel();
  // A developer's terminal shows what went wrong; everywhere else every request leaves its line.
  if (!c.get('platform').development || (c.res.status >= 500 && c.get('platform').config.ENVIRONMENT !== 'test')) {
    logLine(c, requestId, realNow() - startedAt);
  }
});

function clockOf(c: Context<OpenEnv>): Instant {
  const wanted = c.get('platform').development ? c.req.header(NOW_HEADER) : undefined;
  return (wanted === undefined ? null : fromIso(wanted)) ?? processNow();
}

/** The pattern of the route that answered; middleware has patterns too, which end in a star. */
function routeOf(c: Context<OpenEnv>): string {
  const paths = matchedRoutes(c).map(({ path }) => path);
  return paths.findLast((path) => !path.includes('*')) ?? paths.at(-1) ?? '';
}

/** Ids and the route's pattern only: paths carry tokens, queries carry names and numbers. */
function factsOf(c: Context<OpenEnv>, durationMs: number): Record<string, unknown> {
  const actor = c.get('actor');
  return {
    method: c.req.method,
    route: routeOf(c),
    status: c.res.status,
    duration_ms: durationMs,
    ...(actor === undefined ? {} : { causer: causerOf(actor) }),
    ...(c.get('failure') === undefined ? {} : { failure: c.get('failure') }),
  };
}

const tenantOf = (c: Context<OpenEnv>): string | null => {
  const actor = c.get('actor');
  return actor !== undefined && 'tenantId' in actor ? actor.tenantId : null;
};

function logLine(c: Context<OpenEnv>, requestId: string, durationMs: number): void {
  const level = c.res.status >= 500 ? 'error' : 'info';
  const line = { level, request_id: requestId, ...factsOf(c, durationMs), tenant_id: tenantOf(c) ?? undefined };
  // biome-ignore lint/suspicious/noConsole: the log line itself
  console.log(JSON.stringify(line));
}

const isSigned = (path: string): boolean => /^\/(webhooks\/|api\/retell\/|api\/calcom\/webhook)/.test(path);

/** The channel of a request: who sent it. */
function channelOf(c: Context<OpenEnv>): LogChannel {
  if (isSigned(c.req.path)) return 'webhook';
  return c.get('actor')?.kind === 'api_key' ? 'api' : 'app';
}

/**
 * A request by an API key is metered, behind its answer: its route, status and id. What we refused by rate or failed at costs nobody anything.
 */
function meterRequest(c: Context<OpenEnv>, requestId: string): void {
  const actor = c.get('actor');
  const { status } = c.res;
  if (actor?.kind !== 'api_key' || status === 429 || status >= 500) return;
  const metadata = {
    operation: metadataWord(`${c.req.method}:${routeOf(c)}`),
    status,
    request_id: requestId,
  };
  const used = {
    key: `api:${requestId}`,
    eventType: 'api_call',
    quantity: 1,
    occurredAt: processNow(),
    metadata,
  } as const;
  c.executionCtx.waitUntil(meter(c.get('platform'), actor.tenantId, [used]));
}

/** The request's lines for whoever looks for it later; they are kept behind the answer, many at a time. */
function keepRequest(c: Context<OpenEnv>, requestId: string, durationMs: number): void {
  const { status } = c.res;
  const channel = channelOf(c);
  const isSlow = durationMs >= SLOW_MS;
  const refusal = c.get('refusal');
  const isBadKey = refusal === 'UNAUTHENTICATED' && c.req.header('Authorization') !== undefined;
  const isSuspicious = isBadKey || (refusal !== undefined && SUSPICIOUS.has(refusal));
  const isKept =
    channel !== 'app' || isSlow || status >= 400 || Number.parseInt(requestId.slice(-4), 16) % ONE_IN === 0;
  if (isKept || isSuspicious) {
    const line = { at: processNow(), requestId, tenantId: tenantOf(c), fields: factsOf(c, durationMs) };
    const level = status >= 500 ? 'error' : 'info';
    if (isKept) keepLine({ ...line, channel, level, event: 'request' });
    if (isSlow) keepLine({ ...line, channel: 'performance', level: 'warn', event: 'slow_request' });
    if (isSuspicious)
      keepLine({ ...line, channel: 'security', level: 'warn', event: isBadKey ? 'bad_key' : refusal.toLowerCase() });
  }
  const platform = c.get('platform');
  c.executionCtx.waitUntil(keepSoon(platform, behindOf(platform, c.executionCtx)));
}

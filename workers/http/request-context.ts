/** First of all middleware: request id, clock and language of the request, and the one log line when it is done. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { matchedRoutes } from 'hono/route';
import { causerOf } from '../../shared/actor.ts';
import { type Instant, processNow, realNow } from '../../shared/clock.ts';
import { DEFAULT_LANGUAGE, languageOfHeader } from '../../shared/i18n/language.ts';
import { fromIso } from '../../shared/time.ts';
import { platformOf } from '../env.ts';
import { countRequestEnd } from './count-requests.ts';
import type { OpenEnv } from './module-routes.ts';

/** Development only: moves the clock of one request. */
const NOW_HEADER = 'x-askpro-now';
/** Longest `Idempotency-Key` taken as one; a longer one is refused (authenticate.ts): who sends one relies on it. */
export const MAX_KEY_LENGTH = 200;
const KEY_PATTERN = /^[\x21-\x7e]+$/;
export const isIdempotencyKey = (text: string): boolean => text.length <= MAX_KEY_LENGTH && KEY_PATTERN.test(text);

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

/** Ids and the route's pattern only: paths carry tokens, queries carry names and numbers. */
function logLine(c: Context<OpenEnv>, requestId: string, durationMs: number): void {
  const actor = c.get('actor');
  const line = {
    level: c.res.status >= 500 ? 'error' : 'info',
    request_id: requestId,
    method: c.req.method,
    route: matchedRoutes(c).at(-1)?.path ?? '',
    status: c.res.status,
    duration_ms: durationMs,
    ...(actor === undefined
      ? {}
      : { tenant_id: 'tenantId' in actor ? actor.tenantId : undefined, causer: causerOf(actor) }),
    ...(c.get('failure') === undefined ? {} : { failure: c.get('failure') }),
  };
  // biome-ignore lint/suspicious/noConsole: the log line itself
  console.log(JSON.stringify(line));
}

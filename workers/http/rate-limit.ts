/** Request counting at the edge: per user or API key, per address for the anonymous, and bad signatures. Called by middleware.ts and webhooks. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { type Actor, causerOf } from '../../shared/actor.ts';
import { realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { networkOf } from '../../shared/network.ts';
import type { RateRule, RateStatus } from '../object-runtime/rate.ts';
import { objectFor } from '../object-runtime/place.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { rateHeaders } from './answer.ts';
import { type RefusalResponse, refuse } from './problem.ts';
import type { OpenEnv } from './module-routes.ts';

const MINUTE_MS = 60_000;
/** Requests a minute per user or key, and per address for the anonymous; a plan may override them later. */
const SIGNED_IN: RateRule = { name: 'signed_in', limit: 120, windowMs: MINUTE_MS };
/** All keys of a tenant together: fifty of them are not fifty times as much. */
const KEYS_OF_TENANT: RateRule = { name: 'keys_of_tenant', limit: 1_200, windowMs: MINUTE_MS };
/** The usage API: each answer asks the ledger and counts a month of rows. */
const USAGE: RateRule = { name: 'usage', limit: 60, windowMs: MINUTE_MS };
const OF_USAGE = /^\/api\/billing\//;
const ANONYMOUS: RateRule = { name: 'anonymous', limit: 60, windowMs: MINUTE_MS };
const BAD_SIGNATURES: RateRule = { name: 'bad_signatures', limit: 20, windowMs: MINUTE_MS };

/** Counted inside the calendar object and answered with its outcome: exact headers without a second hop. */
const COUNTED_BY_OBJECT =
  /^(POST \/api\/v2\/(availability\/(simple|composite)|bookings|holds)|(PATCH|DELETE) \/api\/v2\/bookings\/[^/]+(\/reschedule)?)$/;
/** Polled by monitors and load balancers, costs nothing. */
const UNCOUNTED = /^\/api\/health$/;

/** Address of the client as Cloudflare saw it; `local` where there is no Cloudflare. */
export const addressOf = (c: Context): string => c.req.header('CF-Connecting-IP')?.slice(0, 64) ?? 'local';

/** What the anonymous are counted by: one subscriber is one counter, whatever address of theirs is used. */
const lineOf = (c: Context): string => networkOf(addressOf(c));

/** Counts one request under a rule for a key, by the real clock (a window must not outlive a clock that was moved); null when the counter can't be asked (it holds no truth: the request goes on). */
async function takeFromGate(platform: Platform, rule: RateRule, key: string): Promise<RateStatus | null> {
  const scaled = { ...rule, limit: rule.limit * platform.config.RATE_LIMIT_SCALE };
  try {
    return await objectFor(bindingsOf(platform).RATE_GATE, `${rule.name}:${key}`, !platform.development).take(
      scaled,
      realNow(),
    );
  } catch {
    return null;
  }
}

/** The same for somebody who is known, in the one object of their tenant: own count, and for keys the tenant's. */
async function takeOfTenant(
  platform: Platform,
  actor: Actor & { tenantId: TenantId },
  path: string,
): Promise<RateStatus | null> {
  const scale = (rule: RateRule): RateRule => ({ ...rule, limit: rule.limit * platform.config.RATE_LIMIT_SCALE });
  const asks = [{ rule: scale(SIGNED_IN), key: causerOf(actor) }];
  // First, so that its headers are what the answer says.
  if (OF_USAGE.test(path)) asks.unshift({ rule: scale(USAGE), key: causerOf(actor) });
  if (actor.kind === 'api_key') asks.push({ rule: scale(KEYS_OF_TENANT), key: '' });
  try {
    const gate = objectFor(bindingsOf(platform).RATE_GATE, `tenant:${actor.tenantId}`, !platform.development);
    return await gate.takeAll(asks, realNow());
  } catch {
    return null;
  }
}

const refused = (c: Context, rate: RateStatus): RefusalResponse => {
  rateHeaders(c, rate);
  return refuse(c, { code: 'RATE_LIMITED', retry_after: rate.retryAfter, limit: rate.limit });
};

/** 120 a minute for a user or key, 60 for an address that is neither; headers on every answer. */
export const countRequest = createMiddleware<OpenEnv>(async (c, next) => {
  const rate = await rateOf(c);
  if (rate !== null && !rate.allowed) return refused(c, rate);
  await next();
  // Afterwards, because a handler that answers a Response of its own (streams) drops what was set before; an object's own count stays.
  if (rate !== null && !c.res.headers.has('X-RateLimit-Limit')) rateHeaders(c, rate);
  return undefined;
});

async function rateOf(c: Context<OpenEnv>): Promise<RateStatus | null> {
  const actor = c.get('actor');
  if (UNCOUNTED.test(c.req.path)) return null;
  if (actor === undefined) return takeFromGate(c.get('platform'), ANONYMOUS, lineOf(c));
  if (COUNTED_BY_OBJECT.test(`${c.req.method} ${c.req.path}`)) return null;
  if ('tenantId' in actor) return takeOfTenant(c.get('platform'), actor, c.req.path);
  return takeFromGate(c.get('platform'), SIGNED_IN, causerOf(actor));
}

/** The answer to a bad signature: 401, and 429 once an address has sent more than 20 of them in a minute. */
export async function refuseSignature(c: Context<OpenEnv>): Promise<RefusalResponse> {
  const rate = await takeFromGate(c.get('platform'), BAD_SIGNATURES, lineOf(c));
  return rate !== null && !rate.allowed ? refused(c, rate) : refuse(c, { code: 'SIGNATURE_INVALID' });
}

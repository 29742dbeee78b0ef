/**
 * `Idempotency-Key` on a request whose command carries no key of its own: the first answer is kept 24 h and given again. Used by routes:
 * `guardedOnce` beside `onceErrors`.
 */
import { createMiddleware } from 'hono/factory';
import { causerOf } from '../../shared/actor.ts';
import { processNow } from '../../shared/clock.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { claimOutcome, releaseOutcome, storeOutcome } from '../storage/identity/idempotency.ts';
import type { Permission } from '../../shared/permissions.ts';
import type { AppEnv } from './module-routes.ts';
import { requirePermission } from './permission.ts';
import { refuse, type RefusalCode } from './problem.ts';
import { errorResponses, guarded } from './schema.ts';

/** Retention of a stored answer (`Idempotency-Key` counts for 24 hours); it may hold personal data, so never longer. */
const KEEP_MS = 24 * 3_600_000;
/** A request that has not answered by then has died; its key may be used again for the same input. */
const ABANDONED_MS = 60_000;
/** Larger answers are not kept: the key then only guards against the same request at the same time. */
const MAX_STORED_BYTES = 256 * 1024;
/** What a repeat should not see again: it may go better now. */
const isRetryable = (status: number): boolean => status >= 500 || status === 429 || status === 401;
/** The same request follows once the password was typed again. */
const ASKS_FOR_PASSWORD = /^\{[^{]*"error":\{"code":"CONFIRMATION_REQUIRED"/;

export const idempotent = createMiddleware<AppEnv>(async (c, next) => {
  const key = c.get('idempotencyKey');
  const actor = c.get('actor');
  if (key === undefined || actor === undefined || !('tenantId' in actor)) {
    await next();
    return undefined;
  }
  const k = { tenantId: actor.tenantId, causer: causerOf(actor), key };
  const url = new URL(c.req.url);
  const inputHash = sha256Hex(`${c.req.method}\n${url.pathname}${url.search}\n${await c.req.text()}`);
  const claim = await claimOutcome(c.get('platform'), k, inputHash, processNow(), {
    keepMs: KEEP_MS,
    abandonedMs: ABANDONED_MS,
  });
  switch (claim.kind) {
    case 'mismatch':
      return refuse(c, { code: 'IDEMPOTENCY_MISMATCH', key });
    case 'in_progress':
      return refuse(c, { code: 'REQUEST_IN_PROGRESS', retry_after: 1 });
    case 'stored':
      if (claim.answer.head !== null) c.header('X-Askpro-Head', claim.answer.head);
      c.header('Idempotency-Replayed', 'true');
      c.header('Content-Type', 'application/json; charset=UTF-8');
      return c.body(claim.answer.body, claim.answer.status as 200);
    case 'claimed':
      break;
  }
  await next();
  const body = isRetryable(c.res.status) ? null : await c.res.clone().text();
  const isOpen = body === null || body.length > MAX_STORED_BYTES || ASKS_FOR_PASSWORD.test(body);
  if (isOpen) await releaseOutcome(c.get('platform'), k);
  else
    await storeOutcome(c.get('platform'), k, { status: c.res.status, body, head: c.res.headers.get('X-Askpro-Head') });
  return undefined;
});

/** Spread into `createRoute` instead of `guarded`: who may, and each key once. Its refusals: `onceErrors`. */
export const guardedOnce = (permission: Permission) => ({
  ...guarded(permission),
  middleware: [requirePermission(permission), idempotent],
  'x-once': true,
});

/** What `guardedOnce` refuses besides the guard, with what the route refuses itself: codes of one status share an answer. */
export const onceErrors = <C extends RefusalCode = never>(...codes: C[]) =>
  errorResponses<C | 'IDEMPOTENCY_MISMATCH' | 'REQUEST_IN_PROGRESS'>(
    'IDEMPOTENCY_MISMATCH',
    'REQUEST_IN_PROGRESS',
    ...codes,
  );

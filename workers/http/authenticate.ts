/** Who asks and where: host → realm, session cookie or API key → actor → scope. Part of the API's middleware. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { Actor } from '../../shared/actor.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import { actorOfApiKey } from '../identity/api-keys.ts';
import { owesFactor, sessionActor } from '../identity/sessions.ts';
import { inRealm, realmOf } from '../tenancy/directory.ts';
import { openTenant } from '../tenancy/scope.ts';
import { isIdempotencyKey, MAX_KEY_LENGTH } from './request-context.ts';
import { notFound, refuse } from './problem.ts';
import { addressOf } from './rate-limit.ts';
import type { AppEnv, OpenEnv } from './module-routes.ts';

/** Host header → realm; an unknown host gets the neutral 404 on every path. */
export const resolveRealm = createMiddleware<OpenEnv>(async (c, next) => {
  const realm = await realmOf(c.get('platform'), c.req.header('Host') ?? new URL(c.req.url).host);
  if (realm === null) return notFound(c);
  c.set('realm', realm);
  await next();
  return undefined;
});

/** Works from everywhere. */
const SIGN_OUT = '/api/auth/sign-out';

/** Behind https, whatever stands before the Worker. */
export const isSecure = (c: Context): boolean => c.req.url.startsWith('https:');

/** Who sends a key that is none relies on nothing happening twice: refused, not ignored. */
export const refuseBadKey = createMiddleware<OpenEnv>(async (c, next) => {
  const key = c.req.header('Idempotency-Key');
  if (key !== undefined && !isIdempotencyKey(key)) {
    const errors = { 'Idempotency-Key': [`1–${MAX_KEY_LENGTH} visible ASCII characters`] };
    return refuse(c, { code: 'VALIDATION_ERROR', errors });
  }
  await next();
  return undefined;
});

/**
 * Sets actor and scope when the request proves who it is. A key in `Authorization` wins over the cookie; one that is not valid leaves
 * the request anonymous. An actor whose tenant lies outside the host's realm finds nothing here: 404.
 */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  const authorization = c.req.header('Authorization');
  const defer = (work: Promise<void>): void => c.executionCtx.waitUntil(work);
  const presented = {
    cookie: c.req.header('Cookie'),
    secure: isSecure(c),
    address: c.req.path === SIGN_OUT ? null : addressOf(c),
  };
  const found: Actor | 'elsewhere' | null =
    authorization === undefined
      ? await sessionActor(c.get('platform'), presented, realNow(), defer)
      : await actorOfApiKey(c.get('platform'), { authorization, address: addressOf(c) }, processNow(), defer);
  // Nobody here, as long as nothing is asked for that needs somebody: whoever else sits at this browser may still sign in.
  if (found === 'elsewhere') c.set('elsewhere', addressOf(c));
  const actor = found === 'elsewhere' ? null : found;
  if (actor !== null && 'tenantId' in actor) {
    if (!(await inRealm(c.get('platform'), c.get('realm'), actor.tenantId))) return notFound(c);
    const scope = openTenant(c.get('platform'), actor.tenantId, actor, {
      now: c.get('now'),
      requestId: c.get('requestId'),
    });
    if (actor.kind === 'user' && c.req.header('Accept-Language') === undefined) c.set('language', actor.language);
    if (actor.kind === 'user' && owesFactor(actor)) c.set('owing', { actor, scope });
    else {
      c.set('actor', actor);
      c.set('scope', scope);
    }
  }
  await next();
  return undefined;
});

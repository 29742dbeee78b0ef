/** Who may pass: signed-in, with a scope, with a permission. Used by every guarded route through `guarded()` of schema.ts. */
import { createMiddleware } from 'hono/factory';
import { actorMay } from '../../shared/actor.ts';
import type { Context } from 'hono';
import { isOfSupport, type Permission } from '../../shared/permissions.ts';
import { refuse, type RefusalResponse } from './problem.ts';
import type { AppEnv } from './module-routes.ts';

/** The refusal of who is nobody here: not signed in, or signed in and somewhere else, or by one proof where two are demanded. */
function nobody(c: Context<AppEnv>): RefusalResponse {
  if (c.get('owing') !== undefined) return refuse(c, { code: 'SECOND_FACTOR_REQUIRED' });
  const address = c.get('elsewhere');
  return refuse(c, address === undefined ? { code: 'UNAUTHENTICATED' } : { code: 'ADDRESS_REFUSED', address });
}

/** 401 unless somebody is signed in (session or API key); behind it `c.get('scope')` is the caller's own tenant. */
export const requireScope = createMiddleware<AppEnv>(async (c, next) => {
  const actor = c.get('actor');
  if (actor === undefined || actor.kind === 'guest') return nobody(c);
  await next();
  return undefined;
});

/** As requireScope, and a session that still owes its second factor is somebody. */
const requireOwning = createMiddleware<AppEnv>(async (c, next) => {
  const owing = c.get('owing');
  if (owing === undefined) return requireScope(c, next);
  c.set('actor', owing.actor);
  c.set('scope', owing.scope);
  await next();
  return undefined;
});

/**
 * Spread into `createRoute` of the few routes that a session may use which still owes a second factor: who it is, and setting one up. Every other
 * route refuses it, because it finds no actor there.
 */
export const ownWhileOwing = { middleware: requireOwning, 'x-while-owing': true } as const;

/** 401 without an actor, 403 without the permission. The scope is the caller's own tenant, so 403 discloses nothing about another's rows. */
export const requirePermission = (permission: Permission) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const actor = c.get('actor');
    if (actor === undefined) return nobody(c);
    if (actor.kind === 'user' && actor.impersonator !== undefined && !isOfSupport(permission))
      return refuse(c, { code: 'SUPPORT_SESSION' });
    if (!actorMay(actor, permission)) return refuse(c, { code: 'PERMISSION_DENIED', permission });
    await next();
    return undefined;
  });

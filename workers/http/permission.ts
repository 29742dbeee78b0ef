/** Who may pass: signed-in, with a scope, with a permission. Used by every guarded route through `guarded()` of schema.ts. */
import { createMiddleware } from 'hono/factory';
import { actorMay } from '../../shared/actor.ts';
import type { Permission } from '../../shared/permissions.ts';
import { refuse } from './problem.ts';
import type { AppEnv } from './module-routes.ts';

/** 401 unless somebody is signed in (session or API key); behind it `c.get('scope')` is the caller's own tenant. */
export const requireScope = createMiddleware<AppEnv>(async (c, next) => {
  const actor = c.get('actor');
  if (actor === undefined || actor.kind === 'guest') return refuse(c, { code: 'UNAUTHENTICATED' });
  await next();
  return undefined;
});

/** 401 without an actor, 403 without the permission. The scope is the caller's own tenant, so 403 discloses nothing about another's rows. */
export const requirePermission = (permission: Permission) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const actor = c.get('actor');
    if (actor === undefined) return refuse(c, { code: 'UNAUTHENTICATED' });
    if (!actorMay(actor, permission)) return refuse(c, { code: 'PERMISSION_DENIED', permission });
    await next();
    return undefined;
  });

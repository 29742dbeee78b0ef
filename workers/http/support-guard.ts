/**
 * What nobody does in another person's name, by route (docs/support.md): whatever changes something and asks for no permission is the person's own
 * (password, second factor, sessions), and so is every change of who comes in. A new route of that kind is refused without saying anything;
 * one that the support needs says `'x-support': true`. Called by module-routes.ts for every guarded route.
 */
import type { RouteConfig } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { refuse } from './problem.ts';

/** Tag of the routes about who comes in. */
const IDENTITY = 'identity';

/** Whether a route is refused to every session of the support, whatever permissions it has. */
export function isRefusedToSupport(route: Pick<RouteConfig, 'method' | 'tags'>): boolean {
  const said = route as { 'x-support'?: unknown; 'x-permission'?: unknown };
  if (route.method === 'get' || route.method === 'head' || said['x-support'] === true) return false;
  return said['x-permission'] === undefined || route.tags?.includes(IDENTITY) === true;
}

export const refuseSupport = createMiddleware(async (c, next) => {
  const actor = c.get('actor');
  if (actor?.kind === 'user' && actor.impersonator !== undefined) return refuse(c, { code: 'SUPPORT_SESSION' });
  await next();
  return undefined;
});

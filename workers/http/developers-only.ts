/** The entry points of development are for the machine they run on. Part of the edge (middleware.ts). */
import { createMiddleware } from 'hono/factory';
import { isOwnOrigin } from './csrf.ts';
import { notFound, refuse } from './problem.ts';
import type { OpenEnv } from './module-routes.ts';

const LOOPBACK = /^((.+\.)?localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Behind a name of somebody else's that leads to this machine, and for pages of other origins, they are not there, or refuse. */
export const developersOnly = createMiddleware<OpenEnv>(async (c, next) => {
  const host = c.req.header('Host') ?? new URL(c.req.url).host;
  if (!LOOPBACK.test(host)) return notFound(c);
  const own = isOwnOrigin({ site: c.req.header('Sec-Fetch-Site'), origin: c.req.header('Origin'), host });
  if (!own) return refuse(c, { code: 'ORIGIN_REFUSED' });
  await next();
  return undefined;
});

/** Refuses cross-site mutations that carry the session cookie. Keys and signatures are exempt: a browser never adds them on its own. */
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { refuse } from './problem.ts';
import type { OpenEnv } from './module-routes.ts';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * True when the request comes from one of our own pages or from no browser at all: `Sec-Fetch-Site` says same-origin or none, else
 * `Origin` names our own host. Browsers send one of the two on every cross-site POST; a client that sends neither isn't one.
 */
export function isOwnOrigin(headers: {
  site: string | undefined;
  origin: string | undefined;
  host: string | undefined;
}): boolean {
  if (headers.site !== undefined) return headers.site === 'same-origin' || headers.site === 'none';
  if (headers.origin === undefined) return true;
  try {
    return headers.host !== undefined && new URL(headers.origin).host === headers.host.toLowerCase();
  } catch {
    return false;
  }
}

export const refuseForeignOrigin = createMiddleware<OpenEnv>(async (c, next) => {
  if (!SAFE_METHODS.has(c.req.method) && carriesCookie(c)) {
    const own = isOwnOrigin({
      site: c.req.header('Sec-Fetch-Site'),
      origin: c.req.header('Origin'),
      host: c.req.header('Host') ?? new URL(c.req.url).host,
    });
    if (!own) return refuse(c, { code: 'ORIGIN_REFUSED' });
  }
  await next();
  return undefined;
});

/** Sign-in and sign-out set or use the cookie too, so only an API key exempts. */
const carriesCookie = (c: Context<OpenEnv>): boolean => c.get('actor')?.kind !== 'api_key';

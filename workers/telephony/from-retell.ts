/** Lets Retell's paths be asked from Retell's addresses only. Mounted by app.ts; what decides loads with the first call. */
import { createMiddleware } from 'hono/factory';
import { lazy } from '../../shared/lazy.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';

const sources = lazy(() => import('./sources.ts'));

/** 403 for an address that is not on the list. What Cloudflare says of the client counts, and no other header. */
export const fromRetell = createMiddleware<OpenEnv>(async (c, next) => {
  const { isFromRetell, noteStranger } = await sources();
  const platform = c.get('platform');
  const address = addressOf(c);
  const defer = (work: Promise<unknown>): void => c.executionCtx.waitUntil(work);
  if (await isFromRetell(platform, address, defer)) {
    await next();
    return undefined;
  }
  const header = c.req.header('X-Retell-Signature') ?? null;
  defer(noteStranger(platform, address, { header, body: () => c.req.raw.clone().text() }));
  return refuse(c, { code: 'SOURCE_REFUSED' });
});

/** The order of the edge, for app.ts: what every request passes, what API requests pass, what signed webhooks pass. */
import type { MiddlewareHandler } from 'hono';
import { authenticate, refuseBadKey, resolveRealm } from './authenticate.ts';
import { boundApiBody, boundBody, MAX_SIGNED_BYTES } from './body.ts';
import { refuseForeignOrigin } from './csrf.ts';
export { developersOnly } from './developers-only.ts';
import { countRequest } from './rate-limit.ts';
import { requestContext } from './request-context.ts';
import { noStore, securityHeaders } from './security-headers.ts';

/** Everything, pages and webhooks too. Headers before context would miss the request id. */
export const everyRequest: readonly MiddlewareHandler[] = [requestContext, securityHeaders];

/** API and customer routes: who asks is known before anything is counted or read. */
export const apiRequest: readonly MiddlewareHandler[] = [
  noStore,
  boundApiBody,
  resolveRealm,
  authenticate,
  refuseForeignOrigin,
  countRequest,
  refuseBadKey,
];

/** Webhooks and functions: they prove themselves by signature and are not counted per address. */
export const signedRequest: readonly MiddlewareHandler[] = [boundBody(MAX_SIGNED_BYTES)];

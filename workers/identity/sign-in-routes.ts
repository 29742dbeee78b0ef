/** HTTP of signing in and out, and the present session. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { sessionResponse, signInRequest, signOutResponse } from '../../shared/contract/identity.ts';
import { lazy } from '../../shared/lazy.ts';
import { isSecure } from '../http/authenticate.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, jsonAnswer, jsonBody, openErrors, publicRoute } from '../http/schema.ts';
import { openTenant } from '../tenancy/scope.ts';
import { askedByBrowser } from './asked.ts';
import { expiredCookie, parkedCookie } from './session-cookie.ts';
import { letInAnswer, letInAnswers } from './signed-in-answer.ts';

// Hashing and the locks come with the first use.
const commands = lazy(() => import('./account-commands.ts'));

export const signInRoutes = createRoutes();

signInRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/sign-in/email',
    tags: ['identity'],
    summary: 'Sign in with e-mail and password; sets the session cookie',
    ...publicRoute,
    request: { body: jsonBody(signInRequest) },
    responses: {
      ...letInAnswers,
      ...openErrors('INVALID_CREDENTIALS', 'BUSY'),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const { signIn } = await commands();
    const signedIn = await signIn(c.get('platform'), {
      email: body.email,
      password: body.password,
      rememberMe: body.remember_me,
      ...askedByBrowser(c),
    });
    if (!signedIn.ok) return refuse(c, signedIn.error);
    return letInAnswer(c, signedIn.value);
  },
);

signInRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/sign-out',
    tags: ['identity'],
    summary: 'End the present session; also without one',
    ...publicRoute,
    responses: { 200: jsonAnswer(signOutResponse, 'signed out'), ...errorResponses('ORIGIN_REFUSED', 'RATE_LIMITED') },
  }),
  async (c) => {
    const actor = c.get('actor') ?? c.get('owing')?.actor;
    if (actor?.kind === 'user') {
      const scope = openTenant(c.get('platform'), actor.tenantId, actor, {
        now: c.get('now'),
        requestId: c.get('requestId'),
      });
      const { signOut } = await commands();
      const ended = await signOut(scope, { address: addressOf(c) });
      if (!ended.ok) return refuse(c, ended.error);
    }
    c.header('Set-Cookie', expiredCookie(isSecure(c)));
    c.header('Set-Cookie', parkedCookie(isSecure(c), null), { append: true });
    return c.json({ success: true as const }, 200);
  },
);

signInRoutes.open(
  createRoute({
    method: 'get',
    path: '/api/auth/get-session',
    tags: ['identity'],
    summary: 'The present session, or null',
    ...publicRoute,
    responses: {
      200: jsonAnswer(sessionResponse, 'the session'),
      ...errorResponses('RATE_LIMITED'),
    },
  }),
  async (c) => {
    const actor = c.get('actor');
    if (actor?.kind !== 'user') return c.json({ success: true as const, data: null }, 200);
    return c.json(
      { success: true as const, data: { user_id: actor.userId, tenant_id: actor.tenantId, role: actor.role } },
      200,
    );
  },
);

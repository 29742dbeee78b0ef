/** What a browser is answered when it is signed in, and what is kept of it. Called by sign-in-routes.ts and account-routes.ts. */
import type { Context } from 'hono';
import type { OpenEnv } from '../http/module-routes.ts';
import type { SignedIn } from './new-session.ts';

/** Only what the session row keeps: the old cookie must not reach the library, a sign-in starts a new session. */
export function browserHeaders(c: Context<OpenEnv>): Headers {
  const headers = new Headers();
  const agent = c.req.header('User-Agent');
  if (agent !== undefined) headers.set('User-Agent', agent.slice(0, 300));
  const address = c.req.header('CF-Connecting-IP');
  if (address !== undefined) headers.set('CF-Connecting-IP', address);
  return headers;
}

/** Cookies and who it is. */
export function signedInAnswer(c: Context<OpenEnv>, { actor, profile, setCookies }: SignedIn) {
  for (const cookie of setCookies) c.header('Set-Cookie', cookie, { append: true });
  return c.json(
    {
      success: true as const,
      data: {
        user: profile ?? { id: actor.userId, name: '', email: '', language: actor.language },
        tenant_id: actor.tenantId,
        role: actor.role,
      },
    },
    200,
  );
}

/** What a browser is answered when it is signed in. Called by the routes of every way in. */
import type { Context } from 'hono';
import type { OpenEnv } from '../http/module-routes.ts';
import { secondStepResponse, signInResponse } from '../../shared/contract/identity.ts';
import { jsonAnswer } from '../http/schema.ts';
import { toIso } from '../../shared/time.ts';
import type { Challenged, SignedIn } from './new-session.ts';

/** What every way in answers: who it is, or that the second factor is asked for. */
export const letInAnswers = {
  200: jsonAnswer(signInResponse, 'signed in'),
  202: jsonAnswer(secondStepResponse, 'right so far: the second factor is asked for'),
};

/** Cookies and who it is. */
export function signedInAnswer(c: Context<OpenEnv>, { setCookies, actor, profile }: SignedIn) {
  for (const cookie of setCookies) c.header('Set-Cookie', cookie, { append: true });
  return c.json(
    {
      success: true as const,
      data: {
        user: {
          id: actor.userId,
          name: profile?.name ?? '',
          email: profile?.email ?? '',
          language: profile?.language ?? actor.language,
        },
        tenant_id: actor.tenantId,
        role: actor.role,
      },
    },
    200,
  );
}

/** The same, or 202 where the second factor is still owed. */
export function letInAnswer(c: Context<OpenEnv>, begun: SignedIn | Challenged) {
  if (begun.kind === 'session') return signedInAnswer(c, begun);
  for (const cookie of begun.setCookies) c.header('Set-Cookie', cookie, { append: true });
  return c.json({ success: true as const, data: { challenge: { expires_at: toIso(begun.expiresAt) } } }, 202);
}

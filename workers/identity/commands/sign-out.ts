/** The end of the session somebody is signed in with. Called by account-commands.ts. */
import { realNow } from '../../../shared/clock.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { endSession, isOwnSession } from '../../storage/identity/sessions.ts';
import { endSupportOf } from '../../storage/identity/support.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';

/**
 * Ends the actor's own session, which needs no permission; one that has ended already, and an API key, leave everything as it is.
 * Refusals: none.
 */
export async function signOut(scope: TenantScope, input: { address: string }): Promise<Result<null>> {
  const { actor } = scope;
  if (actor.kind !== 'user' || !(await isOwnSession(scope.db, actor))) return ok(null);
  const entry = {
    log: 'identity',
    description: 'session.ended',
    subjectType: 'session',
    subjectId: actor.sessionId,
    ip: input.address,
  };
  // Who signs out of a session of the support has ended it.
  const { impersonator } = actor;
  const more = impersonator ? endSupportOf(scope.db, impersonator.supportId, realNow(), 'operator') : [];
  await endSession(scope.db, actor, auditBeside(scope, entry), more);
  await endListening(scope, actor.sessionId);
  return ok(null);
}

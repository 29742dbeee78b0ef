/** The end of a session of one's own, usually on another device. Called by account-commands.ts. */
import { err, ok, type Result } from '../../../shared/result.ts';
import { endSession, isOwnSession } from '../../storage/identity/sessions.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';

/** Ends one of the actor's own sessions, which needs no permission. Refusals: NOT_FOUND (not theirs, or an API key asks). */
export async function deleteSession(scope: TenantScope, { id }: { id: string }): Promise<Result<{ id: string }>> {
  const { actor } = scope;
  const unknown = err({ code: 'NOT_FOUND' as const, entity: 'session' });
  if (actor.kind !== 'user') return unknown;
  const own = { realm: actor.realm, userId: actor.userId, sessionId: id };
  if (!(await isOwnSession(scope.db, own))) return unknown;
  const entry = { log: 'identity', description: 'session.ended', subjectType: 'session', subjectId: id };
  if (!(await endSession(scope.db, own, auditBeside(scope, entry)))) return unknown;
  await endListening(scope, id);
  return ok({ id });
}

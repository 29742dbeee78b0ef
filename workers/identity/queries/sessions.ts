/** A person's own sessions as they are shown. Called by session-routes.ts. */
import { realNow } from '../../../shared/clock.ts';
import type { OwnSessionView } from '../../../shared/contract/identity.ts';
import { sessionsOf } from '../../storage/identity/sessions.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { MAX_SESSIONS } from '../users.ts';

/** The actor's own live sessions, newest first; an API key has none. Never refuses. */
export async function listSessions(scope: TenantScope): Promise<OwnSessionView[]> {
  const { actor } = scope;
  if (actor.kind !== 'user') return [];
  const rows = await sessionsOf(scope.db, actor.realm, actor.userId, realNow(), MAX_SESSIONS);
  return rows.map((row) => ({
    id: row.id,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    user_agent: row.userAgent,
    current: row.id === actor.sessionId,
  }));
}

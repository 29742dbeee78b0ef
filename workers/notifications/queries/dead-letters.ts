/** Work that was given up, as it is shown. Called by routes.ts. */
import type { z } from 'zod';
import { permissionRefusal } from '../../../shared/actor.ts';
import type { deadLetterView } from '../../../shared/contract/notifications.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { deadLettersOf } from '../../storage/queries/effects.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Dead letters shown at once; a tenant with more has one cause, not many. */
const MAX_DEAD_LETTERS = 100;

/** The newest dead letters, a hundred at most. Refusals: PERMISSION_DENIED. */
export async function listDeadLetters(scope: TenantScope): Promise<Result<z.infer<typeof deadLetterView>[]>> {
  const refused = permissionRefusal(scope.actor, 'view_queues');
  if (refused) return refused;
  const rows = await deadLettersOf(scope.db, MAX_DEAD_LETTERS);
  return ok(rows.map(({ id, queue, reason, message, at }) => ({ id, queue, reason, message, at: toIso(at) })));
}

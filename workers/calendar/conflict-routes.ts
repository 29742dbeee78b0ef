/** HTTP of what a person decides about a conflict with Cal.com. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { conflictParams, conflictResponse, resolveConflictRequest } from '../../shared/contract/conflicts.ts';
import { newId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { actorRefOf } from './actor-ref.ts';
import { callerOf, commandKey, outcome } from './edge-routes.ts';

export const conflictRoutes = createRoutes();

const queries = lazy(() => import('./queries/conflicts.ts'));

conflictRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/conflicts/{id}/resolve',
    tags: ['conflicts'],
    summary: 'Settles a conflict with Cal.com: ours is pushed again, theirs is taken, or nothing is changed',
    ...guarded('manage_calcom'),
    request: { params: conflictParams, body: jsonBody(resolveConflictRequest) },
    responses: {
      200: jsonAnswer(conflictResponse, 'the conflict as it is now'),
      ...guardErrors(),
      ...errorResponses('ILLEGAL_TRANSITION', 'APPOINTMENT_CONFLICT', 'IDEMPOTENCY_MISMATCH'),
    },
  }),
  async (c) => {
    const now = c.get('now');
    const scope = c.get('scope');
    const resolved = await scope.calendar.resolveConflict({
      key: commandKey(c, 'conflict'),
      now,
      actor: actorRefOf(callerOf(c)),
      conflictId: c.req.valid('param').id,
      modificationId: newId('modification', now),
      resolution: c.req.valid('json').resolution,
    });
    const data = resolved.result.ok
      ? await (await queries()).viewOfSettled(scope, resolved.result.value.conflict, c.get('language'))
      : null;
    return answer(c, outcome(resolved), () => ({ success: true, data: data as NonNullable<typeof data> }));
  },
);

/** HTTP of presence: a page of the calendar says which day it shows and hears who else looks at it. Mounted by office-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { MAX_NAMED, presenceRequest, presenceResponse } from '../../shared/contract/presence.ts';
import { toInside } from '../../shared/contract/mapper.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { addDays } from '../../shared/time.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { Looker } from '../object-runtime/looks.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/** Names of branches may be so old. */
const BRANCHES_MAX_AGE_MS = 30_000;

/** Who looks, by the name that colleagues know; null: a session of the support, which nobody sees. */
async function lookerOf(scope: TenantScope): Promise<Looker | null> {
  const { actor } = scope;
  if (actor.kind !== 'user' || actor.impersonator !== undefined) return null;
  const names = await scope.recentNamesOfUsers([actor.userId]);
  return { userId: actor.userId, name: names.get(actor.userId) ?? '' };
}

/** Refuses (NOT_FOUND) a branch that does not exist for whoever asks. */
async function presentOn(
  scope: TenantScope,
  { branchId, date, days, page, here }: { branchId: string; date: string; days: number; page: string; here: boolean },
): Promise<Result<Looker[]>> {
  const [{ result }, { branches }, looker] = await Promise.all([
    scope.calendar.schedule({ maxAgeMs: BRANCHES_MAX_AGE_MS }),
    scope.reached(),
    lookerOf(scope),
  ]);
  if (!result.ok) return result;
  const isThere = result.value.branches.some(({ id }) => id === branchId);
  if (!isThere || branches?.includes(branchId) === false) return err({ code: 'NOT_FOUND', entity: 'branch' });
  const dates = Array.from({ length: days }, (_, n) => addDays(date, n));
  return ok(await scope.present({ branchId, dates, looker: looker && { ...looker, page, isHere: here } }));
}

export const presenceRoutes = createRoutes();

presenceRoutes.openapi(
  createRoute({
    method: 'put',
    path: '/api/v1/presence',
    tags: ['appointments'],
    'x-actor': 'user',
    summary:
      'Says that a day of the calendar, or up to seven, is looked at, every 20 s, and answers who else does; kept in memory for 45 s',
    ...guarded('view_appointments'),
    request: { body: jsonBody(presenceRequest) },
    responses: { 200: jsonAnswer(presenceResponse, 'who else looks at the day'), ...guardErrors() },
  }),
  async (c) => {
    const scope = c.get('scope');
    const asked = toInside(presenceRequest, c.req.valid('json'));
    return answer(c, { result: await presentOn(scope, asked) }, (people) => ({
      success: true as const,
      data: {
        others: people.slice(0, MAX_NAMED).map(({ userId, name }) => ({ user_id: userId, name })),
        more: Math.max(0, people.length - MAX_NAMED),
      },
    }));
  },
);

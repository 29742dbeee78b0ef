/** HTTP of logins for the staff. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { inviteStaffRequest, staffLoginParams, userResponse } from '../../shared/contract/identity.ts';
import { lazy } from '../../shared/lazy.ts';
import { ok } from '../../shared/result.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';

const command = lazy(() => import('./absences/invite-staff.ts'));
const views = lazy(() => import('../identity/queries/users.ts'));
const tags = ['staff'];

export const staffLoginRoutes = createRoutes();

staffLoginRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/staff/{id}/login',
    tags,
    summary: 'Give somebody of the staff a login: a mail with a link to set a password',
    ...guardedOnce('create_users'),
    'x-actor': 'user',
    request: { params: staffLoginParams, body: jsonBody(inviteStaffRequest) },
    responses: {
      201: jsonAnswer(userResponse, 'the invited user, linked to the person'),
      ...guardErrors(),
      ...onceErrors('LIMIT_REACHED', 'CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const [{ inviteStaff }, { viewOfUser }] = await Promise.all([command(), views()]);
    const asked = { ...c.req.valid('param'), ...c.req.valid('json') };
    const scope = c.get('scope');
    const invited = await inviteStaff(c.get('platform'), scope, asked);
    const result = invited.ok ? ok(await viewOfUser(scope, invited.value)) : invited;
    return answer(c, { result }, (data) => ({ success: true, data }), 201);
  },
);

/** HTTP of what is done with users: people do it, never keys, because access that was given outlives the key. Mounted through team-routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  changeUserRequest,
  inviteUserRequest,
  type UserAccountView,
  userGoneResponse,
  userParams,
  userResponse,
} from '../../shared/contract/identity.ts';
import { lazy } from '../../shared/lazy.ts';
import { ok, type Result } from '../../shared/result.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { ShownUser } from '../storage/identity/users.ts';
import type { TenantScope } from '../tenancy/scope.ts';

const commands = lazy(() => import('./account-commands.ts'));
const tags = ['identity'];
const PATH = '/api/v1/users';

/** What a command answered, as it is shown. */
async function seen(scope: TenantScope, result: Result<ShownUser>): Promise<Result<UserAccountView>> {
  const { viewOfUser } = await commands();
  return result.ok ? ok(await viewOfUser(scope, result.value)) : result;
}

export const userRoutes = createRoutes();

userRoutes.openapi(
  createRoute({
    method: 'post',
    path: PATH,
    tags,
    summary: 'Invite a user: a mail with a link to set a password',
    ...guardedOnce('create_users'),
    'x-actor': 'user',
    request: { body: jsonBody(inviteUserRequest) },
    responses: {
      201: jsonAnswer(userResponse, 'the invited user'),
      ...guardErrors(),
      ...onceErrors(
        'LIMIT_REACHED',
        'CONFIRMATION_REQUIRED',
        'PERMISSION_DENIED',
        'POLICY_VIOLATION',
        'VALIDATION_ERROR',
        'VERSION_CONFLICT',
      ),
    },
  }),
  async (c) => {
    const { inviteByHand } = await commands();
    const result = await inviteByHand(c.get('platform'), c.get('scope'), c.req.valid('json'));
    return answer(c, { result: await seen(c.get('scope'), result) }, (data) => ({ success: true, data }), 201);
  },
);

userRoutes.openapi(
  createRoute({
    method: 'patch',
    path: `${PATH}/{id}`,
    tags,
    summary: 'Change a user: name, language, role, reach, whether they may sign in',
    ...guarded('edit_users'),
    'x-actor': 'user',
    request: { params: userParams, body: jsonBody(changeUserRequest) },
    responses: {
      200: jsonAnswer(userResponse, 'the user'),
      ...guardErrors(),
      ...errorResponses(
        'CONFIRMATION_REQUIRED',
        'PERMISSION_DENIED',
        'POLICY_VIOLATION',
        'VALIDATION_ERROR',
        'VERSION_CONFLICT',
      ),
    },
  }),
  async (c) => {
    const { changeUser } = await commands();
    const result = await changeUser(c.get('scope'), { ...c.req.valid('param'), ...c.req.valid('json') });
    return answer(c, { result: await seen(c.get('scope'), result) }, (data) => ({ success: true, data }));
  },
);

userRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/{id}/invite`,
    tags,
    summary: 'Invite a user once more who has no password yet; the older link ends',
    ...guardedOnce('create_users'),
    'x-actor': 'user',
    request: { params: userParams },
    responses: {
      200: jsonAnswer(userResponse, 'the user'),
      ...guardErrors(),
      ...onceErrors('POLICY_VIOLATION', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { inviteAgain } = await commands();
    const result = await inviteAgain(c.get('scope'), c.req.valid('param'));
    return answer(c, { result: await seen(c.get('scope'), result) }, (data) => ({ success: true, data }));
  },
);

userRoutes.openapi(
  createRoute({
    method: 'delete',
    path: `${PATH}/{id}`,
    tags,
    summary: 'Delete a user for good, with all sessions',
    ...guarded('delete_users'),
    'x-actor': 'user',
    request: { params: userParams },
    responses: {
      200: jsonAnswer(userGoneResponse, 'deleted'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'POLICY_VIOLATION', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { deleteUser } = await commands();
    const result = await deleteUser(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

/** HTTP of what is done with API keys. Their lives are counted by the process's clock, as they are checked. Mounted through team-routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { processNow } from '../../shared/clock.ts';
import {
  apiKeyParams,
  apiKeyResponse,
  changeApiKeyRequest,
  createApiKeyRequest,
  createApiKeyResponse,
  revokeApiKeyResponse,
  rotateApiKeyRequest,
  rotateApiKeyResponse,
} from '../../shared/contract/identity.ts';
import { lazy } from '../../shared/lazy.ts';
import { toIso } from '../../shared/time.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { viewOfApiKey } from './queries/api-keys.ts';

const commands = lazy(() => import('./account-commands.ts'));

export const apiKeyRoutes = createRoutes();

apiKeyRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/api-keys',
    tags: ['identity'],
    summary: 'Make an API key; the key is shown this once',
    ...guarded('create_api_keys'),
    'x-actor': 'user',
    // No `idempotent`: its stored answer would keep the secret.
    request: { body: jsonBody(createApiKeyRequest) },
    responses: {
      201: jsonAnswer(createApiKeyResponse, 'the new key'),
      ...guardErrors(),
      ...errorResponses('LIMIT_REACHED', 'CONFIRMATION_REQUIRED'),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const { createApiKey } = await commands();
    const result = await createApiKey(c.get('scope'), {
      name: body.name,
      mode: body.mode,
      scopes: body.scopes,
      ipAllow: body.ip_allow,
      lifeDays: body.expires_in_days,
      now: processNow(),
    });
    return answer(
      c,
      { result },
      (made) => ({ success: true, data: { ...viewOfApiKey(made.row), key: made.key } }),
      201,
    );
  },
);

apiKeyRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/api/v1/api-keys/{id}',
    tags: ['identity'],
    summary: 'Change the name of an API key, and from where it may be used',
    ...guarded('edit_api_keys'),
    'x-actor': 'user',
    request: { params: apiKeyParams, body: jsonBody(changeApiKeyRequest) },
    responses: {
      200: jsonAnswer(apiKeyResponse, 'the key'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED'),
    },
  }),
  async (c) => {
    const { changeApiKey } = await commands();
    const { name, ip_allow: ipAllow } = c.req.valid('json');
    const result = await changeApiKey(c.get('scope'), { id: c.req.valid('param').id, name, ipAllow });
    return answer(c, { result }, (row) => ({ success: true, data: viewOfApiKey(row) }));
  },
);

apiKeyRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/api-keys/{id}/rotate',
    tags: ['identity'],
    summary: 'Replace an API key; the old one works on for the grace period',
    ...guarded('edit_api_keys'),
    'x-actor': 'user',
    request: {
      params: apiKeyParams,
      body: jsonBody(rotateApiKeyRequest),
    },
    responses: {
      201: jsonAnswer(rotateApiKeyResponse, 'the new key'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED'),
    },
  }),
  async (c) => {
    const { rotateApiKey } = await commands();
    const result = await rotateApiKey(c.get('scope'), {
      id: c.req.valid('param').id,
      graceDays: c.req.valid('json').grace_days,
      now: processNow(),
    });
    return answer(
      c,
      { result },
      (made) => ({
        success: true,
        data: { ...viewOfApiKey(made.row), key: made.key, old_expires_at: toIso(made.oldExpiresAt) },
      }),
      201,
    );
  },
);

apiKeyRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/api/v1/api-keys/{id}',
    tags: ['identity'],
    summary: 'Revoke an API key at once',
    ...guarded('delete_api_keys'),
    'x-actor': 'user',
    request: { params: apiKeyParams },
    responses: { 200: jsonAnswer(revokeApiKeyResponse, 'revoked'), ...guardErrors() },
  }),
  async (c) => {
    const { deleteApiKey } = await commands();
    const result = await deleteApiKey(c.get('scope'), { id: c.req.valid('param').id, now: processNow() });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

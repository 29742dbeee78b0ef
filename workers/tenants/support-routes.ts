/** HTTP of the operator's look into an account: who is there, beginning a session of the support, lifting networks. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  askFactorResetRequest,
  beganSupportResponse,
  factorResetResponse,
  beginSupportRequest,
  liftNetworksRequest,
  supportParams,
  tenantSupportResponse,
} from '../../shared/contract/security.ts';
import { lazy } from '../../shared/lazy.ts';
import { toIso } from '../../shared/time.ts';
import { answer } from '../http/answer.ts';
import { isSecure } from '../http/authenticate.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';

const commands = lazy(() => import('./tenant-commands.ts'));

const SUPPORT = '/api/v1/tenants/{id}/support';
const RESET = '/api/v1/tenants/{id}/factor-reset';
const tags = ['tenants'];

export const tenantSupportRoutes = createRoutes();

tenantSupportRoutes.openapi(
  createRoute({
    method: 'get',
    path: SUPPORT,
    tags,
    summary: 'Whether the owner lets the operator look in, the account’s networks and its people',
    ...guarded('view_tenants'),
    request: { params: supportParams },
    responses: { 200: jsonAnswer(tenantSupportResponse, 'who is there'), ...guardErrors() },
  }),
  async (c) => {
    const { showTenantSupport } = await commands();
    const result = await showTenantSupport(c.get('platform'), c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

tenantSupportRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${SUPPORT}/sessions`,
    tags,
    summary: 'Look at an account as one of its people: an hour at most, while the owner’s consent stands',
    // No repeated key: its answer signs in.
    ...guarded('impersonate_users'),
    'x-actor': 'user',
    request: { params: supportParams, body: jsonBody(beginSupportRequest) },
    responses: {
      201: jsonAnswer(beganSupportResponse, 'the session, and where it is'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'TENANT_SUSPENDED', 'SUPPORT_NOT_ALLOWED'),
    },
  }),
  async (c) => {
    const { beginSupport } = await commands();
    const { user_id: userId, reason, host } = c.req.valid('json');
    const begun = await beginSupport(c.get('platform'), c.get('scope'), {
      tenantId: c.req.valid('param').id,
      userId,
      reason,
      host,
      cookie: c.req.header('Cookie'),
      secure: isSecure(c),
      hostHere: c.req.header('Host') ?? new URL(c.req.url).host,
      userAgent: c.req.header('User-Agent'),
      address: addressOf(c),
    });
    if (!begun.ok) return refuse(c, begun.error);
    const { id, url, endsAt, setCookies } = begun.value;
    for (const cookie of setCookies) c.header('Set-Cookie', cookie, { append: true });
    return c.json({ success: true as const, data: { id, url, ends_at: toIso(endsAt) } }, 201);
  },
);

tenantSupportRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${SUPPORT}/lift-networks`,
    tags,
    summary: 'Let the account’s people in from anywhere again, with a reason',
    ...guardedOnce('edit_tenants'),
    request: { params: supportParams, body: jsonBody(liftNetworksRequest) },
    responses: {
      200: jsonAnswer(tenantSupportResponse, 'who is there'),
      ...guardErrors(),
      ...onceErrors('TENANT_SUSPENDED'),
    },
  }),
  async (c) => {
    const { liftNetworks, showTenantSupport } = await commands();
    const { id } = c.req.valid('param');
    const lifted = await liftNetworks(c.get('platform'), c.get('scope'), { id, ...c.req.valid('json') });
    const result = lifted.ok ? await showTenantSupport(c.get('platform'), c.get('scope'), { id }) : lifted;
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

// ---------------------------------------------------------------- the only owner without a second factor

tenantSupportRoutes.openapi(
  createRoute({
    method: 'get',
    path: RESET,
    tags,
    summary:
      'Whether the only owner of an account can be helped back in who has lost the second factor, and how far that is',
    ...guarded('view_tenants'),
    request: { params: supportParams },
    responses: {
      200: jsonAnswer(factorResetResponse, 'how far it is'),
      ...guardErrors(),
      ...errorResponses('TENANT_SUSPENDED'),
    },
  }),
  async (c) => {
    const { showFactorReset } = await commands();
    const result = await showFactorReset(c.get('platform'), c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

tenantSupportRoutes.openapi(
  createRoute({
    method: 'post',
    path: RESET,
    tags,
    summary:
      'Ask that the only owner’s second factor and passkeys are taken away: the owner confirms by mail and password, and a day passes',
    ...guardedOnce('edit_tenants'),
    'x-actor': 'user',
    request: { params: supportParams, body: jsonBody(askFactorResetRequest) },
    responses: {
      200: jsonAnswer(factorResetResponse, 'how far it is'),
      ...guardErrors(),
      ...onceErrors('CONFIRMATION_REQUIRED', 'POLICY_VIOLATION', 'TENANT_SUSPENDED'),
    },
  }),
  async (c) => {
    const { askFactorReset, showFactorReset } = await commands();
    const { id } = c.req.valid('param');
    const asked = await askFactorReset(c.get('platform'), c.get('scope'), { id, ...c.req.valid('json') });
    const result = asked.ok ? await showFactorReset(c.get('platform'), c.get('scope'), { id }) : asked;
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

tenantSupportRoutes.openapi(
  createRoute({
    method: 'delete',
    path: RESET,
    tags,
    summary: 'Withdraw it, as long as it is not done',
    ...guarded('edit_tenants'),
    'x-actor': 'user',
    request: { params: supportParams },
    responses: {
      200: jsonAnswer(factorResetResponse, 'how far it is'),
      ...guardErrors(),
      ...errorResponses('POLICY_VIOLATION', 'TENANT_SUSPENDED'),
    },
  }),
  async (c) => {
    const { showFactorReset, withdrawFactorReset } = await commands();
    const { id } = c.req.valid('param');
    const withdrawn = await withdrawFactorReset(c.get('platform'), c.get('scope'), { id });
    const result = withdrawn.ok ? await showFactorReset(c.get('platform'), c.get('scope'), { id }) : withdrawn;
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

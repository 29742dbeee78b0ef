/** HTTP of the owner's consent to the support, of the support's sessions and of the account's networks (docs/support.md). Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  changeNetworksRequest,
  endedSupportResponse,
  enteredSupportResponse,
  enterSupportRequest,
  giveSupportAccessRequest,
  networksResponse,
  supportAccessResponse,
} from '../../shared/contract/security.ts';
import { changeFactorDemandRequest, factorDemandResponse } from '../../shared/contract/ways-in.ts';
import { ok, type Result } from '../../shared/result.ts';
import { answer } from '../http/answer.ts';
import { isSecure } from '../http/authenticate.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { requireScope } from '../http/permission.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody, openErrors, publicRoute } from '../http/schema.ts';
import { asked } from './asked.ts';
import { changeFactorDemand } from './commands/change-factor-demand.ts';
import { changeNetworks } from './commands/change-networks.ts';
import { endSupport } from './commands/end-support.ts';
import { enterSupport } from './commands/enter-support.ts';
import { giveSupportAccess } from './commands/give-support-access.ts';
import { withdrawSupportAccess } from './commands/withdraw-support-access.ts';
import { shownAddress } from './networks.ts';
import { showFactorDemand, showNetworks, showSupportAccess } from './queries/security.ts';
import { supportSessionsResource } from './support-sessions.resource.ts';

const ACCESS = '/api/v1/security/support-access';
const NETWORKS = '/api/v1/security/networks';
const FACTOR = '/api/v1/security/second-factor';
const tags = ['security'];

export const securityRoutes = createRoutes();
securityRoutes.route('/', supportSessionsResource.routes);

securityRoutes.openapi(
  createRoute({
    method: 'get',
    path: ACCESS,
    tags,
    summary: 'Until when the operator may look into the account as one of its people',
    ...guarded('view_security'),
    responses: { 200: jsonAnswer(supportAccessResponse, 'the consent'), ...guardErrors() },
  }),
  async (c) => {
    const result = await showSupportAccess(c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

securityRoutes.openapi(
  createRoute({
    method: 'post',
    path: ACCESS,
    tags,
    summary: 'Let the operator look into the account for some hours; a person’s to give',
    ...guardedOnce('edit_security'),
    'x-actor': 'user',
    request: { body: jsonBody(giveSupportAccessRequest) },
    responses: {
      200: jsonAnswer(supportAccessResponse, 'the consent'),
      ...guardErrors(),
      ...onceErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED'),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const given = await giveSupportAccess(scope, c.req.valid('json'));
    const result = given.ok ? await showSupportAccess(scope) : given;
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

securityRoutes.openapi(
  createRoute({
    method: 'delete',
    path: ACCESS,
    tags,
    summary: 'Take the consent back; sessions that rest on it end at once',
    ...guarded('edit_security'),
    'x-actor': 'user',
    responses: { 200: jsonAnswer(supportAccessResponse, 'no consent'), ...guardErrors() },
  }),
  async (c) => {
    const scope = c.get('scope');
    const withdrawn = await withdrawSupportAccess(scope);
    const result = withdrawn.ok ? await showSupportAccess(scope) : withdrawn;
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

securityRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/security/support-session/end',
    tags,
    summary: 'Leave the present session of the support; the operator’s own session comes back',
    middleware: requireScope,
    'x-actor': 'user',
    'x-support': true,
    responses: { 200: jsonAnswer(endedSupportResponse, 'where the operator goes on'), ...guardErrors() },
  }),
  async (c) => {
    const browser = { cookie: c.req.header('Cookie'), secure: isSecure(c) };
    const ended = await endSupport(c.get('platform'), c.get('scope'), browser);
    if (!ended.ok) return refuse(c, ended.error);
    for (const cookie of ended.value.setCookies) c.header('Set-Cookie', cookie, { append: true });
    return c.json({ success: true as const, data: { url: ended.value.url } }, 200);
  },
);

securityRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/support/enter',
    tags: ['identity'],
    summary:
      'Take over a session of the support on the account’s own host, by a link that works once and a minute long',
    ...publicRoute,
    request: { body: jsonBody(enterSupportRequest) },
    responses: {
      200: jsonAnswer(enteredSupportResponse, 'signed in; where to go'),
      ...openErrors('NOT_FOUND'),
    },
  }),
  async (c) => {
    const entered = await enterSupport(c.get('platform'), {
      ...c.req.valid('json'),
      ...asked(c),
      userAgent: c.req.header('User-Agent'),
      secure: isSecure(c),
    });
    if (!entered.ok) return refuse(c, entered.error);
    for (const cookie of entered.value.setCookies) c.header('Set-Cookie', cookie, { append: true });
    return c.json({ success: true as const, data: { url: entered.value.url } }, 200);
  },
);

securityRoutes.openapi(
  createRoute({
    method: 'get',
    path: NETWORKS,
    tags,
    summary: 'Networks that the account’s people work from, and the address of whoever asks',
    ...guarded('view_security'),
    responses: { 200: jsonAnswer(networksResponse, 'the networks'), ...guardErrors() },
  }),
  async (c) => {
    const result = await showNetworks(c.get('scope'), addressOf(c));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

securityRoutes.openapi(
  createRoute({
    method: 'patch',
    path: NETWORKS,
    tags,
    summary: 'Let the account’s people work from these networks only; whoever sets them must be inside',
    ...guardedOnce('edit_security'),
    'x-actor': 'user',
    request: { body: jsonBody(changeNetworksRequest) },
    responses: {
      200: jsonAnswer(networksResponse, 'the networks'),
      ...guardErrors(),
      ...onceErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED'),
    },
  }),
  async (c) => {
    const address = addressOf(c);
    const { networks } = c.req.valid('json');
    const changed = await changeNetworks(c.get('scope'), { networks, address, answerIn: c.get('language') });
    const result: Result<{ networks: string[]; your_address: string }> = changed.ok
      ? ok({ ...changed.value, your_address: shownAddress(address) })
      : changed;
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

securityRoutes.openapi(
  createRoute({
    method: 'get',
    path: FACTOR,
    tags,
    summary: 'Of which of its people the account demands a second factor',
    ...guarded('view_security'),
    responses: { 200: jsonAnswer(factorDemandResponse, 'the demand'), ...guardErrors() },
  }),
  async (c) => {
    const result = await showFactorDemand(c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

securityRoutes.openapi(
  createRoute({
    method: 'patch',
    path: FACTOR,
    tags,
    summary:
      'Demand a second factor; who has none sets one up before anything else. Whoever changes this has proven one',
    ...guardedOnce('edit_security'),
    'x-actor': 'user',
    request: { body: jsonBody(changeFactorDemandRequest) },
    responses: {
      200: jsonAnswer(factorDemandResponse, 'the demand'),
      ...guardErrors(),
      ...onceErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'POLICY_VIOLATION'),
    },
  }),
  async (c) => {
    const { demand, grace_days } = c.req.valid('json');
    const changed = await changeFactorDemand(c.get('scope'), { demand, graceDays: grace_days });
    const result = changed.ok ? await showFactorDemand(c.get('scope')) : changed;
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

/** HTTP of vendors' credentials: entered, tested, replaced, taken out; and of the master key that seals them. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  companyRequest,
  credentialRequests,
  endedSecretResponse,
  integrationListResponse,
  integrationParams,
  integrationQuery,
  integrationResponse,
  removedIntegrationResponse,
  resealedResponse,
  resealRequest,
  sealedValuesResponse,
  testedResponse,
  webhookSecretResponse,
} from '../../shared/contract/integrations.ts';
import { lazy } from '../../shared/lazy.ts';
import { VENDORS } from '../../shared/vendors.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { WHOLE_LIST } from '../http/list.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';

const commands = lazy(() => import('./commands.ts'));

const INTEGRATIONS = '/api/v1/integrations';
const SEALED = '/api/v1/sealed-values';
const tags = ['integrations'];
/** A person alone, who has typed the password lately: whoever finds a key must not be able to point our calls elsewhere. No `idempotent`: a stored request would keep the secret’s hash, a stored answer the secret. */
const byPerson = { ...guarded('manage_integrations'), 'x-actor': 'user' } as const;

export const connectionRoutes = createRoutes();

connectionRoutes.openapi(
  createRoute({
    method: 'get',
    path: INTEGRATIONS,
    tags,
    summary:
      'Vendors, connected or not: which fields are set, whose credential is in force, how calls went. Secrets are never answered',
    ...guarded('view_integrations'),
    request: { query: integrationQuery },
    responses: { 200: jsonAnswer(integrationListResponse, 'every vendor'), ...guardErrors() },
  }),
  async (c) => {
    const { listIntegrations } = await commands();
    const result = await listIntegrations(c.get('platform'), c.get('scope'), c.req.valid('query').company_id);
    return answer(c, { result }, (data) => ({ success: true, data, meta: WHOLE_LIST }));
  },
);

for (const vendor of VENDORS)
  connectionRoutes.openapi(
    createRoute({
      method: 'put',
      path: `${INTEGRATIONS}/${vendor}`,
      tags,
      summary:
        'Connect a vendor, or replace the credential. A secret that is left out stays; `If-Match` protects against overwriting',
      ...byPerson,
      request: { body: jsonBody(credentialRequests[vendor]) },
      responses: {
        200: jsonAnswer(integrationResponse, 'as it is stored'),
        ...guardErrors(),
        ...errorResponses(
          'CONFIRMATION_REQUIRED',
          'PERMISSION_DENIED',
          'VERSION_CONFLICT',
          'CONNECTION_FAILED',
          'VALIDATION_ERROR',
        ),
      },
    }),
    async (c) => {
      const { enterCredential, oneIntegration } = await commands();
      const request = c.req.valid('json');
      const entered = await enterCredential(c.get('platform'), c.get('scope'), vendor, {
        request,
        expectedVersion: presentedVersion(c),
      });
      const result = entered.ok
        ? await oneIntegration(c.get('platform'), c.get('scope'), vendor, request.company_id)
        : entered;
      const version = entered.ok ? entered.value.version : undefined;
      return answer(c, { result, version }, (data) => ({ success: true, data }));
    },
  );

connectionRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${INTEGRATIONS}/{vendor}/test`,
    tags,
    summary: 'Ask the vendor whether it takes what is stored here, by a real call that changes nothing there',
    ...guarded('manage_integrations'),
    request: { params: integrationParams, body: jsonBody(companyRequest) },
    responses: { 200: jsonAnswer(testedResponse, 'what came of it'), ...guardErrors() },
  }),
  async (c) => {
    const { testConnection } = await commands();
    const { vendor } = c.req.valid('param');
    const result = await testConnection(c.get('platform'), c.get('scope'), vendor, c.req.valid('json').company_id);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

connectionRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${INTEGRATIONS}/{vendor}/webhook-secret`,
    tags,
    summary:
      'Draw the secret that the vendor shall sign its webhooks with; it is shown this once, and the one before counts for a day more',
    ...byPerson,
    request: { params: integrationParams, body: jsonBody(companyRequest) },
    responses: {
      201: jsonAnswer(webhookSecretResponse, 'address and secret'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const { makeWebhookSecret } = await commands();
    const { vendor } = c.req.valid('param');
    const result = await makeWebhookSecret(c.get('platform'), c.get('scope'), vendor, c.req.valid('json').company_id);
    return answer(c, { result }, (data) => ({ success: true, data }), 201);
  },
);

connectionRoutes.openapi(
  createRoute({
    method: 'delete',
    path: `${INTEGRATIONS}/{vendor}/webhook-secret/old`,
    tags,
    summary: 'End the secret of webhooks before the present one now, before its day is over',
    ...byPerson,
    request: { params: integrationParams, query: integrationQuery },
    responses: {
      200: jsonAnswer(endedSecretResponse, 'ended'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const { endOldSecret } = await commands();
    const { vendor } = c.req.valid('param');
    const result = await endOldSecret(c.get('platform'), c.get('scope'), vendor, c.req.valid('query').company_id);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

connectionRoutes.openapi(
  createRoute({
    method: 'delete',
    path: `${INTEGRATIONS}/{vendor}`,
    tags,
    summary: 'Take a credential out; what is above it is in force from then on',
    ...byPerson,
    request: { params: integrationParams, query: integrationQuery },
    responses: {
      200: jsonAnswer(removedIntegrationResponse, 'taken out'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED'),
    },
  }),
  async (c) => {
    const { disconnect } = await commands();
    const { vendor } = c.req.valid('param');
    const result = await disconnect(c.get('scope'), vendor, c.req.valid('query').company_id);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

// ---------------------------------------------------------------- the master key

connectionRoutes.openapi(
  createRoute({
    method: 'get',
    path: SEALED,
    tags,
    summary: 'How many stored secrets are sealed with a master key that is not the present one; the operator’s',
    ...guarded('view_integrations'),
    responses: { 200: jsonAnswer(sealedValuesResponse, 'what is left'), ...guardErrors() },
  }),
  async (c) => {
    const { sealedValues } = await commands();
    const result = await sealedValues(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

connectionRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${SEALED}/reseal`,
    tags,
    summary:
      'Seal with the present master key what older ones have sealed, 500 a request; asked again while some are left',
    ...guarded('manage_integrations'),
    request: { body: jsonBody(resealRequest) },
    responses: { 200: jsonAnswer(resealedResponse, 'what was done'), ...guardErrors() },
  }),
  async (c) => {
    const { resealValues } = await commands();
    const result = await resealValues(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

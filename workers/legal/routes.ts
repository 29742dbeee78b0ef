/** HTTP of legal texts and of what an account agreed to. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  acceptContractsRequest,
  contractsResponse,
  legalDraftParams,
  legalDraftResponse,
  legalDraftSavedResponse,
  legalTextResponse,
  publishLegalTextRequest,
  saveLegalDraftRequest,
} from '../../shared/contract/legal.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { addressOf } from '../http/rate-limit.ts';
import { guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { legalTextsResource } from './legal-texts.resource.ts';

const commands = lazy(() => import('./legal-commands.ts'));
const tags = ['legal'];
const DRAFT = '/api/v1/legal-drafts/{kind}/{language}';
const CONTRACTS = '/api/v1/contracts';

export const legalRoutes = createRoutes();
legalRoutes.route('/', legalTextsResource.routes);

legalRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/legal-texts',
    tags,
    summary: 'Publish the next version of a legal text; older versions stay readable',
    ...guardedOnce('create_legal_texts'),
    request: { body: jsonBody(publishLegalTextRequest) },
    responses: { 201: jsonAnswer(legalTextResponse, 'the version'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { publishLegalText } = await commands();
    const result = await publishLegalText(c.get('scope'), c.req.valid('json'));
    return answer(c, { result }, (data) => ({ success: true, data }), 201);
  },
);

legalRoutes.openapi(
  createRoute({
    method: 'get',
    path: DRAFT,
    tags,
    summary: 'What is being written of a legal text; null: nothing is',
    ...guarded('create_legal_texts'),
    request: { params: legalDraftParams },
    responses: { 200: jsonAnswer(legalDraftResponse, 'the draft'), ...guardErrors() },
  }),
  async (c) => {
    const { showLegalDraft } = await commands();
    const result = await showLegalDraft(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

legalRoutes.openapi(
  createRoute({
    method: 'put',
    path: DRAFT,
    tags,
    summary: 'Save what is being written of a legal text; nobody but its writers reads it',
    ...guardedOnce('create_legal_texts'),
    request: { params: legalDraftParams, body: jsonBody(saveLegalDraftRequest) },
    responses: {
      200: jsonAnswer(legalDraftSavedResponse, 'the draft'),
      ...guardErrors(),
      ...onceErrors('VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const { text, expected_version: seen } = c.req.valid('json');
    const { saveLegalDraft } = await commands();
    const result = await saveLegalDraft(c.get('scope'), { ...c.req.valid('param'), text, seen });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

legalRoutes.openapi(
  createRoute({
    method: 'delete',
    path: DRAFT,
    tags,
    summary: 'Throw away what is being written of a legal text',
    ...guardedOnce('create_legal_texts'),
    request: { params: legalDraftParams },
    responses: {
      200: jsonAnswer(legalDraftResponse, 'null: there is none any more'),
      ...guardErrors(),
      ...onceErrors(),
    },
  }),
  async (c) => {
    const { dropLegalDraft } = await commands();
    const result = await dropLegalDraft(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

legalRoutes.openapi(
  createRoute({
    method: 'get',
    path: CONTRACTS,
    tags,
    summary: 'What the account agreed to, what it is asked for, what it is informed of',
    ...guarded('view_contracts'),
    responses: { 200: jsonAnswer(contractsResponse, 'its contracts'), ...guardErrors() },
  }),
  async (c) => {
    const { showContracts } = await commands();
    const result = await showContracts(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

legalRoutes.openapi(
  createRoute({
    method: 'post',
    path: CONTRACTS,
    tags,
    summary: 'Agree to present versions; a person of the account only',
    ...guardedOnce('accept_contracts'),
    'x-actor': 'user',
    request: { body: jsonBody(acceptContractsRequest) },
    responses: { 200: jsonAnswer(contractsResponse, 'its contracts'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { acceptContracts } = await commands();
    const result = await acceptContracts(c.get('platform'), c.get('scope'), {
      textIds: c.req.valid('json').text_ids,
      address: addressOf(c),
    });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

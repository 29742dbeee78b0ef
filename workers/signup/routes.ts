/** HTTP of public sign-up: anybody may call it; behind the link its secret is the proof. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { signInResponse } from '../../shared/contract/identity.ts';
import {
  confirmSignupRequest,
  showSignupRequest,
  signupDone,
  signupLinkResponse,
  signupQuery,
  signupRequest,
  signupResponse,
  signupSettingsChange,
  signupSettingsResponse,
} from '../../shared/contract/signup.ts';
import { SIGNUP_PATH } from '../../shared/legal.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody, openErrors, publicRoute } from '../http/schema.ts';
import { asked, askedByBrowser, heardAnswer } from '../identity/asked.ts';
import { signedInAnswer } from '../identity/signed-in-answer.ts';

const commands = lazy(() => import('./signup-commands.ts'));
const tags = ['signup'];
const OPEN = `/api${SIGNUP_PATH}`;
const SETTINGS = '/api/v1/signup-settings';

export const signupRoutes = createRoutes();

signupRoutes.open(
  createRoute({
    method: 'get',
    path: OPEN,
    tags,
    summary: 'Whether visitors of this host may sign up, by which texts, and whom to ask where they may not',
    ...publicRoute,
    request: { query: signupQuery },
    responses: {
      200: jsonAnswer(signupResponse, 'sign-up'),
      ...errorResponses('NOT_FOUND', 'RATE_LIMITED', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { showSignupPage } = await commands();
    const language = c.req.valid('query').language ?? c.get('language');
    const result = await showSignupPage(c.get('platform'), { realm: c.get('realm'), language });
    return result.ok ? c.json({ success: true as const, data: result.value }, 200) : refuse(c, result.error);
  },
);

signupRoutes.open(
  createRoute({
    method: 'post',
    path: OPEN,
    tags,
    summary:
      'Ask for an account of a business: a mail with a link; the answer is the same whether the address is known',
    ...publicRoute,
    request: { body: jsonBody(signupRequest) },
    responses: { 200: jsonAnswer(signupDone, 'heard'), ...openErrors('NOT_FOUND', 'SIGNUP_CLOSED') },
  }),
  async (c) => {
    const { requestSignup } = await commands();
    const result = await requestSignup(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    return heardAnswer(c, result);
  },
);

signupRoutes.open(
  createRoute({
    method: 'post',
    path: `${OPEN}/show`,
    tags,
    summary: 'Whose sign-up the link of a mail proves; looking uses nothing up',
    ...publicRoute,
    request: { body: jsonBody(showSignupRequest) },
    responses: { 200: jsonAnswer(signupLinkResponse, 'the sign-up'), ...openErrors('NOT_FOUND') },
  }),
  async (c) => {
    const { showSignup } = await commands();
    const result = await showSignup(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    return result.ok ? c.json({ success: true as const, data: result.value }, 200) : refuse(c, result.error);
  },
);

signupRoutes.open(
  createRoute({
    method: 'post',
    path: `${OPEN}/confirm`,
    tags,
    summary: 'Make the business with its owner by the link of a mail, once; sets the session cookie',
    ...publicRoute,
    request: { body: jsonBody(confirmSignupRequest) },
    responses: {
      200: jsonAnswer(signInResponse, 'signed in'),
      ...openErrors('NOT_FOUND', 'SIGNUP_CLOSED', 'LIMIT_REACHED', 'BUSY'),
    },
  }),
  async (c) => {
    const { confirmSignup } = await commands();
    const { token, password, remember_me } = c.req.valid('json');
    const result = await confirmSignup(c.get('platform'), {
      ...askedByBrowser(c),
      token,
      password,
      rememberMe: remember_me,
    });
    return result.ok ? signedInAnswer(c, result.value) : refuse(c, result.error);
  },
);

signupRoutes.openapi(
  createRoute({
    method: 'get',
    path: SETTINGS,
    tags,
    summary: 'Whether public sign-up is switched on at who asks, and what stands in its way',
    ...guarded('view_settings'),
    responses: { 200: jsonAnswer(signupSettingsResponse, 'the switch'), ...guardErrors() },
  }),
  async (c) => {
    const { showSignupSettings } = await commands();
    const result = await showSignupSettings(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

signupRoutes.openapi(
  createRoute({
    method: 'patch',
    path: SETTINGS,
    tags,
    summary: 'Switch public sign-up: of the operator for the whole instance, of a reseller for its own host',
    ...guardedOnce('edit_settings'),
    request: { body: jsonBody(signupSettingsChange) },
    responses: {
      200: jsonAnswer(signupSettingsResponse, 'the switch'),
      ...guardErrors(),
      ...onceErrors('VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const { switchSignup } = await commands();
    const result = await switchSignup(c.get('platform'), c.get('scope'), c.req.valid('json'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

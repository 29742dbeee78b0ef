/** HTTP of passkeys: the own ones, and signing in by one. Mounted through ways-in-routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { signInResponse } from '../../shared/contract/identity.ts';
import {
  changePasskeyRequest,
  createPasskeyRequest,
  passkeyGoneResponse,
  passkeyListResponse,
  passkeyOptionsResponse,
  passkeyParams,
  passkeyResponse,
  passkeySignInRequest,
} from '../../shared/contract/ways-in.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { isSecure } from '../http/authenticate.ts';
import { WHOLE_LIST } from '../http/list.ts';
import { createRoutes } from '../http/module-routes.ts';
import { ownWhileOwing } from '../http/permission.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { errorResponses, guardErrors, jsonAnswer, jsonBody, openErrors, publicRoute } from '../http/schema.ts';
import { askedByBrowser } from './asked.ts';
import { ownRoute } from './own-route.ts';
import { placeOf } from './passkeys.ts';
import { signedInAnswer } from './signed-in-answer.ts';

const commands = lazy(() => import('./factor-commands.ts'));
/** Done also by a session that still owes its second factor. */
const setUp = { ...ownRoute, ...ownWhileOwing };
/** What beginning and ending a new passkey may be refused by. */
const setUpErrors = {
  ...guardErrors(),
  ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'POLICY_VIOLATION', 'LIMIT_REACHED', 'RATE_LIMITED'),
};
const PATH = '/api/auth/passkeys';
const placeHere = (c: Context) => placeOf(c.req.header('Host') ?? new URL(c.req.url).host, isSecure(c));

export const passkeyRoutes = createRoutes();

passkeyRoutes.openapi(
  createRoute({
    method: 'get',
    path: PATH,
    ...setUp,
    summary: 'The own passkeys of all hosts, oldest first',
    responses: { 200: jsonAnswer(passkeyListResponse, 'passkeys'), ...guardErrors() },
  }),
  async (c) => {
    const { ownPasskeys } = await commands();
    const data = await ownPasskeys(c.get('scope'), placeHere(c));
    return c.json({ success: true as const, data, meta: WHOLE_LIST }, 200);
  },
);

passkeyRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/options`,
    ...setUp,
    summary: 'What the browser makes a passkey of this host by',
    responses: {
      200: jsonAnswer(passkeyOptionsResponse, 'options of navigator.credentials.create'),
      ...setUpErrors,
    },
  }),
  async (c) => {
    const { passkeyOptions } = await commands();
    const result = await passkeyOptions(c.get('platform'), c.get('scope'), placeHere(c), { address: addressOf(c) });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

passkeyRoutes.openapi(
  createRoute({
    method: 'post',
    path: PATH,
    ...setUp,
    summary: 'Store a passkey that the browser has made; it signs in on this host',
    request: { body: jsonBody(createPasskeyRequest) },
    responses: {
      201: jsonAnswer(passkeyResponse, 'the passkey'),
      ...setUpErrors,
    },
  }),
  async (c) => {
    const { createPasskey } = await commands();
    const input = { ...c.req.valid('json'), address: addressOf(c) };
    const result = await createPasskey(c.get('platform'), c.get('scope'), placeHere(c), input);
    return answer(c, { result }, (data) => ({ success: true, data }), 201);
  },
);

passkeyRoutes.openapi(
  createRoute({
    method: 'patch',
    path: `${PATH}/{id}`,
    ...ownRoute,
    summary: 'Give one of the own passkeys another name',
    request: { params: passkeyParams, body: jsonBody(changePasskeyRequest) },
    responses: { 200: jsonAnswer(passkeyResponse, 'the passkey'), ...guardErrors() },
  }),
  async (c) => {
    const { renamePasskey } = await commands();
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    const result = await renamePasskey(c.get('scope'), placeHere(c), input);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

passkeyRoutes.openapi(
  createRoute({
    method: 'delete',
    path: `${PATH}/{id}`,
    ...ownRoute,
    summary: 'Delete one of the own passkeys',
    request: { params: passkeyParams },
    responses: {
      200: jsonAnswer(passkeyGoneResponse, 'deleted'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED'),
    },
  }),
  async (c) => {
    const { deletePasskey } = await commands();
    const result = await deletePasskey(c.get('scope'), { ...c.req.valid('param'), address: addressOf(c) });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

passkeyRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/passkey/options',
    tags: ['identity'],
    summary: 'What a passkey of this host signs to sign in; the same for everybody',
    ...publicRoute,
    responses: {
      200: jsonAnswer(passkeyOptionsResponse, 'options of navigator.credentials.get'),
      ...errorResponses('RATE_LIMITED', 'ORIGIN_REFUSED'),
    },
  }),
  async (c) => {
    const { passkeySignInOptions } = await commands();
    const data = await passkeySignInOptions(c.get('platform'), c.get('realm'), placeHere(c));
    return c.json({ success: true as const, data }, 200);
  },
);

passkeyRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/passkey/sign-in',
    tags: ['identity'],
    summary: 'Sign in by a passkey; sets the session cookie and asks for no second factor',
    ...publicRoute,
    request: { body: jsonBody(passkeySignInRequest) },
    responses: {
      200: jsonAnswer(signInResponse, 'signed in'),
      ...openErrors('INVALID_CREDENTIALS'),
    },
  }),
  async (c) => {
    const { signInByPasskey } = await commands();
    const { credential, remember_me } = c.req.valid('json');
    const result = await signInByPasskey(c.get('platform'), {
      credential,
      rememberMe: remember_me,
      place: placeHere(c),
      ...askedByBrowser(c),
    });
    return result.ok ? signedInAnswer(c, result.value) : refuse(c, result.error);
  },
);

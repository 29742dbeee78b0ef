/** HTTP of second factors: the own one, one that a user has lost, and the second step of a sign-in. Mounted through ways-in-routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { showLinkRequest } from '../../shared/contract/accounts.ts';
import { toIso } from '../../shared/time.ts';
import { signInResponse, userParams, userResponse } from '../../shared/contract/identity.ts';
import {
  confirmFactorRequest,
  confirmResetRequest,
  confirmResetResponse,
  factorSecretResponse,
  passFactorRequest,
  recoveryCodesResponse,
  secondFactorResponse,
  switchOffFactorRequest,
  switchOffFactorResponse,
  takeFactorRequest,
} from '../../shared/contract/ways-in.ts';
import { lazy } from '../../shared/lazy.ts';
import { ok } from '../../shared/result.ts';
import { answer } from '../http/answer.ts';
import { isSecure } from '../http/authenticate.ts';
import { createRoutes } from '../http/module-routes.ts';
import { ownWhileOwing } from '../http/permission.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody, openErrors, publicRoute } from '../http/schema.ts';
import { asked, askedByBrowser } from './asked.ts';
import { challengeOf } from './challenge-cookie.ts';
import { ownRoute } from './own-route.ts';
import { signedInAnswer } from './signed-in-answer.ts';

const commands = lazy(() => import('./factor-commands.ts'));
/** Done also by a session that still owes its second factor. */
const setUp = { ...ownRoute, ...ownWhileOwing };
const PATH = '/api/auth/second-factor';

export const factorRoutes = createRoutes();

factorRoutes.openapi(
  createRoute({
    method: 'get',
    path: PATH,
    ...setUp,
    summary: 'Whether the own account has a second factor, and how many recovery codes are left',
    responses: { 200: jsonAnswer(secondFactorResponse, 'the second factor'), ...guardErrors() },
  }),
  async (c) => {
    const { ownSecondFactor } = await commands();
    return c.json({ success: true as const, data: await ownSecondFactor(c.get('scope')) }, 200);
  },
);

factorRoutes.openapi(
  createRoute({
    method: 'post',
    path: PATH,
    ...setUp,
    summary:
      'Begin a second factor: a secret for an authenticator app, shown once; nothing is asked before a code confirms it',
    responses: {
      200: jsonAnswer(factorSecretResponse, 'the secret'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'POLICY_VIOLATION', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { beginSecondFactor } = await commands();
    const result = await beginSecondFactor(c.get('platform'), c.get('scope'), { address: addressOf(c) });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

factorRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/confirm`,
    ...setUp,
    summary:
      'Switch the second factor on by a code of the app; answers recovery codes once and ends all other sessions',
    request: { body: jsonBody(confirmFactorRequest) },
    responses: {
      200: jsonAnswer(recoveryCodesResponse, 'the recovery codes'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'POLICY_VIOLATION', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { confirmSecondFactor } = await commands();
    const input = { code: c.req.valid('json').code, address: addressOf(c) };
    const result = await confirmSecondFactor(c.get('platform'), c.get('scope'), input);
    return answer(c, { result }, ({ recoveryCodes }) => ({ success: true, data: { recovery_codes: recoveryCodes } }));
  },
);

factorRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/recovery-codes`,
    ...ownRoute,
    summary: 'Make new recovery codes, shown once; those of before open nothing any more',
    responses: {
      200: jsonAnswer(recoveryCodesResponse, 'the recovery codes'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'POLICY_VIOLATION', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { renewRecoveryCodes } = await commands();
    const result = await renewRecoveryCodes(c.get('scope'), { address: addressOf(c) });
    return answer(c, { result }, ({ recoveryCodes }) => ({ success: true, data: { recovery_codes: recoveryCodes } }));
  },
);

factorRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/off`,
    ...ownRoute,
    summary: 'Switch the second factor off by password and a code of the app, or a recovery code',
    request: { body: jsonBody(switchOffFactorRequest) },
    responses: {
      200: jsonAnswer(switchOffFactorResponse, 'off'),
      ...guardErrors(),
      ...errorResponses(
        'INVALID_CREDENTIALS',
        'UNAUTHENTICATED',
        'RATE_LIMITED',
        'BUSY',
        'POLICY_VIOLATION',
        'VALIDATION_ERROR',
      ),
    },
  }),
  async (c) => {
    const { switchOffSecondFactor } = await commands();
    const input = { ...c.req.valid('json'), address: addressOf(c) };
    const result = await switchOffSecondFactor(c.get('platform'), c.get('scope'), input);
    return result.ok ? c.json({ success: true as const }, 200) : refuse(c, result.error);
  },
);

factorRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/users/{id}/second-factor/remove',
    tags: ['identity'],
    summary: 'Take second factor and passkeys away from a user who has lost them; ends all their sessions',
    ...guarded('edit_users'),
    'x-actor': 'user',
    request: { params: userParams, body: jsonBody(takeFactorRequest) },
    responses: {
      200: jsonAnswer(userResponse, 'the user'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'POLICY_VIOLATION', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { takeSecondFactor, viewOfUser } = await commands();
    const input = { ...c.req.valid('param'), ...c.req.valid('json'), address: addressOf(c) };
    const taken = await takeSecondFactor(c.get('scope'), input);
    const result = taken.ok ? ok(await viewOfUser(c.get('scope'), taken.value)) : taken;
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

factorRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/challenge/pass',
    tags: ['identity'],
    summary: 'The second step of a sign-in: a code of the app or a recovery code; sets the session cookie',
    ...publicRoute,
    request: { body: jsonBody(passFactorRequest) },
    responses: {
      200: jsonAnswer(signInResponse, 'signed in'),
      ...openErrors('NOT_FOUND', 'INVALID_CREDENTIALS'),
    },
  }),
  async (c) => {
    const secret = challengeOf(c.req.header('Cookie'), isSecure(c));
    if (secret === null) return refuse(c, { code: 'NOT_FOUND', entity: 'challenge' });
    const { passSecondFactor } = await commands();
    const result = await passSecondFactor(c.get('platform'), {
      ...askedByBrowser(c),
      secret,
      code: c.req.valid('json').code,
    });
    return result.ok ? signedInAnswer(c, result.value) : refuse(c, result.error);
  },
);

// ---------------------------------------------------------------- the way back of an only owner

const RESET = `${PATH}/reset`;

factorRoutes.open(
  createRoute({
    method: 'post',
    path: `${RESET}/confirm`,
    tags: ['identity'],
    summary: 'Confirm by the link of a mail and the password that the lost second factor is taken away, a day later',
    ...publicRoute,
    request: { body: jsonBody(confirmResetRequest) },
    responses: {
      200: jsonAnswer(confirmResetResponse, 'when it is done'),
      ...errorResponses(
        'NOT_FOUND',
        'INVALID_CREDENTIALS',
        'RATE_LIMITED',
        'BUSY',
        'VALIDATION_ERROR',
        'MALFORMED_JSON',
        'ORIGIN_REFUSED',
      ),
    },
  }),
  async (c) => {
    const { confirmFactorReset } = await commands();
    const result = await confirmFactorReset(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    if (!result.ok) return refuse(c, result.error);
    return c.json({ success: true as const, data: { due: toIso(result.value.due) } }, 200);
  },
);

factorRoutes.open(
  createRoute({
    method: 'post',
    path: `${RESET}/stop-by-link`,
    tags: ['identity'],
    summary: 'Stop it by the link of the second mail',
    ...publicRoute,
    request: { body: jsonBody(showLinkRequest) },
    responses: {
      200: jsonAnswer(switchOffFactorResponse, 'stopped'),
      ...errorResponses('NOT_FOUND', 'RATE_LIMITED', 'VALIDATION_ERROR', 'MALFORMED_JSON', 'ORIGIN_REFUSED'),
    },
  }),
  async (c) => {
    const { stopFactorResetByLink } = await commands();
    const result = await stopFactorResetByLink(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    return result.ok ? c.json({ success: true as const }, 200) : refuse(c, result.error);
  },
);

factorRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${RESET}/stop`,
    ...ownRoute,
    summary: 'Stop it from a session of its person',
    responses: { 200: jsonAnswer(switchOffFactorResponse, 'stopped'), ...guardErrors() },
  }),
  async (c) => {
    const { stopFactorReset } = await commands();
    const result = await stopFactorReset(c.get('platform'), c.get('scope'), { address: addressOf(c) });
    return result.ok ? c.json({ success: true as const }, 200) : refuse(c, result.error);
  },
);

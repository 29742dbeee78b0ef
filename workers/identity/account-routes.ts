/** HTTP behind the links of mails about accounts: anybody may call it, the link's secret is the proof. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  acceptInvitationRequest,
  confirmEmailResponse,
  forgotPasswordRequest,
  forgotPasswordResponse,
  resetPasswordRequest,
  resetPasswordResponse,
  showLinkRequest,
  showLinkResponse,
} from '../../shared/contract/accounts.ts';
import { signInResponse } from '../../shared/contract/identity.ts';
import { lazy } from '../../shared/lazy.ts';
import { isSecure } from '../http/authenticate.ts';
import { createRoutes, type OpenEnv } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { errorResponses, jsonAnswer, jsonBody, publicRoute } from '../http/schema.ts';
import { browserHeaders, signedInAnswer } from './signed-in-answer.ts';

const commands = lazy(() => import('./account-commands.ts'));

export const accountRoutes = createRoutes();

const asked = (c: Context<OpenEnv>) => ({
  realm: c.get('realm'),
  address: addressOf(c),
  now: c.get('now'),
  requestId: c.get('requestId'),
});
/** One account more for every route: what the edge refuses of anybody. */
const openErrors = () =>
  errorResponses('NOT_FOUND', 'RATE_LIMITED', 'VALIDATION_ERROR', 'MALFORMED_JSON', 'ORIGIN_REFUSED');

accountRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/links/show',
    tags: ['identity'],
    summary:
      'Whose link of a mail this is and what for: an invitation, a reset of the password, a change of the address',
    ...publicRoute,
    request: { body: jsonBody(showLinkRequest) },
    responses: { 200: jsonAnswer(showLinkResponse, 'the link'), ...openErrors() },
  }),
  async (c) => {
    const { showLink } = await commands();
    const result = await showLink(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    return result.ok ? c.json({ success: true as const, data: result.value }, 200) : refuse(c, result.error);
  },
);

accountRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/invitation/accept',
    tags: ['identity'],
    summary: 'Accept an invitation with name and password; sets the session cookie. The link works once',
    ...publicRoute,
    request: { body: jsonBody(acceptInvitationRequest) },
    responses: { 200: jsonAnswer(signInResponse, 'signed in'), ...openErrors(), ...errorResponses('BUSY') },
  }),
  async (c) => {
    const { acceptInvitation } = await commands();
    const { token, name, password, remember_me } = c.req.valid('json');
    const result = await acceptInvitation(c.get('platform'), {
      ...asked(c),
      token,
      name,
      password,
      rememberMe: remember_me,
      cookie: c.req.header('Cookie'),
      headers: browserHeaders(c),
      secure: isSecure(c),
    });
    return result.ok ? signedInAnswer(c, result.value) : refuse(c, result.error);
  },
);

accountRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/password/forgot',
    tags: ['identity'],
    summary: 'Ask for a mail with a link to a new password; the answer is the same whether the address is known or not',
    ...publicRoute,
    request: { body: jsonBody(forgotPasswordRequest) },
    responses: {
      200: jsonAnswer(forgotPasswordResponse, 'heard'),
      ...errorResponses('RATE_LIMITED', 'VALIDATION_ERROR', 'MALFORMED_JSON', 'ORIGIN_REFUSED'),
    },
  }),
  async (c) => {
    const { requestReset } = await commands();
    const result = await requestReset(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    if (!result.ok) return refuse(c, result.error);
    // Behind the answer, so that its time says nothing of the account.
    c.executionCtx.waitUntil(result.value.work());
    return c.json({ success: true as const }, 200);
  },
);

accountRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/password/reset',
    tags: ['identity'],
    summary: 'Set a new password by the link of a mail, once; ends all sessions of the account',
    ...publicRoute,
    request: { body: jsonBody(resetPasswordRequest) },
    responses: { 200: jsonAnswer(resetPasswordResponse, 'set'), ...openErrors(), ...errorResponses('BUSY') },
  }),
  async (c) => {
    const { resetPassword } = await commands();
    const result = await resetPassword(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    return result.ok ? c.json({ success: true as const }, 200) : refuse(c, result.error);
  },
);

accountRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/email/confirm',
    tags: ['identity'],
    summary: 'Confirm a new e-mail address by the link that was sent there, once',
    ...publicRoute,
    request: { body: jsonBody(showLinkRequest) },
    responses: { 200: jsonAnswer(confirmEmailResponse, 'the address that counts now'), ...openErrors() },
  }),
  async (c) => {
    const { confirmEmail } = await commands();
    const result = await confirmEmail(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    return result.ok ? c.json({ success: true as const, data: result.value }, 200) : refuse(c, result.error);
  },
);

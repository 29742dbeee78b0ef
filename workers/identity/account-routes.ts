/** HTTP behind the links of mails about accounts: anybody may call it, the link's secret is the proof. Mounted through ways-in-routes.ts. */
import { createRoute } from '@hono/zod-openapi';
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
import { lazy } from '../../shared/lazy.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { jsonAnswer, jsonBody, openErrors, publicRoute } from '../http/schema.ts';
import { asked, askedByBrowser, heardAnswer } from './asked.ts';
import { letInAnswer, letInAnswers } from './signed-in-answer.ts';

const commands = lazy(() => import('./account-commands.ts'));

export const accountRoutes = createRoutes();

accountRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/links/show',
    tags: ['identity'],
    summary:
      'Whose link of a mail this is and what for: an invitation, a reset of the password, a change of the address',
    ...publicRoute,
    request: { body: jsonBody(showLinkRequest) },
    responses: { 200: jsonAnswer(showLinkResponse, 'the link'), ...openErrors('NOT_FOUND') },
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
    responses: { ...letInAnswers, ...openErrors('NOT_FOUND', 'BUSY') },
  }),
  async (c) => {
    const { acceptInvitation } = await commands();
    const { token, name, password, remember_me } = c.req.valid('json');
    const result = await acceptInvitation(c.get('platform'), {
      ...askedByBrowser(c),
      token,
      name,
      password,
      rememberMe: remember_me,
    });
    return result.ok ? letInAnswer(c, result.value) : refuse(c, result.error);
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
      ...openErrors(),
    },
  }),
  async (c) => {
    const { requestLink } = await commands();
    const result = await requestLink(c.get('platform'), { ...asked(c), purpose: 'reset', ...c.req.valid('json') });
    return heardAnswer(c, result);
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
    responses: { 200: jsonAnswer(resetPasswordResponse, 'set'), ...openErrors('NOT_FOUND', 'BUSY') },
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
    responses: { 200: jsonAnswer(confirmEmailResponse, 'the address that counts now'), ...openErrors('NOT_FOUND') },
  }),
  async (c) => {
    const { confirmEmail } = await commands();
    const result = await confirmEmail(c.get('platform'), { ...asked(c), ...c.req.valid('json') });
    return result.ok ? c.json({ success: true as const, data: result.value }, 200) : refuse(c, result.error);
  },
);

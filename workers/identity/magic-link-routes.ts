/** HTTP of links that sign in: asked for with an address, used by a button. Mounted through ways-in-routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { forgotPasswordRequest, forgotPasswordResponse } from '../../shared/contract/accounts.ts';
import { useLinkRequest } from '../../shared/contract/ways-in.ts';
import { lazy } from '../../shared/lazy.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { jsonAnswer, jsonBody, openErrors, publicRoute } from '../http/schema.ts';
import { asked, askedByBrowser, heardAnswer } from './asked.ts';
import { letInAnswer, letInAnswers } from './signed-in-answer.ts';

const commands = lazy(() => import('./factor-commands.ts'));

export const magicLinkRoutes = createRoutes();

magicLinkRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/magic-link/request',
    tags: ['identity'],
    summary: 'Ask for a mail with a link that signs in; the answer is the same whether the address is known or not',
    ...publicRoute,
    request: { body: jsonBody(forgotPasswordRequest) },
    responses: {
      200: jsonAnswer(forgotPasswordResponse, 'heard'),
      ...openErrors(),
    },
  }),
  async (c) => {
    const { requestLink } = await commands();
    const result = await requestLink(c.get('platform'), {
      ...asked(c),
      purpose: 'magic',
      ...c.req.valid('json'),
    });
    return heardAnswer(c, result);
  },
);

magicLinkRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/magic-link/use',
    tags: ['identity'],
    summary: 'Sign in by the link of a mail, once; sets the session cookie, or asks for the second factor',
    ...publicRoute,
    request: { body: jsonBody(useLinkRequest) },
    responses: {
      ...letInAnswers,
      ...openErrors('NOT_FOUND'),
    },
  }),
  async (c) => {
    const { useMagicLink } = await commands();
    const { token, remember_me } = c.req.valid('json');
    const result = await useMagicLink(c.get('platform'), {
      token,
      rememberMe: remember_me,
      ...askedByBrowser(c),
    });
    return result.ok ? letInAnswer(c, result.value) : refuse(c, result.error);
  },
);

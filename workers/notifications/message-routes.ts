/** HTTP of messages that people send to a customer, and of why a message went or did not. Mounted by office-app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  maySendQuery,
  maySendView,
  messageRequest,
  notificationExplained,
  notificationView,
  reminderRequest,
} from '../../shared/contract/notifications.ts';
import { idParam, itemOf } from '../../shared/contract/parts.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { viewOfNotification } from './notifications.resource.ts';
import { explainNotification } from './queries/explain.ts';

const writing = lazy(() => import('./commands/write-to-customer.ts'));

export const messageRoutes = createRoutes();

const params = z.object({ id: idParam('customer') });
const shown = (row: NotificationRow) => ({ success: true as const, data: viewOfNotification(row) });

messageRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/customers/{id}/may-send',
    tags: ['customers'],
    summary: 'What would become of a message to a customer now: sent, moved to an instant, or stopped, and why',
    ...guarded('create_notifications'),
    request: { params, query: maySendQuery },
    responses: { 200: jsonAnswer(itemOf(maySendView), 'the answer'), ...guardErrors() },
  }),
  async (c) => {
    const { channel, legal_class: legalClass } = c.req.valid('query');
    const { previewMessage } = await writing();
    const result = await previewMessage(c.get('scope'), { ...c.req.valid('param'), channel, legalClass });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

messageRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/customers/{id}/messages',
    tags: ['customers'],
    summary: 'Write to a customer by SMS or e-mail; refused with why where consent is missing',
    ...guardedOnce('create_notifications'),
    request: { params, body: jsonBody(messageRequest) },
    responses: {
      201: jsonAnswer(itemOf(notificationView), 'the message'),
      ...guardErrors(),
      ...onceErrors(),
      ...errorResponses('VALIDATION_ERROR', 'POLICY_VIOLATION'),
    },
  }),
  async (c) => {
    const { writeToCustomer } = await writing();
    const result = await writeToCustomer(c.get('scope'), { ...c.req.valid('param'), ...c.req.valid('json') });
    return answer(c, { result }, shown, 201);
  },
);

messageRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/appointments/{id}/reminder',
    tags: ['appointments'],
    summary: 'Remind a customer of an appointment now; once a day and channel',
    ...guardedOnce('create_notifications'),
    request: { params: z.object({ id: idParam('appointment') }), body: jsonBody(reminderRequest) },
    responses: {
      201: jsonAnswer(itemOf(notificationView), 'the message'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION'),
      ...errorResponses('VALIDATION_ERROR', 'POLICY_VIOLATION'),
    },
  }),
  async (c) => {
    const { remindCustomer } = await writing();
    const asked = { appointmentId: c.req.valid('param').id, channel: c.req.valid('json').channel };
    const result = await remindCustomer(c.get('scope'), asked);
    return answer(c, { result }, shown, 201);
  },
);

messageRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/notifications/{id}/explain',
    tags: ['operations'],
    summary: 'Why a message was sent, moved or stopped, as it was decided then',
    ...guarded('view_notifications'),
    request: { params: z.object({ id: idParam('notification') }) },
    responses: { 200: jsonAnswer(itemOf(notificationExplained), 'the answer'), ...guardErrors() },
  }),
  async (c) => {
    const result = await explainNotification(c.get('scope'), c.req.valid('param').id);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

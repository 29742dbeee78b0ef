/** HTTP of messages:Twilio's delivery status, the list of messages, the dead letters with replay. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  deadLetterListResponse,
  deadLetterParams,
  notificationListQuery,
  notificationListResponse,
  notificationParams,
  notificationResponse,
  type NotificationView,
  replayedResponse,
} from '../../shared/contract/notifications.ts';
import { webhookReceipt } from '../../shared/contract/webhooks.ts';
import { toIso } from '../../shared/time.ts';
import { readRawBody } from '../http/body.ts';
import { cursorOf, pageOf, WHOLE_LIST } from '../http/list.ts';
import { refuse } from '../http/problem.ts';
import { refuseSignature } from '../http/rate-limit.ts';
import { type OpenEnv, createRoom } from '../http/room.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, signedRoute } from '../http/schema.ts';
import { verifyTwilio } from '../integrations/signatures.ts';
import { deadLettersOf, releaseParked } from '../storage/queries/effects.ts';
import { advanceNotification, listNotifications, notificationById } from '../storage/queries/notifications.ts';
import { tenantIdentity, tenantOfSlug } from '../tenancy/directory.ts';
import { openTenant } from '../tenancy/scope.ts';
import { twilioNews } from './delivery-status.ts';
import { writeAudit } from '../identity/audit.ts';

export const webhookRoutes = createRoom();
export const routes = createRoom();

/** Most parameters Twilio ever sent is about 30. */
const MAX_PARAMS = 100;
/** Dead letters shown at once; a tenant with more has one cause, not many. */
const MAX_DEAD_LETTERS = 100;

async function twilioStatus(c: Context<OpenEnv>, company: string | null): Promise<Response> {
  const raw = await readRawBody(c);
  const params = [...new URLSearchParams(raw)].slice(0, MAX_PARAMS);
  const config = c.get('platform').config;
  const path = new URL(c.req.url).pathname;
  const url = `${config.PUBLIC_URL ?? new URL(c.req.url).origin}${path}`;
  const verified =
    config.TWILIO_AUTH_TOKEN !== undefined &&
    (await verifyTwilio({
      url,
      params,
      header: c.req.header('X-Twilio-Signature'),
      authToken: config.TWILIO_AUTH_TOKEN,
    }));
  if (!verified) return refuseSignature(c);
  const value = (name: string): string => params.find(([key]) => key === name)?.[1] ?? '';
  const tenant = company
    ? ((await tenantIdentity(c.get('platform'), company.slice(0, 128))) ??
      (await tenantOfSlug(c.get('platform'), company.slice(0, 63))))
    : null;
  const news = twilioNews(value('MessageStatus') || value('SmsStatus'));
  if (!tenant || !news) return c.json({ success: true, ignored: true });
  const scope = openTenant(
    c.get('platform'),
    tenant.tenantId,
    { kind: 'system', cause: 'webhook' },
    { now: c.get('now'), requestId: c.get('requestId') },
  );
  const errorCode = value('ErrorCode');
  const advanced = await advanceNotification(scope.db, value('MessageSid'), {
    ...news,
    error: errorCode ? `Twilio ${errorCode}`.slice(0, 100) : null,
    now: scope.now,
  });
  return c.json(advanced ? { success: true } : { success: true, duplicate: true });
}

for (const path of ['/webhooks/twilio/status', '/webhooks/twilio/status/{company}'] as string[]) {
  webhookRoutes.open(
    createRoute({
      method: 'post',
      path,
      tags: ['webhooks'],
      summary: 'Delivery news of a message',
      ...signedRoute('twilio'),
      responses: { 200: jsonAnswer(webhookReceipt, 'taken'), ...errorResponses('SIGNATURE_INVALID', 'RATE_LIMITED') },
    }),
    (c) => twilioStatus(c, c.req.param('company') ?? null) as never,
  );
}

type Row = Awaited<ReturnType<typeof listNotifications>>[number];
const view = (row: Row): NotificationView => ({
  id: row.id,
  event_type: row.eventType,
  channel: row.channel,
  status: row.status,
  appointment_id: row.appointmentId,
  customer_id: row.customerId,
  retry_count: row.retryCount,
  error_message: row.errorMessage,
  created_at: toIso(row.createdAt),
  sent_at: row.sentAt === null ? null : toIso(row.sentAt),
});

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/notifications',
    tags: ['notifications'],
    summary: 'Messages to customers and owners, newest first',
    ...guarded('view_notifications'),
    request: { query: notificationListQuery },
    responses: { 200: jsonAnswer(notificationListResponse, 'a page'), ...guardErrors() },
  }),
  async (c) => {
    const { cursor, limit, status } = c.req.valid('query');
    const before = cursorOf(cursor, ['number', 'string']);
    if (!before.ok) return refuse(c, before.error);
    const rows = await listNotifications(c.get('scope').db, {
      before: before.value && { createdAt: before.value[0], id: before.value[1] },
      status: status ?? null,
      limit: limit + 1,
    });
    const { shown, meta } = pageOf(rows, limit, (row) => [row.createdAt, row.id]);
    return c.json({ success: true as const, data: shown.map(view), meta }, 200);
  },
);

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/notifications/{id}',
    tags: ['notifications'],
    summary: 'One message',
    ...guarded('view_notifications'),
    request: { params: notificationParams },
    responses: { 200: jsonAnswer(notificationResponse, 'the message'), ...guardErrors() },
  }),
  async (c) => {
    const row = await notificationById(c.get('scope').db, c.req.valid('param').id);
    if (!row) return refuse(c, { code: 'NOT_FOUND', entity: 'notification' });
    return c.json({ success: true as const, data: view(row) }, 200);
  },
);

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/dead-letters',
    tags: ['operations'],
    summary: 'Work that was given up, with the reason',
    ...guarded('view_queues'),
    responses: { 200: jsonAnswer(deadLetterListResponse, 'the newest ones'), ...guardErrors() },
  }),
  async (c) => {
    const rows = await deadLettersOf(c.get('scope').db, MAX_DEAD_LETTERS);
    return c.json(
      {
        success: true as const,
        data: rows.map((row) => ({
          id: row.id,
          queue: row.queue,
          reason: row.reason,
          message: row.message,
          at: toIso(row.at),
        })),
        meta: WHOLE_LIST,
      },
      200,
    );
  },
);

routes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/dead-letters/{id}/replay',
    tags: ['operations'],
    summary: 'Try given-up work again',
    ...guarded('manage_queues'),
    request: { params: deadLetterParams },
    responses: { 200: jsonAnswer(replayedResponse, 'it runs again'), ...guardErrors() },
  }),
  async (c) => {
    const scope = c.get('scope');
    const { id } = c.req.valid('param');
    const released = await releaseParked(scope.db, id, scope.now);
    if (!released) return refuse(c, { code: 'NOT_FOUND', entity: 'dead_letter' });
    await scope.enqueue([released]);
    await writeAudit(scope, {
      log: 'operations',
      description: 'dead_letter.replayed',
      subjectType: 'dead_letter',
      subjectId: id,
    });
    return c.json({ success: true as const, data: { id } }, 200);
  },
);

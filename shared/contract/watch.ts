/** What the platform's operator watches: queues, inbound webhooks, shards, uptime, logs, defects, checks before going live. Read by workers/operations/, the operator's pages and tests. */
import { z } from 'zod';
import { CONNECTION_FAULTS } from '../integration-sets.ts';
import { MAX_REASON } from '../operations-limits.ts';
import { HEALTH_STATUSES } from '../tenant-status.ts';
import { DEFECT_STATES, LIVE_CHECKS, LIVE_RESULTS, LOG_CHANNELS, OUTAGE_KINDS } from '../watch-status.ts';
import { WEBHOOK_SOURCES, WEBHOOK_STATES } from '../webhook-status.ts';
import {
  externalId,
  idOut,
  idParam,
  instantField,
  instantOut,
  itemOf,
  lineText,
  listMeta,
  listOf,
  page,
} from './parts.ts';

const instantOrNull = () => instantOut().nullable();
const reason = () => lineText(MAX_REASON).min(3).meta({ example: 'checked with the customer' });
/** Ids, codes and numbers beside a row. */
const facts = () => z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

// ---------------------------------------------------------------- queues

/** What lies in the queues: effects by queue, stored webhooks, jobs. */
export const QUEUE_NAMES = ['high', 'medium', 'low', 'webhooks', 'jobs'] as const;
export const queueView = z.object({
  name: z.enum(QUEUE_NAMES),
  waiting: z.int(),
  running: z.int(),
  parked: z.int().meta({ description: 'given up: `GET /api/v1/parked-work` lists them' }),
  oldest_due_at: instantOrNull().meta({ description: 'since when the oldest that waits has been due' }),
  status: z.enum(HEALTH_STATUSES),
});
export type QueueView = z.infer<typeof queueView>;
export const queueListResponse = listOf(queueView);

export const parkedDetail = z.object({
  id: z.string().meta({ 'x-external-id': true }),
  tenant_id: idOut('tenant'),
  tenant_name: z.string().nullable(),
  queue: z.string(),
  reason: z.string(),
  message: z.string(),
  at: instantOut(),
  effect: z
    .object({
      kind: z.string(),
      state: z.string(),
      attempts: z.int(),
      phase: z.string().nullable().meta({ description: 'what may already have happened outside' }),
      created_at: instantOut(),
    })
    .nullable(),
  webhook_id: idOut('webhook_log').nullable(),
});
export type ParkedDetail = z.infer<typeof parkedDetail>;
export const parkedDetailResponse = itemOf(parkedDetail);

// ---------------------------------------------------------------- inbound webhooks

const source = () => z.enum(WEBHOOK_SOURCES);
/** A vendor's own word for a kind of event. */
const eventType = () =>
  z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,100}$/)
    .meta({ example: 'call_ended', 'x-external-id': true });

export const inboundWebhookView = z.object({
  id: idOut('webhook_log'),
  tenant_id: z.string().meta({ 'x-external-id': true, description: '`unknown`: of no tenant' }),
  tenant_name: z.string().nullable(),
  source: source(),
  event_type: z.string(),
  unique_id: externalId(),
  state: z.enum(WEBHOOK_STATES),
  received_at: instantOut(),
  processed_at: instantOrNull(),
  retry_count: z.int(),
  error_message: z.string().nullable(),
});
export type InboundWebhookView = z.infer<typeof inboundWebhookView>;

/** Newest first. Without a tenant and an id of the event, `source` and `event_type` are judged over the newest rows, and `meta.truncated` says when there may be more. */
export const inboundWebhookQuery = page().extend({
  tenant_id: z.string().max(128).optional().meta({ 'x-external-id': true, example: 'unknown' }),
  unique_id: z.string().min(1).max(300).optional().meta({ 'x-external-id': true, example: 'evt_1' }),
  source: source().optional(),
  event_type: eventType().optional(),
  state: z.enum(WEBHOOK_STATES).optional(),
  from: instantField().optional(),
  to: instantField().optional(),
});
export const inboundWebhookListResponse = z.object({
  success: z.literal(true),
  data: z.array(inboundWebhookView),
  meta: listMeta.extend({ truncated: z.boolean().optional() }),
});

export const inboundWebhookDetail = inboundWebhookView.extend({
  body: z.string().nullable().meta({ description: 'as it was stored; null: its time is over' }),
  stored_in: z.enum(['d1', 'r2']).nullable(),
});
export type InboundWebhookDetail = z.infer<typeof inboundWebhookDetail>;
export const inboundWebhookResponse = itemOf(inboundWebhookDetail);
export const inboundWebhookParams = z.object({
  tenant_id: z.string().max(128).meta({ 'x-id-of': 'tenant' }),
  id: idParam('webhook_log'),
});
export const replayRequest = z.object({ reason: reason() });
export const replayedResponse = itemOf(inboundWebhookView);

export const inboundEventView = z.object({
  id: externalId().meta({ description: '`source:event_type`' }),
  source: source(),
  event_type: z.string(),
  handler: z.string().nullable().meta({ description: 'what works on it; null: nothing does, it is kept and ignored' }),
  enabled: z.boolean(),
  count: z.int(),
  first_seen_at: instantOrNull(),
  last_seen_at: instantOrNull(),
  off_at: instantOrNull(),
  off_by: z.string().nullable(),
  off_reason: z.string().nullable(),
});
export type InboundEventView = z.infer<typeof inboundEventView>;
export const inboundEventListResponse = listOf(inboundEventView);
export const inboundEventParams = z.object({ source: source(), event_type: eventType() });
export const switchRequest = z.object({ enabled: z.boolean().meta({ example: false }), reason: reason() });
export const inboundEventResponse = itemOf(inboundEventView);

// ---------------------------------------------------------------- shards

export const shardView = z.object({
  id: z.string().meta({ 'x-external-id': true, description: '`0`, `1` …: the suffix of a tenant’s id', example: '0' }),
  bytes: z.int(),
  limit_bytes: z.int(),
  share: z.number().meta({ description: 'of what a database may hold', example: 0.0123 }),
  status: z.enum(HEALTH_STATUSES),
  tables: z.array(
    z.object({
      name: z.string(),
      rows: z.int().meta({ description: 'at most: numbers of rows that were removed are not given again' }),
    }),
  ),
});
export type ShardView = z.infer<typeof shardView>;
export const shardListResponse = listOf(shardView);

// ---------------------------------------------------------------- uptime

export const uptimeDay = z.object({
  date: z.string().meta({ example: '2026-11-22', description: 'UTC' }),
  checks: z.int(),
  down: z.int(),
  degraded: z.int(),
  missing: z.int().meta({ description: 'looks that did not take place' }),
  share: z.number().nullable().meta({ description: 'of the looks at which the platform stood; null: none took place' }),
});
export type UptimeDay = z.infer<typeof uptimeDay>;
export const outageView = z.object({
  kind: z.enum(OUTAGE_KINDS).meta({ description: '`silent`: nobody looked' }),
  from: instantOut(),
  to: instantOrNull(),
  parts: z.array(z.string()),
});
export type OutageView = z.infer<typeof outageView>;
export const uptimeView = z.object({
  since: instantOrNull(),
  share: z.number().nullable(),
  days: z.array(uptimeDay),
  outages: z.array(outageView),
});
export type UptimeView = z.infer<typeof uptimeView>;
export const uptimeResponse = itemOf(uptimeView);

// ---------------------------------------------------------------- logs

export const logLineView = z.object({
  id: externalId(),
  at: instantOut(),
  channel: z.enum(LOG_CHANNELS),
  level: z.string(),
  event: z.string(),
  request_id: z.string().nullable(),
  tenant_id: z.string().nullable().meta({ 'x-external-id': true }),
  fields: z.record(z.string(), z.unknown()),
});
export type LogLineView = z.infer<typeof logLineView>;
/** Newest first. Lines other than `security` are judged file by file, so that a page may hold fewer than `limit` and still have a next. */
export const logListQuery = page().extend({
  channel: z.enum(LOG_CHANNELS).default('app'),
  from: instantField().optional(),
  to: instantField().optional(),
  request_id: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{4,80}$/)
    .optional()
    .meta({ 'x-external-id': true, example: 'req_0123456789abcdef' }),
  tenant_id: z.string().max(128).optional().meta({ 'x-external-id': true, example: 'unknown' }),
});
export const logListResponse = z.object({
  success: z.literal(true),
  data: z.array(logLineView),
  meta: listMeta.extend({ truncated: z.boolean().optional() }),
});

// ---------------------------------------------------------------- defects

/** Where defects are told besides; the address itself is never answered. */
export const forwardingView = z.object({
  is_set: z.boolean(),
  host: z.string().nullable(),
  project: z.string().nullable(),
  version: z.int(),
  changed_at: instantOut().nullable(),
  /** how the last call ended */
  last: z
    .object({
      at: instantOut(),
      ok: z.boolean(),
      fault: z.enum(CONNECTION_FAULTS).nullable(),
      said: z.string().nullable(),
    })
    .nullable(),
});
export type ForwardingView = z.infer<typeof forwardingView>;
export const forwardingResponse = itemOf(forwardingView);
export const forwardingRequest = z.object({
  dsn: z
    .string()
    .trim()
    .regex(/^https?:\/\/[\x21-\x7e]+$/)
    .max(500)
    .meta({ writeOnly: true, example: 'https://0123456789abcdef0123456789abcdef@sentry.example.org/1' }),
});
export const forwardingTestRequest = z.object({});

export const defectView = z.object({
  id: idOut('defect'),
  event: z.string().meta({ description: 'where it was caught', example: 'cron_failed' }),
  message: z.string(),
  frames: z.array(z.string()),
  fields: z.record(z.string(), z.unknown()),
  count: z.int(),
  first_seen_at: instantOut(),
  last_seen_at: instantOut(),
  opened_at: instantOut(),
  state: z.enum(DEFECT_STATES),
  state_by: z.string().nullable(),
  note: z.string().nullable(),
});
export type DefectView = z.infer<typeof defectView>;
/** The one that was seen last comes first. */
export const defectListQuery = page().extend({ state: z.enum(DEFECT_STATES).default('open') });
export const defectListResponse = listOf(defectView);
export const defectParams = z.object({ id: idParam('defect') });
export const defectResponse = itemOf(defectView);
export const settleDefectRequest = z.object({
  state: z.enum(DEFECT_STATES).meta({ example: 'solved' }),
  reason: reason(),
});

// ---------------------------------------------------------------- checks before going live

export const liveCheckView = z.object({
  id: z.enum(LIVE_CHECKS),
  result: z.enum(LIVE_RESULTS).nullable().meta({ description: 'null: it has not been asked yet' }),
  code: z.string().nullable(),
  detail: facts(),
  at: instantOrNull(),
  ms: z.int().nullable(),
  by: z.string().nullable(),
});
export type LiveCheckView = z.infer<typeof liveCheckView>;
export const liveCheckListResponse = listOf(liveCheckView);
export const liveCheckParams = z.object({ name: z.enum(LIVE_CHECKS).meta({ example: 'bindings' }) });
export const liveCheckResponse = itemOf(liveCheckView);

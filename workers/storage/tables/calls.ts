/** Calls (a monotone row a call, telephony/call-lifecycle.ts) and what callers asked people to do. Money is the ledger's; its outcome is copied here. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  ATTEMPT_OUTCOMES,
  CALL_DIRECTIONS,
  CALL_STATUSES,
  CALLBACK_KINDS,
  CALLBACK_PRIORITIES,
  CALLBACK_STATUSES,
  CHARGE_STATES,
  SENTIMENTS,
} from '../../../shared/call-status.ts';
import { RECORDING_REASONS, RECORDING_STATES } from '../../../shared/recording-sets.ts';

/** Texts of a call are there: their time ends first (storage/retention.ts). */
export const HAS_CALL_TEXTS = sql`(transcript IS NOT NULL OR transcript_key IS NOT NULL OR summary IS NOT NULL OR analysis IS NOT NULL OR recording_url IS NOT NULL)`;
/** Somebody could still be told from the row. */
export const NAMES_PEOPLE = sql`(from_number IS NOT NULL OR to_number IS NOT NULL OR customer_id IS NOT NULL OR appointment_id IS NOT NULL)`;

export const calls = sqliteTable(
  'calls',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    /** Retell's call id */
    id: text('id').notNull(),
    companyId: text('company_id'),
    branchId: text('branch_id'),
    customerId: text('customer_id'),
    appointmentId: text('appointment_id'),
    agentId: text('agent_id'),
    direction: text('direction', { enum: CALL_DIRECTIONS }).notNull(),
    fromNumber: text('from_number'),
    toNumber: text('to_number'),
    status: text('status', { enum: CALL_STATUSES }).notNull(),
    /** start of the call, until it is known the opening of the row: lists sort by it */
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    durationMs: integer('duration_ms'),
    disconnectionReason: text('disconnection_reason'),
    language: text('language'),
    /** `[{role, text, at}]` as JSON up to 500 kB; longer ones lie in R2 under `transcriptKey` */
    transcript: text('transcript'),
    transcriptKey: text('transcript_key'),
    summary: text('summary'),
    sentiment: text('sentiment', { enum: SENTIMENTS }),
    successful: integer('successful', { mode: 'boolean' }),
    recordingUrl: text('recording_url'),
    /** what the provider's analysis and the conversation collected */
    analysis: text('analysis', { mode: 'json' }).$type<Record<string, unknown>>(),
    /** provider's charge to the platform: micro US dollars and its parts */
    costUsdMicros: integer('cost_usd_micros'),
    costParts: text('cost_parts', { mode: 'json' }).$type<{ product: string; costUsdMicros: number }[]>(),
    /** the source of each field, so that later events only add knowledge (call-lifecycle.ts) */
    knowledge: text('knowledge', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** what became of the money, as the ledger answered */
    chargeState: text('charge_state', { enum: CHARGE_STATES }).notNull().default('none'),
    heldCents: integer('held_cents').notNull().default(0),
    chargedCents: integer('charged_cents'),
    currency: text('currency'),
    /** CallMoney of receipt.ts: rule, seconds, exact micros, entry ids */
    money: text('money', { mode: 'json' }).$type<Record<string, unknown>>(),
    openedAt: integer('opened_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    /** whoever called was erased: what is learned of the call afterwards says nothing of them either */
    erasedAt: integer('erased_at'),
    /** a person has heard or read it; null: nobody has yet */
    reviewedAt: integer('reviewed_at'),
    /** id of the user who did */
    reviewedBy: text('reviewed_by'),
    /** deleted by a person: 30 days can it be restored, then it goes (storage/retention.ts) */
    deletedAt: integer('deleted_at'),
    /** compare-and-swap of concurrent events */
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('calls_list').on(t.tenantId, t.startedAt, t.id),
    index('calls_status').on(t.tenantId, t.status, t.startedAt, t.id),
    index('calls_customer').on(t.tenantId, t.customerId, t.startedAt, t.id),
    index('calls_sentiment').on(t.tenantId, t.sentiment, t.startedAt, t.id),
    // A flat function body names only the call: the one look-up across tenants (storage/queries/calls.ts).
    index('calls_id').on(t.id),
    index('calls_open').on(t.status, t.updatedAt),
    index('calls_texts').on(t.tenantId, t.startedAt).where(HAS_CALL_TEXTS),
    // Holds all that figures and widgets count over a time: a row has its transcript before most of it. The condition, which every row meets,
    // keeps SQLite from it where no time is named: it would walk all calls for the few that go on.
    index('calls_counted')
      .on(t.tenantId, t.startedAt, t.id, t.deletedAt, t.status, t.sentiment, t.appointmentId, t.durationMs, t.branchId)
      .where(sql`started_at IS NOT NULL`),
    index('calls_from').on(t.tenantId, t.fromNumber, t.startedAt),
    // Holds the text itself: a look-up of words reads no row, whose transcript may be long.
    index('calls_summary').on(t.tenantId, t.startedAt, t.id, t.summary).where(sql`summary IS NOT NULL`),
    index('calls_deleted').on(t.tenantId, t.startedAt, t.id).where(sql`deleted_at IS NOT NULL`),
    index('calls_people').on(t.tenantId, t.startedAt).where(NAMES_PEOPLE),
  ],
);

/** What the agent did in a call: one row a function request, written behind its answer (telephony/functions/dispatch.ts). */
export const callSteps = sqliteTable(
  'call_steps',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    callId: text('call_id').notNull(),
    /** of the request and what it was answered: sent again it is the same row */
    id: text('id').notNull(),
    at: integer('at').notNull(),
    /** turns of the conversation that were said before it; null: the body brought none */
    afterTurns: integer('after_turns'),
    /** path name: `book-appointment` */
    function: text('function').notNull(),
    succeeded: integer('succeeded', { mode: 'boolean' }).notNull(),
    /** why it did not: code of the answer */
    code: text('code'),
    /** the sentence the agent was given to say */
    said: text('said'),
    /** what it made, moved or cancelled */
    appointmentId: text('appointment_id'),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.callId, t.id] }), index('call_steps_at').on(t.tenantId, t.at)],
);

/** What became of the recording of a call (telephony/recording/). The audio lies in R2 under a key that follows from the call. */
export const callRecordings = sqliteTable(
  'call_recordings',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    callId: text('call_id').notNull(),
    state: text('state', { enum: RECORDING_STATES }).notNull(),
    /** why it is `not_kept` or `failed` */
    reason: text('reason', { enum: RECORDING_REASONS }),
    /** key in R2, from before the first byte is there until the row goes; null where nothing was ever copied */
    audioKey: text('audio_key'),
    bytes: integer('bytes'),
    contentType: text('content_type'),
    /** start of the call: its days are counted from there */
    startedAt: integer('started_at').notNull(),
    copiedAt: integer('copied_at'),
    /** Retell has nothing of the call any more */
    vendorDeletedAt: integer('vendor_deleted_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.callId] }),
    index('call_recordings_started').on(t.tenantId, t.startedAt, t.callId),
    index('call_recordings_state').on(t.tenantId, t.state, t.bytes),
  ],
);

export const callbackRequests = sqliteTable(
  'callback_requests',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: CALLBACK_KINDS }).notNull(),
    status: text('status', { enum: CALLBACK_STATUSES }).notNull(),
    callId: text('call_id'),
    customerId: text('customer_id'),
    branchId: text('branch_id'),
    phone: text('phone'),
    name: text('name'),
    /** what is wanted, in the caller's words */
    reason: text('reason'),
    /** service, staff, day and time asked for */
    wish: text('wish', { mode: 'json' }).$type<Record<string, unknown>>(),
    /** id of the user who has taken it */
    assignedTo: text('assigned_to'),
    priority: text('priority', { enum: CALLBACK_PRIORITIES }).notNull().default('normal'),
    /** by when somebody should have rung; rows from before had none and count as due when they were made */
    dueAt: integer('due_at'),
    /** the same for lists: a row value stops at NULL */
    dueOrder: integer('due_order').generatedAlwaysAs(sql`coalesce(due_at, created_at)`, { mode: 'virtual' }),
    /** its managers were told that it is overdue */
    escalatedAt: integer('escalated_at'),
    createdAt: integer('created_at').notNull(),
    /** when it was done or given up */
    doneAt: integer('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('callback_requests_list').on(t.tenantId, t.status, t.createdAt, t.id),
    index('callback_requests_created').on(t.tenantId, t.createdAt, t.id),
    index('callback_requests_due').on(t.tenantId, t.dueOrder, t.id),
    index('callback_requests_status_due').on(t.tenantId, t.status, t.dueOrder, t.id),
    index('callback_requests_taker').on(t.tenantId, t.assignedTo, t.createdAt, t.id),
    index('callback_requests_taker_due').on(t.tenantId, t.assignedTo, t.dueOrder, t.id),
    index('callback_requests_call').on(t.tenantId, t.callId),
    // Over all tenants: what the cron looks for.
    index('callback_requests_overdue')
      .on(t.dueAt)
      .where(sql`escalated_at IS NULL AND status IN ('open', 'assigned') AND due_at IS NOT NULL`),
  ],
);

/** Each time somebody tried to reach a caller. */
export const callbackAttempts = sqliteTable(
  'callback_attempts',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    callbackId: text('callback_id').notNull(),
    /** id of the user who rang */
    userId: text('user_id'),
    at: integer('at').notNull(),
    outcome: text('outcome', { enum: ATTEMPT_OUTCOMES }).notNull(),
    note: text('note'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('callback_attempts_of').on(t.tenantId, t.callbackId, t.at, t.id),
  ],
);

/** Calls (a monotone row a call, telephony/call-lifecycle.ts) and what callers asked people to do. Money is the ledger's; its outcome is copied here. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  CALL_DIRECTIONS,
  CALL_STATUSES,
  CALLBACK_KINDS,
  CALLBACK_STATUSES,
  CHARGE_STATES,
  SENTIMENTS,
} from '../../../shared/call-status.ts';

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
    index('calls_people').on(t.tenantId, t.startedAt).where(NAMES_PEOPLE),
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
    createdAt: integer('created_at').notNull(),
    /** when it was done or given up */
    doneAt: integer('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('callback_requests_list').on(t.tenantId, t.status, t.createdAt, t.id),
    index('callback_requests_created').on(t.tenantId, t.createdAt, t.id),
  ],
);

/** Phone agents and numbers of a business, and the operator's pool of numbers with the orders that wait for one. */
import type { TenantId } from '../../../shared/ids.ts';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { sql } from 'drizzle-orm';
import {
  AGENT_STATES,
  AGENT_TRADES,
  AGENT_VOICE_NAMES,
  type AgentAbility,
  NUMBER_STATES,
  POOL_STATES,
  type RemotePart,
  SIP_TRANSPORTS,
  type TwinKind,
} from '../../../shared/agent-sets.ts';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import { RECORDING_MODES } from '../../../shared/recording-sets.ts';
import { listIndexes } from '../list-indexes.ts';

/** One field that is otherwise at Retell than it should be; texts are cut. */
export interface Difference {
  part: RemotePart;
  field: string;
  ours: string;
  theirs: string;
  /** own set: who changed it: somebody at Retell, or we after we had sent it */
  by: 'retell' | 'us';
}

/** A second thing of ours at Retell. */
export interface Twin {
  kind: TwinKind;
  id: string;
}

/** What a business wants of an agent, and what has become of it at Retell. The directory's row of it is `retell_agents`. */
export const agents = sqliteTable(
  'agents',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    branchId: text('branch_id').notNull(),
    language: text('language', { enum: LANGUAGES }).notNull(),
    trade: text('trade', { enum: AGENT_TRADES }).notNull(),
    voice: text('voice', { enum: AGENT_VOICE_NAMES }).notNull(),
    /** null: the product's own */
    firstSentence: text('first_sentence'),
    /** E.164 */
    transferNumber: text('transfer_number'),
    emergencyNumber: text('emergency_number'),
    abilities: text('abilities', { mode: 'json' }).$type<AgentAbility[]>().notNull(),
    recording: text('recording', { enum: RECORDING_MODES }).notNull().default('off'),
    /** who turned it on, when, and which wording of the notice they had read; kept after it was turned off */
    recordingAcceptedBy: text('recording_accepted_by'),
    recordingAcceptedAt: integer('recording_accepted_at'),
    recordingNotice: integer('recording_notice'),
    state: text('state', { enum: AGENT_STATES }).notNull(),
    /** why it is `failed`: one of PROVISION_FAULTS, with a vendor's status behind a colon */
    reason: text('reason'),
    /** ids at Retell */
    llmId: text('llm_id'),
    agentId: text('agent_id'),
    remoteVersion: integer('remote_version'),
    /** hash of what was sent last: model and agent */
    sentHash: text('sent_hash'),
    differences: text('differences', { mode: 'json' }).$type<Difference[]>().notNull(),
    twins: text('twins', { mode: 'json' }).$type<Twin[]>().notNull(),
    /** the job that works on it, or did last */
    jobId: text('job_id'),
    /** when it became live as it is */
    liveAt: integer('live_at'),
    checkedAt: integer('checked_at'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    version: integer('version').notNull().default(1),
    deletedAt: integer('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    ...listIndexes('agents', t, {
      sorts: { created: t.createdAt },
      filters: { branch: { columns: [t.branchId] }, state: { columns: [t.state] } },
    }),
    index('agents_remote').on(t.tenantId, t.agentId),
  ],
);

/** Numbers of a business from its order on. The directory's row of one is `phone_numbers`. */
export const businessNumbers = sqliteTable(
  'business_numbers',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    branchId: text('branch_id').notNull(),
    /** our agent that takes its calls; null: none yet */
    agentId: text('agent_id'),
    /** ISO 3166 alpha-2 */
    country: text('country').notNull(),
    /** null while the order waits */
    e164: text('e164'),
    /** the number that people know, which is forwarded to this one */
    publishedNumber: text('published_number'),
    state: text('state', { enum: NUMBER_STATES }).notNull(),
    /** why it is `failed` */
    reason: text('reason'),
    /** hash of the sealed password that was sent: Retell never shows it */
    sentHash: text('sent_hash'),
    /** the first call that came through it, and the newest that was noted (once a day) */
    firstCallAt: integer('first_call_at'),
    lastCallAt: integer('last_call_at'),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    version: integer('version').notNull().default(1),
    deletedAt: integer('deleted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    ...listIndexes('business_numbers', t, {
      sorts: { created: t.createdAt },
      filters: { branch: { columns: [t.branchId] }, state: { columns: [t.state] } },
    }),
    index('business_numbers_e164').on(t.tenantId, t.e164),
    index('business_numbers_agent').on(t.tenantId, t.agentId),
  ],
);

/** Control plane: numbers that the operator has imported from its carrier. */
export const poolNumbers = sqliteTable(
  'pool_numbers',
  {
    id: text('id').primaryKey(),
    e164: text('e164').notNull().unique(),
    country: text('country').notNull(),
    terminationUri: text('termination_uri').notNull(),
    transport: text('transport', { enum: SIP_TRANSPORTS }).notNull(),
    sipUsername: text('sip_username'),
    /** under the platform's own tenant (tenancy/seal.ts) */
    sealedSipPassword: text('sealed_sip_password'),
    state: text('state', { enum: POOL_STATES }).notNull(),
    /** whose it is, and which of their numbers */
    claimedBy: text('claimed_by').$type<TenantId>(),
    numberId: text('number_id').unique(),
    claimedAt: integer('claimed_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('pool_numbers_list').on(t.state, t.createdAt, t.id),
    index('pool_numbers_sealed').on(t.sealedSipPassword).where(sql`sealed_sip_password IS NOT NULL`),
    index('pool_numbers_free').on(t.country, t.createdAt, t.id).where(sql`state = 'free'`),
  ],
);

/** Control plane: numbers that businesses wait for, oldest first. A row goes when its number is there or nobody wants it any more. */
export const numberOrders = sqliteTable(
  'number_orders',
  {
    /** id of the business's number */
    numberId: text('number_id').primaryKey(),
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    country: text('country').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('number_orders_turn').on(t.country, t.createdAt, t.numberId)],
);

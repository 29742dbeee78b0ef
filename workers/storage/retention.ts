/**
 * How long each table of D1 keeps what is in it: one line a table, checked against the schema by its test. What a business may choose is
 * read from its company's settings (shared/retention.ts); the rest is fixed. Pruned by workers/operations/retention.ts.
 */
import { isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../shared/clock.ts';
import { RETENTION, type RetentionSetting } from '../../shared/retention.ts';
import { DAY } from '../../shared/time.ts';
import { absenceRequests } from './tables/absences.ts';
import {
  callbackAttempts,
  callbackRequests,
  callRecordings,
  callSteps,
  calls,
  HAS_CALL_TEXTS,
  NAMES_PEOPLE,
} from './tables/calls.ts';
import { deadLetters, effects, feed, HAS_BODY, webhookLogs } from './tables/delivery.ts';
import { consents } from './tables/crm.ts';
import { importRows, imports } from './tables/imports.ts';
import { auditLog, auditValues } from './tables/identity.ts';
import { HAS_CONTENTS, notifications } from './tables/notifications.ts';
import { agents } from './tables/provisioning.ts';
import type { TenantDb, TenantTable } from './tenant-db.ts';

/** Days of what a business chose; where its companies chose differently, the fewest. */
export type ChosenDays = Readonly<Record<RetentionSetting, number>>;

/** One thing that ends: rows of a condition are removed, or emptied of what is personal. */
interface RetentionRule {
  name: string;
  table: TenantTable;
  /** the rows whose time is over */
  over: (chosen: ChosenDays, now: Instant) => SQL;
  /** absent: the rows are removed; else what is left of them, after which the condition no longer holds */
  leaves?: Record<string, unknown>;
  /** column with the key of an object in R2 that goes first */
  archived?: keyof typeof ARCHIVED;
}

/** Columns with keys of objects in R2. */
const ARCHIVED = {
  payloadKey: webhookLogs.payloadKey,
  transcriptKey: calls.transcriptKey,
  audioKey: callRecordings.audioKey,
  fileKey: imports.fileKey,
} as const;
/** Those of which everything below their folder goes. */
const WITH_FOLDER: ReadonlySet<keyof typeof ARCHIVED> = new Set(['transcriptKey', 'fileKey']);

type Keeping =
  | { rules: readonly string[] }
  /** removed by other code of its own */
  | { prunedBy: string }
  /** goes when that row goes */
  | { goesWith: string }
  | { stays: string };

const MONTHS_24 = 731;
/** Files and rows of imports: long enough to mend the refused rows and send them again. */
const IMPORT_DAYS = 7;
/** One that was not ended until then can't be any more. */
const EXPIRED_IMPORT = sql`CASE WHEN state IN ('read', 'checking', 'checked') THEN 'expired' ELSE state END`;
/** Three years, with a leap day. */
const CONSENT_DAYS = 1_096;
/** So long for whoever may still ask what was paid: ten years from the end of the year. */
const TEN_YEARS = 'ten years from the end of the year; the first end in 2037, nothing personal is in it';

const before = (now: Instant, days: number): number => now - days * DAY;

/** Changes of money, prices and terms: the log must show them as long as the books. */
const MONEY_LOGS = sql`log IN ('money', 'payments')`;
/** Who signed in, and what was done to keys: a year, whatever was chosen. */
const SECURITY_LOGS = sql`log = 'identity'`;
const SECURITY_DAYS = 365;

/** Activity whose time is over: a year for security whatever was chosen, what was chosen for the rest, never what shows money. */
const activityOver = (chosen: ChosenDays, now: Instant): SQL =>
  sql`${lt(auditLog.createdAt, before(now, SECURITY_DAYS))} AND (${lt(auditLog.createdAt, before(now, chosen.activity_days))} OR ${SECURITY_LOGS}) AND NOT (${MONEY_LOGS})`;
/** The values of the same, also where their row has gone before them. */
const valuesOver = (chosen: ChosenDays, now: Instant): SQL => {
  const log = (condition: SQL): SQL =>
    sql`EXISTS (SELECT 1 FROM audit_log WHERE audit_log.tenant_id = audit_values.tenant_id AND audit_log.id = audit_values.audit_id AND ${condition})`;
  return sql`${lt(auditValues.createdAt, before(now, SECURITY_DAYS))} AND (${lt(auditValues.createdAt, before(now, chosen.activity_days))} OR ${log(SECURITY_LOGS)}) AND NOT ${log(MONEY_LOGS)}`;
};

/** An event that is worked on meanwhile reads the row again (storage/queries/calls.ts). */
const NEXT_VERSION = sql`version + 1`;

/** As long a deleted call can be restored (workers/resources/removal.ts). */
const RESTORABLE_DAYS = 30;
const longDeleted = (now: Instant): SQL =>
  sql`${isNotNull(calls.deletedAt)} AND ${lt(calls.deletedAt, before(now, RESTORABLE_DAYS))}`;
/** Of a call that was deleted so long ago. @param table its name in the statement */
const ofDeletedCall = (table: SQL, now: Instant): SQL =>
  sql`EXISTS (SELECT 1 FROM calls WHERE calls.tenant_id = ${table}.tenant_id AND calls.id = ${table}.call_id AND ${longDeleted(now)})`;

export const RETENTION_RULES: readonly RetentionRule[] = [
  {
    name: 'webhook_bodies',
    table: webhookLogs,
    over: ({ webhook_days }, now) => sql`${lt(webhookLogs.receivedAt, before(now, webhook_days))} AND ${HAS_BODY}`,
    leaves: { payload: null, payloadKey: null },
    archived: 'payloadKey',
  },
  {
    // Longer than any body: who asks what arrived still finds when, from whom and what became of it.
    name: 'webhook_rows',
    table: webhookLogs,
    over: (_chosen, now) => lt(webhookLogs.receivedAt, before(now, MONTHS_24)),
    archived: 'payloadKey',
  },
  {
    name: 'call_texts',
    table: calls,
    over: ({ transcript_days }, now) => sql`${lt(calls.startedAt, before(now, transcript_days))} AND ${HAS_CALL_TEXTS}`,
    leaves: {
      transcript: null,
      transcriptKey: null,
      summary: null,
      analysis: null,
      recordingUrl: null,
      knowledge: sql`json_remove(knowledge, '$.transcript', '$.summary', '$.analysis', '$.recordingUrl')`,
      version: NEXT_VERSION,
    },
    archived: 'transcriptKey',
  },
  {
    // The sentences say what was arranged, as the transcript does.
    name: 'call_steps',
    table: callSteps,
    over: ({ transcript_days }, now) => lt(callSteps.at, before(now, transcript_days)),
  },
  {
    name: 'deleted_call_steps',
    table: callSteps,
    over: (_chosen, now) => ofDeletedCall(sql`call_steps`, now),
  },
  {
    name: 'deleted_call_recordings',
    table: callRecordings,
    over: (_chosen, now) => ofDeletedCall(sql`call_recordings`, now),
    archived: 'audioKey',
  },
  {
    // What it cost stays in the books, under its id. Behind its recording and steps, which are found by it.
    name: 'deleted_calls',
    table: calls,
    over: (_chosen, now) => longDeleted(now),
    archived: 'transcriptKey',
  },
  {
    name: 'recordings',
    table: callRecordings,
    over: ({ recording_days }, now) => lt(callRecordings.startedAt, before(now, recording_days)),
    archived: 'audioKey',
  },
  {
    // As long as anything it recorded may lie here; who accepted its recording stands in the activity log.
    name: 'deleted_agents',
    table: agents,
    over: (_chosen, now) => lt(agents.deletedAt, before(now, RETENTION.recording_days.most)),
  },
  {
    // What is left counts calls, minutes and money, and names nobody.
    name: 'call_people',
    table: calls,
    over: (_chosen, now) => sql`${lt(calls.startedAt, before(now, MONTHS_24))} AND ${NAMES_PEOPLE}`,
    leaves: {
      fromNumber: null,
      toNumber: null,
      customerId: null,
      appointmentId: null,
      knowledge: sql`'{}'`,
      version: NEXT_VERSION,
    },
  },
  {
    name: 'callback_requests',
    table: callbackRequests,
    over: (_chosen, now) => lt(callbackRequests.createdAt, before(now, MONTHS_24)),
  },
  {
    name: 'callback_attempts',
    table: callbackAttempts,
    over: (_chosen, now) => lt(callbackAttempts.at, before(now, MONTHS_24)),
  },
  {
    // When somebody was away or ill concerns nobody after that.
    name: 'absence_requests',
    table: absenceRequests,
    over: (_chosen, now) => lt(absenceRequests.createdAt, before(now, MONTHS_24)),
  },
  {
    // A file of customers is a copy of what is in the table by now.
    name: 'import_files',
    table: imports,
    over: (_chosen, now) =>
      sql`${lt(imports.createdAt, before(now, IMPORT_DAYS))} AND (${isNotNull(imports.fileKey)} OR ${isNotNull(imports.head)})`,
    leaves: { fileKey: null, head: null, fileName: '', source: null, state: EXPIRED_IMPORT },
    archived: 'fileKey',
  },
  {
    name: 'import_rows',
    table: importRows,
    over: (_chosen, now) => lt(importRows.createdAt, before(now, IMPORT_DAYS)),
  },
  {
    // That there was one, and what it came to.
    name: 'imports',
    table: imports,
    over: (_chosen, now) => lt(imports.createdAt, before(now, MONTHS_24)),
    archived: 'fileKey',
  },
  {
    name: 'message_contents',
    table: notifications,
    over: ({ message_days }, now) => sql`${lt(notifications.createdAt, before(now, message_days))} AND ${HAS_CONTENTS}`,
    leaves: { recipient: '', data: '{}', errorMessage: null, subject: null, body: null },
  },
  {
    name: 'messages',
    table: notifications,
    over: (_chosen, now) => lt(notifications.createdAt, before(now, MONTHS_24)),
  },
  {
    // Three years after the last use: who neither called nor came for so long was not written to either.
    name: 'consents',
    table: consents,
    over: (_chosen, now) =>
      sql`${lt(consents.at, before(now, CONSENT_DAYS))} AND NOT EXISTS (SELECT 1 FROM customers AS person WHERE person.tenant_id = consents.tenant_id AND person.id = consents.customer_id AND max(person.created_at, coalesce(person.last_activity_at, 0)) >= ${before(now, CONSENT_DAYS)})`,
  },
  {
    name: 'done_effects',
    table: effects,
    over: (_chosen, now) =>
      sql`${effects.state} = 'done' AND ${lt(effects.createdAt, before(now, 30))} AND ${lt(effects.doneAt, before(now, 30))}`,
  },
  {
    // What was settled by a person; what nobody has looked at stays.
    name: 'settled_dead_letters',
    table: deadLetters,
    over: (_chosen, now) => lt(deadLetters.settledAt, before(now, 90)),
  },
  {
    // Streams after a gap and restores go back no further than an object's own file does.
    name: 'calendar_feed',
    table: feed,
    over: (_chosen, now) => sql`${feed.kind} = 'calendar' AND ${lt(feed.at, before(now, 30))}`,
  },
  {
    name: 'ledger_feed',
    table: feed,
    over: (_chosen, now) => sql`${feed.kind} = 'ledger' AND ${lt(feed.at, before(now, 30))}`,
  },
  {
    name: 'activity_values',
    table: auditValues,
    over: valuesOver,
  },
  {
    name: 'activity',
    table: auditLog,
    over: activityOver,
  },
];

/** Each table's line. */
export const KEEPING: Readonly<Record<string, Keeping>> = {
  tenants: { stays: 'a setting: until the tenant is deleted' },
  pricing_plans: { stays: 'prices: whoever was given one is charged by it, archived or not' },
  system_settings: { stays: 'a setting' },
  setup_tokens: { prunedBy: 'workers/instance/jobs.ts' },
  legal_texts: { stays: 'published versions: whoever agreed to one can read it' },
  legal_drafts: { stays: 'what is being written: until it is published or thrown away' },
  legal_acceptances: { stays: 'proof of a contract: as long as the tenant' },
  signups: { prunedBy: 'workers/signup/jobs.ts' },
  phone_numbers: { stays: 'a setting' },
  retell_agents: { stays: 'a setting: it goes with its agent at Retell' },
  agents: { rules: ['deleted_agents'] },
  business_numbers: { stays: 'a setting' },
  pool_numbers: { stays: 'a setting of the operator, sealed' },
  number_orders: { stays: 'an order: it goes when it is settled' },
  domains: { stays: 'a setting' },
  company_commissions: { stays: 'a setting' },
  integrations: { stays: 'a setting, sealed' },
  action_links: { prunedBy: 'workers/tenancy/jobs.ts' },
  users: { stays: 'a setting: until the user is deleted' },
  roles: { prunedBy: 'workers/storage/identity/purge.ts' },
  accounts: { goesWith: 'users' },
  sessions: { prunedBy: 'workers/storage/identity/purge.ts' },
  support_sessions: { prunedBy: 'workers/storage/identity/purge.ts' },
  account_links: { prunedBy: 'workers/storage/identity/purge.ts' },
  factor_resets: { prunedBy: 'workers/storage/identity/purge.ts' },
  second_factors: { goesWith: 'users' },
  recovery_codes: { goesWith: 'second_factors' },
  sign_in_challenges: { prunedBy: 'workers/storage/identity/purge.ts' },
  passkeys: { goesWith: 'users' },
  verifications: { prunedBy: 'workers/storage/identity/purge.ts' },
  sign_in_attempts: { prunedBy: 'workers/storage/identity/purge.ts' },
  request_outcomes: { prunedBy: 'workers/storage/identity/purge.ts' },
  api_keys: { prunedBy: 'workers/storage/identity/purge.ts' },
  audit_log: { rules: ['activity'] },
  audit_values: { rules: ['activity_values'] },
  calcom_event_maps: { goesWith: 'appointments' },
  calcom_routes: { stays: 'ids of a setting' },
  appointments: { goesWith: 'customers' },
  appointment_modifications: { goesWith: 'customers' },
  appointment_notes: { goesWith: 'customers' },
  customer_stats: { goesWith: 'customers' },
  schedule_items: { stays: 'master data: appointments name it' },
  external_conflicts: { goesWith: 'appointments' },
  calls: { rules: ['call_texts', 'call_people', 'deleted_calls'] },
  call_steps: { rules: ['call_steps', 'deleted_call_steps'] },
  call_recordings: { rules: ['recordings', 'deleted_call_recordings'] },
  callback_requests: { rules: ['callback_requests'] },
  callback_attempts: { rules: ['callback_attempts'] },
  absence_requests: { rules: ['absence_requests'] },
  customers: { prunedBy: 'workers/crm/jobs.ts' },
  customer_phones: { goesWith: 'customers' },
  customer_words: { goesWith: 'customers' },
  imports: { rules: ['import_files', 'imports'] },
  import_rows: { rules: ['import_rows'] },
  import_mappings: { stays: 'a setting: hashes of headers' },
  tags: { prunedBy: 'workers/crm/jobs.ts' },
  customer_tags: { goesWith: 'customers' },
  consents: { rules: ['consents'] },
  stopped_addresses: { stays: 'keyed hashes of who must not be written to: nothing personal is in them' },
  customer_notes: { prunedBy: 'workers/crm/jobs.ts' },
  onboarding_skips: { stays: 'a setting' },
  erasures: { stays: 'tombstones: ids and counts, so that a restored row is erased again' },
  object_heads: { stays: 'where an object stands' },
  feed: { rules: ['calendar_feed', 'ledger_feed'] },
  effects: { rules: ['done_effects'] },
  dead_letters: { rules: ['settled_dead_letters'] },
  webhook_logs: { rules: ['webhook_bodies', 'webhook_rows'] },
  jobs: { prunedBy: 'workers/storage/cron-db.ts' },
  job_items: { prunedBy: 'workers/storage/cron-db.ts' },
  cron_states: { stays: 'where a cron stands' },
  cron_runs: { prunedBy: 'workers/storage/cron-db.ts' },
  ledger_entries: { stays: TEN_YEARS },
  topups: { stays: TEN_YEARS },
  ledger_transfers: { stays: TEN_YEARS },
  balances: { stays: TEN_YEARS },
  usage_lines: { stays: TEN_YEARS },
  period_statements: { stays: TEN_YEARS },
  notifications: { rules: ['message_contents', 'messages'] },
  payment_links: { stays: 'keys of payments: for ever' },
  unmatched_payments: { stays: TEN_YEARS },
  alarms: { prunedBy: 'workers/operations/judge-health.ts' },
  request_counts: { prunedBy: 'workers/operations/judge-health.ts' },
  source_refusals: { prunedBy: 'workers/operations/judge-health.ts' },
  ledger_checks: { stays: 'one row a tenant: when its ledger was verified last' },
  vendor_outcomes: { stays: 'one row a vendor of a tenant: how it answered last' },
  inbound_events: { stays: 'one row a kind of event: how often it came, and whether it is worked on' },
  watch_marks: { stays: 'how far a count has come' },
  uptime_checks: { prunedBy: 'workers/operations/prune-watch.ts' },
  security_events: { prunedBy: 'workers/operations/prune-watch.ts' },
  defects: { prunedBy: 'workers/operations/prune-watch.ts' },
  live_checks: { stays: 'one row a check: what it said last' },
  queue_probes: { prunedBy: 'workers/operations/prune-watch.ts' },
};

/** The same for the tables in each object's file. */
export const KEEPING_IN_OBJECTS: Readonly<Record<string, Keeping>> = {
  _identity: { stays: 'which object it is' },
  _commands: { prunedBy: 'workers/object-runtime/command-log.ts' },
  _outbox: { prunedBy: 'workers/object-runtime/outbox.ts' },
  _sinks: { stays: 'where a sink stands' },
  _skipped: { stays: 'rows that a person skipped, with the reason' },
  _untold: { prunedBy: 'workers/object-runtime/alarm-outbox.ts' },
  _checkpoints: { stays: 'how far a verification came' },
  schedule_version: { stays: 'a number' },
  schedule_items: { stays: 'master data: appointments name it' },
  appointments: { goesWith: 'customers' },
  appointment_texts: { goesWith: 'customers' },
  appointment_notes: { goesWith: 'customers' },
  modifications: { goesWith: 'customers' },
  busy: { goesWith: 'appointments' },
  busy_sources: { stays: 'a calendar of somebody of the staff: removed by them or by its next import' },
  busy_times: { stays: 'times of a busy source: removed with it; what an import left beside them is pruned' },
  holds: { prunedBy: 'workers/calendar/tidy.ts' },
  conversations: { prunedBy: 'workers/calendar/tidy.ts' },
  caller_counts: { prunedBy: 'workers/calendar/tidy.ts' },
  caller_penalties: { prunedBy: 'workers/calendar/tidy.ts' },
  customers: { stays: 'ids that exist' },
  customer_stats: { goesWith: 'customers' },
  external_links: { goesWith: 'appointments' },
  external_conflicts: { goesWith: 'appointments' },
  terms: { stays: TEN_YEARS },
  book: { stays: TEN_YEARS },
  entries: { stays: TEN_YEARS },
  postings: { stays: TEN_YEARS },
  topups: { stays: TEN_YEARS },
  usage_lines: { stays: TEN_YEARS },
  closed_periods: { stays: TEN_YEARS },
  billing: { stays: TEN_YEARS },
  spent_days: { stays: TEN_YEARS },
  usage_keys: { prunedBy: 'workers/ledger/usage-tables.ts' },
  usage_sums: { prunedBy: 'workers/ledger/usage-tables.ts' },
  storage_level: { stays: 'two sums a month' },
  usage_upkeep: { stays: 'how far a removal came' },
  appointment_fees: { stays: TEN_YEARS },
  transfers: { stays: TEN_YEARS },
  reservations: { stays: TEN_YEARS },
};

/** Takes objects out of R2: keys themselves, or everything below a folder. */
export interface Forgets {
  keys: (keys: readonly string[]) => Promise<void>;
  below: (folder: string) => Promise<void>;
}

/** One page of a rule: at most `limit` rows of the tenant. Answers how many ended. */
export async function pruneSome(
  db: TenantDb,
  { table, over: isOver, leaves, archived }: RetentionRule,
  chosen: ChosenDays,
  now: Instant,
  limit: number,
  forget: Forgets,
): Promise<number> {
  const over = isOver(chosen, now);
  let page = over;
  if (archived !== undefined) {
    const rows = await db.fields(table, { row: sql<number>`rowid`, key: ARCHIVED[archived] }, { where: over, limit });
    const keys = rows.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
    // First the objects: a row that names a missing one is looked at again, an object without a row never.
    if (!WITH_FOLDER.has(archived)) await forget.keys(keys);
    // Each longer transcript of a call lies beside the ones before, the parts of an import beside its file.
    else for (const key of keys) await forget.below(key.slice(0, key.lastIndexOf('/') + 1));
    page = sql`${over} AND rowid IN (SELECT value FROM json_each(${JSON.stringify(rows.map(({ row }) => row))}))`;
  }
  return leaves === undefined ? db.removeSome(table, page, limit) : db.updateSome(table, leaves, page, limit);
}

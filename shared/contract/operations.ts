/** What the platform's operator sees and does: alarms, objects of tenants, unmatched payments, parked work. Read by routes, the operator's page and tests. */
import { z } from 'zod';
import { ALARM_KINDS, ALARM_STATES } from '../alarm-kinds.ts';
import { UNMATCHED_RESOLUTIONS, UNMATCHED_STATES } from '../money-status.ts';
import { MAX_REASON } from '../operations-limits.ts';
import { externalId, idField, idOut, idParam, instantOut, itemOf, lineText, listOf, page } from './parts.ts';

const OBJECT_KINDS = ['calendar', 'ledger'] as const;
const instantOrNull = () => instantOut().nullable();
const reason = () => lineText(MAX_REASON).min(3).meta({ example: 'checked with the customer' });
/** Every way out says why it was taken. */
export const reasonRequest = z.object({ reason: reason() });

// ---------------------------------------------------------------- alarms

export const alarmView = z.object({
  id: idOut('alarm'),
  kind: z.enum(ALARM_KINDS),
  subject: z.string().meta({ description: 'what it is about: the same fault has the same one' }),
  tenant_id: idOut('tenant').nullable(),
  tenant_name: z.string().nullable(),
  first_seen_at: instantOut(),
  opened_at: instantOut(),
  last_seen_at: instantOut(),
  count: z.int(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  cleared_at: instantOrNull(),
  cleared_by: z.string().nullable(),
  reason: z.string().nullable(),
});
export type AlarmView = z.infer<typeof alarmView>;
/** Youngest first. */
export const alarmListQuery = page().extend({
  state: z.enum(ALARM_STATES).default('open'),
  kind: z.enum(ALARM_KINDS).optional(),
});
export const alarmParams = z.object({ id: idParam('alarm') });
export const alarmResponse = itemOf(alarmView);

// ---------------------------------------------------------------- objects of tenants

export const objectParams = z.object({ tenant_id: idParam('tenant'), kind: z.enum(OBJECT_KINDS) });

export const objectView = z.object({
  tenant_id: idOut('tenant'),
  kind: z.enum(OBJECT_KINDS),
  head: z.string().meta({ example: 'ledger:1.42' }),
  behind: z.string().nullable().meta({ description: 'why it refuses commands: D1 knows a later history' }),
  restoring: z.boolean(),
  bytes: z.int().meta({ description: 'of its own file' }),
  limit_bytes: z.int(),
  waiting: z.record(z.string(), z.int()).meta({ description: 'events that have not reached a sink, by its name' }),
  stuck: z.array(
    z.object({ sink: z.string(), seq: z.int().nullable(), type: z.string().nullable(), error: z.string().nullable() }),
  ),
  skipped: z.array(z.object({ seq: z.int(), type: z.string(), at: instantOut(), by: z.string(), reason: z.string() })),
});
export type ObjectView = z.infer<typeof objectView>;
export const objectResponse = itemOf(objectView);

export const skipRequest = z.object({ seq: z.int().positive().meta({ example: 1 }), reason: reason() });
export const skippedResponse = itemOf(z.object({ seq: z.int(), sinks: z.array(z.string()) }));

const rebuilt = z.object({ written: z.int(), removed: z.int() });
export const rebuiltResponse = itemOf(rebuilt);
export const restoredResponse = itemOf(
  z.object({
    epoch: z.int(),
    replayed: z.int(),
    refused: z.array(z.object({ key: z.string(), code: z.string() })),
    rebuilt,
  }),
);
const verified = z.object({
  ok: z.boolean(),
  full: z.boolean(),
  entries: z.int(),
  compared: z.int(),
  problems: z.array(z.string()),
  differences: z.array(z.string()),
  found: z.int(),
});
export const verifiedResponse = itemOf(verified);
export type VerifiedView = z.infer<typeof verified>;

export const ledgerParams = objectParams.pick({ tenant_id: true });
export const repairedResponse = itemOf(
  z.object({
    repaired: z.array(z.int()).meta({ description: 'numbers that were set back' }),
    unproven: z.array(z.int()).meta({ description: 'numbers that differ and stay: the chain does not prove D1’s' }),
    verified,
  }),
);
export type RepairedView = z.infer<typeof repairedResponse>['data'];

// ---------------------------------------------------------------- unmatched payments

export const unmatchedView = z.object({
  id: externalId(),
  tenant_id: z
    .string()
    .meta({ 'x-external-id': true, description: 'under whose name it is kept; `unknown`: nobody’s' }),
  event_type: z.string(),
  payment_id: externalId().nullable(),
  reason: z.string(),
  amount_cents: z.int().nullable(),
  currency: z.string().nullable(),
  created_at: instantOut(),
  resolved_at: instantOrNull(),
  resolution: z.enum(UNMATCHED_RESOLUTIONS).nullable(),
  resolved_by: z.string().nullable(),
  note: z.string().nullable(),
});
export type UnmatchedView = z.infer<typeof unmatchedView>;
/** Youngest first. */
export const unmatchedListQuery = page().extend({ state: z.enum(UNMATCHED_STATES).default('open') });
export const unmatchedListResponse = listOf(unmatchedView);
export const unmatchedParams = z.object({ tenant_id: idParam('tenant'), id: idParam('unmatched_payment') });
export const unmatchedResponse = itemOf(unmatchedView);
export const matchRequest = z.object({
  tenant_id: idField('tenant').meta({ description: 'whose top-up it is' }),
  topup_id: idField('topup'),
  reason: reason(),
});

// ---------------------------------------------------------------- parked work

export const parkedView = z.object({
  id: z.string().meta({ 'x-external-id': true }),
  tenant_id: idOut('tenant'),
  queue: z.string(),
  reason: z.string(),
  message: z.string(),
  at: instantOut(),
});
export type ParkedView = z.infer<typeof parkedView>;
/** Youngest first. */
export const parkedListQuery = page();
export const parkedListResponse = listOf(parkedView);
export const parkedParams = z.object({ tenant_id: idParam('tenant'), id: idParam('dead_letter') });
export const parkedResponse = itemOf(z.object({ id: idOut('dead_letter') }));

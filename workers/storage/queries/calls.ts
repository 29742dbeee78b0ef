/** D1 rows of calls and callback requests. Called by telephony/. */
import { ID_PREFIXES, type TenantId } from '../../../shared/ids.ts';
import type { RecordingReason, RecordingState } from '../../../shared/recording-sets.ts';
import { fromIso } from '../../../shared/time.ts';
import { and, asc, desc, eq, gte, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Platform } from '../../env.ts';
import { allShards, drizzleOn } from '../d1.ts';
import { Remembered } from '../remembered.ts';
import { allOf, beginsWith, has, type ListSource } from '../resource-list.ts';
import { callbackAttempts, callbackRequests, callSteps, calls } from '../tables/calls.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

import { personBeside } from './customers.ts';
import { FEES_OF_CALL } from './ledger.ts';

export type CallRow = typeof calls.$inferSelect;
type NewCall = Omit<typeof calls.$inferInsert, 'tenantId'>;
export type CallbackRow = typeof callbackRequests.$inferSelect;
export type NewCallback = Omit<typeof callbackRequests.$inferInsert, 'tenantId'>;

/** @param only what of the calls is reached (reach.ts); absent: all */
export const callById = (db: TenantDb, id: string, only?: SQL): Promise<CallRow | null> =>
  db.row(calls, only === undefined ? eq(calls.id, id) : allOf(eq(calls.id, id), only));

/** False when the row is there already: who inserts opens the call. */
export const insertCall = (db: TenantDb, row: NewCall): Promise<boolean> => db.insertIfNew(calls, row);

/** At most 100, in no order. */
export const callsByIds = (db: TenantDb, ids: readonly string[]): Promise<CallRow[]> =>
  db.rows(calls, { ids, limit: 100 });

/** A call as it was read, and what it is to be. */
export interface CallChange {
  seen: CallRow;
  next: Partial<Omit<NewCall, 'id' | 'version' | 'openedAt'>>;
}

const isSame = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

/**
 * Compare-and-swap on the version, each by itself, together in one transaction; null when another event got in between (read again, merge
 * again). Only what differs is written. Answers in the order of the changes.
 */
export async function replaceCalls(db: TenantDb, changes: readonly CallChange[]): Promise<(CallRow | null)[]> {
  const changed = await db.updateEach(
    calls,
    changes.map(({ seen, next }) => {
      const differing = Object.entries(next).filter(([column, value]) => !isSame(value, seen[column as keyof CallRow]));
      return {
        set: { ...Object.fromEntries(differing), version: seen.version + 1 },
        where: allOf(eq(calls.id, seen.id), eq(calls.version, seen.version)),
      };
    }),
  );
  return changed.map(([row]) => row ?? null);
}

export const replaceCall = async (db: TenantDb, change: CallChange): Promise<CallRow | null> =>
  (await replaceCalls(db, [change]))[0] ?? null;

/** What became of its recording: state, reason, bytes; null: there was none. */
const RECORDING_OF_CALL = sql.raw(`(SELECT json_array(r.state, r.reason, r.bytes) FROM call_recordings r
  WHERE r.tenant_id = calls.tenant_id AND r.call_id = calls.id)`);
export type RecordingBeside = [state: RecordingState, reason: RecordingReason | null, bytes: number | null] | null;

/** Newest first. Whether a call led to an appointment is judged over a bounded stretch: most have the same answer. */
export const callList: ListSource<typeof calls> = {
  table: calls,
  beside: sql`json_object('person', ${personBeside('calls')}, 'fees', ${FEES_OF_CALL}, 'recording', ${RECORDING_OF_CALL})`,
  sorts: { started_at: { by: calls.startedAt, of: (row) => row.startedAt, kind: 'number' } },
  filters: {
    reviewed: (value) => ({
      where: value === 'true' ? isNotNull(calls.reviewedAt) : isNull(calls.reviewedAt),
      indexed: false,
    }),
    status: has(calls.status, true),
    sentiment: has(calls.sentiment, true),
    customer_id: has(calls.customerId, true),
    with_appointment: (value) => ({
      where: value === 'true' ? isNotNull(calls.appointmentId) : isNull(calls.appointmentId),
      indexed: false,
    }),
    started_from: (value) => ({ where: gte(calls.startedAt, fromIso(value) ?? 0), indexed: 'range' }),
    started_before: (value) => ({ where: lt(calls.startedAt, fromIso(value) ?? 0), indexed: 'range' }),
  },
};

const idsOf = (rows: readonly { id: unknown }[]): string[] => rows.map(({ id }) => String(id));

/** Calls of some customers, the latest of them all first. */
export const callIdsOfCustomers = async (
  db: TenantDb,
  customerIds: readonly string[],
  limit: number,
): Promise<string[]> =>
  customerIds.length === 0
    ? []
    : idsOf(
        await db.fields(
          calls,
          { id: calls.id },
          {
            where: sql`${calls.customerId} IN (SELECT value FROM json_each(${JSON.stringify(customerIds)}))`,
            limit,
          },
        ),
      );

/** Calls from a number, or from numbers that begin so. @param e164 `+49…` */
export const callIdsFromNumber = async (
  db: TenantDb,
  e164: string,
  { isBeginning, limit }: { isBeginning: boolean; limit: number },
): Promise<string[]> =>
  idsOf(
    await db.fields(
      calls,
      { id: calls.id },
      {
        where: isBeginning ? beginsWith(calls.fromNumber, e164) : eq(calls.fromNumber, e164),
        orderBy: [desc(calls.fromNumber), desc(calls.startedAt)],
        limit,
      },
    ),
  );

/** The latest calls that have a summary, with it: read from an index, never from the rows. */
export const latestSummaries = async (db: TenantDb, limit: number): Promise<{ id: string; summary: string }[]> =>
  (
    await db.fields(
      calls,
      { id: calls.id, summary: calls.summary },
      { where: isNotNull(calls.summary), orderBy: [desc(calls.startedAt), desc(calls.id)], limit },
    )
  ).map(({ id, summary }) => ({ id: String(id), summary: String(summary) }));

export type CallStepRow = typeof callSteps.$inferSelect;

/** One function request of a call; the same one again is one row. */
export const keepStep = (db: TenantDb, row: Omit<CallStepRow, 'tenantId'>): Promise<boolean> =>
  db.insertIfNew(callSteps, row);

/** What the agent did in a call, in order. */
export const stepsOfCall = (db: TenantDb, callId: string, limit: number): Promise<CallStepRow[]> =>
  db.rows(callSteps, { where: eq(callSteps.callId, callId), orderBy: [asc(callSteps.at), asc(callSteps.id)], limit });

/** Promises to ring back that were made in a call. */
export const callbacksOfCall = (db: TenantDb, callId: string): Promise<CallbackRow[]> =>
  db.rows(callbackRequests, { where: eq(callbackRequests.callId, callId), limit: 10 });

/** Calls after which somebody still waits to be called back, the latest promises first. */
export const callIdsWithOpenCallback = async (db: TenantDb, limit: number): Promise<string[]> => {
  const rows = await db.fields(
    callbackRequests,
    { id: callbackRequests.callId },
    {
      where: eq(callbackRequests.status, 'open'),
      orderBy: [desc(callbackRequests.createdAt), desc(callbackRequests.id)],
      limit,
    },
  );
  return [...new Set(rows.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])))];
};

/**
 * Across tenants: whose call is this? Only for function bodies that name nothing but a call id; the answer is a candidate whose
 * key must then verify the body.
 */
export async function tenantOfCall(
  platform: Platform,
  callId: string,
): Promise<{
  tenantId: TenantId;
  branchId: string | null;
  theirNumber: string | null;
  language: string | null;
} | null> {
  for (const shard of allShards(platform)) {
    const found = await drizzleOn(shard)
      .select({
        tenantId: calls.tenantId,
        branchId: calls.branchId,
        theirNumber: sql<
          string | null
        >`CASE WHEN ${calls.direction} = 'outbound' THEN ${calls.toNumber} ELSE ${calls.fromNumber} END`,
        language: calls.language,
      })
      .from(calls)
      .where(eq(calls.id, callId))
      .limit(1);
    if (found[0]) return found[0];
  }
  return null;
}

/** Across tenants: calls whose end, or whose length, is not known and without events since an instant. Longest silent first. */
export async function staleCalls(
  platform: Platform,
  silentSince: number,
  limit: number,
): Promise<{ tenantId: TenantId; id: string; openedAt: number }[]> {
  const found: { tenantId: TenantId; id: string; openedAt: number }[] = [];
  for (const shard of allShards(platform)) {
    found.push(
      ...(await drizzleOn(shard)
        .select({ tenantId: calls.tenantId, id: calls.id, openedAt: calls.openedAt })
        .from(calls)
        .where(
          and(
            or(eq(calls.status, 'ongoing'), and(eq(calls.status, 'ended'), eq(calls.chargeState, 'held'))),
            lt(calls.updatedAt, silentSince),
          ),
        )
        .orderBy(asc(calls.updatedAt))
        .limit(limit)),
    );
  }
  return found;
}

/** Retell was asked about the call and had nothing new. */
export async function callAsked(db: TenantDb, id: string, now: number): Promise<void> {
  await db.update(calls, { updatedAt: now }, eq(calls.id, id));
}

export const insertCallback = (db: TenantDb, row: NewCallback): Promise<boolean> =>
  db.insertIfNew(callbackRequests, row);

export const callbackById = async (db: TenantDb, id: string): Promise<CallbackRow | null> =>
  (await db.rows(callbackRequests, { where: eq(callbackRequests.id, id), limit: 1 }))[0] ?? null;

/** Changes a request that is still as it was seen, with what goes along; null: somebody came before. */
export async function changeCallback(
  db: TenantDb,
  seen: CallbackRow,
  set: Partial<Omit<CallbackRow, 'tenantId' | 'id' | 'dueOrder'>>,
  along: readonly Write[],
): Promise<CallbackRow | null> {
  const mine = eq(callbackRequests.id, seen.id);
  const asSeen = and(
    mine,
    eq(callbackRequests.status, seen.status),
    seen.assignedTo === null ? isNull(callbackRequests.assignedTo) : eq(callbackRequests.assignedTo, seen.assignedTo),
    eq(callbackRequests.priority, seen.priority),
    seen.dueAt === null ? isNull(callbackRequests.dueAt) : eq(callbackRequests.dueAt, seen.dueAt),
  );
  const done = await db.commit(callbackRequests, mine, [
    db.guardOf(callbackRequests, asSeen ?? mine),
    db.updateOf(callbackRequests, set, mine),
    ...along,
  ]);
  return done.kind === 'done' ? done.row : null;
}

/** How often somebody tried, and when last. */
export type TriedBeside = [times: number, last: number | null];
const TRIED = sql.raw(`(SELECT json_array(count(*), max(tried.at)) FROM callback_attempts tried
  WHERE tried.tenant_id = callback_requests.tenant_id AND tried.callback_id = callback_requests.id)`);

/** When a request is due, also where it is older than due times. */
export const dueOfRow = ({ dueAt, createdAt }: Pick<CallbackRow, 'dueAt' | 'createdAt'>): number => dueAt ?? createdAt;

const CLOSED = sql`(${callbackRequests.status} IN ('done', 'failed'))`;

/** Newest first, or those that are due first. @param now of the request */
export const callbackList = (now: number): ListSource<typeof callbackRequests> => ({
  table: callbackRequests,
  beside: sql`json_object('person', ${personBeside('callback_requests')}, 'tried', ${TRIED})`,
  sorts: {
    created_at: { by: callbackRequests.createdAt, of: (row) => row.createdAt, kind: 'number' },
    due_at: { by: callbackRequests.dueOrder, of: dueOfRow, kind: 'number' },
  },
  filters: {
    status: has(callbackRequests.status, true),
    assigned_to: has(callbackRequests.assignedTo, true),
    priority: has(callbackRequests.priority, false),
    overdue: () => ({ where: sql`${callbackRequests.dueOrder} < ${now} AND NOT ${CLOSED}`, indexed: false }),
  },
});

export type AttemptRow = typeof callbackAttempts.$inferSelect;

/** For one batch with what it changes. */
export const attemptPut = (db: TenantDb, row: Omit<AttemptRow, 'tenantId'>): Write =>
  db.insertOf(callbackAttempts, row);

/** The latest first. */
export const attemptsOf = (db: TenantDb, callbackId: string, limit: number): Promise<AttemptRow[]> =>
  db.rows(callbackAttempts, {
    where: eq(callbackAttempts.callbackId, callbackId),
    orderBy: [desc(callbackAttempts.at), desc(callbackAttempts.id)],
    limit,
  });

/** Across tenants: promises whose time has passed and whose managers were not told yet, the oldest first. */
export async function overdueCallbacks(
  platform: Platform,
  now: number,
  limit: number,
): Promise<{ tenantId: TenantId; id: string }[]> {
  const found: { tenantId: TenantId; id: string }[] = [];
  for (const shard of allShards(platform)) {
    found.push(
      ...(await drizzleOn(shard)
        .select({ tenantId: callbackRequests.tenantId, id: callbackRequests.id })
        .from(callbackRequests)
        .where(and(OVERDUE, lt(callbackRequests.dueAt, now)))
        .orderBy(asc(callbackRequests.dueAt))
        .limit(limit)),
    );
  }
  return found;
}
/** As its index has it. */
const OVERDUE = sql.raw(`escalated_at IS NULL AND status IN ('open', 'assigned') AND due_at IS NOT NULL`);

/** Marks a promise as told of, with what goes along; false: it was closed, moved or told of meanwhile. */
export const escalateCallback = async (
  db: TenantDb,
  id: string,
  now: number,
  along: readonly Write[],
): Promise<boolean> =>
  (await db.change(
    callbackRequests,
    { escalatedAt: now },
    allOf(eq(callbackRequests.id, id), OVERDUE, lt(callbackRequests.dueAt, now)),
    along,
  )) !== null;

const counted = new Remembered<{ calls: number }>();

/** Calls since an instant; those that were made to try the agent left out. */
export const callsSince = (db: TenantDb, since: number): Promise<number> =>
  db.count(calls, sql`${calls.startedAt} >= ${since} AND ${calls.id} NOT LIKE ${`${ID_PREFIXES.test_call}_%`}`);

/** The same, ten seconds old at most: asked with every call that comes in. */
export const recentCallsSince = async (db: TenantDb, since: number): Promise<number> =>
  (await counted.get(`${db.tenantId} ${since}`, async () => ({ calls: await callsSince(db, since) })))?.calls ?? 0;

/** D1 rows of calls and callback requests. Called by telephony/. */
import type { TenantId } from '../../../shared/ids.ts';
import { fromIso } from '../../../shared/time.ts';
import { and, asc, desc, eq, gte, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import type { Platform } from '../../env.ts';
import { allShards, drizzleOn } from '../d1.ts';
import { allOf, has, type ListSource } from '../resource-list.ts';
import { callbackRequests, calls } from '../tables/calls.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

import { personBeside } from './customers.ts';
import { FEES_OF_CALL } from './ledger.ts';

export type CallRow = typeof calls.$inferSelect;
export type NewCall = Omit<typeof calls.$inferInsert, 'tenantId'>;
export type CallbackRow = typeof callbackRequests.$inferSelect;
export type NewCallback = Omit<typeof callbackRequests.$inferInsert, 'tenantId'>;

export const callById = (db: TenantDb, id: string): Promise<CallRow | null> => db.row(calls, eq(calls.id, id));

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

/** Newest first. Whether a call led to an appointment is judged over a bounded stretch: most have the same answer. */
export const callList: ListSource<typeof calls> = {
  table: calls,
  beside: sql`json_object('person', ${personBeside('calls')}, 'fees', ${FEES_OF_CALL})`,
  sorts: { started_at: { by: calls.startedAt, of: (row) => row.startedAt, kind: 'number' } },
  order: '-started_at',
  filters: {
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
  set: Pick<CallbackRow, 'status' | 'assignedTo' | 'doneAt'>,
  along: readonly Write[],
): Promise<CallbackRow | null> {
  const mine = eq(callbackRequests.id, seen.id);
  const asSeen = and(
    mine,
    eq(callbackRequests.status, seen.status),
    seen.assignedTo === null ? isNull(callbackRequests.assignedTo) : eq(callbackRequests.assignedTo, seen.assignedTo),
  );
  const done = await db.commit(callbackRequests, mine, [
    db.guardOf(callbackRequests, asSeen ?? mine),
    db.updateOf(callbackRequests, set, mine),
    ...along,
  ]);
  return done.kind === 'done' ? done.row : null;
}

/** Newest first. */
export const callbackList: ListSource<typeof callbackRequests> = {
  table: callbackRequests,
  beside: sql`json_object('person', ${personBeside('callback_requests')})`,
  sorts: { created_at: { by: callbackRequests.createdAt, of: (row) => row.createdAt, kind: 'number' } },
  filters: { status: has(callbackRequests.status, true) },
};

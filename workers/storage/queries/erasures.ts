/** D1 rows of erasures, and what leaves D1 with an erased customer. Called by crm/erasure/. */
import { and, asc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { allShards, drizzleOn } from '../d1.ts';
import { appointmentNotes, appointments } from '../tables/calendar.ts';
import { callbackAttempts, callbackRequests, callRecordings, callSteps, calls } from '../tables/calls.ts';
import { customerPhones, customers, customerTags, customerWords, erasures } from '../tables/crm.ts';
import { HAS_BODY, webhookLogs } from '../tables/delivery.ts';
import { auditLog, auditValues, requestOutcomes } from '../tables/identity.ts';
import { notifications } from '../tables/notifications.ts';
import { controlOf } from '../control-plane.ts';
import { has, type ListSource } from '../resource-list.ts';
import { nameColumns } from './customers.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type ErasureRow = typeof erasures.$inferSelect;
type NewErasure = Omit<typeof erasures.$inferInsert, 'tenantId'>;

export const erasureOf = (db: TenantDb, customerId: string): Promise<ErasureRow | null> =>
  db.row(erasures, eq(erasures.id, customerId));

/** The request and the hidden row, for one batch with its audit row. The same request again is one row. */
export const erasureRequest = (db: TenantDb, row: NewErasure): Write[] => [
  db.upsertOf(erasures, row, [erasures.id], {
    dueAt: row.dueAt,
    reason: row.reason ?? null,
    state: row.state,
  }),
  db.updateOf(
    customers,
    {
      deletionRequestedAt: sql`coalesce(${customers.deletionRequestedAt}, ${row.requestedAt})`,
      deletedAt: sql`coalesce(${customers.deletedAt}, ${row.requestedAt})`,
      updatedAt: row.requestedAt,
      version: sql`${customers.version} + 1`,
    },
    eq(customers.id, row.id),
  ),
];

/** Guard and writes of a withdrawal: only while nothing has begun. */
export const erasureWithdrawal = (db: TenantDb, customerId: string, now: number): [Write, ...Write[]] => [
  db.guardOf(erasures, isWaiting(customerId)),
  db.removeOf(erasures, isWaiting(customerId)),
  db.updateOf(
    customers,
    {
      deletionRequestedAt: null,
      deletedAt: null,
      archivedAt: null,
      updatedAt: now,
      version: sql`${customers.version} + 1`,
    },
    eq(customers.id, customerId),
  ),
];
const isWaiting = (customerId: string): SQL =>
  and(eq(erasures.id, customerId), eq(erasures.state, 'requested'), eq(erasures.runs, 0)) as SQL;

/** What a person did at Cal.com by hand. Null: there was nothing to close. */
export const closeErasure = (
  db: TenantDb,
  customerId: string,
  set: { closedAt: number; closedBy: string },
  along: readonly Write[],
): Promise<ErasureRow[] | null> =>
  db.change(
    erasures,
    set,
    and(eq(erasures.id, customerId), eq(erasures.state, 'erased'), isNull(erasures.closedAt)) as SQL,
    along,
  );

/** Newest first. */
export const erasureList: ListSource<typeof erasures> = {
  table: erasures,
  sorts: { requested_at: { by: erasures.requestedAt, of: (row) => row.requestedAt, kind: 'number' } },
  order: '-requested_at',
  filters: { state: has(erasures.state, true) },
};

export interface DueErasure {
  tenantId: TenantId;
  customerId: string;
}
/** Over all tenants: whose time has come, or whom a job has begun with; in the order of tenant and customer after one. */
export async function dueErasures(
  platform: Platform,
  now: Instant,
  after: DueErasure | null,
  limit: number,
): Promise<DueErasure[]> {
  const found: DueErasure[] = [];
  for (const shard of allShards(platform)) {
    found.push(
      ...(await drizzleOn(shard)
        .select({ tenantId: erasures.tenantId, customerId: erasures.id })
        .from(erasures)
        .where(
          and(
            or(eq(erasures.state, 'running'), and(eq(erasures.state, 'requested'), lte(erasures.dueAt, now))),
            after === null
              ? undefined
              : sql`(${erasures.tenantId}, ${erasures.id}) > (${after.tenantId}, ${after.customerId})`,
          ),
        )
        .orderBy(asc(erasures.tenantId), asc(erasures.id))
        .limit(limit)),
    );
  }
  return found.sort((a, b) => (a.tenantId + a.customerId < b.tenantId + b.customerId ? -1 : 1)).slice(0, limit);
}

/** From now on it can't be withdrawn. */
export async function beginErasure(db: TenantDb, customerId: string): Promise<void> {
  await db.update(
    erasures,
    { state: 'running', runs: sql`${erasures.runs} + 1` },
    and(eq(erasures.id, customerId), eq(erasures.state, 'requested')) as SQL,
  );
}

/** A restored database or object: the erasure runs again. */
export async function redoErasure(db: TenantDb, row: NewErasure): Promise<void> {
  await db.upsert(erasures, row, [erasures.id], {
    state: 'requested',
    dueAt: row.dueAt,
    ...(row.runs === undefined ? {} : { runs: row.runs }),
  });
  await db.update(
    customers,
    { deletionRequestedAt: row.requestedAt, deletedAt: sql`coalesce(${customers.deletedAt}, ${row.requestedAt})` },
    eq(customers.id, row.id),
  );
}

/** Adds to what was erased so far. */
export async function countErased(db: TenantDb, customerId: string, name: string, n: number): Promise<void> {
  if (n === 0) return;
  await db.update(
    erasures,
    {
      counts: sql`json_set(${erasures.counts}, ${`$.${name}`}, coalesce(json_extract(${erasures.counts}, ${`$.${name}`}), 0) + ${n})`,
    },
    eq(erasures.id, customerId),
  );
}

/** Adds to the bookings that only a person can delete; what is new opens a closed task again. */
export async function keepAtCalcom(db: TenantDb, customerId: string, uids: readonly string[]): Promise<void> {
  const more = JSON.stringify(uids);
  const kept = erasures.leftAtCalcom;
  await db.update(
    erasures,
    {
      leftAtCalcom: sql`(SELECT json_group_array(value) FROM (SELECT value FROM json_each(${kept}) UNION SELECT value FROM json_each(${more})))`,
      closedAt: null,
      closedBy: null,
    },
    and(
      eq(erasures.id, customerId),
      sql`EXISTS (SELECT 1 FROM json_each(${more}) AS new WHERE new.value NOT IN (SELECT value FROM json_each(${kept})))`,
    ) as SQL,
  );
}

/** Whose erasure lists one of these bookings: what Cal.com says of it is nobody's any more. Null: none does. */
export const erasureListing = (db: TenantDb, uids: readonly string[]): Promise<ErasureRow | null> =>
  db.row(
    erasures,
    sql`EXISTS (SELECT 1 FROM json_each(${erasures.leftAtCalcom}) WHERE value IN (SELECT value FROM json_each(${JSON.stringify(uids)})))`,
  );

// ---- who it is, as long as the row still says so

/** What bodies and answers are searched for: whole values of the person. */
export async function tracesOf(db: TenantDb, customerId: string): Promise<{ phones: string[]; texts: string[] }> {
  const row = await db.row(customers, eq(customers.id, customerId));
  const lines = await db.rows(customerPhones, { where: eq(customerPhones.customerId, customerId) });
  const phones = lines.map(({ e164 }) => e164);
  const name = [row?.firstName, row?.lastName].filter((part) => part).join(' ');
  // One word of a name is in many bodies of other people.
  const texts = [row?.email ?? '', row?.firstName && row.lastName ? name : ''].filter((text) => text !== '');
  return { phones, texts };
}

// ---- what leaves

/** Rows of one statement. */
const ROWS = 200;

/** Repeats a bounded statement until it touches nothing more. */
async function untilNone(step: () => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const n = await step();
    all += n;
    if (n < ROWS) return all;
  }
}

/** Ids of the customer's calls after one, by start. */
export const callsOfCustomer = async (
  db: TenantDb,
  customerId: string,
  after: { startedAt: number; id: string } | null,
): Promise<{ id: string; startedAt: number; isLive: boolean }[]> =>
  (
    await db.rows(calls, {
      where: and(
        eq(calls.customerId, customerId),
        after === null ? undefined : sql`(${calls.startedAt}, ${calls.id}) > (${after.startedAt}, ${after.id})`,
      ) as SQL,
      orderBy: [asc(calls.startedAt), asc(calls.id)],
      limit: ROWS,
    })
  ).map(({ id, startedAt, status }) => ({ id, startedAt, isLive: status === 'ongoing' }));

/** Calls from a number that nobody was linked to. */
export const unlinkedCallsFrom = async (db: TenantDb, phones: readonly string[]): Promise<string[]> =>
  phones.length === 0
    ? []
    : (
        await db.fields(
          calls,
          { id: calls.id },
          {
            where: and(
              isNull(calls.customerId),
              isNull(calls.erasedAt),
              or(inArray(calls.fromNumber, [...phones]), inArray(calls.toNumber, [...phones])),
            ) as SQL,
            limit: 1_000,
          },
        )
      ).map(({ id }) => String(id));

/** The row counts as before and says of nobody who called. What comes of the call later is not written down (telephony/call-store.ts). */
export async function eraseCall(db: TenantDb, id: string, now: number): Promise<void> {
  await db.update(callSteps, { said: null }, eq(callSteps.callId, id));
  const theirs = sql`CASE WHEN ${calls.direction} = 'outbound' THEN '$.toNumber' ELSE '$.fromNumber' END`;
  await db.update(
    calls,
    {
      fromNumber: sql`CASE WHEN ${calls.direction} = 'outbound' THEN ${calls.fromNumber} END`,
      toNumber: sql`CASE WHEN ${calls.direction} = 'outbound' THEN NULL ELSE ${calls.toNumber} END`,
      transcript: null,
      transcriptKey: null,
      summary: null,
      analysis: null,
      recordingUrl: null,
      knowledge: sql`json_remove(${calls.knowledge}, '$.transcript', '$.summary', '$.analysis', '$.recordingUrl', ${theirs})`,
      erasedAt: now,
      version: sql`${calls.version} + 1`,
    },
    eq(calls.id, id),
  );
}

/** What became of a call's recording; its audio goes by its key (crm/erasure/places.ts). */
export const eraseRecording = async (db: TenantDb, callId: string): Promise<void> => {
  await db.remove(callRecordings, eq(callRecordings.callId, callId));
};

/** Bodies of these unique ids: their keys in R2, and the rows emptied. */
export async function bodiesOf(
  db: TenantDb,
  source: 'retell' | 'calcom',
  uniqueIds: readonly string[],
): Promise<string[]> {
  const where = and(eq(webhookLogs.source, source), inArray(webhookLogs.uniqueId, [...uniqueIds])) as SQL;
  const rows = await db.fields(webhookLogs, { key: webhookLogs.payloadKey }, { where, limit: uniqueIds.length });
  return rows.flatMap(({ key }) => (typeof key === 'string' ? [key] : []));
}
export async function emptyBodies(
  db: TenantDb,
  source: 'retell' | 'calcom',
  uniqueIds: readonly string[],
): Promise<void> {
  await db.update(
    webhookLogs,
    { payload: null, payloadKey: null, errorMessage: null },
    and(eq(webhookLogs.source, source), inArray(webhookLogs.uniqueId, [...uniqueIds])) as SQL,
  );
}

/** One bound value, however many traces: D1 takes a hundred of them. */
const holdsAny = (column: SQL, traces: readonly string[]): SQL =>
  sql`EXISTS (SELECT 1 FROM json_each(${JSON.stringify(traces)}) AS trace WHERE instr(${column}, trace.value) > 0)`;

/** Bodies in D1 that hold a trace are emptied, with what was said of their failure; answers how many. */
export const emptyBodiesWith = (db: TenantDb, traces: readonly string[]): Promise<number> =>
  traces.length === 0
    ? Promise.resolve(0)
    : untilNone(() =>
        db.updateSome(
          webhookLogs,
          { payload: null, errorMessage: null },
          // The fault of a body may quote it, and outlives it.
          or(
            and(sql`payload IS NOT NULL`, holdsAny(sql`payload`, traces)),
            and(sql`error_message IS NOT NULL`, holdsAny(sql`error_message`, traces)),
          ) as SQL,
          ROWS,
        ),
      );
/** Rows whose bodies lie in R2, after one. */
export const archivedBodies = async (db: TenantDb, after: string): Promise<{ id: string; key: string }[]> =>
  (
    await db.rows(webhookLogs, {
      where: and(HAS_BODY, sql`payload_key IS NOT NULL`, gt(webhookLogs.id, after)) as SQL,
      orderBy: asc(webhookLogs.id),
      limit: ROWS,
    })
  ).map(({ id, payloadKey }) => ({ id, key: String(payloadKey) }));
/** Messages to the person: to whom and of what; those that wait are never sent. */
export const eraseMessages = async (db: TenantDb, customerId: string): Promise<number> =>
  untilNone(() =>
    db.updateSome(
      notifications,
      {
        status: sql`CASE WHEN ${notifications.status} IN ('pending', 'sending') THEN 'skipped' ELSE ${notifications.status} END`,
        recipient: '',
        data: '{}',
        errorMessage: null,
        subject: null,
        body: null,
        expiresAt: 0,
      },
      and(
        eq(notifications.customerId, customerId),
        or(sql`recipient <> ''`, sql`data <> '{}'`, sql`error_message IS NOT NULL`, sql`body IS NOT NULL`),
      ) as SQL,
      ROWS,
    ),
  );

const theirRequests = (db: TenantDb, customerId: string, phones: readonly string[]): SQL =>
  or(
    eq(callbackRequests.customerId, customerId),
    sql`${callbackRequests.callId} IN (SELECT id FROM calls WHERE tenant_id = ${db.tenantId} AND customer_id = ${customerId})`,
    phones.length === 0 ? undefined : inArray(callbackRequests.phone, [...phones]),
  ) as SQL;

export const eraseCallbacks = async (db: TenantDb, customerId: string, phones: readonly string[]): Promise<number> => {
  // Before their requests, which are found by what goes with them.
  await untilNone(() =>
    db.updateSome(
      callbackAttempts,
      { note: null },
      sql`note IS NOT NULL AND callback_id IN (SELECT id FROM ${callbackRequests} WHERE ${callbackRequests.tenantId} = ${db.tenantId} AND ${theirRequests(db, customerId, phones)})`,
      ROWS,
    ),
  );
  return untilNone(() =>
    db.updateSome(
      callbackRequests,
      { phone: null, name: null, reason: null, wish: {} },
      and(
        theirRequests(db, customerId, phones),
        sql`(phone IS NOT NULL OR name IS NOT NULL OR reason IS NOT NULL OR wish <> '{}')`,
      ) as SQL,
      ROWS,
    ),
  );
};

/** Old and new values of changes to the person: who did what and when stays. */
export const eraseActivity = (db: TenantDb, customerId: string): Promise<number> =>
  untilNone(() =>
    db.removeSome(
      auditValues,
      sql`${auditValues.auditId} IN (SELECT ${auditLog.id} FROM ${auditLog} WHERE ${auditLog.tenantId} = ${db.tenantId} AND ${auditLog.subjectType} = 'customer' AND ${auditLog.subjectId} = ${customerId})`,
      ROWS,
    ),
  );

/** Stored answers that hold a trace: who repeats such a request within its day is answered anew. */
export async function eraseAnswers(db: TenantDb, traces: readonly string[]): Promise<void> {
  for (let i = 0; i < traces.length; i += ROWS)
    await controlOf(db)
      .delete(requestOutcomes)
      .where(
        and(eq(requestOutcomes.tenantId, db.tenantId), holdsAny(sql`coalesce(body, '')`, traces.slice(i, i + ROWS))),
      );
}

/** Ids of all that is written about a person: an answer about a note or a call back names these, not whom they are about. */
export async function idsAbout(db: TenantDb, customerId: string, phones: readonly string[]): Promise<string[]> {
  const found = await Promise.all([
    allIds(db, appointments, eq(appointments.customerId, customerId)),
    allIds(
      db,
      appointmentNotes,
      sql`${appointmentNotes.appointmentId} IN (SELECT ${appointments.id} FROM ${appointments} WHERE ${appointments.tenantId} = ${db.tenantId} AND ${appointments.customerId} = ${customerId})`,
    ),
    allIds(db, calls, eq(calls.customerId, customerId)),
    allIds(db, callbackRequests, theirRequests(db, customerId, phones)),
  ]);
  return found.flat();
}
async function allIds(
  db: TenantDb,
  table: typeof appointments | typeof appointmentNotes | typeof calls | typeof callbackRequests,
  where: SQL,
): Promise<string[]> {
  const ids: string[] = [];
  for (let after = ''; ; ) {
    const page = await db.fields(
      table,
      { id: table.id },
      { where: and(where, gt(table.id, after)) as SQL, orderBy: asc(table.id), limit: ROWS },
    );
    ids.push(...page.map(({ id }) => String(id)));
    if (page.length < ROWS) return ids;
    after = ids.at(-1) ?? '';
  }
}

/** The rest: lines, words, tags and every value of the row, with the erasure's end. For one batch. */
export const erasePerson = (
  db: TenantDb,
  customerId: string,
  end: { now: number; calendarEpoch: number | null },
): [Write, ...Write[]] => [
  db.removeOf(customerPhones, eq(customerPhones.customerId, customerId)),
  db.removeOf(customerWords, eq(customerWords.customerId, customerId)),
  db.removeOf(customerTags, eq(customerTags.customerId, customerId)),
  db.updateOf(
    customers,
    {
      firstName: null,
      lastName: null,
      email: null,
      language: null,
      notes: null,
      origin: null,
      vip: false,
      journeyStatus: 'lead',
      preferredBranchId: null,
      preferredStaffId: null,
      marketingConsent: false,
      lastActivityAt: null,
      ...nameColumns({}),
      archivedAt: end.now,
      erasedAt: end.now,
      updatedAt: end.now,
      version: sql`${customers.version} + 1`,
    },
    eq(customers.id, customerId),
  ),
  db.updateOf(
    erasures,
    { state: 'erased', erasedAt: end.now, calendarEpoch: end.calendarEpoch },
    eq(erasures.id, customerId),
  ),
];

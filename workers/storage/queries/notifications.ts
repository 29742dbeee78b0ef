/** D1 rows of notifications. Called by notifications/. */
import type { TenantId } from '../../../shared/ids.ts';
import { eq, type SQL, sql } from 'drizzle-orm';
import { allOf, has, type ListSource } from '../resource-list.ts';
import { HAS_CONTENTS, notifications } from '../tables/notifications.ts';
import { effects } from '../tables/delivery.ts';
import type { TenantDb, Write } from '../tenant-db.ts';
import type { EffectRow } from './effects.ts';

export type NotificationRow = typeof notifications.$inferSelect;
export type NewNotification = Omit<typeof notifications.$inferInsert, 'tenantId'>;

const UNSENT = {
  customerId: null,
  appointmentId: null,
  statusRank: 0,
  sentAt: null,
  failedAt: null,
  retryCount: 0,
  errorMessage: null,
  providerMessageId: null,
  segments: null,
  legalClass: null,
  verdict: null,
  because: null,
  decidedAt: null,
  branchId: null,
  subject: null,
  body: null,
} satisfies Partial<NotificationRow>;

/** The row as it lies in D1 when it is new. */
export const asStored = (tenantId: TenantId, row: NewNotification): NotificationRow =>
  ({ ...UNSENT, ...row, tenantId }) as NotificationRow;

/**
 * Stores notifications unless their dedupe key is there, and for each that is still to go out its effect `notify.send`, claimed already: one
 * transaction. Answers the effects that are new: whoever wrote them works on them.
 */
export async function beginSending(
  db: TenantDb,
  rows: readonly NewNotification[],
  { now, leaseUntil }: { now: number; leaseUntil: number },
): Promise<EffectRow[]> {
  if (rows.length === 0) return [];
  const keys = JSON.stringify(rows.map(({ dedupeKey }) => dedupeKey));
  const values: Record<keyof EffectRow, SQL> = {
    tenantId: sql`${notifications.tenantId}`,
    id: sql`'send:' || ${notifications.id}`,
    queue: sql`'high'`,
    kind: sql`'notify.send'`,
    ref: sql`json_object('notificationId', ${notifications.id})`,
    state: sql`'running'`,
    attempts: sql`1`,
    phase: sql`NULL`,
    notBefore: sql`${now}`,
    leaseUntil: sql`${leaseUntil}`,
    lastError: sql`NULL`,
    createdAt: sql`${now}`,
    doneAt: sql`NULL`,
  };
  const pending = sql`${notifications.dedupeKey} IN (SELECT value FROM json_each(${keys})) AND ${notifications.status} = 'pending'`;
  return db.insertFrom(
    effects,
    values,
    notifications,
    pending,
    rows.map((row) => db.insertIfNewOf(notifications, row)),
  );
}

/** A message that this very cause made before; null: none. */
export const notificationByKey = (db: TenantDb, dedupeKey: string): Promise<NotificationRow | null> =>
  db.row(notifications, eq(notifications.dedupeKey, dedupeKey));

export const notificationById = (db: TenantDb, id: string): Promise<NotificationRow | null> =>
  db.row(notifications, eq(notifications.id, id));

/** The condition of one message, for a commit. */
export const notificationIs = (id: string): SQL => eq(notifications.id, id);

/** One message, where it is among those that exist for somebody. */
export const notificationWithin = (db: TenantDb, id: string, only: SQL | undefined): Promise<NotificationRow | null> =>
  db.row(notifications, allOf(eq(notifications.id, id), only));

/** What became of a message. One that was emptied while it was on its way keeps nothing that the provider said. */
export function savedNotification(db: TenantDb, id: string, { errorMessage, ...set }: Partial<NewNotification>): Write {
  const said =
    errorMessage === undefined ? {} : { errorMessage: sql`CASE WHEN ${HAS_CONTENTS} THEN ${errorMessage} END` };
  return db.updateOf(notifications, { ...set, ...said }, eq(notifications.id, id));
}

/** Delivery status of the provider: only ever forward (`sent` after `delivered` changes nothing). */
export async function advanceNotification(
  db: TenantDb,
  providerMessageId: string,
  to: { status: NotificationRow['status']; rank: number; error: string | null; now: number },
): Promise<boolean> {
  const rows = await db.update(
    notifications,
    {
      status: to.status,
      statusRank: to.rank,
      errorMessage: to.error,
      ...(to.status === 'failed' ? { failedAt: to.now } : {}),
    },
    sql`${notifications.providerMessageId} = ${providerMessageId} AND ${notifications.statusRank} < ${to.rank}`,
  );
  return rows.length > 0;
}

/** Newest first. */
export const notificationList: ListSource<typeof notifications> = {
  table: notifications,
  sorts: { created_at: { by: notifications.createdAt, of: (row) => row.createdAt, kind: 'number' } },
  order: '-created_at',
  filters: {
    status: has(notifications.status, true),
    appointment_id: has(notifications.appointmentId, true),
    customer_id: has(notifications.customerId, true),
  },
};

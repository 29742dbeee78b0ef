/** D1 rows of notifications. Called by notifications/. */
import { eq, sql } from 'drizzle-orm';
import { has, type ListSource } from '../resource-list.ts';
import { HAS_CONTENTS, notifications } from '../tables/notifications.ts';
import type { TenantDb } from '../tenant-db.ts';

export type NotificationRow = typeof notifications.$inferSelect;
export type NewNotification = Omit<typeof notifications.$inferInsert, 'tenantId'>;

/** The stored row for the dedupe key: the given one when it is new, else the one that was there. */
export async function notificationOnce(db: TenantDb, row: NewNotification): Promise<NotificationRow | null> {
  await db.insertIfNew(notifications, row);
  return db.row(notifications, eq(notifications.dedupeKey, row.dedupeKey));
}

export const notificationById = (db: TenantDb, id: string): Promise<NotificationRow | null> =>
  db.row(notifications, eq(notifications.id, id));

/** What became of a message. One that was emptied while it was on its way keeps nothing that the provider said. */
export async function saveNotification(
  db: TenantDb,
  id: string,
  { errorMessage, ...set }: Partial<NewNotification>,
): Promise<void> {
  const said =
    errorMessage === undefined ? {} : { errorMessage: sql`CASE WHEN ${HAS_CONTENTS} THEN ${errorMessage} END` };
  await db.update(notifications, { ...set, ...said }, eq(notifications.id, id));
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
  filters: { status: has(notifications.status, true) },
};

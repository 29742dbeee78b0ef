/** D1 rows of notifications. Called by notifications/. */
import { and, desc, eq, lt, or, type SQL, sql } from 'drizzle-orm';
import { notifications } from '../tables/notifications.ts';
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

export async function saveNotification(db: TenantDb, id: string, set: Partial<NewNotification>): Promise<void> {
  await db.update(notifications, set, eq(notifications.id, id));
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

export function listNotifications(
  db: TenantDb,
  query: { before: { createdAt: number; id: string } | null; status: NotificationRow['status'] | null; limit: number },
): Promise<NotificationRow[]> {
  const conditions: (SQL | undefined)[] = [
    query.status ? eq(notifications.status, query.status) : undefined,
    query.before
      ? or(
          lt(notifications.createdAt, query.before.createdAt),
          and(eq(notifications.createdAt, query.before.createdAt), lt(notifications.id, query.before.id)),
        )
      : undefined,
  ];
  return db.rows(notifications, {
    where: and(...conditions),
    orderBy: [desc(notifications.createdAt), desc(notifications.id)],
    limit: query.limit,
  });
}

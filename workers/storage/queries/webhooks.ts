/** D1 rows of stored webhooks. Called by operations/. */
import { eq, sql } from 'drizzle-orm';
import { has, type ListSource } from '../resource-list.ts';
import { webhookLogs } from '../tables/delivery.ts';
import type { TenantDb } from '../tenant-db.ts';

export type WebhookRow = typeof webhookLogs.$inferSelect;
export type WebhookSource = WebhookRow['source'];
type NewWebhook = Omit<typeof webhookLogs.$inferInsert, 'tenantId'>;

/** False when one of the same source and unique id is there already. */
export const insertWebhook = (db: TenantDb, row: NewWebhook): Promise<boolean> => db.insertIfNew(webhookLogs, row);

export const webhookByUniqueId = (db: TenantDb, source: WebhookSource, uniqueId: string): Promise<WebhookRow | null> =>
  db.row(webhookLogs, sql`${webhookLogs.source} = ${source} AND ${webhookLogs.uniqueId} = ${uniqueId}`);

export const webhookById = (db: TenantDb, id: string): Promise<WebhookRow | null> =>
  db.row(webhookLogs, eq(webhookLogs.id, id));

export async function emptyWebhook(db: TenantDb, id: string): Promise<void> {
  await db.update(webhookLogs, { payload: null, payloadKey: null, errorMessage: null }, eq(webhookLogs.id, id));
}

export async function settleWebhook(
  db: TenantDb,
  id: string,
  outcome: { state: 'processed' | 'failed' | 'ignored'; error?: string; now: number },
): Promise<void> {
  await db.update(
    webhookLogs,
    {
      state: outcome.state,
      processedAt: outcome.now,
      errorMessage: outcome.error?.slice(0, 500) ?? null,
      retryCount: sql`${webhookLogs.retryCount} + 1`,
    },
    eq(webhookLogs.id, id),
  );
}

/** Newest first. */
export const webhookList: ListSource<typeof webhookLogs> = {
  table: webhookLogs,
  sorts: { received_at: { by: webhookLogs.receivedAt, of: (row) => row.receivedAt, kind: 'number' } },
  order: '-received_at',
  filters: {
    source: has(webhookLogs.source, true),
    state: has(webhookLogs.state, true),
  },
};

/** D1 rows of payments: links from a vendor's payment to our top-up, and the unmatched list. Called by payments/. */
import type { TenantId } from '../../../shared/ids.ts';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Platform } from '../../env.ts';
import { allShards, drizzleOn, platformD1 } from '../d1.ts';
import { topups } from '../tables/ledger.ts';
import { paymentLinks, unmatchedPayments } from '../tables/payments.ts';

const orm = (platform: Platform) => drizzleOn(platformD1(platform));

export type PaymentLink = typeof paymentLinks.$inferSelect;
export type UnmatchedPayment = typeof unmatchedPayments.$inferSelect;

/** Unmatched rows read at once. */
const MAX_UNMATCHED = 200;

export async function paymentLink(platform: Platform, paymentId: string): Promise<PaymentLink | null> {
  const rows = await orm(platform).select().from(paymentLinks).where(eq(paymentLinks.paymentId, paymentId)).limit(1);
  return rows[0] ?? null;
}

/** Whose payment it is by the top-ups themselves, on whatever shard: the second way, where a link is missing. */
export async function topupOfPayment(
  platform: Platform,
  paymentId: string,
): Promise<{ tenantId: TenantId; topupId: string } | null> {
  for (const shard of allShards(platform)) {
    const rows = await drizzleOn(shard)
      .select({ tenantId: topups.tenantId, topupId: topups.id })
      .from(topups)
      .where(eq(topups.paymentId, paymentId))
      .limit(1);
    if (rows[0]) return rows[0];
  }
  return null;
}

/** First writer wins: a payment never moves to another top-up. */
export async function linkPayment(platform: Platform, link: PaymentLink): Promise<void> {
  await orm(platform).insert(paymentLinks).values(link).onConflictDoNothing();
}

export async function addUnmatched(platform: Platform, row: UnmatchedPayment): Promise<void> {
  await orm(platform)
    .insert(unmatchedPayments)
    .values(row)
    .onConflictDoUpdate({
      target: [unmatchedPayments.tenantId, unmatchedPayments.id],
      set: { reason: row.reason, webhookId: row.webhookId, resolvedAt: null },
    });
}

/** Open rows that wait for this payment. */
export async function waitingFor(platform: Platform, paymentId: string): Promise<UnmatchedPayment[]> {
  return orm(platform)
    .select()
    .from(unmatchedPayments)
    .where(and(eq(unmatchedPayments.paymentId, paymentId), isNull(unmatchedPayments.resolvedAt)))
    .limit(MAX_UNMATCHED);
}

/** An event that was unmatched has been booked after all. */
export async function resolveUnmatched(
  platform: Platform,
  tenantId: TenantId,
  eventId: string,
  now: number,
): Promise<void> {
  await orm(platform)
    .update(unmatchedPayments)
    .set({ resolvedAt: now })
    .where(and(eq(unmatchedPayments.tenantId, tenantId), eq(unmatchedPayments.id, eventId)));
}

/** The list a person works through, newest first. */
export async function openUnmatched(platform: Platform, limit: number): Promise<UnmatchedPayment[]> {
  return orm(platform)
    .select()
    .from(unmatchedPayments)
    .where(isNull(unmatchedPayments.resolvedAt))
    .orderBy(desc(unmatchedPayments.createdAt))
    .limit(Math.min(limit, MAX_UNMATCHED));
}

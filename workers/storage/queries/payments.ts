/** D1 rows of payments: links from a vendor's payment to our top-up, and the unmatched list. Called by payments/. */
import type { TenantId } from '../../../shared/ids.ts';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { UnmatchedResolution, UnmatchedState } from '../../../shared/money-status.ts';
import type { Platform } from '../../env.ts';
import { allShards, changedOr, drizzleOn, platformD1 } from '../d1.ts';
import { topups } from '../tables/ledger.ts';
import { paymentLinks, unmatchedPayments } from '../tables/payments.ts';
import { TenantDb, type Write } from '../tenant-db.ts';

const orm = (platform: Platform) => drizzleOn(platformD1(platform));

type PaymentLink = typeof paymentLinks.$inferSelect;
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

export async function addUnmatched(platform: Platform, row: typeof unmatchedPayments.$inferInsert): Promise<void> {
  await orm(platform)
    .insert(unmatchedPayments)
    .values(row)
    .onConflictDoUpdate({
      target: [unmatchedPayments.tenantId, unmatchedPayments.id],
      set: {
        reason: row.reason,
        webhookId: row.webhookId ?? null,
        state: 'open',
        resolvedAt: null,
        resolution: null,
        resolvedBy: null,
        note: null,
      },
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

/** An event that was unmatched has been booked after all; false: it was not on the list. */
export async function resolveUnmatched(
  platform: Platform,
  tenantId: TenantId,
  eventId: string,
  now: number,
): Promise<boolean> {
  const resolved = await orm(platform)
    .update(unmatchedPayments)
    .set({ state: 'settled', resolvedAt: now, resolution: 'booked' })
    .where(and(sameEvent({ tenantId, id: eventId }), eq(unmatchedPayments.state, 'open')))
    .returning({ id: unmatchedPayments.id });
  return resolved.length > 0;
}

const sameEvent = ({ tenantId, id }: Pick<UnmatchedPayment, 'tenantId' | 'id'>) =>
  and(eq(unmatchedPayments.tenantId, tenantId), eq(unmatchedPayments.id, id));

/** A page of the events that fitted nothing, of all tenants, youngest first. @param db the operator's */
export async function unmatchedPage(
  db: TenantDb,
  asked: {
    state: UnmatchedState;
    after: { createdAt: number; tenantId: string; id: string } | null;
    limit: number;
  },
): Promise<UnmatchedPayment[]> {
  const { state, after, limit } = asked;
  const { createdAt, tenantId, id } = unmatchedPayments;
  return orm(TenantDb.platformOf(db))
    .select()
    .from(unmatchedPayments)
    .where(
      and(
        eq(unmatchedPayments.state, state),
        after === null
          ? undefined
          : sql`(${createdAt}, ${tenantId}, ${id}) < (${after.createdAt}, ${after.tenantId}, ${after.id})`,
      ),
    )
    .orderBy(desc(createdAt), desc(tenantId), desc(id))
    .limit(limit);
}

export async function unmatchedEvent(
  db: TenantDb,
  key: Pick<UnmatchedPayment, 'tenantId' | 'id'>,
): Promise<UnmatchedPayment | null> {
  const rows = await orm(TenantDb.platformOf(db)).select().from(unmatchedPayments).where(sameEvent(key)).limit(1);
  return rows[0] ?? null;
}

/** A person's word on an open event, with its audit row; false, and nothing is written, when it is not open. @param db the operator's, on the control plane's shard */
export async function settleUnmatched(
  db: TenantDb,
  key: Pick<UnmatchedPayment, 'tenantId' | 'id'>,
  said: { at: number; by: string; resolution: UnmatchedResolution; note: string },
  along: readonly Write[],
): Promise<boolean> {
  const control = orm(TenantDb.platformOf(db));
  const update = control
    .update(unmatchedPayments)
    .set({ state: 'settled', resolvedAt: said.at, resolvedBy: said.by, resolution: said.resolution, note: said.note })
    .where(and(sameEvent(key), eq(unmatchedPayments.state, 'open')))
    .returning({ id: unmatchedPayments.id });
  return (await changedOr(control, update, along)) !== null;
}

/** An event that a match has booked says who matched it and why. @param db the operator's */
export async function noteMatched(
  db: TenantDb,
  key: Pick<UnmatchedPayment, 'tenantId' | 'id'>,
  said: { by: string; note: string },
): Promise<void> {
  await orm(TenantDb.platformOf(db))
    .update(unmatchedPayments)
    .set({ resolution: 'matched', resolvedBy: said.by, note: said.note })
    .where(and(sameEvent(key), eq(unmatchedPayments.resolution, 'booked')));
}

/** Takes back a link that a person wrote and the ledger did not accept, with its audit row. @param db the operator's */
export async function unlinkByHand(db: TenantDb, link: PaymentLink, along: readonly Write[]): Promise<void> {
  const control = orm(TenantDb.platformOf(db));
  await control.batch([
    control
      .delete(paymentLinks)
      .where(and(eq(paymentLinks.paymentId, link.paymentId), eq(paymentLinks.topupId, link.topupId))),
    ...along,
  ]);
}

/** Writes a link with its audit row; false: the payment belongs to a top-up already, nothing was written. @param db the operator's */
export async function linkByHand(db: TenantDb, link: PaymentLink, along: readonly Write[]): Promise<boolean> {
  const control = orm(TenantDb.platformOf(db));
  const insert = control
    .insert(paymentLinks)
    .values(link)
    .onConflictDoNothing()
    .returning({ paymentId: paymentLinks.paymentId });
  return (await changedOr(control, insert, along)) !== null;
}

/** The list a person works through, newest first. */
export async function openUnmatched(platform: Platform, limit: number): Promise<UnmatchedPayment[]> {
  return orm(platform)
    .select()
    .from(unmatchedPayments)
    .where(eq(unmatchedPayments.state, 'open'))
    .orderBy(desc(unmatchedPayments.createdAt))
    .limit(Math.min(limit, MAX_UNMATCHED));
}

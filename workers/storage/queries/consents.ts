/** D1 rows of consents and of addresses that said stop. Called by the commands and queries of crm/consents/, and by notifications/may-send.ts. */
import { and, desc, eq, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { ConsentPurpose, ConsentState } from '../../../shared/message-sets.ts';
import { NOTIFICATION_CHANNELS, type NotificationChannel } from '../../../shared/notification-status.ts';
import { has, type ListSource } from '../resource-list.ts';
import { consents, customers, stoppedAddresses } from '../tables/crm.ts';
import type { TenantDb, Write } from '../tenant-db.ts';
import { ofHidden } from './customers.ts';

export type ConsentRow = typeof consents.$inferSelect;
export type NewConsent = Omit<typeof consents.$inferInsert, 'tenantId'>;
export type Channel = NotificationChannel;

/** Purposes and channels together are eight: what counts is read by one statement each. */
const MAX_STOPS = 100;
/** Consents of one person: somebody who changes their mind every day for years stays below it. */
const MAX_OF_ONE = 1_000;

export const consentById = (db: TenantDb, id: string): Promise<ConsentRow | null> =>
  db.row(consents, eq(consents.id, id));

/** Newest first. */
export const consentList: ListSource<typeof consents> = {
  table: consents,
  hides: ofHidden('consents'),
  sorts: { at: { by: consents.at, of: (row) => row.at, kind: 'number' } },
  order: '-at',
  filters: { customer_id: has(consents.customerId, true) },
};

/** What was said last of a purpose on a channel; null: nothing. */
export async function newestConsent(
  db: TenantDb,
  { customerId, purpose, channel }: { customerId: string; purpose: ConsentPurpose; channel: Channel },
): Promise<{ state: ConsentState; at: number } | null> {
  const [found] = await db.rows(consents, {
    where: and(
      eq(consents.customerId, customerId),
      eq(consents.purpose, purpose),
      eq(consents.channel, channel),
    ) as SQL,
    orderBy: [desc(consents.at), desc(consents.id)],
    limit: 1,
  });
  return found ?? null;
}

/** What was said last of each purpose on each channel. */
export async function newestConsents(db: TenantDb, customerId: string): Promise<ConsentRow[]> {
  const place = sql`row_number() OVER (PARTITION BY purpose, channel ORDER BY at DESC, id DESC)`;
  return db.rows(consents, {
    where: and(
      eq(consents.customerId, customerId),
      sql`${consents.id} IN (SELECT id FROM (SELECT id, ${place} AS place FROM consents WHERE tenant_id = ${db.tenantId} AND customer_id = ${customerId}) WHERE place = 1)`,
    ) as SQL,
    limit: MAX_STOPS,
  });
}

/** When an address said stop to a purpose; null: it did not. */
export async function stoppedSince(
  db: TenantDb,
  { channel, addressHash, purpose }: { channel: Channel; addressHash: string; purpose: ConsentPurpose },
): Promise<number | null> {
  const row = await db.row(
    stoppedAddresses,
    and(
      eq(stoppedAddresses.channel, channel),
      eq(stoppedAddresses.addressHash, addressHash),
      eq(stoppedAddresses.purpose, purpose),
    ) as SQL,
  );
  return row?.stoppedAt ?? null;
}

/** The same for some addresses and every purpose. */
export const stopsOf = (
  db: TenantDb,
  addressHashes: readonly string[],
): Promise<(typeof stoppedAddresses.$inferSelect)[]> =>
  addressHashes.length === 0
    ? Promise.resolve([])
    : db.rows(stoppedAddresses, {
        where: and(
          inArray(stoppedAddresses.channel, [...NOTIFICATION_CHANNELS]),
          inArray(stoppedAddresses.addressHash, [...addressHashes]),
        ) as SQL,
        limit: MAX_STOPS,
      });

/** An address stops; said again, the last time counts. */
export const stopWrites = (
  db: TenantDb,
  stop: { channel: Channel; addressHash: string; purposes: readonly ConsentPurpose[]; at: number },
): Write[] =>
  stop.purposes.map((purpose) =>
    db.upsertOf(
      stoppedAddresses,
      { channel: stop.channel, addressHash: stop.addressHash, purpose, stoppedAt: stop.at },
      [stoppedAddresses.channel, stoppedAddresses.addressHash, stoppedAddresses.purpose],
      { stoppedAt: sql`max(stopped_at, ${stop.at})` },
    ),
  );

/** Adds consents, each once by its id, and keeps what the customer's row says of marketing. For one batch. */
export const consentWrites = (db: TenantDb, rows: readonly NewConsent[]): Write[] => [
  ...rows.map((row) => db.insertIfNewOf(consents, row)),
  ...[...new Set(rows.filter(({ purpose }) => purpose === 'marketing').map(({ customerId }) => customerId))].map((id) =>
    db.updateOf(
      customers,
      {
        // A consent that counts on any channel: who has one is not asked to be erased for being long unseen.
        marketingConsent: sql`EXISTS (SELECT 1 FROM consents AS one WHERE one.tenant_id = ${db.tenantId} AND one.customer_id = ${id} AND one.purpose = 'marketing' AND one.state = 'given' AND NOT EXISTS (SELECT 1 FROM consents AS newer WHERE newer.tenant_id = one.tenant_id AND newer.customer_id = one.customer_id AND newer.purpose = one.purpose AND newer.channel = one.channel AND (newer.at, newer.id) > (one.at, one.id)))`,
      },
      eq(customers.id, id),
    ),
  ),
];

/** What somebody wrote about it goes with the person; the fact stays. */
export const eraseProofs = (db: TenantDb, customerId: string): Promise<number> =>
  db.updateSome(
    consents,
    { proof: null, textVersion: null },
    and(eq(consents.customerId, customerId), or(isNotNull(consents.proof), isNotNull(consents.textVersion))) as SQL,
    MAX_OF_ONE,
  );

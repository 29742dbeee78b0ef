/** Both ends of transfers between ledgers, over all tenants and shards. Called by operations/. */
import { sql } from 'drizzle-orm';
import type { Platform } from '../../env.ts';
import { allShards, drizzleOn } from '../d1.ts';
import { ledgerTransfers } from '../tables/ledger.ts';

/** Transfers that one shard cannot make up for by itself: those to another shard, and what is wrong. */
const MAX_UNEVEN = 10_000;

/** A transfer whose two ends do not come to nothing. */
export interface UnevenTransfer {
  sender: string;
  transferId: string;
  currency: string;
  /** what left and did not come back, less what arrived */
  cents: number;
}

/**
 * Transfers sent within, of which more left than arrived, or more arrived than left.
 * @returns at most ten thousand a shard
 */
export async function unevenTransfers(platform: Platform, from: number, until: number): Promise<UnevenTransfer[]> {
  const sums = new Map<string, UnevenTransfer>();
  const { tenantId, direction, peerId, transferId, currency, amountCents, state, sentAt } = ledgerTransfers;
  for (const shard of allShards(platform)) {
    const rows = await drizzleOn(shard).all<UnevenTransfer>(
      sql`SELECT iif(${direction} = 'out', ${tenantId}, ${peerId}) AS sender, ${transferId} AS "transferId", ${currency} AS currency,
            sum(CASE WHEN ${state} IN ('sent', 'settled') THEN ${amountCents} WHEN ${state} = 'received' THEN -${amountCents} ELSE 0 END) AS cents
          FROM ${ledgerTransfers} WHERE ${sentAt} >= ${from} AND ${sentAt} < ${until}
          GROUP BY 1, 2, 3 HAVING sum(CASE WHEN ${state} IN ('sent', 'settled') THEN ${amountCents} WHEN ${state} = 'received' THEN -${amountCents} ELSE 0 END) <> 0
          LIMIT ${MAX_UNEVEN}`,
    );
    for (const row of rows) {
      const key = `${row.sender} ${row.transferId} ${row.currency}`;
      const known = sums.get(key);
      sums.set(key, { ...row, cents: row.cents + (known?.cents ?? 0) });
    }
  }
  return [...sums.values()].filter(({ cents }) => cents !== 0);
}

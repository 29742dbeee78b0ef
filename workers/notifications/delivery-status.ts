/** Pure: a provider's delivery status as a rank, so that duplicates and disorder only ever move a message forward. */
import type { NotificationRow } from '../storage/queries/notifications.ts';

interface DeliveryUpdate {
  status: NotificationRow['status'];
  rank: number;
}

/** Twilio has the message: the row says so since it was handed over. */
const ON_ITS_WAY: ReadonlySet<string> = new Set(['accepted', 'scheduled', 'queued', 'sending', 'sent']);

/** A map, not an object: `constructor` is no status of Twilio's. */
const ENDS: ReadonlyMap<string, DeliveryUpdate> = new Map<string, DeliveryUpdate>(
  Object.entries({
    delivered: { status: 'delivered', rank: 5 },
    read: { status: 'delivered', rank: 6 },
    undelivered: { status: 'failed', rank: 4 },
    failed: { status: 'failed', rank: 4 },
    canceled: { status: 'failed', rank: 4 },
  }),
);

/** `nothing_new`: what the row says already. Null for a status we don't know yet: stored nowhere, answered 200. */
export function twilioUpdate(status: string): DeliveryUpdate | 'nothing_new' | null {
  const word = status.toLowerCase();
  return ON_ITS_WAY.has(word) ? 'nothing_new' : (ENDS.get(word) ?? null);
}

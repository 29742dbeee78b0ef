/** Pure: a provider's delivery status as a rank, so that duplicates and disorder only ever move a message forward. */
import type { NotificationRow } from '../storage/queries/notifications.ts';

export interface DeliveryUpdate {
  status: NotificationRow['status'];
  rank: number;
}

/** A map, not an object: `constructor` is no status of Twilio's. */
const TWILIO: ReadonlyMap<string, DeliveryUpdate> = new Map<string, DeliveryUpdate>(
  Object.entries({
    accepted: { status: 'sent', rank: 1 },
    scheduled: { status: 'sent', rank: 1 },
    queued: { status: 'sent', rank: 1 },
    sending: { status: 'sent', rank: 2 },
    sent: { status: 'sent', rank: 3 },
    delivered: { status: 'delivered', rank: 5 },
    read: { status: 'delivered', rank: 6 },
    undelivered: { status: 'failed', rank: 4 },
    failed: { status: 'failed', rank: 4 },
    canceled: { status: 'failed', rank: 4 },
  }),
);

/** Null for a status we don't know yet: stored nowhere, answered 200. */
export const twilioUpdate = (status: string): DeliveryUpdate | null => TWILIO.get(status.toLowerCase()) ?? null;

/** Pure: which events of vendors something works on, and what. Called by queries/inbound.ts; the handlers are wired in workers/handlers.ts. */
import type { WEBHOOK_SOURCES } from '../../shared/webhook-status.ts';

type Source = (typeof WEBHOOK_SOURCES)[number];

/** Kinds that are worked on, by source, with what becomes of them. */
const HANDLED: Readonly<Record<Source, Readonly<Record<string, string>>>> = {
  retell: { call_started: 'calls', call_ended: 'calls', call_analyzed: 'calls' },
  calcom: {
    BOOKING_CREATED: 'calendar_sync',
    BOOKING_REQUESTED: 'calendar_sync',
    BOOKING_RESCHEDULED: 'calendar_sync',
    BOOKING_CANCELLED: 'calendar_sync',
    BOOKING_REJECTED: 'calendar_sync',
    BOOKING_NO_SHOW_UPDATED: 'calendar_sync',
    MEETING_ENDED: 'calendar_sync',
  },
  stripe: {
    'checkout.session.completed': 'payments',
    'checkout.session.async_payment_succeeded': 'payments',
    'checkout.session.async_payment_failed': 'payments',
    'checkout.session.expired': 'payments',
    'payment_intent.succeeded': 'payments',
    'payment_intent.processing': 'payments',
    'payment_intent.payment_failed': 'payments',
    'charge.refunded': 'payments',
    'charge.refund.updated': 'payments',
    'refund.created': 'payments',
    'refund.updated': 'payments',
    'refund.failed': 'payments',
    'charge.dispute.created': 'payments',
    'charge.dispute.updated': 'payments',
    'charge.dispute.closed': 'payments',
    'charge.dispute.funds_withdrawn': 'payments',
    'charge.dispute.funds_reinstated': 'payments',
    'customer.subscription.created': 'payments',
    'customer.subscription.updated': 'payments',
    'customer.subscription.deleted': 'payments',
  },
  // A business's own Stripe account: looked at for claims about the platform's money, and nothing else yet.
  stripe_account: {},
  // Reports of messages change their message at once and are not stored.
  twilio: {},
  telegram: {},
};

/** What works on it; null: it is kept and ignored. Kinds are a vendor's words, `__proto__` among them. */
export const handlerOf = (source: Source, eventType: string): string | null =>
  Object.hasOwn(HANDLED[source], eventType) ? (HANDLED[source][eventType] ?? null) : null;

/** Every kind that something works on. */
export const handledKinds = (): { source: Source; eventType: string }[] =>
  Object.entries(HANDLED).flatMap(([source, kinds]) =>
    Object.keys(kinds).map((eventType) => ({ source: source as Source, eventType })),
  );

/** Stripe's are about money that has moved: not ours to leave alone. */
export const mayBeOff = (source: Source): boolean => source !== 'stripe';

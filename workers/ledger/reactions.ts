/** What a ledger event causes outside: notices by id. Pure; handed to the effects sink by the object. */
import type { LedgerEventType, Reactions } from '../events/catalogue.ts';
import type { EffectSpec, NoticeName } from '../events/effects.ts';
import type { TopupStatus } from './types.ts';

/** Statuses of a top-up that somebody wants to know, and the name of the notice. */
const NOTICES = {
  completed: 'balance.topup_succeeded',
  failed: 'balance.topup_failed',
} as const satisfies Partial<Record<TopupStatus, NoticeName>>;

/** Who left the payment page, or saw it fail to open, knows; only money that did not arrive is notified. */
const SILENT_FAILURES: readonly string[] = ['expired', 'checkout_unavailable'];

const nothing = (): EffectSpec[] => [];

/** Which effects each event of the ledger causes: ids and numbers; the composer reads the rows itself. */
export const LEDGER_REACTIONS: Reactions<LedgerEventType> = {
  'balance.low': (event) => {
    const { percent, urgency, crossing, balanceCents, currency } = event.body;
    return [
      {
        id: `${event.id}:notify`,
        queue: percent === 0 ? 'high' : 'medium',
        kind: 'notify',
        ref: { event: 'balance.low', percent, urgency, crossing, balanceCents, currency },
      },
    ];
  },
  'ledger.topup_changed': (event) => {
    const { topup, became } = event.body;
    if (became !== 'completed' && became !== 'failed') return [];
    if (SILENT_FAILURES.includes(topup.failureReason ?? '')) return [];
    return [
      {
        id: `${event.id}:notify`,
        queue: 'high',
        kind: 'notify',
        ref: { event: NOTICES[became], topupId: topup.id, amountCents: topup.amountCents, currency: topup.currency },
      },
    ];
  },
  'ledger.terms_changed': nothing,
  // Money between two ledgers is the sender's alarm's: an effect would park.
  'ledger.transfer_changed': nothing,
  'ledger.posted': nothing,
  'ledger.period_closed': nothing,
};

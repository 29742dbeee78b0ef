/** What a ledger event causes outside: notices by id. Pure; called by the object's effects sink. */
import type { OutboxEvent } from '../object-runtime/events.ts';
import type { EffectSpec } from '../projection/rows.ts';
import type { LedgerEvent, TopupStatus } from './types.ts';

/** Statuses of a top-up that somebody wants to hear of, and the name of the notice. */
const NOTICES: Partial<Record<TopupStatus, string>> = {
  completed: 'balance.topup_succeeded',
  failed: 'balance.topup_failed',
};

/** Whoever left the payment page, or saw it fail to open, knows; only money that did not come is news. */
const SILENT_FAILURES: readonly string[] = ['expired', 'checkout_unavailable'];

/**
 * Effects of an event. Kind `notify`, `ref.event` names the notice, the rest are ids and numbers; the composer reads the rows itself.
 * Unknown events of a later version cause nothing.
 */
export function effectsOf(outgoing: OutboxEvent): EffectSpec[] {
  const event = outgoing as unknown as LedgerEvent;
  switch (event.type) {
    case 'balance.low':
      return [
        {
          id: `${outgoing.id}:notify`,
          queue: event.body.percent === 0 ? 'high' : 'medium',
          kind: 'notify',
          ref: {
            event: 'balance.low',
            percent: event.body.percent,
            urgency: event.body.urgency,
            crossing: event.body.crossing,
            balanceCents: event.body.balanceCents,
            currency: event.body.currency,
          },
        },
      ];
    case 'ledger.topup_changed': {
      const { topup, became } = event.body;
      const notice = became === null ? undefined : NOTICES[became];
      if (notice === undefined || SILENT_FAILURES.includes(topup.failureReason ?? '')) return [];
      return [
        {
          id: `${outgoing.id}:notify`,
          queue: 'high',
          kind: 'notify',
          ref: { event: notice, topupId: topup.id, amountCents: topup.amountCents, currency: topup.currency },
        },
      ];
    }
    case 'ledger.terms_changed':
    case 'ledger.posted':
    case 'ledger.period_closed':
      return [];
    default:
      return [];
  }
}

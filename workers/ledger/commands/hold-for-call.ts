/** Reserves what a call will probably cost. */
import type { Instant } from '../../../shared/clock.ts';
import { asMicros, microsToCentsExact } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { decideHold, estimateOf } from '../rules/hold.ts';
import { type BalanceParts, balanceView, partsOf, post } from '../rules/post.ts';
import type * as Types from '../types.ts';
import { balanceAgain, callRefs, causeOf, commit, ledgerCommand, noLedger, open, usedMinutes } from './parts.ts';

/** A hold that somebody forgot lapses after this long at the latest. */
const MAX_HOLD_MS = 6 * 3_600_000;

const key = (command: Types.HoldForCall): string => `${command.key}:hold`;

/** What a caller is answered of a hold as it stands. */
const ENDED_AS = { held: 'held', captured: 'settled', voided: 'voided', expired: 'expired' } as const;

type KeptHold = Pick<Types.HoldResult, 'status' | 'amountMicros' | 'expiresAt'> & { after: BalanceParts };

/**
 * Holds the estimate until the call is settled, voided, or the hold lapses; of a call that is settled or voided already it holds nothing. A
 * repeat answers what became of the hold.
 *
 * Refusals: NOT_FOUND ledger, INSUFFICIENT_BALANCE (below the floor), TENANT_SUSPENDED.
 */
export const holdForCall = ledgerCommand<Types.HoldForCall, Types.HoldResult, KeptHold>({
  name: 'holdForCall',
  key,
  kept: ({ status, amountMicros, expiresAt, balance }) => ({
    status,
    amountMicros,
    expiresAt,
    after: partsOf(balance),
  }),
  again(store, { status, amountMicros, expiresAt, after }, command) {
    const balance = balanceAgain(store, after);
    const present = store.hold(command.key)?.status;
    return {
      status: status === 'held' && present ? ENDED_AS[present] : status,
      amountMicros,
      amountCents: microsToCentsExact(amountMicros, balance.currency),
      expiresAt,
      balance,
    };
  },
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const expiresAt = Math.min(command.expiresAt, now + MAX_HOLD_MS) as Instant;
    const amount = estimateOf(command, start.terms, usedMinutes(store, start.terms, start.book.termsVersion, now));
    const refs = callRefs(command.key, command.refs);
    const before = store.hold(command.key);
    const ended = before === null || before.status === 'held' ? null : ENDED_AS[before.status];
    const decided = decideHold(start.book, start.terms, { key: command.key, amount, expiresAt, refs }, ended, now);
    if (!decided.ok) return decided;
    const { status, hold, draft } = decided.value;
    const value = (balance: Types.BalanceView): Types.HoldResult => ({
      status,
      amountMicros: hold?.amountMicros ?? asMicros(0),
      amountCents: microsToCentsExact(hold?.amountMicros ?? asMicros(0), start.book.currency),
      expiresAt,
      balance,
    });
    if (!hold) return ok({ value: value(balanceView(start.book)), events: [] });
    store.saveHold({ ...hold, refs });
    store.wakeAt(expiresAt);
    const posted = post(start.book, [draft], causeOf(key(command), now));
    const { balance, events } = commit(store, start, posted, { key: command.key, now });
    return ok({ value: value(balance), events });
  },
});

/** What calls and other usage share: the charge by the plan, in the period it belongs to. Called by settle-call and charge-usage. */
import type { Instant } from '../../../shared/clock.ts';
import { microsToCentsExact } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { chargeUsage, openPeriod, type Priced } from '../rules/charge.ts';
import { type BalanceParts, type Draft, partsOf, post } from '../rules/post.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';
import { balanceAgain, causeOf, commit, type Decided, entryAgain, type Open } from './parts.ts';

/** What is kept of a charge. */
export type KeptCharge = Omit<Types.ChargeResult, 'entry' | 'balance'> & { after: BalanceParts };

export const keptCharge = ({ entry: _entry, balance, ...rest }: Types.ChargeResult): KeptCharge => ({
  ...rest,
  after: partsOf(balance),
});
export const chargeAgain = (store: LedgerStore, { after, ...rest }: KeptCharge): Types.ChargeResult => ({
  ...rest,
  entry: rest.entryId === null ? null : entryAgain(store, rest.entryId),
  balance: balanceAgain(store, after),
});

interface Charging {
  key: string;
  /** by the plan of the day it happened */
  priced: Priced;
  eventType: Types.EventType;
  units: number;
  occurredAt: Instant;
  refs: Types.Refs;
  type?: Types.EntryType;
  billedSeconds: number | null;
  alwaysEntry: boolean;
  now: Instant;
}

/**
 * Charges what was used and stores its price line.
 * @param seen the ledger as the charge sees it (hold released); @param start as it was before the command; @param before entries that come first
 */
export function charge(
  store: LedgerStore,
  seen: Open,
  start: Open,
  before: Draft[],
  what: Charging,
): Decided<Types.ChargeResult> {
  const { terms, book } = seen;
  const { period, late } = openPeriod(what.occurredAt, what.now, terms.timeZone, store.lastClosed());
  const used = store.used(period, what.eventType, what.priced.version);
  const charged = chargeUsage(book, terms, what.priced, used, { ...what, period });
  store.saveLine(period, charged.line);
  const { eventType, occurredAt: at, units } = what;
  store.usage.addSums([{ eventType, at, count: 1, units }], terms.timeZone, what.now);
  const wanted = what.alwaysEntry || charged.exactMicros !== 0;
  const posted = post(start.book, wanted ? [...before, charged.draft] : before, causeOf(what.key, what.now));
  const { balance, events } = commit(store, start, { ...posted, usage: [{ period, line: charged.line }] }, what);
  const entry = wanted ? (posted.entries.at(-1) ?? null) : null;
  return ok({
    value: {
      entryId: entry?.id ?? null,
      entry,
      exactMicros: charged.exactMicros,
      postedCents: microsToCentsExact(charged.postedMicros, book.currency),
      billedSeconds: what.billedSeconds,
      period,
      late,
      balance,
    },
    events,
  });
}

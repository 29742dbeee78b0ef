/** What calls and other usage share: the charge by the plan, in the period it belongs to. Called by settle-call and charge-usage. */
import type { Instant } from '../../../shared/clock.ts';
import { microsToCentsExact } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { chargeUsage, openPeriod } from '../rules/charge.ts';
import { type Draft, post } from '../rules/post.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';
import { causeOf, commit, type Decided, type Open } from './parts.ts';

export interface Charging {
  key: string;
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
 * @param priced the ledger as the charge sees it (hold released); @param start as it was before the command; @param before entries that come first
 */
export function charge(
  store: LedgerStore,
  priced: Open,
  start: Open,
  before: Draft[],
  what: Charging,
): Decided<Types.ChargeResult> {
  const { terms, book } = priced;
  const { period, late } = openPeriod(what.occurredAt, what.now, terms.timeZone, (p) => store.isClosed(p));
  const used = store.used(period, what.eventType, book.termsVersion);
  const charged = chargeUsage(book, terms, used, { ...what, period });
  store.saveLine(period, charged.line);
  const wanted = what.alwaysEntry || charged.exactMicros !== 0;
  const posted = post(start.book, wanted ? [...before, charged.draft] : before, causeOf(what.key, what.now));
  const { balance, events } = commit(store, start, { ...posted, usage: [{ period, line: charged.line }] }, what.key);
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

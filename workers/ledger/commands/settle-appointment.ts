/** The fee of an appointment: charged when it becomes confirmed, given back when it is cancelled in time. */
import { asCents, microsToCentsExact } from '../../../shared/money.ts';
import { ok } from '../../../shared/result.ts';
import { openPeriod } from '../rules/charge.ts';
import { creditDraft, isCredit, versionOf } from '../rules/fee.ts';
import { type BalanceParts, balanceView, partsOf, post } from '../rules/post.ts';
import { scaledToUnits, unitPriceOf } from '../rules/pricing.ts';
import { isBillable, isRefundedOnCancel } from '../rules/terms.ts';
import type { LedgerStore } from '../store.ts';
import { QUANTITY_SCALE } from '../types.ts';
import type * as Types from '../types.ts';
import { charge } from './charge-parts.ts';
import {
  balanceAgain,
  causeKey,
  causeOf,
  commit,
  type Decided,
  ledgerCommand,
  noLedger,
  open,
  type Open,
  pricedAt,
} from './parts.ts';

type Kept = Omit<Types.AppointmentFeeResult, 'balance'> & { after: BalanceParts };

/** Whether the fee stands by what was posted, for appointments of the time before their changes were counted. */
const stands = (entries: readonly Types.Entry[]): boolean => {
  const fees = entries.filter(({ type }) => type === 'appointment_fee');
  return fees.filter((entry) => !isCredit(entry)).length > fees.filter(isCredit).length;
};

/**
 * Charges the fee of an appointment by the plan of the moment it was confirmed, once; a cancellation in time gives it back where the plan says so.
 * A fee never stands in the way: it is posted below the floor too, and for a suspended tenant. Changes arrive in any order: the newest that is
 * known decides, a late cancellation changes nothing.
 *
 * Refusals: NOT_FOUND ledger.
 */
export const settleAppointment = ledgerCommand<Types.SettleAppointment, Types.AppointmentFeeResult, Kept>({
  name: 'settleAppointment',
  key: causeKey,
  kept: ({ balance, ...rest }) => ({ ...rest, after: partsOf(balance) }),
  again: (store, { after, ...rest }) => ({ ...rest, balance: balanceAgain(store, after) }),
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const { appointmentId, version, change } = command;
    const known = store.fee(appointmentId);
    const entries = store.entriesAbout('appointment', appointmentId);
    const charged = known?.charged ?? stands(entries);
    const { plan } = pricedAt(store, start, command.occurredAt);
    const isNewest = known === null || version > known.version;
    const wanted = isNewest ? wantedBy(command, plan, charged) : charged;
    if (isNewest && change !== 'cancelled_late') store.saveFee(appointmentId, { version, charged: wanted });
    if (wanted === charged) return unmoved(start, charged);
    return wanted ? chargeFee(store, start, command, now) : creditFee(store, start, command, entries, now);
  },
});

function wantedBy({ change, source }: Types.SettleAppointment, plan: Types.Plan, charged: boolean): boolean {
  switch (change) {
    case 'confirmed':
      return charged || isBillable(plan, source);
    case 'cancelled_in_time':
      return charged && !isRefundedOnCancel(plan);
    case 'cancelled_late':
      return charged;
  }
}

const unmoved = (start: Open, charged: boolean): Decided<Types.AppointmentFeeResult> =>
  ok({ value: { entryId: null, postedCents: asCents(0), charged, balance: balanceView(start.book) }, events: [] });

const refsOf = ({ appointmentId, refs }: Types.SettleAppointment): Types.Refs => ({
  ...refs,
  referenceType: 'appointment',
  referenceId: appointmentId,
});

function chargeFee(
  store: LedgerStore,
  start: Open,
  command: Types.SettleAppointment,
  now: Types.Entry['createdAt'],
): Decided<Types.AppointmentFeeResult> {
  const decided = charge(store, start, start, [], {
    key: command.key,
    priced: pricedAt(store, start, command.occurredAt),
    eventType: 'appointment',
    units: scaledToUnits('appointment', QUANTITY_SCALE),
    occurredAt: command.occurredAt,
    refs: refsOf(command),
    billedSeconds: null,
    // What people pay for by the piece shows in the list even when it is included.
    alwaysEntry: true,
    now,
  });
  if (!decided.ok) return decided;
  const { value, events } = decided.value;
  return ok({
    value: { entryId: value.entryId, postedCents: value.postedCents, charged: true, balance: value.balance },
    events,
  });
}

/** Gives back exactly what the fee took, to where it was taken from. */
function creditFee(
  store: LedgerStore,
  start: Open,
  command: Types.SettleAppointment,
  entries: readonly Types.Entry[],
  now: Types.Entry['createdAt'],
): Decided<Types.AppointmentFeeResult> {
  const fee = entries.findLast((entry) => entry.type === 'appointment_fee' && !isCredit(entry));
  // What was included cost nothing: there is nothing to give back.
  if (!fee?.exactMicros) return unmoved(start, false);
  const { period } = openPeriod(command.occurredAt, now, start.terms.timeZone, store.lastClosed());
  const lines = store.lines(period);
  const version = versionOf(fee);
  const price = unitPriceOf(store.terms(version).plan, 'appointment');
  const { draft, line, postedMicros } = creditDraft(start.book, fee, { version, price }, lines, {
    period,
    refs: refsOf(command),
    occurredAt: command.occurredAt,
  });
  store.saveLine(period, line);
  const posted = post(start.book, [draft], causeOf(command.key, now));
  const { balance, events } = commit(store, start, { ...posted, usage: [{ period, line }] }, { key: command.key, now });
  return ok({
    value: {
      entryId: posted.entries[0]?.id ?? null,
      postedCents: microsToCentsExact(postedMicros, start.book.currency),
      charged: false,
      balance,
    },
    events,
  });
}

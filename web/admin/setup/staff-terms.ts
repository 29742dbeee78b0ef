/** Pure: who does a service, with a length and a price of their own where they have one, as it is filled in and sent. Called by the service's view and field, and by a person's page. */
import type { ServiceView } from '../../../shared/contract/services.ts';
import { parseAmount } from '../../ui/format.ts';
import { amountText, currencyOf } from '../kit/draft.ts';
import type { HeldLine, Spelling } from '../kit/view.ts';
import { sentWhole } from './step-lines.ts';

/** A person who does it, by their id; empty texts mean: as the service. */
export interface StaffLine extends HeldLine {
  minutes: string;
  price: string;
}

export const staffLinesOf = (row: ServiceView, { language }: Pick<Spelling, 'language'>): StaffLine[] =>
  row.staff.map((one) => ({
    key: one.staff_id,
    minutes: one.duration_minutes === null ? '' : String(one.duration_minutes),
    price: one.price_cents === null ? '' : amountText(one.price_cents, row.currency, language),
  }));

/** What is sent. Whoever stays keeps their event type at Cal.com; what cannot be read goes out as it was typed. */
export const staffOfLines = (lines: readonly StaffLine[], row: ServiceView | null, spelling: Spelling): unknown[] =>
  lines.map(({ key, minutes, price }) => ({
    staff_id: key,
    duration_minutes: minutes.trim() === '' ? null : sentWhole(minutes),
    price_cents: price.trim() === '' ? null : (parseAmount(price.trim(), currencyOf(row, spelling)) ?? price),
    calcom_event_type_id: row?.staff.find((one) => one.staff_id === key)?.calcom_event_type_id ?? null,
  }));

/** How long it takes one person and what it costs with them; a composite service has the lengths of its steps. */
export function termsWith(row: ServiceView, staffId: string): { minutes: number; cents: number; isOwn: boolean } {
  const own = row.staff.find((one) => one.staff_id === staffId);
  const minutes = row.segments.length > 0 ? null : (own?.duration_minutes ?? null);
  const cents = own?.price_cents ?? null;
  return {
    minutes: minutes ?? row.duration_minutes,
    cents: cents ?? row.price_cents,
    isOwn: minutes !== null || cents !== null,
  };
}

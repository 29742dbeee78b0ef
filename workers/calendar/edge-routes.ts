/** What the calendar's routes share: who asks, which key, which limits, how slots and ids look outside. Called by the *-routes.ts. */
import type { Context } from 'hono';
import { type Actor, actorMay, causerOf } from '../../shared/actor.ts';
import type { PartyVisitView, SlotView } from '../../shared/contract/availability.ts';
import type { Result } from '../../shared/result.ts';
import { toIso } from '../../shared/time.ts';
import { formatHead, type Head } from '../object-runtime/events.ts';
import type { RateStatus } from '../object-runtime/rate.ts';
import type { AppEnv } from '../http/module-routes.ts';
import { commandKeyOf } from './actor-ref.ts';
import { quoteFor } from './quote-action.ts';
import type { RateAsk } from './bounds.ts';
import type { Slot, Visit } from './rows.ts';

/** Requests a minute and caller. */
const LIMITS = { create: 30, reschedule: 10, cancel: 10, availability: 60 } as const;

/** The signed-in caller; guarded routes always have one. */
export function callerOf(c: Context<AppEnv>): Actor {
  const actor = c.get('actor');
  if (actor === undefined) throw new Error('a guarded route has an actor');
  return actor;
}

/** The key of this request's command. */
export const commandKey = (c: Context<AppEnv>, verb: string): string =>
  commandKeyOf(callerOf(c), c.get('idempotencyKey'), verb, c.get('now'));

export function limitOf(c: Context<AppEnv>, what: keyof typeof LIMITS): RateAsk[] {
  const scale = c.get('scope').config.RATE_LIMIT_SCALE;
  const name = what === 'availability' ? what : `bookings.${what}`;
  return [{ name, key: causerOf(callerOf(c)), limit: LIMITS[what] * scale }];
}

/** An object's answer as `answer()` of http/ takes it. */
export const outcome = <T>(given: {
  result: Result<T>;
  head: Head;
  rate?: RateStatus;
}): { result: Result<T>; head: string; rate: RateStatus | undefined } => ({
  result: given.result,
  head: formatHead(given.head),
  rate: given.rate,
});

/** Our own people may book what the public page may not (notice, horizon, offline services). */
export const isStaffUser = (c: Context<AppEnv>): boolean => callerOf(c).kind === 'user';

/** Who is kept to the starts that are offered: everybody but our own people and keys that may force. */
export const takesOffered = (c: Context<AppEnv>): boolean =>
  !isStaffUser(c) && !actorMay(callerOf(c), 'force_appointments');

/** Whether what has ended may still be changed. */
export const mayBackdate = (c: Context<AppEnv>): boolean => actorMay(callerOf(c), 'backdate_appointments');

/** A slot as the API offers it, with its signed quote. */
export async function viewOfSlot(c: Context<AppEnv>, slot: Slot, scheduleVersion: number): Promise<SlotView> {
  const scope = c.get('scope');
  return {
    start: slot.time,
    end: slot.endTime,
    date: slot.date,
    starts_at: toIso(slot.startsAt),
    ends_at: toIso(slot.endsAt),
    staff_id: slot.staffId,
    staff_name: slot.staffName,
    branch_id: slot.branchId,
    // What all of it costs, as the quote says it.
    price_cents: [slot, ...(slot.party ?? [])].reduce((sum, visit) => sum + visit.priceCents, 0),
    currency: slot.currency,
    ...(slot.party === undefined ? {} : { party: partyView(slot) }),
    quote: await quoteFor(scope.config.AUTH_SECRET, scope.tenantId, slot, scheduleVersion, c.get('now')),
  };
}

/** Each person's visit of a party, the first one too. */
const partyView = (slot: Slot): PartyVisitView[] =>
  [slot, ...(slot.party ?? [])].map((visit: Visit) => ({
    start: visit.time,
    end: visit.endTime,
    starts_at: toIso(visit.startsAt),
    ends_at: toIso(visit.endsAt),
    staff_id: visit.staffId,
    staff_name: visit.staffName,
    price_cents: visit.priceCents,
  }));

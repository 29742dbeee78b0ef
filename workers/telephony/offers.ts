/** What is free, as sentences: offers of a day or over days, of a party, and why something is not free. Called by the functions that look for slots. */
import { unreachable } from '../../shared/result.ts';
import type { UnavailableReason } from '../../shared/errors.ts';
import { type AvailabilityAnswer, type AvailabilityQuery, isInTurn, type Slot } from '../calendar/types.ts';
import type { CalendarAnswer } from '../calendar/port.ts';
import { type BranchContext, type FunctionCall, limitsOf, sayIn, type TimeAsked } from './functions/function-call.ts';
import { personName, type Service } from './named-choices.ts';
import { inWindows, slotQuestion, worthSaying } from './slot-search.ts';
import {
  listed,
  type Moment,
  sayDay,
  sayMoment,
  sayMoments,
  sayTime,
  sayTimes,
  sayVisits,
  serviceFor,
} from './speech.ts';

/** What is looked for. */
export interface Sought {
  services: readonly Service[];
  staffId: string | null;
  /** people */
  party: number;
  durationMinutes: number | undefined;
}

/** Asks the calendar for what the words mean. */
export const lookFor = (
  call: FunctionCall,
  branchContext: BranchContext,
  sought: Sought,
  time: TimeAsked,
): Promise<CalendarAnswer<AvailabilityAnswer>> => {
  const { services, staffId, party, durationMinutes } = sought;
  const query: AvailabilityQuery = {
    now: call.now,
    services: services.map((one) => ({
      serviceId: one.id,
      ...(services.length > 1 || durationMinutes === undefined ? {} : { durationMinutes }),
    })),
    branchId: branchContext.branch.id,
    staffId,
    preferredStaffId: null,
    ...slotQuestion(time.search, branchContext.voice.zone),
    ...(party > 1 ? { partySize: party } : {}),
    offeredOnly: true,
    callId: call.callId,
    rate: limitsOf(call),
  };
  return call.scope.calendar.checkAvailability(query);
};

/** One start that is free. */
export function freeSentence(call: FunctionCall, { voice }: BranchContext, sought: Sought, slot: Slot): string {
  const service_for = serviceFor(sought.services, call.language, sought.party);
  if (slot.party === undefined)
    return sayIn(call, 'slot_free', { when: sayMoment(voice, slot), service_for, staff: slot.staffName });
  const visits = [slot, ...slot.party];
  if (isInTurn(slot)) return sayIn(call, 'party_in_turn', { service_for, slots: sayVisits(voice, visits) });
  return sayIn(call, 'party_together', {
    when: sayMoment(voice, slot),
    service_for,
    staff: listed(
      visits.map((visit) => visit.staffName),
      call.language,
      'and',
    ),
  });
}

/** The free slots of an answer that are worth saying for what was asked. */
export const fittingSlots = (found: AvailabilityAnswer, time: TimeAsked): Slot[] =>
  time.search.exact === null && !time.understood.closed
    ? worthSaying(inWindows(found.slots, time.search), time.search)
    : [];

/** Several starts that are free. */
export function slotsSentence(
  call: FunctionCall,
  { voice }: BranchContext,
  sought: Sought,
  slots: readonly Slot[],
): string {
  const service_for = serviceFor(sought.services, call.language, sought.party);
  const [first] = slots;
  if (first && isInTurn(first))
    return sayIn(call, 'party_slots_in_turn', { service_for, slots: sayMoments(voice, slots) });
  return first && slots.every((slot) => slot.date === first.date)
    ? sayIn(call, 'slots_free_day', { day: sayDay(voice, first.date), service_for, times: sayTimes(voice, slots) })
    : sayIn(call, 'slots_free', { service_for, slots: sayMoments(voice, slots) });
}

/** Why it is not free, as the calendar or a refusal says it. */
interface WhyNot {
  reason: 'free' | UnavailableReason;
  outside?: 'past' | 'too_soon' | 'too_far' | null | undefined;
  /** clock of the branch */
  until?: string | null | undefined;
}

/** Why, and what instead. @param when the start that was asked for, spoken; null: a stretch */
export function notFreeSentence(
  call: FunctionCall,
  branchContext: BranchContext,
  why: WhyNot,
  asked: { when: string | null; staffId: string | null; party: number },
  instead: readonly Moment[],
): string {
  if (why.reason === 'not_configured') return sayIn(call, 'not_configured');
  if (asked.party > 1 && instead.length === 0) return sayIn(call, 'party_none', { people: String(asked.party) });
  const offer =
    instead.length === 0
      ? sayIn(call, 'instead_none')
      : sayIn(call, 'instead', { slots: sayMoments(branchContext.voice, instead) });
  return `${reasonSentence(call, branchContext, why, asked)} ${offer}`;
}

function reasonSentence(
  call: FunctionCall,
  branchContext: BranchContext,
  { reason, outside, until }: WhyNot,
  { when, staffId }: { when: string | null; staffId: string | null },
): string {
  switch (reason) {
    case 'closed':
      return sayIn(call, 'why_closed');
    case 'away': {
      const person = branchContext.hours.snapshot.staff.find((one) => one.id === staffId);
      return person ? sayIn(call, 'why_away_staff', { staff: personName(person) }) : sayIn(call, 'why_away');
    }
    case 'does_not_fit':
      return until
        ? sayIn(call, 'why_does_not_fit', { until: sayTime(branchContext.voice, until) })
        : sayIn(call, 'why_full');
    case 'off_step':
      return sayIn(call, 'why_off_step');
    case 'outside_notice':
      return sayIn(call, outside === 'past' ? 'why_past' : outside === 'too_far' ? 'why_too_far' : 'why_too_soon');
    case 'full':
    case 'free':
    case 'upstream_down':
    case 'not_configured':
      return when === null || when === '' ? sayIn(call, 'why_full') : sayIn(call, 'why_taken', { when });
    default:
      return unreachable(reason);
  }
}

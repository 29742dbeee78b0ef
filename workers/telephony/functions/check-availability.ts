/** `check-availability`: is the requested time free, and if not, what is? One question to the calendar object, no D1. Called by dispatch.ts. */
import { offsetAt, toIso } from '../../../shared/time.ts';
import type { Instant } from '../../../shared/clock.ts';
import { type AvailabilityAnswer, isInTurn, type Slot } from '../../calendar/types.ts';
import { fittingSlots, freeSentence, lookFor, notFreeSentence, slotsSentence, type Sought } from '../offers.ts';
import { insteadOf } from '../slot-search.ts';
import { offered, sayMoment } from '../speech.ts';
import type { Understood } from '../../../shared/spoken-time/index.ts';
import {
  answer,
  counted,
  type BranchContext,
  durationAsked,
  type FunctionAnswer,
  type FunctionCall,
  notLookedFor,
  partyAsked,
  sayIn,
  servicesAsked,
  staffAsked,
  type TimeAsked,
  timeAsked,
  wireReading,
  withFields,
} from './function-call.ts';
import { asLastTime } from './last-visit.ts';

type Answer = FunctionAnswer<'check-availability'>;

export async function checkAvailability(call: FunctionCall, branchContext: BranchContext): Promise<Answer> {
  const party = partyAsked(call, branchContext);
  if (!party.ok) return party.answer;
  const service = servicesAsked(call, branchContext, party.args);
  const staff = staffAsked(call, branchContext);
  const { time, staffId, services } = await asLastTime(call, branchContext, {
    time: timeAsked(party.args, branchContext),
    staffId: staff.ok ? staff.staffId : null,
    services: service.ok ? service.services : [],
  });
  const reading = { understood: wireReading(time.understood) };
  if (!service.ok && services.length === 0) return withFields(service.answer, reading);
  if (!staff.ok) return withFields(staff.answer, reading);
  if (time.search.state === 'ask' && !time.understood.closed) return asked(call, time);

  const sought: Sought = {
    services,
    staffId,
    party: party.size ?? 1,
    durationMinutes: services.length === 1 ? durationAsked(call.args) : undefined,
  };
  const outcome = await lookFor(call, branchContext, sought, time);
  if (!outcome.result.ok) return counted(withFields(notLookedFor(call, outcome.result.error), reading), outcome);
  const found = outcome.result.value;
  const made =
    found.slot && time.search.exact !== null && !time.understood.closed
      ? free(call, branchContext, sought, found.slot, time.understood)
      : windowAnswer(call, branchContext, sought, found, time);
  return { ...counted(made, outcome), scheduleVersion: found.scheduleVersion };
}

/** Nothing may be looked for yet: the question that finds out. */
function asked(call: FunctionCall, time: TimeAsked): Answer {
  const question =
    time.search.question ??
    time.understood.question ??
    sayIn(call, time.given ? 'when_not_understood' : 'when_missing');
  return {
    ...answer(question, { available: false, next_available_slots: [], understood: wireReading(time.understood) }),
    fromCachedData: true,
  };
}

/** `2026-11-24T09:00:00+01:00`: exact, and the branch's clock can be read off it. */
function clockIso(instant: Instant, zone: string): string {
  const offset = offsetAt(instant, zone);
  const minutes = Math.abs(Math.round(offset / 60_000));
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${toIso(instant + offset).slice(0, 19)}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** The branch's clock, as documented, and beside it the instants to book with. */
const wireSlot = (slot: Slot, zone: string) => ({
  start: slot.time,
  end: slot.endTime,
  starts_at: clockIso(slot.startsAt, zone),
  ends_at: clockIso(slot.endsAt, zone),
});

/** What is said of one free slot beside the sentence. */
const slotFields = (slot: Slot, { voice, branch }: BranchContext) => ({
  slot: wireSlot(slot, voice.zone),
  staff_id: slot.staffId,
  staff_name: slot.staffName,
  branch_name: branch.body.name,
  ...(slot.party === undefined
    ? {}
    : {
        party: [slot, ...slot.party].map((visit) => ({
          starts_at: clockIso(visit.startsAt, voice.zone),
          staff_name: visit.staffName,
        })),
        in_turn: isInTurn(slot),
      }),
});

const free = (
  call: FunctionCall,
  branchContext: BranchContext,
  sought: Sought,
  slot: Slot,
  understood: Understood,
): Answer =>
  answer(freeSentence(call, branchContext, sought, slot), {
    available: true,
    ...slotFields(slot, branchContext),
    understood: wireReading(understood),
  });

function windowAnswer(
  call: FunctionCall,
  branchContext: BranchContext,
  sought: Sought,
  found: AvailabilityAnswer,
  time: TimeAsked,
): Answer {
  const fields = { understood: wireReading(time.understood) };
  const fitting = fittingSlots(found, time);
  const first = fitting[0];
  if (first)
    return answer(slotsSentence(call, branchContext, sought, fitting), {
      available: true,
      ...slotFields(first, branchContext),
      next_available_slots: offered(fitting),
      ...fields,
    });
  const offers = insteadOf(found);
  const why = time.understood.closed ? ({ reason: 'closed' } as const) : found;
  const when = time.search.exact === null ? null : sayRequestedTime(branchContext, time);
  const message = notFreeSentence(
    call,
    branchContext,
    why,
    { when, staffId: sought.staffId, party: sought.party },
    offers,
  );
  return answer(message, {
    available: false,
    reason: why.reason,
    branch_name: branchContext.branch.body.name,
    next_available_slots: offered(offers),
    ...fields,
  });
}

const sayRequestedTime = (branchContext: BranchContext, time: TimeAsked): string => {
  const { date, time: clock } = time.understood;
  return date !== undefined && clock !== undefined ? sayMoment(branchContext.voice, { date, time: clock }) : '';
};

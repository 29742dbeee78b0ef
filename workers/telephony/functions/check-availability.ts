/** `check-availability`: is the requested time free, and if not, what is? One question to the calendar object, no D1. Called by dispatch.ts. */
import { offsetAt, toIso } from '../../../shared/time.ts';
import type { Instant } from '../../../shared/clock.ts';
import { unreachable } from '../../../shared/result.ts';
import type { AvailabilityAnswer, Slot } from '../../calendar/types.ts';
import { insteadOf, inWindows, slotQuestion, worthSaying } from '../slot-search.ts';
import { offered, sayDay, sayMoment, sayMoments, sayTimes, serviceLabels } from '../speech.ts';
import type { Understood } from '../../../shared/spoken-time/index.ts';
import type { Service } from '../named-choices.ts';
import {
  answer,
  counted,
  type BranchContext,
  durationAsked,
  type FunctionAnswer,
  type FunctionCall,
  limitsOf,
  refusal,
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
  const service = servicesAsked(call, branchContext);
  const staff = staffAsked(call, branchContext);
  const { time, staffId, services } = await asLastTime(call, branchContext, {
    time: timeAsked(call.args, branchContext),
    staffId: staff.ok ? staff.staffId : null,
    services: service.ok ? service.services : [],
  });
  const reading = { understood: wireReading(time.understood) };
  if (!service.ok && services.length === 0) return withFields(service.answer, reading);
  if (!staff.ok) return withFields(staff.answer, reading);
  if (time.search.state === 'ask' && !time.understood.closed) return asked(call, time);

  const question = slotQuestion(time.search, branchContext.voice.zone);
  const duration = services.length === 1 ? durationAsked(call.args) : undefined;
  const outcome = await call.scope.calendar.checkAvailability({
    now: call.now,
    services: services.map((one) => ({
      serviceId: one.id,
      ...(duration === undefined ? {} : { durationMinutes: duration }),
    })),
    branchId: branchContext.branch.id,
    staffId,
    preferredStaffId: null,
    ...question,
    callId: call.callId,
    rate: limitsOf(call),
  });
  if (!outcome.result.ok) {
    const error = outcome.result.error;
    const code = error.code === 'NOT_FOUND' || error.code === 'VALIDATION_ERROR' ? 'NOT_CONFIGURED' : error.code;
    return counted(refusal(code, sayIn(call, 'not_configured'), {}, reading), outcome);
  }
  const found = outcome.result.value;
  const made =
    found.slot && time.search.exact !== null && !time.understood.closed
      ? free(call, branchContext, services, found.slot, time.understood)
      : windowAnswer(call, branchContext, services, found, time);
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

const wireSlot = (slot: Slot, zone: string) => ({
  start: clockIso(slot.startsAt, zone),
  end: clockIso(slot.endsAt, zone),
});

function free(
  call: FunctionCall,
  branchContext: BranchContext,
  services: readonly Service[],
  slot: Slot,
  understood: Understood,
): Answer {
  return answer(
    sayIn(call, 'slot_free', {
      when: sayMoment(branchContext.voice, slot),
      service: serviceLabels(services, call.language),
      staff: slot.staffName,
    }),
    {
      available: true,
      slot: wireSlot(slot, branchContext.voice.zone),
      staff_id: slot.staffId,
      staff_name: slot.staffName,
      branch_name: branchContext.branch.body.name,
      understood: wireReading(understood),
    },
  );
}

function windowAnswer(
  call: FunctionCall,
  branchContext: BranchContext,
  services: readonly Service[],
  found: AvailabilityAnswer,
  time: TimeAsked,
): Answer {
  const service = serviceLabels(services, call.language);
  const fields = { understood: wireReading(time.understood) };
  const fitting =
    time.search.exact === null && !time.understood.closed
      ? worthSaying(inWindows(found.slots, time.search), time.search)
      : [];
  const first = fitting[0];
  if (first) {
    const oneDay = fitting.every((slot) => slot.date === first.date);
    const message = oneDay
      ? sayIn(call, 'slots_free_day', {
          day: sayDay(branchContext.voice, first.date),
          service,
          times: sayTimes(branchContext.voice, fitting),
        })
      : sayIn(call, 'slots_free', { service, slots: sayMoments(branchContext.voice, fitting) });
    return answer(message, {
      available: true,
      slot: wireSlot(first, branchContext.voice.zone),
      staff_id: first.staffId,
      staff_name: first.staffName,
      branch_name: branchContext.branch.body.name,
      next_available_slots: offered(fitting),
      ...fields,
    });
  }
  const offers = insteadOf(found);
  const reason = time.understood.closed ? 'closed' : found.reason;
  return answer(noneMessage(call, branchContext, service, reason, offers, time), {
    available: false,
    reason,
    branch_name: branchContext.branch.body.name,
    next_available_slots: offered(offers),
    ...fields,
  });
}

function noneMessage(
  call: FunctionCall,
  branchContext: BranchContext,
  service: string,
  reason: AvailabilityAnswer['reason'],
  offers: readonly Slot[],
  time: TimeAsked,
): string {
  if (reason === 'not_configured') return sayIn(call, 'not_configured');
  if (offers.length === 0) return sayIn(call, reason === 'closed' ? 'nothing_free_closed' : 'nothing_free');
  const slots = sayMoments(branchContext.voice, offers);
  switch (reason) {
    case 'closed':
      return sayIn(call, 'closed', { slots });
    case 'outside_notice':
      return sayIn(call, 'outside_notice', { slots });
    case 'full':
    case 'free':
    case 'upstream_down':
      return time.search.exact === null
        ? sayIn(call, 'none_free', { slots, service })
        : sayIn(call, 'slot_taken', { when: sayRequestedTime(branchContext, time), slots });
    default:
      return unreachable(reason);
  }
}

const sayRequestedTime = (branchContext: BranchContext, time: TimeAsked): string => {
  const { date, time: clock } = time.understood;
  return date !== undefined && clock !== undefined ? sayMoment(branchContext.voice, { date, time: clock }) : '';
};

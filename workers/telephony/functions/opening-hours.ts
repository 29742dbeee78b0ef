/** `opening-hours`: when the branch is open on the days asked for, or in a usual week; beside it where it is and how to get there. Called by dispatch.ts. */
import type { FunctionResponse } from '../../../shared/contract/telephony.ts';
import { addDays, dateOf, daysBetween, timeOfMinutes, type WallDate, weekdayOf } from '../../../shared/time.ts';
import type { Understood } from '../../../shared/spoken-time/index.ts';
import { weekdayName } from '../../../shared/spoken-time/index.ts';
import { outsideAddress } from '../../tenancy/outside-names.ts';
import { listed, phrase, sayDay, saySpan } from '../speech.ts';
import {
  answer,
  type BranchContext,
  type FunctionAnswer,
  type FunctionCall,
  sayIn,
  timeAsked,
  wireReading,
} from './function-call.ts';

type Answer = FunctionAnswer<'opening-hours'>;
type AnswerPlace = Extract<FunctionResponse<'opening-hours'>, { days: unknown }>['place'];

const WEEK_DAYS = 7;
/** A usual week is what most of so many weeks have. */
const USUAL_WEEKS = 4;
/** Days said one by one. */
const MAX_DAYS = 14;

type Span = { from: string; to: string };
interface Day {
  date: WallDate;
  hours: Span[];
}

export async function openingHours(call: FunctionCall, branchContext: BranchContext): Promise<Answer> {
  const time = timeAsked(call.args, branchContext);
  const today = dateOf(call.now, branchContext.voice.zone);
  const asked = time.given ? daysOf(time.understood, today) : [];
  const understood = time.given ? { understood: wireReading(time.understood) } : {};
  const place = placeOf(branchContext);
  const dayOf = (date: WallDate): Day => ({ date, hours: spans(branchContext, date) });
  const [only, ...more] = asked.map(dayOf);
  if (only && more.length === 0) {
    const day = sayDay(branchContext.voice, only.date);
    const message =
      only.hours.length === 0
        ? sayIn(call, 'hours_closed', { day })
        : sayIn(call, 'hours_day', { day, hours: spoken(call, branchContext, only.hours) });
    return answer(message, { days: [only], place, ...understood });
  }
  if (only) {
    const days = [only, ...more];
    return answer(sayIn(call, 'hours_days', { hours: sayDays(call, branchContext, days) }), {
      days,
      place,
      ...understood,
    });
  }
  const days = Array.from({ length: WEEK_DAYS }, (_, i) => dayOf(addDays(today, i)));
  return answer(usualWeek(call, branchContext, days), { days, place, ...understood });
}

/** Where the branch is and how to get there: who asks for the hours asks that next. */
function placeOf({ branch, hours }: BranchContext): AnswerPlace {
  const { transportInfo, serviceRadiusKm } = branch.body;
  return {
    address: outsideAddress(hours.snapshot, branch.id) || null,
    // What was saved before there were such fields has none.
    directions: transportInfo || null,
    service_radius_km: serviceRadiusKm ?? null,
  };
}

/** The days a reading names, today at the earliest; empty where it names none. */
function daysOf({ date, dates, from_date, to_date }: Understood, today: WallDate): WallDate[] {
  if (date !== undefined) return [date];
  if (dates !== undefined) return dates.slice(0, MAX_DAYS);
  if (from_date === undefined && to_date === undefined) return [];
  const from = from_date !== undefined && from_date > today ? from_date : today;
  const to = to_date ?? addDays(from, WEEK_DAYS - 1);
  const count = Math.min(MAX_DAYS, daysBetween(from, to) + 1);
  return count < 1 ? [] : Array.from({ length: count }, (_, i) => addDays(from, i));
}

/** Clock periods in which the branch is open that day. */
const spans = (branchContext: BranchContext, date: WallDate): Span[] =>
  branchContext.hours
    .openOn(branchContext.branch.id, date)
    .map(({ from, to }) => ({ from: timeOfMinutes(from), to: timeOfMinutes(to) }));

/** "9 bis 12 und 13 bis 18 Uhr" */
const spoken = (call: FunctionCall, { voice }: BranchContext, hours: readonly Span[]): string =>
  listed(
    hours.map((span) => saySpan(voice, span)),
    call.language,
    'and',
  );

const sameHours = (a: readonly Span[], b: readonly Span[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Days in a row with the same hours are said once: "Montag, 28. Dezember bis Mittwoch, 30. Dezember 9 bis 18 Uhr". */
function sayDays(call: FunctionCall, branchContext: BranchContext, days: readonly Day[]): string {
  return inRows(days, (a, b) => daysBetween(a.date, b.date) === 1)
    .map(({ first, last, hours }) => {
      const from = sayDay(branchContext.voice, first.date);
      const day =
        first === last ? from : phrase(call.language, 'range', { from, to: sayDay(branchContext.voice, last.date) });
      return hours.length === 0
        ? phrase(call.language, 'hours_shut', { day })
        : phrase(call.language, 'hours_of_day', { day, hours: spoken(call, branchContext, hours) });
    })
    .join('; ');
}

/** Neighbours with the same hours, as first and last. */
function inRows<D extends { hours: readonly Span[] }>(
  days: readonly D[],
  follows: (a: D, b: D) => boolean,
): { first: D; last: D; hours: readonly Span[] }[] {
  const rows: { first: D; last: D; hours: readonly Span[] }[] = [];
  for (const day of days) {
    const row = rows.at(-1);
    if (row && sameHours(row.hours, day.hours) && follows(row.last, day)) row.last = day;
    else rows.push({ first: day, last: day, hours: day.hours });
  }
  return rows;
}

/** "Dienstag bis Samstag 9 bis 18 Uhr", and what of the coming week is otherwise. */
function usualWeek(call: FunctionCall, branchContext: BranchContext, coming: readonly Day[]): string {
  const usual = coming
    .map(({ date }) => ({ date, weekday: (weekdayOf(date) + 6) % 7, hours: usualHours(branchContext, date) }))
    .sort((a, b) => a.weekday - b.weekday);
  const open = inRows(
    usual.filter((day) => day.hours.length > 0),
    (a, b) => b.weekday - a.weekday === 1,
  ).map(({ first, last, hours }) => {
    const from = weekdayName(first.date, call.language);
    const to = weekdayName(last.date, call.language);
    const day = first === last ? from : phrase(call.language, 'range', { from, to });
    return phrase(call.language, 'hours_of_day', { day, hours: spoken(call, branchContext, hours) });
  });
  if (open.length === 0) return sayIn(call, 'hours_never');
  const otherwise = coming.filter(
    ({ date, hours }) => !sameHours(hours, usual.find((day) => day.date === date)?.hours ?? []),
  );
  const said = sayIn(call, 'hours_week', { hours: open.join('; ') });
  return otherwise.length === 0
    ? said
    : `${said} ${sayIn(call, 'hours_days', { hours: sayDays(call, branchContext, otherwise) })}`;
}

/** What most of the coming weeks have on the weekday of a date: a holiday does not make a Friday a closed day. */
function usualHours(branchContext: BranchContext, date: WallDate): Span[] {
  const weeks = Array.from({ length: USUAL_WEEKS }, (_, i) => spans(branchContext, addDays(date, i * WEEK_DAYS)));
  const votes = weeks.map((hours) => weeks.filter((other) => sameHours(other, hours)).length);
  return weeks[votes.indexOf(Math.max(...votes))] ?? [];
}

/** `opening-hours`: when the branch is open on a day, or over the next week. Called by dispatch.ts. */
import { addDays, dateOf, timeOfMinutes, type WallDate } from '../../../shared/time.ts';
import { listed, sayDay, sayTime } from '../speech.ts';
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

const WEEK_DAYS = 7;

export async function openingHours(call: FunctionCall, branchContext: BranchContext): Promise<Answer> {
  const time = timeAsked(call.args, branchContext);
  const date = time.given ? time.understood.date : undefined;
  if (date !== undefined) {
    const hours = spans(branchContext, date);
    const day = sayDay(branchContext.voice, date);
    const message =
      hours.length === 0
        ? sayIn(call, 'hours_closed', { day })
        : sayIn(call, 'hours_day', { day, hours: spoken(call, branchContext, hours) });
    return answer(message, { days: [{ date, hours }], understood: wireReading(time.understood) });
  }
  const today = dateOf(call.now, branchContext.voice.zone);
  const days = Array.from({ length: WEEK_DAYS }, (_, i) => addDays(today, i)).map((day) => ({
    date: day,
    hours: spans(branchContext, day),
  }));
  const said = grouped(days).map(({ from, to, hours }) => {
    const name =
      from === to
        ? sayDay(branchContext.voice, from)
        : sayIn(call, 'range', { from: sayDay(branchContext.voice, from), to: sayDay(branchContext.voice, to) });
    return hours.length === 0
      ? sayIn(call, 'hours_closed', { day: name }).replace(/\.$/, '')
      : `${name} ${spoken(call, branchContext, hours)}`;
  });
  return answer(sayIn(call, 'hours_week', { hours: said.join('; ') }), {
    days,
    ...(time.given ? { understood: wireReading(time.understood) } : {}),
  });
}

type Span = { from: string; to: string };

/** Clock periods in which the branch is open that day. */
const spans = (branchContext: BranchContext, date: WallDate): Span[] =>
  branchContext.hours
    .openOn(branchContext.branch.id, date)
    .map(({ from, to }) => ({ from: timeOfMinutes(from), to: timeOfMinutes(to) }));

const spoken = (call: FunctionCall, branchContext: BranchContext, hours: readonly Span[]): string =>
  listed(
    hours.map(({ from, to }) =>
      sayIn(call, 'range', { from: sayTime(branchContext.voice, from), to: sayTime(branchContext.voice, to) }),
    ),
    call.language,
    'and',
  );

/** Days in a row with the same hours are said once. */
function grouped(
  days: readonly { date: WallDate; hours: Span[] }[],
): { from: WallDate; to: WallDate; hours: Span[] }[] {
  const groups: { from: WallDate; to: WallDate; hours: Span[] }[] = [];
  for (const { date, hours } of days) {
    const last = groups.at(-1);
    if (last && JSON.stringify(last.hours) === JSON.stringify(hours)) last.to = date;
    else groups.push({ from: date, to: date, hours });
  }
  return groups;
}

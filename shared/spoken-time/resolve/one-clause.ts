/** One wish: its days and hours together, and „so früh wie möglich", „egal", „wie letztes Mal" with them. Called by combine.ts. */
import type { Item } from '../grammar/terms.ts';
import { askAgain, askExactDay, askLastVisit, askOtherDay } from '../questions.ts';
import type { Understood } from '../reading.ts';
import { bareNumberTrouble, type Clause, dayTerms, timeTerms } from './clauses.ts';
import { compose, isOver } from './compose.ts';
import { type Days, readDays } from './days.ts';
import { withoutDenied } from './denied-days.ts';
import { type Frame, hullOf, isTrouble, type Trouble, trouble } from './frame.ts';
import { type Hours, readHours } from './hours.ts';
import type { DayItem } from '../grammar/items.ts';
import { datesOf } from './stretch-days.ts';

/** Reads one wish: its days without the denied ones, then its times, held against opening hours; a question where either is open. */
export function readClause(clause: Clause, denied: readonly DayItem[], frame: Frame): Understood | Trouble {
  const odd = bareNumberTrouble(clause, frame);
  if (odd) return odd;
  const named = readDays(dayTerms(clause), frame, null, isTodayOver(clause, frame));
  if (isTrouble(named)) return named;
  const days = withoutDenied(named, denied, frame);
  if (isTrouble(days)) return days;
  // „egal wann, nur nicht Dienstag": any day but one is no day to look for.
  if (days.kind === 'none' && denied.length > 0 && specialsOf(clause).has('any'))
    return trouble('ask', 'any day, with a day denied', askOtherDay(frame));
  const hours = readHours(timeTerms(clause), datesOf(days), frame);
  if (isTrouble(hours)) return hours;
  // „bis morgen um drei", „ab Dienstag um drei": a moment that limits, no hour of every day.
  if (hours.kind === 'clock' && days.kind === 'range' && hasOpenEnd(clause))
    return trouble('ask', 'an hour behind a limit of days', askExactDay(frame));
  return withSpecials(specialsOf(clause), days, hours, frame);
}

/** The hours named, or else the opening hours, lie behind now: „Samstag um zehn", said on a Saturday afternoon, is no longer today. */
function isTodayOver(clause: Clause, frame: Frame): boolean {
  const open = hullOf(frame.spansOn(frame.today));
  if (open === null) return false;
  const hours = readHours(timeTerms(clause), [frame.today], frame);
  if (isTrouble(hours) || hours.kind === 'in') return false;
  return hours.kind === 'none' ? open.to <= frame.nowMinutes : isOver(hours, frame);
}

const hasOpenEnd = (clause: Clause): boolean =>
  dayTerms(clause).some(
    (t) => t.d === 'span' && t.span.s === 'stretch' && (t.span.from === null || t.span.to === null),
  );

type Special = (Item & { type: 'special' })['id'];

const specialsOf = (clause: Clause): ReadonlySet<Special> =>
  new Set(clause.items.flatMap((x) => (x.type === 'special' ? [x.id] : [])));

function withSpecials(ids: ReadonlySet<Special>, days: Days, hours: Hours, frame: Frame): Understood | Trouble {
  const empty = days.kind === 'none' && hours.kind === 'none';
  // „bei Natascha wie immer, am Mittwoch um halb fünf": day and hour are said, the rest is as it was.
  const complete = days.kind === 'date' && hours.kind === 'clock';
  if (ids.has('same') && !complete) return empty && !ids.has('earliest') ? sameAsLast(frame) : sameWithLimits(frame);
  if (ids.has('earliest') || (ids.has('soft-earliest') && empty)) return earliest(days, hours, frame);
  if (empty) return ids.has('any') ? { kind: 'any' } : { kind: 'none' };
  return compose(days, hours, frame);
}

const sameAsLast = (frame: Frame): Understood =>
  frame.context.lastVisit === null ? { kind: 'same_as_last', question: askLastVisit(frame) } : { kind: 'same_as_last' };

const sameWithLimits = (frame: Frame): Trouble => trouble('ask', 'as last time, with other limits', askAgain(frame));

/** „so früh wie möglich", with the limits said beside it; a clock beside it is what was meant. */
function earliest(days: Days, hours: Hours, frame: Frame): Understood | Trouble {
  if (hours.kind === 'clock' || hours.kind === 'in') return compose(days, hours, frame);
  if (days.kind === 'none' && hours.kind === 'none') return { kind: 'earliest' };
  const limits = compose(
    days,
    hours.kind === 'window' && hours.morning ? { kind: 'window', from: hours.from, to: hours.to } : hours,
    frame,
  );
  return isTrouble(limits) ? limits : { ...limits, kind: 'earliest' };
}

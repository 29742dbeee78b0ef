/** Terms of the clock → a time or a window; the opening hours decide between 3 and 15 o'clock, and where they cannot, a question does. */
import { timeOfMinutes, type WallDate } from '../../time.ts';
import type { Hours } from './dated.ts';
import { type Frame, hullOf, isTrouble, type Trouble, trouble } from './frame.ts';
import { withoutHourSteps } from './hour-steps.ts';
import { askAgain, askContradiction, askHour, askMidnight, askWhichTime } from '../questions.ts';
import type { OpenSpan } from '../reading.ts';
import { isNoon, MORNING_PARTS, NOON } from '../grammar/clocks.ts';
import type { Clock, PartOfDay, TimeTerm } from '../grammar/terms.ts';
import { saidOnce, unsureClock } from './said-twice.ts';

export type { Hours };

const HALF_DAY = 720;
const FULL_DAY = 1440;
/** „gegen elf": half an hour on both sides. */
const AROUND_MINUTES = 30;
/** „kurz nach drei": the half hour after it. */
const SHORTLY_MINUTES = 30;
/** „nach Feierabend". */
const AFTER_WORK = 17 * 60;

interface Part {
  from: number;
  to: number;
  /** Hours that go with the word: „elf Uhr abends" is 23:00, „halb drei nachts" 02:30. */
  hours: readonly (readonly [number, number])[];
}

const h = (hours: number): number => hours * 60;
const MORNING_HOURS: Part['hours'] = [[0, h(12)]];
const FORENOON_HOURS: Part['hours'] = [[h(5), h(13)]];
const AFTERNOON_HOURS: Part['hours'] = [[h(12), h(19)]];
const EVENING_HOURS: Part['hours'] = [[h(16), h(24)]];
const PARTS: Record<PartOfDay, Part> = {
  frueh: { from: h(6), to: h(10), hours: MORNING_HOURS },
  'early-morning': { from: h(6), to: h(10), hours: MORNING_HOURS },
  morning: { from: h(6), to: h(10), hours: MORNING_HOURS },
  'english-morning': { from: h(8), to: h(12), hours: MORNING_HOURS },
  forenoon: { from: h(8), to: h(12), hours: FORENOON_HOURS },
  'early-forenoon': { from: h(8), to: h(10), hours: FORENOON_HOURS },
  'late-forenoon': { from: h(10), to: h(12), hours: FORENOON_HOURS },
  noon: { from: h(12), to: h(14), hours: [[h(11), h(15)]] },
  midday: { from: h(12), to: h(14), hours: [[h(11), h(15)]] },
  afternoon: { from: h(12), to: h(18), hours: AFTERNOON_HOURS },
  'early-afternoon': { from: h(12), to: h(15), hours: AFTERNOON_HOURS },
  'late-afternoon': { from: h(15), to: h(18), hours: AFTERNOON_HOURS },
  evening: { from: h(17), to: h(22), hours: EVENING_HOURS },
  'early-evening': { from: h(17), to: h(19), hours: EVENING_HOURS },
  'late-evening': { from: h(20), to: h(22), hours: EVENING_HOURS },
  night: {
    from: h(22),
    to: h(24),
    hours: [
      [0, h(7)],
      [h(19), h(24)],
    ],
  },
  midnight: { from: 0, to: 0, hours: [[0, 60]] },
};

/**
 * Reads the terms said together. `dates`: the days they are meant for, or null when no day is named (then the opening
 * hours of the days ahead decide).
 */
export function readHours(said: readonly TimeTerm[], dates: readonly WallDate[] | null, frame: Frame): Hours | Trouble {
  const terms = withoutHourSteps(said, (of) => readHours(of, dates, frame), frame);
  if (isTrouble(terms)) return terms;
  if (terms.length === 0) return { kind: 'none' };
  const delay = terms.find((t) => t.t === 'in');
  if (delay)
    return terms.length === 1
      ? { kind: 'in', minutes: delay.minutes }
      : trouble('ask', 'a delay and an hour were both named', askContradiction(frame));

  const parts = terms.filter((t) => t.t === 'part').map((t) => t.part);
  const rest = saidOnce(terms.filter((t) => t.t !== 'part'));
  const part = partOfDay(parts, frame);
  if (part && 'trouble' in part) return part;
  if (rest.length === 0) {
    const morning = parts.every((name) => MORNING_PARTS.has(name));
    return part ? { kind: 'window', ...part, ...(morning ? { morning: true as const } : {}) } : { kind: 'none' };
  }

  const reader: Reader = {
    frame,
    hulls: hullsFor(dates, frame),
    allowed: (minute) => parts.every((name) => PARTS[name].hours.some(([from, to]) => minute >= from && minute < to)),
    today: dates?.length === 1 && dates[0] === frame.today,
  };
  const unsure = unsureClock(rest);
  if (unsure) return twoMeanings(unsure, reader);
  const limits = bothLimits(rest);
  if (limits) return readBetween(limits.from, limits.to, reader);
  const hours = readTogether(rest, reader);
  return 'trouble' in hours || !part ? hours : insidePart(hours, part, frame);
}

/** „half to four" with nothing that confirms it: half past three, or half past four. */
function twoMeanings(clock: Clock, reader: Reader): Trouble {
  const can = [clock, { ...clock, minute: (clock.minute + 60) % (clock.strict ? FULL_DAY : HALF_DAY) }].flatMap(
    (one) => {
      const open = candidates(one, reader).filter((m) => reader.hulls.some((x) => m >= x.from && m < x.to));
      return open.length > 0 ? open : candidates(one, reader).slice(-1);
    },
  );
  return trouble('ask', 'an hour that is meant in two ways', askWhichTime(reader.frame, can.map(timeOfMinutes)));
}

/** What the parts of the day have in common („früh am Vormittag"); null: none was named. */
function partOfDay(parts: readonly PartOfDay[], frame: Frame): { from: number; to: number } | Trouble | null {
  if (parts.length === 0) return null;
  const from = Math.max(...parts.map((part) => PARTS[part].from));
  const to = Math.min(...parts.map((part) => PARTS[part].to));
  if (from >= to && parts.length > 1)
    return trouble('ask', 'the parts of the day named do not meet', askContradiction(frame));
  if (parts.includes('midnight')) return trouble('ask', 'midnight is no hour of work', askMidnight(frame));
  return { from, to };
}

/** „ab zehn bis zwölf" is one stretch. */
function bothLimits([a, b, ...more]: readonly TimeTerm[]): { from: Clock; to: Clock } | null {
  if (more.length > 0) return null;
  if (a?.t === 'from' && b?.t === 'to') return { from: a.clock, to: b.clock };
  if (a?.t === 'to' && b?.t === 'from') return { from: b.clock, to: a.clock };
  return null;
}

/** Every term must agree with the others; two hours are a question. */
function readTogether(terms: readonly TimeTerm[], reader: Reader): Hours | Trouble {
  // An hour beside a limit („um drei nach zwei") is rather a misheard one; beside „nach Feierabend" it is clear.
  const odd =
    terms.some((t) => t.t === 'clock') &&
    terms.some((t) => t.t === 'from' || t.t === 'to' || t.t === 'between' || t.t === 'around');
  let found: Hours | null = null;
  for (const term of terms) {
    const read = readTerm(term, reader);
    if ('trouble' in read) return read;
    const merged: Hours | null = found === null ? read : odd ? null : meet(found, read);
    if (merged === null) return twoHours(found, read, reader.frame);
    found = merged;
  }
  return found ?? { kind: 'none' };
}

function twoHours(a: Hours | null, b: Hours, frame: Frame): Trouble {
  const times = [a, b].flatMap((x) => (x?.kind === 'clock' ? [timeOfMinutes(x.minute)] : []));
  const question = times.length === 2 ? askWhichTime(frame, times) : askContradiction(frame);
  return trouble('ask', 'two hours were named', question);
}

/** A limit on one side inside a part of the day: „nachmittags ab drei". A window of two sides has used the part already. */
function insidePart(hours: Hours, part: { from: number; to: number }, frame: Frame): Hours | Trouble {
  if (hours.kind !== 'window' || (hours.from !== null && hours.to !== null)) return hours;
  // „abends ab fünf": the evening only says which five; it ends when the branch closes.
  const within = hours.from !== null && part.to === PARTS.evening.to ? { from: part.from, to: null } : part;
  return (
    meet(hours, { kind: 'window', ...within }) ??
    trouble('ask', 'the limit lies outside the part of the day', askContradiction(frame))
  );
}

interface Reader {
  frame: Frame;
  hulls: readonly OpenSpan[];
  allowed(minute: number): boolean;
  /** The only day meant is today: hours that are past are not meant. */
  today: boolean;
}

function hullsFor(dates: readonly WallDate[] | null, frame: Frame): readonly OpenSpan[] {
  if (dates !== null) {
    const own: OpenSpan[] = [];
    for (const date of dates) {
      const hull = hullOf(frame.spansOn(date));
      if (hull) own.push(hull);
    }
    if (own.length > 0) return own;
  }
  return frame.hulls();
}

/** Both halves of the day a clock can mean, without those that a part of the day rules out. */
function candidates(clock: Clock, reader: Reader): number[] {
  const both = clock.strict ? [clock.minute] : [clock.minute, clock.minute + HALF_DAY];
  return both.filter(reader.allowed);
}

function meet(a: Hours, b: Hours): Hours | null {
  if (a.kind === 'clock' && b.kind === 'clock') return a.minute === b.minute ? a : null;
  if (a.kind === 'window' && b.kind === 'window') {
    const from = a.from === null ? b.from : b.from === null ? a.from : Math.max(a.from, b.from);
    const to = a.to === null ? b.to : b.to === null ? a.to : Math.min(a.to, b.to);
    return from !== null && to !== null && from >= to ? null : { kind: 'window', from, to };
  }
  const clock = a.kind === 'clock' ? a : b.kind === 'clock' ? b : null;
  const window = a.kind === 'window' ? a : b.kind === 'window' ? b : null;
  if (!clock || !window) return null;
  const fits =
    (window.from === null || clock.minute >= window.from) && (window.to === null || clock.minute <= window.to);
  return fits ? clock : null;
}

function readTerm(term: TimeTerm, reader: Reader): Hours | Trouble {
  switch (term.t) {
    case 'clock':
      return readClock(term.clock, reader);
    case 'around':
      return readWindow(term.clock, -AROUND_MINUTES, AROUND_MINUTES, reader);
    case 'shortly-after':
      return readWindow(term.clock, 0, SHORTLY_MINUTES, reader);
    case 'shortly-before':
      return readWindow(term.clock, -SHORTLY_MINUTES, 0, reader);
    case 'from': {
      const read = readLimit(term.clock, 'from', reader);
      return 'trouble' in read ? read : { kind: 'window', from: read.minute, to: null, ...noteOf(term.clock) };
    }
    case 'to': {
      const read = readLimit(term.clock, 'to', reader);
      return 'trouble' in read ? read : { kind: 'window', from: null, to: read.minute, ...noteOf(term.clock) };
    }
    case 'between':
      return readBetween(term.from, term.to, reader);
    case 'after-work':
      return { kind: 'window', from: AFTER_WORK, to: null };
    case 'from-part':
      return {
        kind: 'window',
        from: isNoon(term.part) ? NOON : PARTS[term.part].from,
        to: null,
      };
    case 'to-part':
      return {
        kind: 'window',
        from: null,
        to: isNoon(term.part) ? NOON : PARTS[term.part].from,
      };
    case 'part':
      return { kind: 'window', from: PARTS[term.part].from, to: PARTS[term.part].to };
    case 'in':
      return { kind: 'in', minutes: term.minutes };
    // Read before: hour-steps.ts.
    case 'step':
      return { kind: 'none' };
  }
}

const noteOf = (clock: Clock): { note?: string } => (clock.note === undefined ? {} : { note: clock.note });

function readClock(clock: Clock, reader: Reader): Hours | Trouble {
  const { frame, hulls } = reader;
  const can = candidates(clock, reader);
  if (can.length === 0) return trouble('ask', 'the hour does not go with the part of the day', askContradiction(frame));
  const made = (minute: number, closing?: true): Hours => ({
    kind: 'clock',
    minute,
    ...(closing ? { closing } : {}),
    ...noteOf(clock),
  });
  if (can.length === 1 && can[0] !== undefined)
    return made(
      can[0],
      hulls.some((x) => x.to === can[0]) && !hulls.some((x) => x.from <= (can[0] ?? 0) && (can[0] ?? 0) < x.to)
        ? true
        : undefined,
    );
  let hits = can.filter((m) => hulls.some((x) => m >= x.from && m < x.to));
  if (hits.length > 1 && reader.today) {
    const future = hits.filter((m) => m > frame.nowMinutes);
    if (future.length > 0) hits = future;
  }
  if (hits.length === 1 && hits[0] !== undefined) return made(hits[0]);
  if (hits.length === 0) {
    const closing = can.filter((m) => hulls.some((x) => m === x.to));
    if (closing.length === 1 && closing[0] !== undefined) return made(closing[0], true);
  }
  const said = can.map(timeOfMinutes).join(' and ');
  return trouble(
    'ask',
    hits.length === 0 ? `${said} are both outside opening hours` : `${said} are both open`,
    askHour(frame, can, hulls),
  );
}

function readWindow(clock: Clock, before: number, after: number, reader: Reader): Hours | Trouble {
  const { frame, hulls } = reader;
  const can = candidates(clock, reader);
  if (can.length === 0) return trouble('ask', 'the hour does not go with the part of the day', askContradiction(frame));
  const made = (minute: number): Hours => ({
    kind: 'window',
    from: Math.max(0, minute + before),
    to: Math.min(FULL_DAY, minute + after),
    ...noteOf(clock),
  });
  if (can.length === 1 && can[0] !== undefined) return made(can[0]);
  const overlapping = can.filter((m) => hulls.some((x) => m + before < x.to && m + after > x.from));
  if (overlapping.length === 1 && overlapping[0] !== undefined) return made(overlapping[0]);
  const inHours = overlapping.filter((m) => hulls.some((x) => m >= x.from && m < x.to));
  if (inHours.length === 1 && inHours[0] !== undefined) return made(inHours[0]);
  return trouble(
    'ask',
    `${can.map(timeOfMinutes).join(' and ')} ${overlapping.length === 0 ? 'are both outside opening hours' : 'are both open'}`,
    askHour(frame, can, hulls),
  );
}

function readLimit(clock: Clock, side: 'from' | 'to', reader: Reader): { minute: number } | Trouble {
  const { frame, hulls } = reader;
  const can = candidates(clock, reader).map((m) => (side === 'to' && m === 0 ? FULL_DAY : m));
  if (can.length === 0) return trouble('ask', 'the hour does not go with the part of the day', askContradiction(frame));
  if (can.length === 1 && can[0] !== undefined) return { minute: can[0] };
  const hits = can.filter((m) =>
    hulls.some((x) => (side === 'from' ? m >= x.from && m < x.to : m > x.from && m <= x.to)),
  );
  if (hits.length === 1 && hits[0] !== undefined) return { minute: hits[0] };
  return trouble(
    'ask',
    `${can.map((m) => timeOfMinutes(m % FULL_DAY)).join(' and ')} ${hits.length === 0 ? 'are both outside opening hours' : 'are both open'}`,
    askHour(
      frame,
      can.map((m) => m % FULL_DAY),
      hulls,
    ),
  );
}

/** A bare hour before six is none of the morning. */
const EARLIEST_BARE = 6 * 60;

function readBetween(a: Clock, b: Clock, reader: Reader): Hours | Trouble {
  const { frame, hulls } = reader;
  if (a.midnight) return trouble('ask', 'a stretch that begins at midnight', askMidnight(frame));
  const pairs: { from: number; to: number }[] = [];
  for (const from of candidates(a, reader)) {
    for (const raw of candidates(b, { ...reader, allowed: () => true })) {
      const to = raw === 0 ? FULL_DAY : raw;
      if (to > from && (to - from <= HALF_DAY || (a.strict && b.strict))) pairs.push({ from, to });
    }
  }
  const made = (pair: { from: number; to: number }): Hours => ({
    kind: 'window',
    from: pair.from,
    to: pair.to,
    ...noteOf(a),
  });
  const [only] = pairs;
  if (pairs.length === 1 && only && a.strict && b.strict) return made(only);
  const overlapping = pairs.filter((p) => hulls.some((x) => p.from < x.to && p.to > x.from));
  const [alone] = overlapping;
  // „zwischen drei und zwei": nobody asks for three at night.
  if (overlapping.length === 1 && alone && (a.strict || alone.from >= EARLIEST_BARE)) return made(alone);
  const within = overlapping.filter((p) => hulls.some((x) => p.from >= x.from && p.to <= x.to));
  if (within.length === 1 && within[0]) return made(within[0]);
  const can = candidates(a, reader);
  return pairs.length === 0 || can.length === 0
    ? trouble('ask', 'the stretch ends before it begins', askAgain(frame))
    : trouble(
        'ask',
        'the hours named are outside opening hours, or in both halves of the day',
        askHour(frame, can, hulls),
      );
}

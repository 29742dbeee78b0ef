/** Where a part that was left out may have been the request after all: then it is asked. Called by choice.ts. */
import type { DayTerm, Item } from '../grammar/terms.ts';
import type { Token } from '../words/token.ts';
import { isContent, isCorrection } from '../grammar/items.ts';
import { doubtAt, isFirmSpecial, sameTerm } from './contents.ts';
import { contentOf, holds, isComplete, type Said, TOLD, wordsOf } from './said.ts';

interface Sentence {
  /** What is asked for so far. */
  items: readonly Item[];
  dropped: readonly Said[];
  /** Parts that a later one settled. */
  overtaken: readonly Said[];
  /** Dropped parts that speak of the present. */
  now: readonly Said[];
  all: readonly Token[];
  lacks(type: 'day' | 'time'): boolean;
}

/** One thing that may be open; undefined: it is not. */
type Check = (sentence: Sentence) => Item | undefined;

/** A doubt, or nothing. */
export function leftOpen(
  items: readonly Item[],
  dropped: readonly Said[],
  overtaken: readonly Said[],
  all: readonly Token[],
): Item[] {
  const sentence: Sentence = {
    items,
    dropped,
    overtaken,
    now: dropped.filter(({ role }) => !TOLD.has(role)),
    all,
    lacks: (type) => !items.some((item) => item.type === type),
  };
  for (const check of CHECKS) {
    const doubt = check(sentence);
    if (doubt) return [doubt];
  }
  return [];
}

const at = (said: Said | undefined, text: string): Item | undefined => said && doubtAt(said.items[0]?.i ?? 0, text);

/** „von Dienstag auf Mittwoch": the day is clear, the hour is not. */
const hourOfNewDay: Check = ({ items, dropped, all }) => {
  const [from] = dropped.filter(({ role }) => role === 'old').flatMap(contentOf);
  const [to, ...more] = items.filter(isContent);
  const moved = from?.type === 'day' && to?.type === 'day' && isWeekday(from.term) && isWeekday(to.term);
  const said = more.length === 0 && all.some(({ text }) => /^(?:von|from)$/.test(text));
  return moved && said ? doubtAt(to.j, 'the hour of the new day') : undefined;
};

/** „Dienstag", „from Tuesday" */
const isWeekday = (term: DayTerm): boolean =>
  term.d === 'weekday' ||
  (term.d === 'span' && term.span.s === 'stretch' && term.span.from?.d === 'weekday' && term.span.to === null);

/** An old appointment on two weekdays: the new one may be among them. */
const twoOldDays: Check = ({ dropped }) => {
  const weekdays = (one: Said): number =>
    new Set(contentOf(one).flatMap((x) => (x.type === 'day' && x.term.d === 'weekday' ? [x.term.weekday] : []))).size;
  return at(
    dropped.find((one) => one.role === 'old' && weekdays(one) > 1),
    'which of them',
  );
};

/** „weil ich dienstags frei habe, sagen wir um elf" */
const weeklyReason: Check = ({ dropped, lacks }) =>
  lacks('day')
    ? at(
        dropped.find(
          (one) =>
            one.role === 'reason' && contentOf(one).some((x) => x.type === 'day' && x.term.d === 'every-weekday'),
        ),
        'the day',
      )
    : undefined;

/** „Heiligabend haben Sie zu, also am 23.": of which month? */
const monthOfFeast: Check = ({ items, dropped, overtaken }) => {
  const days = items.filter((item) => item.type === 'day');
  const bare =
    days.length > 0 &&
    days.every(({ term }) => term.d === 'calendar') &&
    days.some(({ term }) => term.d === 'calendar' && term.month === null && term.near?.sure !== true);
  const feast = (one: Said): boolean => contentOf(one).some((x) => x.type === 'day' && isFeast(x.term));
  return bare ? at([...dropped, ...overtaken].find(feast), 'the month') : undefined;
};

const isFeast = (term: DayTerm): boolean =>
  term.d === 'feast' ||
  (term.d === 'span' && term.span.s === 'stretch' && (term.span.to?.d === 'feast' || term.span.from?.d === 'feast'));

/** „um drei bin ich weg, um fünf kommt der Bus, am Dienstag also irgendwie dazwischen" */
const between: Check = ({ dropped, all, lacks }) =>
  lacks('time') && all.some(({ text }) => /^(?:dazwischen|davor|danach|vorher|nachher|§davor|§danach)$/.test(text))
    ? at(
        dropped.find((one) => one.role !== 'past' && holds(one, 'time')),
        'the hour',
      )
    : undefined;

/** „ich hab von zwölf bis halb eins Pause, passt da der Donnerstag" */
const thatHour: Check = ({ dropped, all, lacks }) =>
  lacks('time') &&
  all.some(({ text }, i) => text === 'da' && /^(?:passt|geht|ginge|klappt)$/.test(all[i - 1]?.text ?? ''))
    ? at(
        dropped.find((one) => one.role === 'busy' && holds(one, 'time')),
        'the hour',
      )
    : undefined;

/** An hour that nothing explains behind another one that does not stand beside its day. */
const otherHour: Check = ({ items, now, lacks }) => {
  if (lacks('day') || lacks('time')) return undefined;
  const besideDay = (hour: Item): boolean => items.some((x) => x.type === 'day' && (x.j === hour.i || hour.j === x.i));
  const rivals = (x: Item): boolean =>
    x.type === 'time' &&
    items.some((y) => y.type === 'time' && isContent(x) && !sameTerm(x, y) && y.j <= x.i && !besideDay(y));
  return at(
    now.find((one) => one.role === 'unsure' && contentOf(one).some(rivals)),
    'which hour',
  );
};

/** A day with its hour behind a correction. */
const behindCorrection: Check = ({ items, now }) => {
  const corrected = items.findLast(isCorrection);
  return corrected && items.some((item) => isContent(item) && item.j <= corrected.i)
    ? at(
        now.find((one) => isComplete(one) && (one.items[0]?.i ?? 0) >= corrected.i),
        'which of them',
      )
    : undefined;
};

/** „Dienstag um zehn, meine Frau ruft gerade Donnerstag um elf": somebody beside the caller says something else. */
const saidBeside: Check = ({ items, now, all }) =>
  at(
    now.find(
      (one) =>
        one.role === 'other' &&
        SAYS.test(` ${wordsOf(all, one)} `) &&
        items.some((item) => isContent(item) && item.j <= (one.items[0]?.i ?? 0)) &&
        contentOf(one).some(
          (x) =>
            items.some((item) => item.type === x.type) && !items.some((item) => isContent(item) && sameTerm(x, item)),
        ),
    ),
    'which of them',
  );
const SAYS =
  / (?:ruft|sagt|meint|schreit|fluestert|winkt|zeigt|deutet|says|shouting|saying|whispering|shouts|reckons) /;

/** „… but is this half past three or half past four" */
const offeredChoice: Check = ({ now }) =>
  at(
    now.find(
      (one) =>
        one.role !== 'other' &&
        one.items.some((item) => item.type === 'op' && item.op === 'or') &&
        contentOf(one).length > 1,
    ),
    'which of them',
  );

/** The day that is missing was mentioned. */
const mentionedDay: Check = ({ items, dropped, lacks }) =>
  lacks('day') && !items.some(isFirmSpecial)
    ? at(
        dropped.find(
          (one) => one.role !== 'reason' && contentOf(one).some((x) => x.type === 'day' && x.term.d !== 'past'),
        ),
        'the day',
      )
    : undefined;

/** „am zehnten Dezember, am Dienstag um drei bin ich beim Notar": what is told of another day takes nothing from the request. */
const isOtherDay = (one: Said, items: readonly Item[]): boolean =>
  (one.role === 'busy' || one.role === 'other') &&
  items.some((item) => item.type === 'day') &&
  contentOf(one).every((x) => x.type !== 'day' || !items.some((item) => isContent(item) && sameTerm(x, item)));

/** A day with its hour was mentioned, and the request has only one of them. */
const mentionedBoth: Check = ({ items, now, lacks }) =>
  (lacks('day') || lacks('time')) && !items.some(isFirmSpecial)
    ? at(
        now.find((one) => isComplete(one) && !isOtherDay(one, items)),
        'what is asked for',
      )
    : undefined;

const CHECKS: readonly Check[] = [
  hourOfNewDay,
  twoOldDays,
  weeklyReason,
  monthOfFeast,
  between,
  thatHour,
  otherHour,
  behindCorrection,
  saidBeside,
  offeredChoice,
  mentionedDay,
  mentionedBoth,
];

/**
 * The grammar of spoken time: tokens → items (days, clock, limits, operators, doubts), left to right with back-tracking.
 * Nothing is dated here; whatever carries meaning and is not read becomes a doubt, so that nothing is dropped silently.
 */
import { clockGrammar } from './clock-grammar.ts';
import { countsOf } from './counts.ts';
import { cursorOver, type DayOrDoubt, type Read } from './cursor.ts';
import { dayGrammar } from './day-grammar.ts';
import { durationGrammar } from './duration-grammar.ts';
import { soundsLikeTime } from './lexicon.ts';
import { limitGrammar, stretch } from './limit-grammar.ts';
import type { Language } from './reading.ts';
import type { Clock, DayTerm, Doubt, Item, PartOfDay, TimeTerm } from './terms.ts';
import type { Token } from './tokens.ts';

/** Verbs of moving an appointment: „von Dienstag auf Mittwoch" is no stretch then. */
const MOVING = /^(?:move|moving|reschedule|change|shift|verschieben|verschiebe|verlegen|verlege|umlegen|umbuchen)$/;

/** Unread, they change nothing. */
const HARMLESS = new Set([
  'article',
  'in',
  'at',
  'an',
  'person',
  'one',
  'of-from',
  'which',
  'exact',
  'shortly',
  'oclock',
  'to',
  'within',
]);

/** Neighbours that an unknown word may stand beside without touching the words of time. */
const INDIFFERENT: readonly Token['category'][] = [
  'unknown',
  'filler',
  'article',
  'in',
  'one',
  'person',
  'but',
  'correct',
  'any',
  'or',
  'and',
  'relative',
  'clock',
];
/** What a leading service or name may stand before. */
const LED: readonly Token['category'][] = ['weekday', 'which', 'feast', 'date', 'stage', 'daypart'];
/** A word behind one of these was meant as an hour or a day. */
const EXPECTANT: readonly Token['category'][] = [
  'at',
  'from',
  'until',
  'latest',
  'approx',
  'half',
  'quarter',
  'not-before',
  'not-after',
];

/** So many words may stand between „habe" and what is had. */
const HINDRANCE_WORDS = 5;

/** Reads the tokens of one phrase into items. `ignore` holds folded words that carry no time here. */
export function readItems(
  all: readonly Token[],
  language: Language,
  ignore: ReadonlySet<string>,
): { items: Item[]; tokens: Token[] } {
  const counts = countsOf(all);
  const tokens = kept(all, (token) => {
    const named = token.category === 'unknown' && ignore.has(token.text);
    return !counts.drop.has(token.at) && !named && !isFiller(token, all, language);
  });
  const items: Item[] = [];
  const cursor = cursorOver(tokens, all, language);
  const { tok, is, cardinal, skip } = cursor;
  const clocks = clockGrammar(cursor);
  const { clock, bareHour } = clocks;
  const durations = durationGrammar(cursor);
  const { duration } = durations;
  const days = dayGrammar(cursor, clocks, durations);
  const { dayCore, dayTerm } = days;
  const { range, limited } = limitGrammar(cursor, clocks, days);

  let lastDayEnd = -1;
  let hindrance: string | null = null;
  let i = 0;
  const day = (term: DayTerm, next: number): void => {
    items.push({ type: 'day', term, i, j: next });
    i = next;
    lastDayEnd = next;
  };
  const doubt = (kind: Doubt, next: number): void => {
    items.push({
      type: 'doubt',
      doubt: kind,
      text: tokens
        .slice(i, next)
        .map((t) => t.text.replace(/^§(?:feast-|part-)?/, ''))
        .join(' '),
      i,
      j: next,
    });
    i = next;
  };
  const time = (term: TimeTerm, next: number, bare?: { digits: boolean }): void => {
    items.push({ type: 'time', term, i, j: next, ...(bare ? { bare: true, digits: bare.digits } : {}) });
    i = next;
  };

  /** A clock with what may stand behind it: „um drei herum", „um vier spätestens", „drei Uhr oder später". */
  const limitedBehind = ([value, post]: readonly [Clock, number], bare: { digits: boolean } | null): void => {
    const last = !clock(post + 1) && !dayTerm(post + 1);
    if (is(post, 'approx-post') || (is(post, 'approx') && last)) time({ t: 'around', clock: value }, post + 1);
    else if (is(post, 'latest') && tok(post)?.value === 0 && last) time({ t: 'to', clock: value }, post + 1);
    else if (is(post, 'not-before', 'from') && last) time({ t: 'from', clock: value }, post + 1);
    else time({ t: 'clock', clock: value }, post, bare ?? undefined);
  };

  while (i < tokens.length) {
    const token = tokens[i];
    if (!token) break;

    switch (token.category) {
      case 'or':
      case 'and':
      case 'but':
      case 'except':
      case 'instead':
        items.push({ type: 'op', op: token.category, i, j: i + 1 });
        i++;
        continue;
      case 'neg':
        items.push({ type: 'op', op: 'neg', i, j: i + 1 });
        i++;
        continue;
      case 'correct': {
        // English „no" before a day and without a pause denies it: „no Mondays please".
        const denies =
          /^no(?:pe)?$/.test(token.text) &&
          !tok(i + 1)?.afterComma &&
          (items.length === 0 || items.at(-1)?.type === 'op') &&
          i + 1 < tokens.length &&
          language === 'en';
        items.push({
          type: 'op',
          op: denies ? 'neg' : token.value === 'hard' ? 'correct' : 'correct-soft',
          i,
          j: i + 1,
        });
        i++;
        continue;
      }
      case 'earliest':
      case 'soft-earliest':
      case 'any':
      case 'same':
        items.push({ type: 'special', id: token.category, i, j: i + 1 });
        i++;
        continue;
      case 'blocked':
        doubt(token.value === 'recurring' ? 'recurring' : 'occasion', i + 1);
        continue;
      case 'significant':
        doubt('unread', i + 1);
        continue;
      case 'after-work':
        time({ t: 'after-work' }, i + 1);
        continue;
      default:
    }

    // „morgen" behind a day is its morning; „am Morgen" was told apart by the idioms.
    if (
      token.text === 'morgen' &&
      lastDayEnd === i &&
      lastDayIsPoint(items) &&
      !token.afterComma &&
      token.at - (tokens[i - 1]?.at ?? 0) === 1
    ) {
      time({ t: 'part', part: 'morning' }, i + 1);
      continue;
    }

    // „für eine Stunde": how long, not when.
    const previous = all[token.at - 1]?.text ?? '';
    if (/^(?:fuer|fur|for|von|of|dauert)$/.test(previous)) {
      const long = duration(i);
      if (long && typeof long[0] === 'object' && 'minutes' in long[0]) {
        i = long[1];
        continue;
      }
    }

    // „für zwei": hour or company.
    if (counts.unsure.has(token.at) && bareHour(i, clock(i)?.[1] ?? -1)) {
      doubt('unread', i + 1);
      continue;
    }

    const both: Read<DayOrDoubt> = range(i) ?? limited(i);
    if (both) {
      const [value, next] = both;
      if ('doubt' in value) doubt(value.doubt, next);
      else if ('term' in value) day(value.term, next);
      else time(value.time, next);
      continue;
    }

    if (token.category === 'shortly' && is(i + 1, 'before', 'after', 'past')) {
      const halved = clock(i + 2);
      if (halved) {
        time({ t: is(i + 1, 'before') ? 'shortly-before' : 'shortly-after', clock: halved[0] }, halved[1]);
        continue;
      }
    }
    if (token.category === 'shortly') {
      i++;
      continue;
    }

    if (token.category === 'approx') {
      const at = skip(i, 'approx', 'at');
      const read = clock(at);
      if (read) {
        time({ t: 'around', clock: read[0] }, skip(read[1], 'approx-post'));
        continue;
      }
      const partAt = skip(at, 'article');
      if (is(partAt, 'daypart')) {
        i = partAt;
        continue;
      }
      const near = dayCore(at, true, false);
      if (near && 'term' in near[0] && near[0].term.d !== 'span') {
        doubt('approximate-day', near[1]);
        continue;
      }
      i = at;
      continue;
    }

    // A clock with a mark (um, Uhr, 14:30, halb …) before days; a bare number only after them.
    const clockRead = clock(i);
    const marked =
      clockRead !== null &&
      (is(i, 'at') ||
        is(skip(i, 'article'), 'half', 'english-half', 'quarter', 'three-quarter', 'clock', 'exact') ||
        !bareHour(i, clockRead[1]));
    const isMidnight = is(skip(i, 'article'), 'daypart');
    const pairAsDay = is(skip(i, 'article'), 'pair') && !is(i, 'at') && !is(skip(i, 'article') + 1, 'oclock');
    if (clockRead && marked && !pairAsDay && !(isMidnight && is(i, 'article'))) {
      limitedBehind(clockRead, null);
      continue;
    }

    const dayRead = dayCore(i, true, lastDayEnd === i);
    if (dayRead) {
      const [value, next] = dayRead;
      if ('doubt' in value) {
        const pairTime = value.doubt === 'date-or-time' && clockRead && !is(i, 'article');
        if (pairTime && /\.(?:1[3-9]|[2-5]\d|00)$/.test(tok(i)?.text ?? ''))
          time({ t: 'clock', clock: clockRead[0] }, clockRead[1]);
        else doubt(value.doubt, next);
      } else if ('time' in value) time(value.time, next);
      else if (is(next, 'latest') && tok(next)?.value === 0 && !clock(next + 1) && !dayTerm(next + 1))
        day(stretch(null, value.term, 'at', 'at'), next + 1);
      else if (
        (is(next, 'not-before') || (is(next, 'an') && language === 'de')) &&
        !clock(next + 1) &&
        !dayTerm(next + 1)
      )
        day(stretch(value.term, null, 'at', 'at'), next + 1);
      else if (is(next, 'approx-post') && value.term.d !== 'span') {
        day(value.term, next);
        i = next + 1;
      } else day(value.term, next);
      continue;
    }

    if (pairAsDay && clockRead) {
      // 14.30: no such month, so it is the clock.
      time({ t: 'clock', clock: clockRead[0] }, clockRead[1]);
      continue;
    }
    if (clockRead) {
      limitedBehind(clockRead, { digits: tok(skip(i, 'article', 'exact'))?.digits === true });
      continue;
    }
    const partAt = skip(i, 'article', 'in', 'at', 'one');
    if (is(partAt, 'daypart')) {
      time({ t: 'part', part: tok(partAt)?.value as PartOfDay }, partAt + 1);
      continue;
    }
    if (token.category === 'month' && token.text === 'may') {
      i++;
      continue;
    }
    if (HARMLESS.has(token.category)) {
      // „in five": minutes or an hour.
      if (token.category === 'in' && cardinal(i + 1) !== null) {
        doubt('unread', i + 2);
        continue;
      }
      if (token.category === 'which' && (token.value !== 'this' || is(i + 1, 'or', 'and'))) doubt('unread', i + 1);
      else if (
        token.category === 'oclock' ||
        (token.category === 'to' && is(i + 1, 'number')) ||
        (token.category === 'one' && is(i + 1, 'unit'))
      )
        doubt('unread', i + 1);
      else if (
        token.category === 'at' &&
        (is(i + 1, 'number') || (token.text === 'um' && language === 'de' && is(i + 1, 'feast', 'date', 'article'))) &&
        dayTerm(i + 1)
      )
        doubt('approximate-day', dayTerm(i + 1)?.[1] ?? i + 1);
      else i++;
      continue;
    }
    if (token.category === 'unknown') {
      hindrance ??= hinders(token) ? token.text : null;
      if (soundsLikeTime(token.text) || touchesTime(token, i)) doubt('unread', i + 1);
      else i++;
      continue;
    }
    if (token.category === 'number' && is(i + 1, 'person')) {
      i += 2;
      continue;
    }
    if (token.category === 'approx-post') {
      i++;
      continue;
    }
    doubt('unread', i + 1);
  }
  // „Dienstag habe ich Yoga", "I have a meeting on Tuesday": why a day does not suit.
  if (hindrance !== null && items.some((item) => item.type === 'day'))
    items.push({ type: 'doubt', doubt: 'negation', text: hindrance, i, j: i });
  // „from Tuesday to Wednesday" said of an appointment that moves: no stretch to look for.
  if (all.some((token) => MOVING.test(token.text)) && items.some(isStretch))
    items.push({ type: 'doubt', doubt: 'unread', text: 'moved from one time to another', i, j: i });
  return { items, tokens };

  /** True for what somebody says to have or to be: „habe ich Yoga", „ich bin im Theater"; no question („can I have …"). */
  function hinders(token: Token): boolean {
    if (token.afterComma) return false;
    for (let at = token.at - 1; at >= Math.max(0, token.at - HINDRANCE_WORDS); at--) {
      const [verb, before, first] = [all[at]?.text ?? '', all[at - 1]?.text ?? '', all[at - 2]?.text ?? ''];
      if (/^(?:habe|hab|bin|muss|muessen)$/.test(verb)) return true;
      if (
        /^(?:have|got)$/.test(verb) &&
        /^(?:i|ive|we|weve)$/.test(before) &&
        !/^(?:can|could|may|should|shall|do)$/.test(first)
      )
        return true;
    }
    return false;
  }

  /** True where a word that nothing explains stands directly beside words of time. */
  function touchesTime(token: Token, index: number): boolean {
    const previous = all[token.at - 1];
    // „um drie": an hour was said and not understood.
    if (previous && EXPECTANT.includes(previous.category)) return true;
    // „bei Anna", „für Tim": a name.
    if (previous && /^(?:bei|beim|mit|fuer|herr|herrn|frau|with|for|mr|mrs|ms|zu)$/.test(previous.text)) return false;
    // „am Zischtig", „nächsten Irta", „habe ich Spätschicht": a day or a hindrance that nobody listed.
    if (
      previous &&
      (/^(?:am|an|on)$/.test(previous.text) || (previous.category === 'which' && previous.value !== 'this'))
    )
      return true;
    const beside = (other: Token | undefined): Token | null =>
      other !== undefined && Math.abs(other.at - token.at) === 1 ? other : null;
    const left = token.afterComma ? null : beside(tokens[index - 1]);
    const right = tokens[index + 1]?.afterComma ? null : beside(tokens[index + 1]);
    // „Balayage um drei", „um drei Balayage", „morgen Balayage": a service or a name beside words that are clear by themselves.
    const last = items.at(-1);
    const clearLeft =
      left === null ||
      left.category === 'oclock' ||
      INDIFFERENT.includes(left.category) ||
      (last?.type === 'time' && last.bare !== true) ||
      (left.category === 'weekday' && right?.category === 'at');
    // „Microblading nächste Woche", „Kevin Dienstag um drei": a noun that leads; „nexten Dienstag" is none.
    if (
      items.length === 0 &&
      left === null &&
      right &&
      LED.includes(right.category) &&
      !/(?:[td]e|e[nmrs])$/.test(token.text)
    )
      return false;
    const clearRight = right === null || right.category === 'at' || INDIFFERENT.includes(right.category);
    return !(clearLeft && clearRight);
  }
}

/** The tokens that stay; a comma before one that goes stands before the next that stays. */
function kept(all: readonly Token[], stays: (token: Token) => boolean): Token[] {
  const out: Token[] = [];
  let comma = false;
  for (const token of all) {
    comma = comma || token.afterComma;
    if (!stays(token)) continue;
    out.push(comma && !token.afterComma ? { ...token, afterComma: true } : token);
    comma = false;
  }
  return out;
}

const isStretch = (item: Item): boolean =>
  (item.type === 'time' && item.term.t === 'between') ||
  (item.type === 'day' &&
    item.term.d === 'span' &&
    item.term.span.s === 'stretch' &&
    item.term.span.from !== null &&
    item.term.span.to !== null);

function lastDayIsPoint(items: readonly Item[]): boolean {
  const last = items.at(-1);
  return last?.type === 'day' && last.term.d !== 'span' && last.term.d !== 'workdays';
}

/** Fillers go before the grammar reads; two words are fillers in one language only. */
function isFiller(token: Token, all: readonly Token[], language: Language): boolean {
  if (token.category === 'filler') return true;
  if (token.text === 'do' && language === 'en') return true;
  if (token.text === 'may' && language === 'en') {
    const [before, after] = [all[token.at - 1], all[token.at + 1]];
    return (
      !(before && ['in', 'article', 'number', 'stage', 'which'].includes(before.category)) &&
      after?.category !== 'number'
    );
  }
  if (token.text === 'um' && language === 'en') return true;
  return false;
}

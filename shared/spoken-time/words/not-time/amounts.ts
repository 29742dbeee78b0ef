/** Amounts as they are said („drei", „zwei Komma fünf", „einen halben", „zwei bis drei") and the marks before them that go with them. */
import { LEADS, type Sight } from './sight.ts';

/** hundertzwanzig, zweitausend, „twelve hundred" */
const BIG = /hundert|tausend|^(?:hundred|thousand)$/;
/** What an amount begins with besides numbers. */
export const AMOUNT_WORDS: readonly RegExp[] = [BIG];
const POINT = /^(?:komma|point)$/;
/** „zehn mal fünfzehn", „3 zu 2", „140 over 90" */
export const RATIO = /^(?:mal|x|zu|by|times|over)$/;
const COMPARED = /^(?:als|than)$/;
const BOUND =
  /^(?:mindestens|hoechstens|max|min|maximal|minimal|minus|plus|nearly|fast|almost|only|nur|bloss|unter|under|over|auf|up|zu|least|most|maximum|minimum|noch|bereits|schon|mehr|weniger|wenigstens|zusaetzlich|je|jeweils|so)$/;
/** Marks, comparisons and denials before one amount. */
const MAX_MARKS = 6;

/** Position behind a single amount; null where none begins. */
function singleAmount(s: Sight, i: number): number | null {
  const next = behind(s, i);
  if (next === null) return null;
  if (POINT.test(s.word(next)) && s.isCardinal(next + 1)) return digitsBehind(s, next + 1);
  // 1,80 · 120,000 · 2,5
  if (s.all[i]?.digits && next === i + 1 && isDecimalPlace(s, next)) return next + 1;
  return s.is(next, 'and-half') ? next + 1 : next;
}

const isDecimalPlace = (s: Sight, i: number): boolean =>
  s.isCardinal(i) && s.isParted(i) && s.all[i]?.digits === true && /^(?:\d|\d\d|000|\d{3})$/.test(s.word(i));

function digitsBehind(s: Sight, i: number): number {
  let next = i;
  while (s.isCardinal(next) && !s.isParted(next)) next++;
  return next;
}

function behind(s: Sight, i: number): number | null {
  const word = s.word(i);
  if (s.isCardinal(i)) return BIG.test(s.word(i + 1)) && !s.isParted(i + 1) ? hundreds(s, i + 1) : i + 1;
  if (s.is(i, 'decimal', 'pair', 'one-and-half', 'three-quarter', 'couple')) return i + 1;
  if (s.is(i, 'date') && s.all[i]?.parts?.slash && s.all[i]?.parts?.c === null) return i + 1;
  if (s.is(i, 'one')) {
    if (s.is(i + 1, 'half', 'english-half', 'quarter', 'three-quarter', 'couple', 'one-and-half')) return i + 2;
    return BIG.test(s.word(i + 1)) ? hundreds(s, i + 1) : i + 1;
  }
  if (s.is(i, 'half', 'english-half', 'quarter')) return s.is(i + 1, 'one', 'of-from', 'an') ? i + 2 : i + 1;
  // "an hour", "an inch": in German „an" is none
  if (s.is(i, 'an')) return /^(?:hour|inch)/.test(s.word(i + 1)) ? i + 1 : null;
  return BIG.test(word) ? hundreds(s, i) : null;
}

/** „two hundred and fifty" */
function hundreds(s: Sight, i: number): number {
  let next = i;
  while (BIG.test(s.word(next)) && !s.isParted(next + 1)) next++;
  if (BIG.test(s.word(next))) return next + 1;
  if (s.is(next, 'and') && s.isCardinal(next + 1)) return next + 2;
  return s.isCardinal(next) ? next + 1 : next;
}

/** Positions behind the amounts that may begin at `i`, longer ones first: „zwei bis drei", „zwei". */
export function amountEnds(s: Sight, i: number): readonly number[] {
  // Most finders ask for the same position.
  const known = s.amounts[i];
  if (known) return known;
  const found = endsAt(s, i);
  if (i in s.amounts) s.amounts[i] = found;
  return found;
}

function endsAt(s: Sight, i: number): number[] {
  const first = singleAmount(s, i);
  if (first === null || isInsideAmount(s, i)) return [];
  const ends = [first];
  if (s.isNumber(i) && first === i + 2 && s.isParted(i + 1)) ends.push(i + 1);
  const linked =
    s.is(first, 'until', 'to', 'or') ||
    RATIO.test(s.word(first)) ||
    (s.is(first, 'and') && (s.is(i - 1, 'between', 'of-from') || s.word(i - 1) === 'of')) ||
    s.word(first) === 'ueber';
  const second = linked && !s.isParted(first) ? singleAmount(s, first + 1) : null;
  if (second !== null && !s.is(first + 1, 'one')) {
    ends.unshift(second);
    const third = RATIO.test(s.word(second)) && !s.isParted(second) ? singleAmount(s, second + 1) : null;
    if (third !== null) ends.unshift(third);
  }
  return ends;
}

/** „halben" of „einem halben", „drei" of „zwei bis drei": the amount began before. */
const isInsideAmount = (s: Sight, i: number): boolean =>
  (s.is(i - 1, 'one') && !s.isNumber(i)) ||
  (s.is(i, 'an') && s.is(i - 1, 'half', 'english-half')) ||
  (s.isCardinal(i - 2) && !s.isParted(i) && !s.isParted(i - 1) && s.is(i - 1, 'until', 'to', 'or'));

/** First of the marks that belong to the amount at `i`: „nicht mehr als …", „um die …", „up to …". */
export function withMarks(s: Sight, i: number): number {
  let from = i;
  for (let steps = 0; steps < MAX_MARKS && from > 0 && !s.isParted(from); steps++) {
    const at = from - 1;
    if (COMPARED.test(s.word(at)) && /(?:er|mehr|less|more)$/.test(s.word(at - 1))) from = at - 1;
    else if (isMark(s, at)) from = at;
    else break;
  }
  // „no more than", „nicht höher als", „not over": the amount is denied.
  const compared = from < i && (s.is(from - 1, 'neg') || s.word(from - 1) === 'no') && !s.isParted(from);
  return compared ? from - 1 : from;
}

const isMark = (s: Sight, at: number): boolean => s.is(at, ...LEADS, 'to') || BOUND.test(s.word(at));

/** Lengths of time that say how long and not when: „dauert zehn Minuten", „seit acht Tagen", „eine Dreiviertelstunde Gitarre". Called by ../not-time.ts. */
import { amountEnds, withMarks } from './amounts.ts';
import { isThing } from './counts.ts';
import type { Claim, Finder, Sight } from './sight.ts';

/** Behind these a length is a delay, a distance or a limit. */
const NO_LENGTH_BEHIND = [
  'in',
  'within',
  'before',
  'after',
  'from',
  'until',
  'and',
  'oclock',
  'latest',
  'which',
  'past',
  'at',
] as const;
/** Words that make a distance of the length before them. */
const DISTANT =
  /^(?:spaeter|frueher|eher|later|earlier|sooner|danach|davor|vorher|nachher|drauf|darauf|hence|ago|her)$/;
/** Words of lasting; with one of them in the phrase a length is no answer to „when". */
const LASTING =
  /^(?:dauer\w*|gedauert|takes?|took|lasts?|lange|long|brauch\w*|need|einwirk\w*|reicht|enough|genug|sitzen|warten|kost\w*|costs?|haelt|halten|gehalten|hielt|bleiben?|bleibt|stay|gilt|gelten|gueltig\w*|valid|ge?wartet|warte[nt]?|gesessen|gestanden|gelegen|(?:ab|ver|be)?rechnet|(?:ab|ver|be)gerechnet|waited|waiting|sat|spent|charged|billed|invoiced)$/;
const SINCE = /^(?:seit|since|been)$/;
const FOR = /^(?:fuer|fur|for)$/;
const STATED = /^(?:fuer|fur|for|von|of|dauert)$/;
const WITH = /^(?:mit|with|a|je|ist|sind|is|are)$/;
const BOUND = /^(?:als|than|max|min|maximal|hoechstens|mindestens|least|most)$/;
const LONG = /^(?:lang|long|hindurch|straight)$/;

const PRICED = /^(?:a|zu|je|fuer|zum|at|for)$/;

/** „eine Doppelstunde"; „in der Abendstunde" is a part of the day. */
const LESSON = /^(?!abend|morgen|mittag|rand|frueh|spaet|nach)[a-z]{4,}stunden?$/;
/** Stundensatz, Wochenkarte: a word of time names the thing. */
const RATE =
  /^(?:stunden|tages|wochen|monats|jahres|minuten)(?!.*(?:tag|woche|ende|anfang|beginn|mitte|zeit|haelfte|wechsel|rest))[a-z]{4,}$/;

/** What `lengthAt` begins with besides numbers. */
export const LENGTH_WORDS: readonly RegExp[] = [RATE, LESSON];

/** How long something takes or lasts. */
export const lengthAt: Finder = (s, i) => {
  if (s.category(i) === 'unknown' && (RATE.test(s.word(i)) || LESSON.test(s.word(i))))
    return { from: i, to: i, subject: 'length' };
  if (isAttributive(s, i)) return { from: i, to: i + 1, subject: 'length' };
  const last = lengthEnd(s, i);
  if (last === null) return null;
  const from = withMarks(s, i);
  if (SINCE.test(s.word(from - 1))) return { from: from - 1, to: last, subject: 'length' };
  const since = s.is(from, 'in', 'within') ? from : from - 1;
  if (isTaken(s, since, last)) return { from: since, to: last, subject: 'length' };
  if (isDistance(s, from, i, last)) return null;
  const to = LONG.test(s.word(last + 1)) && !s.isParted(last + 1) ? last + 1 : last;
  const claim: Claim = { from: lengthStart(s, from), to, subject: 'length' };
  const short = s.is(last, 'span-minutes', 'and-half') || s.isUnit(last, /^(?:minute|hour)$/);
  const lasting = to > last || s.has(from, i - 1, BOUND) || s.has(0, s.all.length, LASTING);
  const elsewhere = s.hasTime(0, from - 1) || s.hasTime(last + 1, s.all.length);
  // „a week tomorrow", „Freitag in zwei Wochen": long ones are distances where a day stands too.
  if (!short) return to > last || (lasting && !elsewhere) || isForLong(s, from, last) ? claim : null;
  if (lasting) return claim;
  // „für eine Stunde" is read by the grammar.
  if (STATED.test(s.word(from - 1))) return null;
  // „zwei Stunden à 58 Euro"
  const priced = PRICED.test(s.word(last + 1)) && !s.isParted(last + 1) && amountEnds(s, last + 2).length > 0;
  if (priced) return claim;
  const named = (s.isUnknownNoun(last + 1) || isThing(s, last + 1)) && !s.isParted(last + 1);
  return named || elsewhere || WITH.test(s.word(from - 1)) ? claim : null;
};

/** "the six month check-up", "a two hour session": the singular goes with the noun behind it. */
const isAttributive = (s: Sight, i: number): boolean =>
  s.isCardinal(i) &&
  s.value(i) > 1 &&
  /^(?:minute|hour|day|week|month|year)$/.test(s.word(i + 1)) &&
  !s.isParted(i + 1) &&
  s.is(i - 1, 'article', 'filler', 'one', 'unknown') &&
  s.isUnknownNoun(i + 2) &&
  !s.isParted(i + 2);

/** „für zwei Wochen"; "for a week on Friday" is a distance. */
const isForLong = (s: Sight, from: number, last: number): boolean =>
  FOR.test(s.word(from - 1)) && (s.isParted(last + 1) || !s.is(last + 1, 'relative', 'weekday', 'article'));

/** „in fünf Wochen neun Kilo abgenommen", "lost nine pounds in five weeks": the time that it took. */
function isTaken(s: Sight, since: number, last: number): boolean {
  if (!s.is(since, 'in', 'within') || s.isParted(since + 1)) return false;
  const [first, end] = s.part(since);
  return (
    s.has(first, end, ACHIEVED) &&
    s.has(first, end, OF_BODIES) &&
    !s.hasTime(first, since - 1) &&
    !s.hasTime(last + 1, end)
  );
}
const OF_BODIES = /^(?:kilos?|kg|pfund|pounds?|lbs|stones?|zentimeter|cm|inch(?:es)?|gramm|liter)$/;
const ACHIEVED =
  /^(?:abgenommen|zugenommen|gewachsen|verloren|verbraucht|gespart|geschafft|lost|gained|grown|grew|dropped|saved|used)$/;

/** Last token of a length that begins at `i`: „zwei Stunden", „halben Tag", „eine Dreiviertelstunde". */
function lengthEnd(s: Sight, i: number): number | null {
  if (s.is(i, 'span-minutes')) return i;
  if (s.is(i, 'one') && s.is(i + 1, 'span-minutes') && !s.isParted(i + 1)) return i + 1;
  for (const end of amountEnds(s, i)) {
    if (s.isParted(end)) continue;
    if (s.is(end - 1, 'and-half') && s.all[end - 1]?.value === 1) return end - 1;
    if (!s.isUnit(end, /^(?:minute|hour|day|week|month|year)$/)) continue;
    // „eine Stunde und zwanzig Minuten"
    const more = s.is(end + 1, 'and') ? end + 2 : end + 1;
    return s.isCardinal(more) && s.isUnit(more + 1, /^minute$/) && !s.isParted(more) ? more + 1 : end;
  }
  return null;
}

/** „in zwei Stunden", „zehn Minuten vor drei", „eine Stunde später". */
function isDistance(s: Sight, from: number, i: number, last: number): boolean {
  if (s.is(from - 1, ...NO_LENGTH_BEHIND) && !s.isParted(from)) return true;
  // A mark that was taken with the amount is a limit of time all the same; „höchstens", „länger als", „bis zu" are not.
  for (let at = from; at < i; at++)
    if (s.is(at, ...NO_LENGTH_BEHIND) && !/^(?:bis|up|ueber)$/.test(s.word(at))) return true;
  // "two hours in the studio"
  if (s.is(last + 1, 'in') && s.is(last + 2, 'article') && s.isUnknownNoun(last + 3)) return false;
  if (
    s.is(last + 1, 'before', 'after', 'past', 'to', 'from', 'of-from', 'an', 'in', 'step', 'daypart') &&
    !s.isParted(last + 1)
  )
    return true;
  if (/^(?:ab|from|to)$/.test(s.word(last + 1))) return !isParticle(s, last + 1);
  return DISTANT.test(s.word(last + 1)) || DISTANT.test(s.word(last + 2));
}

/** „ab" at the end of a clause belongs to its verb. */
const isParticle = (s: Sight, at: number): boolean => s.word(at) === 'ab' && s.isParted(at + 1);

/** "it takes ten minutes": the verb goes with the length. */
const lengthStart = (s: Sight, from: number): number =>
  LASTING.test(s.word(from - 1)) && !s.isParted(from) ? from - 1 : from;

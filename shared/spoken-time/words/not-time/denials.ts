/** Denials of something else than a day or an hour: „wenn ich nicht im Stau steh", "my back won't survive", „bei uns geht das Licht nicht". Called by ../not-time.ts. */
import type { Sight } from './sight.ts';

/** Words between what opens a condition and its denial. */
const CONDITION_WORDS = 6;
/** Words behind a denial that it may reach. */
const REACH = 4;
const OPENS = /^(?:wenns?|falls|sofern|vorausgesetzt|if|provided)$/;
/** „the ac", „my back" */
const OWNED = /^(?:my|the|our|his|her|this|your|their)$/;
/** Who does not come or is not there leaves the day open. */
const SOMEBODY =
  /^(?:mum|mom|dad|mother|father|husband|wife|son|daughter|boss|kids?|child|children|friend|sister|brother|partner|man|woman|nurse|doctor|babysitter|sitter|nanny|colleague|neighbou?r|lift|train|bus|car|van|dog|one|day|date|time|hour|appointment|slot|week|shop|place|team|staff|girl|boy|lads?|gran|nan|grandma|grandad|granddad|uncle|aunt|cousin|carer|driver|taxi)s?$/;
/** What is not so says that it does not suit. */
const AVAILABLE =
  /^(?:free|available|home|ready|open|working|here|there|in|suitable|good|possible|back|well|sure|able|fit|going|coming|have|be|do|make|come|work|suit|need|want|book|bother|call|know|think|mind|send|forget|put|allow|let)$/;
const IS = /^(?:is|are|was|were|s|has|does|will|did|can|could|would)$/;
/** Verbs of things that are broken. */
const RUNS =
  /^(?:geht|gehen|laeuft|laufen|funktioniert|funktionieren|brennt|schliesst|zieht|heizt|kuehlt|springt|schneidet|haelt)$/;
const OF_THING = /^(?:das|die|der|s|mein|meine|mei|unser|unsere|mir|uns|mehr|richtig|gut)$/;

/** A denial at `i` that says nothing of a day or an hour. */
export function isOfSomethingElse(s: Sight, i: number): boolean {
  if (!s.is(i, 'neg') || s.word(i).startsWith('§') || isBesideTime(s, i)) return false;
  return isInCondition(s, i) || isOfThing(s, i) || isAdvice(s, i) || isOfEverybody(s, i) || isBroken(s, i);
}

/** Something of time stands directly before it, or so close behind it that it may be meant. */
function isBesideTime(s: Sight, i: number): boolean {
  if (isTime(s, i - 1)) return true;
  for (let at = i + 1; at <= i + REACH && !s.isParted(at); at++) if (isTime(s, at)) return true;
  return false;
}
const isTime = (s: Sight, i: number): boolean =>
  s.hasTime(i, i) || s.isNumber(i) || s.is(i, 'which', 'unit', 'weekdays');

/** „wenn ich nicht grade im Stau steh, schaff ich es am Mittwoch": no time stands before it. */
function isInCondition(s: Sight, i: number): boolean {
  for (let at = 0; at < i; at++) if (isTime(s, at)) return false;
  return s.has(Math.max(0, i - CONDITION_WORDS), i - 1, OPENS) && s.word(i + 1) !== 'nur';
}

/** "my back won't survive", "the ac is not cooling": a thing, and no word of who has time. */
function isOfThing(s: Sight, i: number): boolean {
  const noun = IS.test(s.word(i - 1)) ? i - 2 : i - 1;
  return (
    s.category(noun) === 'unknown' &&
    !SOMEBODY.test(s.word(noun)) &&
    OWNED.test(s.word(noun - 1)) &&
    s.category(i + 1) === 'unknown' &&
    !s.isParted(i + 1) &&
    !AVAILABLE.test(s.word(i + 1))
  );
}

/** "don't laugh" */
const isAdvice = (s: Sight, i: number): boolean =>
  s.word(i) === 'dont' &&
  !/^(?:i|we|you|they|he|she|please|so|and|but|or|who|that|it)$/.test(s.word(i - 1)) &&
  s.category(i + 1) === 'unknown' &&
  !s.isParted(i + 1) &&
  !AVAILABLE.test(s.word(i + 1)) &&
  s.isParted(i + 2);

/** „alleine kriegt man das ja nicht hin" */
function isOfEverybody(s: Sight, i: number): boolean {
  for (let at = i - 1; at >= i - REACH && at >= 0 && !isTime(s, at); at--)
    if (s.word(at) === 'man') return !/^(?:kann|koennte|darf|koennen)$/.test(s.word(at - 1));
  return false;
}

/** „bei uns geht das Licht nicht": a thing behind its verb. */
function isBroken(s: Sight, i: number): boolean {
  for (let at = i - 1; at >= i - REACH && at >= 0; at--) {
    if (RUNS.test(s.word(at)))
      return (
        OF_THING.test(s.word(at + 1)) &&
        s.category(i - 1) === 'unknown' &&
        at + 1 < i - 1 &&
        !SOMEBODY.test(s.word(i - 1))
      );
    if (isTime(s, at)) return false;
  }
  return false;
}

/** Words that look like limits or requests and belong to a verb or an adverb: „hole sie um vier ab", „immer noch", „oder ohne". Called by ../not-time.ts. */
import { measureAt } from './measures.ts';
import type { Claim, Finder, Sight } from './sight.ts';

/** Verbs whose „ab" stands at the end of the clause. */
const PARTED_VERB = /^(?:hol(?:e|en|t|st)?|geb(?:e|en)|gib(?:t|st)?|brech\w*|schneid\w*|stell\w*)$/;
const STILL = /^(?:noch|mehr|wieder|schon|so)$/;
/** „this would be my fourth session" */
const PRONOUN_VERB = /^(?:would|is|was|will|has|might|ist|waere|wird)$/;

/** Words that belong to a verb or an adverb. */
export const particleAt: Finder = (s, i) =>
  still(s, i) ?? endOfVerb(s, i) ?? without(s, i) ?? pronoun(s, i) ?? otherwise(s, i) ?? now(s, i) ?? pronounOne(s, i);

const one = (at: number): Claim => ({ from: at, to: at, subject: 'particle' });

/** „immer noch" is no request for any time. */
const still = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'immer' &&
  (STILL.test(s.word(i + 1)) || s.word(i - 1) === 'noch' || isMeasured(s, i + 1)) &&
  !s.isParted(i + 1)
    ? one(i)
    : null;

/** „ich hole sie am Dienstag um vier ab": nothing begins at four. */
function endOfVerb(s: Sight, i: number): Claim | null {
  if (
    s.word(i) !== 'ab' ||
    (i + 1 < s.all.length &&
      !s.isParted(i + 1) &&
      !s.is(i + 1, 'and', 'or') &&
      !/^(?:sagen|machen|nehmen|also|dann|dafuer|deshalb)$/.test(s.word(i + 1)))
  )
    return null;
  const [first] = s.part(i);
  // „zwei Zentimeter Spitzen ab": nothing that could begin then.
  return s.has(first, i - 1, PARTED_VERB) || (!s.hasTime(first, i) && s.is(i - 1, 'filler', 'unknown')) ? one(i) : null;
}

/** „mit Steuer oder ohne", „ohne Aufzug": what is left out is a thing. */
function without(s: Sight, i: number): Claim | null {
  if (!/^(?:ohne|without)$/.test(s.word(i))) return null;
  if (s.isParted(i + 1)) return { from: s.is(i - 1, 'or', 'and') ? i - 1 : i, to: i, subject: 'particle' };
  const noun = s.is(i + 1, 'one', 'article') ? i + 2 : i + 1;
  return s.isUnknownNoun(noun) ? { from: i, to: noun, subject: 'particle' } : null;
}

const pronoun = (s: Sight, i: number): Claim | null =>
  s.is(i, 'which') && s.all[i]?.value === 'this' && PRONOUN_VERB.test(s.word(i + 1)) ? one(i) : null;

/** „mehr als 120 Euro darf es nicht kosten, sonst gern Mittwoch": before it no other time was named. */
const otherwise = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'sonst' && i > 0 && s.isParted(i) && !s.hasTime(0, i - 1) ? one(i) : null;

/** „hat jetzt sechs Kilo", "six kilos now": no request for the next slot. */
const now = (s: Sight, i: number): Claim | null =>
  /^(?:jetzt|now)$/.test(s.word(i)) && !s.isParted(i) && [i - 2, i + 1, i + 2].some((at) => isMeasured(s, at))
    ? one(i)
    : null;

function isMeasured(s: Sight, i: number): boolean {
  const claim = measureAt(s, i);
  return claim !== null && claim !== 'unsure';
}

/** "the one with sixty minutes" */
const pronounOne = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'one' && /^(?:the|this|that|which|another|only)$/.test(s.word(i - 1)) && !s.isTimed(i) ? one(i) : null;

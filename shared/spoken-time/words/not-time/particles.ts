/** Words that look like limits or requests and belong to a verb or an adverb: „hole sie um vier ab", „immer noch", „oder ohne". Called by ../not-time.ts. */
import type { Claim, Finder, Sight } from './sight.ts';

/** Verbs whose „ab" stands at the end of the clause. */
const PARTED_VERB =
  /^(?:hol(?:e|en|t|st)?|geb(?:e|en)|gib(?:t|st)?|nehm(?:e|en)|nimmt|sag(?:e|en|t)|brech\w*|mach(?:e|en)|schneid\w*|lauf\w*|klaer\w*|fahr\w*|stell\w*|zieh\w*)$/;
const STILL = /^(?:noch|mehr|wieder|schon|so|solche|diese[rsn]?|nur|gleich|schoen\w*|ein\w*|the)$/;

export const particleAt: Finder = (s, i) => still(s, i) ?? endOfVerb(s, i) ?? without(s, i);

const one = (at: number): Claim => ({ from: at, to: at, subject: 'particle' });

/** „immer noch" is no request for any time. */
const still = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'immer' && (STILL.test(s.word(i + 1)) || s.word(i - 1) === 'noch') && !s.isParted(i + 1)
    ? one(i)
    : null;

/** „ich hole sie am Dienstag um vier ab": nothing begins at four. */
function endOfVerb(s: Sight, i: number): Claim | null {
  if (s.word(i) !== 'ab' || (i + 1 < s.all.length && !s.isParted(i + 1) && !s.is(i + 1, 'and', 'or'))) return null;
  const [first] = s.part(i);
  return s.has(first, i - 1, PARTED_VERB) ? one(i) : null;
}

/** „mit Steuer oder ohne", „ohne Aufzug": what is left out is a thing. */
function without(s: Sight, i: number): Claim | null {
  if (!/^(?:ohne|without)$/.test(s.word(i))) return null;
  if (s.isParted(i + 1)) return { from: s.is(i - 1, 'or', 'and') ? i - 1 : i, to: i, subject: 'particle' };
  const noun = s.is(i + 1, 'one', 'article') ? i + 2 : i + 1;
  return s.isUnknownNoun(noun) ? { from: i, to: noun, subject: 'particle' } : null;
}

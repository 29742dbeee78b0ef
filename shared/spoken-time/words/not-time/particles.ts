/** Words that look like limits or requests and belong to a verb or an adverb: „hole sie um vier ab", „immer noch", „oder ohne". Called by ../not-time.ts. */
import { measureAt } from './measures.ts';
import type { Claim, Finder, Sight } from './sight.ts';

/** What `particleAt` begins with. */
export const PARTICLE_WORDS: readonly RegExp[] = [
  /^(?:immer|ab|ohne|without|sonst|jetzt|now|one|alle|nach|by|these|frueher|krank|sick|ill|fuer|fuers|fur|for|vor|mehr|tag|day)$/,
];
/** Verbs whose „ab" stands at the end of the clause. */
const PARTED_VERB = /^(?:hol(?:e|en|t|st)?|geb(?:e|en)|gib(?:t|st)?|brech\w*|schneid\w*|stell\w*)$/;
/** „ohne mir was davon zu sagen" */
const MAX_INFINITIVE = 4;
const STILL = /^(?:noch|mehr|wieder|schon|so)$/;
/** „this would be my fourth session" */
const PRONOUN_VERB = /^(?:would|is|was|will|has|might|ist|waere|wird)$/;

/** Words that belong to a verb or an adverb. */
export const particleAt: Finder = (s, i) =>
  still(s, i) ??
  endOfVerb(s, i) ??
  broughtForward(s, i) ??
  planned(s, i) ??
  noMore(s, i) ??
  without(s, i) ??
  pronoun(s, i) ??
  otherwise(s, i) ??
  now(s, i) ??
  pronounOne(s, i) ??
  usedUp(s, i) ??
  byUnit(s, i) ??
  nowadays(s, i) ??
  halfFull(s, i) ??
  formerly(s, i) ??
  illAnimal(s, i) ??
  byPlace(s, i) ??
  purpose(s, i) ??
  sortOfDay(s, i);

const one = (at: number): Claim => ({ from: at, to: at, subject: 'particle' });

/** „immer noch" is no request for any time. */
const still = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'immer' &&
  (STILL.test(s.word(i + 1)) || s.word(i - 1) === 'noch' || isMeasured(s, i + 1)) &&
  !s.isParted(i + 1)
    ? one(i)
    : null;

/** „ziehen wir vor auf Samstag": the end of the verb. */
const broughtForward = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'vor' &&
  /^(?:auf|vom|von)$/.test(s.word(i + 1)) &&
  s.has(i - MOVED_WORDS, i - 1, /^(?:zieh\w*|verleg\w*)$/)
    ? one(i)
    : null;
/** „ziehen Sie meinen Termin vom dritten Dezember um drei vor auf den ersten" */
const MOVED_WORDS = 14;

/** „da hab ich schon was anderes vor": nothing stands before anything. */
const planned = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'vor' &&
  (i + 1 >= s.all.length || s.isParted(i + 1) || s.is(i + 1, 'and', 'but')) &&
  !s.is(i - 1, 'number', 'quarter', 'shortly', 'unit', 'three-quarter')
    ? one(i)
    : null;

/** „Dienstag geht doch nicht mehr" */
const noMore = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'mehr' && s.is(i - 1, 'neg') && !/^(?:als|wie)$/.test(s.word(i + 1)) ? one(i) : null;

/** „ich hole sie am Dienstag um vier ab": nothing begins at four. */
function endOfVerb(s: Sight, i: number): Claim | null {
  // „der Babysitter springt nicht ab nehmen wir …"
  if (s.word(i) === 'ab' && s.is(i - 1, 'neg') && s.is(i + 1, 'filler', 'unknown')) return one(i);
  if (
    s.word(i) !== 'ab' ||
    (i + 1 < s.all.length &&
      !s.isParted(i + 1) &&
      !s.is(i + 1, 'and', 'or', 'but') &&
      !/^(?:sagen|machen|nehmen|also|dann|dafuer|deshalb)$/.test(s.word(i + 1)))
  )
    return null;
  if (/^(?:also|deshalb|dafuer)$/.test(s.word(i + 1))) return one(i);
  const [first] = s.part(i);
  // „zwei Zentimeter Spitzen ab": nothing that could begin then.
  // „zehn Zentimeter sollen ab"
  if (
    /^(?:soll|sollen|muss|muessen|kann|koennen|duerfen|darf|kommt|kommen)$/.test(s.word(i - 1)) &&
    s.dropped.get(i - 2) === 'measure'
  )
    return one(i);
  return s.has(first, i - 1, PARTED_VERB) || (!s.hasTime(first, i) && s.is(i - 1, 'filler', 'unknown')) ? one(i) : null;
}

/** „mit Steuer oder ohne", „ohne Aufzug": what is left out is a thing. */
function without(s: Sight, i: number): Claim | null {
  if (!/^(?:ohne|without)$/.test(s.word(i))) return null;
  if (s.isParted(i + 1)) return { from: s.is(i - 1, 'or', 'and') ? i - 1 : i, to: i, subject: 'particle' };
  // „ohne mich zu fragen", "without asking me"
  for (let to = i + 1; to <= i + MAX_INFINITIVE && !s.isParted(to); to++)
    if (s.word(to) === 'zu' && s.is(to + 1, 'unknown', 'filler') && /n$/.test(s.word(to + 1)) && !s.hasTime(i, to))
      return { from: i, to: to + 1, subject: 'particle' };
  if (/ing$/.test(s.word(i + 1)) && !/^(?:morning|evening)$/.test(s.word(i + 1)))
    return { from: i, to: i + 1, subject: 'particle' };
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

/** „die Creme ist alle": nothing is left of it. */
const usedUp = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'alle' &&
  !s.isParted(i) &&
  (s.isParted(i + 1) || s.is(i + 1, 'and', 'or', 'but')) &&
  (/^(?:ist|sind|war|waren|wird|werden|fast|schon|bald|gerade|grad|langsam|auch|leider|wieder)$/.test(s.word(i - 1)) ||
    (s.category(i - 1) === 'unknown' && s.has(i - 4, i - 2, /^(?:ist|sind|war|waren|wird)$/)))
    ? one(i)
    : null;

/** „rechnet ihr das nach Stunden ab", "do you charge by the hour": how it is counted. */
function byUnit(s: Sight, i: number): Claim | null {
  if (s.word(i) === 'nach' && /^(?:stunden|minuten|tagen|wochen|monaten)$/.test(s.word(i + 1)) && !s.isParted(i + 1))
    return s.isNumber(i - 1) || s.is(i + 2, 'article', 'at') ? null : { from: i, to: i + 1, subject: 'particle' };
  const by = s.word(i) === 'by' && s.word(i + 1) === 'the' && s.isUnit(i + 2, /^(?:minute|hour|day|week|month)$/);
  return by ? { from: i, to: i + 2, subject: 'particle' } : null;
}

/** „früher hieß das anders", „das war früher mal günstiger": in the old days. */
function formerly(s: Sight, i: number): Claim | null {
  if (s.word(i) !== 'frueher' || s.is(i - 1, 'unit', 'or')) return null;
  const was = /^(?:war|waren|hiess|hiessen|hatte|hatten|gab|kostete|kosteten)$/;
  return was.test(s.word(i + 1)) || (s.has(i - 3, i - 1, was) && !s.hasTime(...s.part(i))) ? one(i) : null;
}

/** „der Hund ist krank" is why somebody comes, not why he does not. */
const illAnimal = (s: Sight, i: number): Claim | null =>
  /^(?:krank|sick|ill)$/.test(s.word(i)) &&
  s.has(
    i - 4,
    i - 1,
    /^(?:hunde?|hund|katzen?|kater|hase|kaninchen|hamster|vogel|wellensittich|pferd|pony|tier|welpe|dog|cat|rabbit|hamster|horse|bird|puppy|kitten)$/,
  )
    ? one(i)
    : null;

/** "is there parking by your place" */
const byPlace = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'by' &&
  !s.isParted(i + 1) &&
  (/^(?:my|your|our|his|her|their)$/.test(s.word(i + 1)) ||
    (s.word(i + 1) === 'the' && s.isUnknownNoun(i + 2) && !s.isTimed(i + 2)))
    ? one(i)
    : null;

/** „die Haare für Silvester, am 30. um drei": what it is for, where another day is said. */
function purpose(s: Sight, i: number): Claim | null {
  if (!/^(?:fuer|fuers|fur|for)$/.test(s.word(i)) || /^termine?$|^appointments?$/.test(s.word(i - 1))) return null;
  const at = s.is(i + 1, 'article') ? i + 2 : i + 1;
  if (!s.is(at, 'season', 'feast') || s.isParted(at) || s.isParted(i + 1)) return null;
  const other = s.all.some(
    (token) => token.at !== at && ['weekday', 'relative', 'date', 'month'].includes(token.category),
  );
  // „für Weihnachten am 24. um drei" beside no other day names it.
  return other || (s.is(at, 'season') && !s.has(0, s.all.length, /^(?:termine?|appointments?|frei|platz|slot)$/))
    ? { from: i, to: at, subject: 'particle' }
    : null;
}

/** „die ist noch halb voll": no hour. */
const halfFull = (s: Sight, i: number): Claim | null =>
  s.is(i, 'half', 'english-half') &&
  /^(?:voll|leer|fertig|offen|kaputt|tot|blind|blond|lang|full|empty|done|asleep|finished)$/.test(s.word(i + 1)) &&
  !s.isParted(i + 1)
    ? { from: i, to: i + 1, subject: 'particle' }
    : null;

/** "what do you charge these days" */
const nowadays = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'these' && s.word(i + 1) === 'days' && !REPLY.test(s.word(i + 2))
    ? { from: i, to: i + 1, subject: 'particle' }
    : null;
const REPLY = /^(?:works?|suits?|are|is|would|will|could|can|do|dont|only|please|at|in|from|between)$/;

/** "the one with sixty minutes" */
const pronounOne = (s: Sight, i: number): Claim | null =>
  s.word(i) === 'one' &&
  !s.is(i - 2, 'weekday', 'relative', 'from') &&
  /^(?:the|this|that|which|another|only)$/.test(s.word(i - 1)) &&
  !s.isTimed(i)
    ? one(i)
    : null;

/** „ein komischer Tag", "it's bin day": what sort of day it is, where a day is named elsewhere. */
function sortOfDay(s: Sight, i: number): Claim | null {
  if (!/^(?:tag|day)$/.test(s.word(i)) || s.isParted(i)) return null;
  const sort = s.word(i - 1);
  if (s.category(i - 1) !== 'unknown' || !SORT_OF_DAY.test(sort) || OTHER_DAY.test(sort)) return null;
  if (COUNTS_ON.test(s.word(i + 1)) && !s.isParted(i + 1)) return null;
  // „deswegen tags zuvor" says no sort.
  if (s.word(i) === 'tag' && !(/e[rsn]$/.test(sort) && /^(?:k?ein|mein|unser|so|ganz|recht|sehr)/.test(s.word(i - 2))))
    return null;
  const isNamed = s.all.some(({ category }) => ['weekday', 'relative', 'date', 'month', 'feast'].includes(category));
  return isNamed ? { from: i - 1, to: i, subject: 'particle' } : null;
}
const SORT_OF_DAY = /^[a-z]{3,}$/;
const OTHER_DAY =
  /^(?:same|selbe[nr]?|gleiche[nr]?|naechste[nr]?|folgende[nr]?|next|last|letzte[nr]?|other|andere[nr]?|whole|ganze[nr]?|each|any|every|following|previous|irgend[a-z]*|jede[nr]?|diese[nr]?|beliebige[nr]?|einzige[nr]?|only|freie[nr]?|free|that|this|the|one|and|und|neue[nr]?|new|different|spaete[nr]?|frueh[a-z]*|later|earlier|another)$/;
const COUNTS_ON =
  /^(?:after|before|later|earlier|sooner|following|then|danach|darauf|drauf|davor|vorher|zuvor|spaeter|frueher|hinterher|nach|vor|of|off)$/;

/**
 * Finds the numbers and names of a phrase that refer to something other than time (two people, 45 euros, a daughter of twelve,
 * house number 12, Mrs Friday). Called before the grammar reads: an age must never become an hour. Pure.
 */
import { soundsLikeTime } from './misheard.ts';
import type { Token } from './token.ts';

/** What a number or a name refers to instead of time. */
export type Subject = 'phone' | 'identifier' | 'name' | 'length' | 'measure' | 'count' | 'age';

export interface NotTime {
  /** Positions (`Token.at`) that carry no time, with what they refer to. */
  dropped: ReadonlyMap<number, Subject>;
  /** Positions of numbers that may be people or an hour („für zwei"): an hour only if asked. */
  unsure: ReadonlySet<number>;
}

/** Tokens `from` to `to`, both included. */
interface Claim {
  from: number;
  to: number;
  subject: Subject;
}

/** Money, measures, ages: nothing before the number makes an hour of it. */
const MEASURE =
  /^(?:euros?|eur|cents?|franken|chf|rappen|dollars?|pounds?|prozent|percent|grad|cm|zentimeter|centimet(?:er|re)s?|mm|millimeter|meter|kilo|kg|gramm|liter|ml|jaehrig(?:e|er|en|es|em)?)$/;
/** What callers count at a reception; a clock mark before the number („um drei Termine") still makes it an hour. */
const COUNTED =
  /^(?:person(?:en|s)?|people|leute|kind(?:er|ern)?|kids|child(?:ren)?|mal|male|times?|termine?n?|appointments?|plaetze?n?|slots?|freund(?:e|en|in|innen)?|friends?|gaeste?n?|guests?|toechtern?|tochter|daughters?|soehnen?|sohn|sons?|mann|maennern?|men|frauen|women|herren|damen|jungs|jungen|maedchen|boys?|girls?|erwachsenen?|adults?|behandlung(?:en)?|treatments?|massagen?|sitzung(?:en)?|sessions?|besuche?|visits?|haarschnitte?|haircuts?|schnitte?|cuts?|stueck|haende?n?|fuesse?n?|naegeln?|straehnen|seiten?|fragen?|questions?|dinge|things?|sachen|moment|seconds?|sekunden?|versuche?|etagen?|stock|stockwerk|floor|klasse|reihe|punkte|sterne|hunde?n?|dogs?|katzen?|kontrolle|untersuchung|beratung|physiotherapie|faerben|waschen|option(?:en|s)?|moeglichkeit(?:en)?|vorschlag|vorschlaege|one)$/;
const IDENTIFIER =
  /^(?:.*nummer|.{2,}(?:strasse|str|gasse|allee|weg|platz)|numbers?|nr|.*zimmer|room|plz|postleitzahl|zip|.*telefon|.*handy|phone|mobil|mobile|street|road|avenue|.*code|pin|tuer|top|apartment|haus|house)$/;
const PEOPLE =
  /^(?:tochter|sohn|kind|kleiner?|mann|frau|mutter|vater|mama|papa|oma|opa|freund|freundin|schwester|bruder|enkel|enkelin|nichte|neffe|baby|hund|er|sie|ich|wir|i|we|he|she|daughter|son|kid|child|husband|wife|mother|father|mum|mom|dad|friend|sister|brother)$/;
const COPULA = /^(?:ist|sind|are|bin|wird|werde|war|wurde|is|am|im|was|turns|turned)$/;
const BARELY =
  /^(?:erst|schon|fast|gerade|jetzt|nun|bald|knapp|circa|ca|ungefaehr|etwa|ueber|now|already|only|almost|just|about)$/;
const TITLE = /^(?:frau|herr|herrn|mr|mrs|ms|miss|dr|doktor|doctor)$/;
const POSSESSIVE = /^(?:mein|dein|sein|ihr|unser|euer|my|your|his|her|our)/;
const NAME_INTRO = /^(?:heisse|nachname|familienname|surname|lastname)$/;
const NAMES: readonly Token['category'][] = ['weekday', 'month', 'season', 'daypart'];
/** Marks that make an hour (or a day) of the number behind them. */
const MARKS: readonly Token['category'][] = [
  'at',
  'from',
  'until',
  'latest',
  'not-before',
  'not-after',
  'before',
  'after',
  'past',
  'between',
  'approx',
  'shortly',
  'exact',
  'half',
  'english-half',
  'quarter',
  'three-quarter',
  'in',
];
const FOR = /^(?:fuer|fur|for)$/;
/** So many digits in one breath are a phone number. */
const PHONE_DIGITS = 6;
/** So many number words in a row are dictated digits. */
const PHONE_WORDS = 5;
/** Words between „Nummer" and its digits: „meine Nummer ist die …". */
const MAX_LINK_WORDS = 3;

/** What behind a number makes an hour, a date or a stretch of it. */
const TIMING: readonly Token['category'][] = [
  'oclock',
  'meridiem',
  'unit',
  'month',
  'before',
  'after',
  'past',
  'quarter',
  'span-minutes',
  'and-half',
  'until',
];
/** Behind these a length is a delay, a distance or a limit. */
const NO_LENGTH_BEHIND: readonly Token['category'][] = [
  'in',
  'within',
  'before',
  'after',
  'from',
  'until',
  'and',
  'oclock',
  'latest',
  'approx',
  'which',
];

/** Looks at the tokens of a phrase by position. */
interface Phrase {
  all: readonly Token[];
  word(i: number): string;
  category(i: number): Token['category'] | null;
}

const isNumber = (p: Phrase, i: number): boolean => p.category(i) === 'number';
const isCardinal = (p: Phrase, i: number): boolean => isNumber(p, i) && p.all[i]?.ordinal !== true;
const isThing = (p: Phrase, i: number): boolean =>
  (COUNTED.test(p.word(i)) || MEASURE.test(p.word(i))) && !p.all[i]?.afterComma;
const isMarked = (p: Phrase, i: number): boolean => MARKS.includes(p.category(i - 1) ?? 'unknown');
/** What follows makes an hour, a date or a stretch of the number. */
const isTimed = (p: Phrase, i: number): boolean => TIMING.includes(p.category(i + 1) ?? 'unknown');

/** Which tokens of a phrase refer to something other than time. */
export function notTimeOf(all: readonly Token[]): NotTime {
  const dropped = new Map<number, Subject>();
  const unsure = new Set<number>();
  const phrase: Phrase = {
    all,
    word: (i) => all[i]?.text ?? '',
    category: (i) => all[i]?.category ?? null,
  };
  for (let i = 0; i < all.length; i++) {
    if (dropped.has(i)) continue;
    const claim = claimAt(phrase, i);
    if (claim === 'unsure') unsure.add(i);
    else if (claim) for (let at = claim.from; at <= claim.to; at++) dropped.set(at, claim.subject);
  }
  return { dropped, unsure };
}

/** What stands at a position instead of time; null: nothing. The order matters: the surer signs come first. */
function claimAt(p: Phrase, i: number): Claim | 'unsure' | null {
  const phone = isNumber(p, i) ? phoneNumber(p, i) : null;
  if (phone) return phone;
  if (IDENTIFIER.test(p.word(i))) return identifier(p, i);
  if (introducesName(p, i)) return nameBehind(p, i);
  // „eine Stunde Massage"
  if (p.category(i) === 'one' && !/^(?:one|eins)$/.test(p.word(i))) return lengthOfService(p, i);
  if (!isNumber(p, i) && p.category(i) !== 'one' && p.category(i) !== 'decimal') return null;
  return countedAt(p, i);
}

/** Phone numbers, written or dictated. */
function phoneNumber(p: Phrase, i: number): Claim | null {
  let end = i;
  while (isCardinal(p, end + 1) && !p.all[end + 1]?.afterComma) end++;
  return isPhone(p.all.slice(i, end + 1)) ? { from: i, to: end, subject: 'phone' } : null;
}

function isPhone(run: readonly Token[]): boolean {
  const written = run.filter((token) => token.digits);
  const digits = written.reduce((sum, token) => sum + token.text.length, 0);
  const long = written.some(
    (token) => Number.isNaN(token.value) || (token.text.startsWith('0') && token.text.length > 2),
  );
  if (long && digits >= PHONE_DIGITS) return true;
  return run.length >= PHONE_WORDS && run.every((token) => !token.ordinal) && digits === 0;
}

/** Hausnummer 12, Hauptstraße 7, meine Nummer ist die 0171 … */
function identifier(p: Phrase, i: number): Claim | null {
  let at = i + 1;
  while (
    at - i <= MAX_LINK_WORDS &&
    !isNumber(p, at) &&
    /^(?:ist|lautet|is|die|der|the|nummer|nr|number)$/.test(p.word(at))
  )
    at++;
  // „Hauptstraße 7." at the end of a sentence looks like an ordinal.
  if (
    isNumber(p, at) &&
    (isCardinal(p, at) || p.all[at]?.digits) &&
    !['oclock', 'meridiem', 'unit'].includes(p.category(at + 1) ?? 'unknown')
  ) {
    let end = at;
    while (isCardinal(p, end + 1) && !p.all[end + 1]?.afterComma && !isTimed(p, end + 1)) end++;
    return { from: i, to: end, subject: 'identifier' };
  }
  return /^(?:.*nummer|.{2,}(?:strasse|gasse|allee)|postleitzahl|number)$/.test(p.word(i))
    ? { from: i, to: i, subject: 'identifier' }
    : null;
}

/** Names that sound like days: Frau Freitag, Herr Mai; „meine Frau Freitag um drei" is a day. */
function introducesName(p: Phrase, i: number): boolean {
  return (
    (TITLE.test(p.word(i)) && !POSSESSIVE.test(p.word(i - 1))) ||
    NAME_INTRO.test(p.word(i)) ||
    (/^(?:ist|is|lautet|war)$/.test(p.word(i)) && /^(?:name|nachname|familienname|surname)$/.test(p.word(i - 1))) ||
    (/^(?:ist|spricht|is)$/.test(p.word(i)) && /^(?:hier|this|da)$/.test(p.word(i - 1)))
  );
}

function nameBehind(p: Phrase, i: number): Claim | null {
  const first = p.category(i + 1);
  if (first !== null && NAMES.includes(first)) return { from: i + 1, to: i + 1, subject: 'name' };
  if (first !== 'unknown') return null;
  // Petra Schulze, Julia März: nothing in a name is a misheard word of time.
  const second = p.category(i + 2);
  const family = second === 'unknown' || second === 'month' || second === 'season';
  return { from: i + 1, to: family && !p.all[i + 2]?.afterComma ? i + 2 : i + 1, subject: 'name' };
}

/** A length of service („90 Minuten Massage", „eine Stunde Beratung") that nothing makes a delay or a distance. */
function lengthOfService(p: Phrase, i: number): Claim | null {
  const unit = i + 1;
  if (p.category(unit) !== 'unit' || !(p.all[unit]?.value === 'minute' || p.all[unit]?.value === 'hour')) return null;
  if (NO_LENGTH_BEHIND.includes(p.category(i - 1) ?? 'filler')) return null;
  const next = p.category(unit + 1);
  // Only where the thing that lasts so long is named: „90 Minuten später", „zehn Minuten vor drei" are no lengths.
  const thing = next === 'unknown' ? !soundsLikeTime(p.word(unit + 1)) : isThing(p, unit + 1);
  return thing && !p.all[unit + 1]?.afterComma ? { from: i, to: unit + 1, subject: 'length' } : null;
}

/** What a number counts, measures or says of a person's age. */
function countedAt(p: Phrase, i: number): Claim | 'unsure' | null {
  const noun = countedNoun(p, i);
  // „ab 20 Euro": the mark belongs to the price.
  if (noun !== null && MEASURE.test(p.word(noun)))
    return { from: isMarked(p, i) ? i - 1 : i, to: noun, subject: 'measure' };
  // zum zweiten Mal, im dritten Stock; „am zweiten" stays a date.
  if (p.all[i]?.ordinal)
    return noun !== null && p.word(i - 1) !== 'am' ? { from: i, to: noun, subject: 'count' } : null;
  // „um 10 Uhr 45": minutes, whatever follows.
  const minutes = p.category(i - 1) === 'oclock' && Number(p.all[i]?.value) % 5 === 0;
  if (noun !== null && !isMarked(p, i) && !minutes) return { from: i, to: noun, subject: 'count' };
  // zwei von uns, two of us
  if (!isMarked(p, i) && /^(?:von|of)$/.test(p.word(i + 1)) && /^(?:uns|us|ihnen|them)$/.test(p.word(i + 2)))
    return { from: i, to: i + 2, subject: 'count' };
  return lengthOfService(p, i) ?? yearsOfAge(p, i) ?? (isTimed(p, i) || isMarked(p, i) ? null : bareNumber(p, i));
}

/** Where the noun of a number stands; one adjective may stand between: zwei kleine Kinder. */
function countedNoun(p: Phrase, i: number): number | null {
  if (isThing(p, i + 1)) return i + 1;
  const adjective =
    /e[nrsm]?$/.test(p.word(i + 1)) &&
    !POSSESSIVE.test(p.word(i + 1)) &&
    ['filler', 'unknown'].includes(p.category(i + 1) ?? '');
  return adjective && isThing(p, i + 2) ? i + 2 : null;
}

/** 35 Jahre (alt), twelve years old */
function yearsOfAge(p: Phrase, i: number): Claim | null {
  if (p.category(i + 1) !== 'unit' || p.all[i + 1]?.value !== 'year') return null;
  if (['in', 'before', 'after', 'within', 'past'].includes(p.category(i - 1) ?? '')) return null;
  return { from: i, to: /^(?:alt|old|jung)$/.test(p.word(i + 2)) ? i + 2 : i + 1, subject: 'age' };
}

/** A number that nothing marks as time. */
function bareNumber(p: Phrase, i: number): Claim | 'unsure' | null {
  if (isAge(p, i)) return { from: i, to: i, subject: 'age' };
  if (FOR.test(p.word(i - 1))) return 'unsure';
  // zwei Handtücher: an unknown word is counted, unless it may be a misheard word of time.
  const counted =
    p.category(i + 1) === 'unknown' &&
    !p.all[i + 1]?.afterComma &&
    !soundsLikeTime(p.word(i + 1)) &&
    p.word(i + 1).length > 3;
  return counted ? { from: i, to: i + 1, subject: 'count' } : null;
}

/** meine Tochter ist (erst) zwölf */
function isAge(p: Phrase, i: number): boolean {
  let copula = i - 1;
  while (copula > i - MAX_LINK_WORDS && BARELY.test(p.word(copula))) copula--;
  const person = p.word(copula) === 'im' || [1, 2, 3].some((back) => PEOPLE.test(p.word(copula - back)));
  return COPULA.test(p.word(copula)) && person;
}

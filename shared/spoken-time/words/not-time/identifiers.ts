/** Numbers that name something: phones, addresses, orders, models, sizes, levels, seats. Called by ../not-time.ts. */
import { amountEnds, withMarks } from './amounts.ts';
import type { Claim, Finder, Sight } from './sight.ts';
import { remembered } from '../memo.ts';
import type { Token } from '../token.ts';

/** Nouns that a number names: a bare number directly behind belongs to them. */
const NAMING =
  /^(?:.*(?:nummer|nr|strasse|gasse|allee|platz|ufer|damm|markt|zimmer|telefon|handy|code|groesse|grad|stufe|klasse|rechnung|auftrag|ticket|vertrag)|.{2,}(?:str|weg)|(?:.{3,})?ring|numbers?|plz|postleitzahl|zip|phone|mobile?|street|road|avenue|lane|pin|tuer|top|apartment|flat|suite|haus|house|room|floor|etage|stock|ebene|level|size|grade|stage|stadium|phase|zone|typ|type|modell?|version|kapitel|chapter|lektion|lesson|seite|page|aufgabe|uebung|band|teil|part|reihe|row|tisch|table|kabine|box|liege|halle|gate|gleis|linie|line|bus|tram|block|station|tor|.*deck|.*hof|gebaeude|stiege|channel|exercise|ext|eingang|entrance|aufgang|saal|raum|gruppe|group|paket|package|option|programm|tarif|factor|paragraf|paragraph|artikel|article|zahn|tooth|finger|wirbel|note|durchwahl|ending|extension|order|invoice|customer|account|policy|reference|ref|kennzeichen|plate|registration|blutdruck|pressure|puls|pulse|rr|dioptrien|sphaere|volumen|schein|lsf|spf|ibu\w*|golf|polo|audi|bmw|mercedes|opel|ford|renault|fiat|peugeot|iphone|kurs|modul|.*wohnung|autobahn|ausfahrt|kilometer|.*faktor|farbton|nuance|iban|thai|formel|format|baujahr|bj)$/;
const isNaming = remembered((word) => NAMING.test(word));
/** Nouns that stand for their number even where it is not understood. */
const WHOLE = /^(?:.*nummer|.{2,}(?:strasse|gasse|allee)|postleitzahl|number)$/;
/** What `identifierAt` begins with besides numbers and words of time. */
export const IDENTIFIER_WORDS: readonly RegExp[] = [NAMING, WHOLE, /^(?:strasse|platz|allee)$/];
/** Words between „Nummer" and its digits: „meine Nummer ist die …". */
const MAX_LINK_WORDS = 3;
const LINK = /^(?:ist|lautet|is|war|was|die|der|the|nummer|nr|number|endet|ends|liegt)$/;
const ENDS = /^(?:endet|ends|ending|liegt)$/;
/** So many digits in one breath are a phone number. */
const PHONE_DIGITS = 6;
/** So many number words in a row are dictated digits. */
const PHONE_WORDS = 5;
/** No hour and no minute is larger. */
const LARGEST_MINUTE = 59;
const LAST_DAY = 31;
const FIRST_YEAR = 2020;
const LAST_YEAR = 2100;
const DETERMINER =
  /^(?:ein|eine|einen|einem|einer|mein|meine|meinen|meinem|meiner|unser|unsere|unseren|unserem|der|die|das|den|dem|a|an|my|our|the|his|her)$/;
/** „steht auf fünf", „unter der zwei zwei eins" */
const STANDS = /^(?:steht|stehen|stehe|stand|eingestellt|endet|ends)$/;
const REACH = /^(?:erreich\w*|anruf\w*|zurueckruf\w*|reach|call|ring)$/;

/** Numbers that name something, with the noun before them. */
export const identifierAt: Finder = (s, i) =>
  s.isMinuteOfClock(i) && !s.isNumber(i - 1)
    ? null
    : (phone(s, i) ?? street(s, i) ?? named(s, i) ?? reachable(s, i) ?? model(s, i) ?? standing(s, i));

/** Phone numbers, written or dictated. */
function phone(s: Sight, i: number): Claim | null {
  if (!s.isNumber(i)) return null;
  const end = runEnd(s, i);
  return isPhone(s.all.slice(i, end + 1)) ? { from: i, to: end, subject: 'phone' } : null;
}

/** Last cardinal of a run without a pause. */
function runEnd(s: Sight, i: number): number {
  let end = i;
  while (s.isCardinal(end + 1) && !s.isParted(end + 1)) end++;
  return end;
}

function isPhone(run: readonly Token[]): boolean {
  const written = run.filter((token) => token.digits);
  const digits = written.reduce((sum, token) => sum + token.text.length, 0);
  const long = written.some(
    (token) =>
      Number.isNaN(token.value) || (token.text.startsWith('0') && token.text.length > 2) || token.text.length === 3,
  );
  if (long && digits >= PHONE_DIGITS) return true;
  return run.length >= PHONE_WORDS && run.every((token) => !token.ordinal) && digits === 0;
}

/** „Straße des 17. Juni", „May Street 5", „in der Achten Querstraße" */
function street(s: Sight, i: number): Claim | null {
  if (
    /^(?:strasse|platz|allee)$/.test(s.word(i)) &&
    s.word(i + 1) === 'des' &&
    s.isOrdinal(i + 2) &&
    s.is(i + 3, 'month')
  )
    return { from: i, to: s.isCardinal(i + 4) ? i + 4 : i + 3, subject: 'identifier' };
  // "14 Garden Street"
  const english = /^(?:street|road|lane|avenue|close|court|square)$/;
  if (s.isCardinal(i) && s.category(i + 1) === 'unknown' && english.test(s.word(i + 2)))
    return { from: i, to: i + 2, subject: 'identifier' };
  if (!s.isName(i) && !s.isOrdinal(i)) return null;
  // „am Donnerstag Waldweg": a day, and a way of another name.
  const whole = /^(?:street|road|lane|avenue|close|court|square|strasse|gasse|weg|querstrasse)$/.test(s.word(i + 1));
  const inIt = s.word(i - 1) === 'der' || s.word(i - 1) === 'die' || s.isCardinal(i - 1);
  if (
    !(whole || inIt) ||
    s.isParted(i + 1) ||
    !/^(?:.*strasse|.*gasse|(?:.*quer|.*rund|.*hoch)?weg|street|road|lane|avenue|close|court|square)$/.test(
      s.word(i + 1),
    )
  )
    return null;
  const first = s.isCardinal(i - 1) && !s.isParted(i) ? i - 1 : i;
  return { from: first, to: numberBehind(s, i + 1) ?? i + 1, subject: 'identifier' };
}

/** Hausnummer 12, Größe 312, meine Nummer ist die 0171 …, Kennzeichen W E S 24 12 */
function named(s: Sight, i: number): Claim | null {
  if (!isNaming(s.word(i))) return null;
  // „klasse, drei", „super klasse drei passt": praise
  if (s.word(i) === 'klasse' && !DETERMINER.test(s.word(i - 1))) return null;
  const end = numberBehind(s, i);
  if (end !== null) return { from: topicStart(s, i), to: end, subject: 'identifier' };
  return WHOLE.test(s.word(i)) && !s.isOrdinal(i - 1) ? { from: i, to: i, subject: 'identifier' } : null;
}

/** „es geht um (die) Rechnung 4711" */
function topicStart(s: Sight, i: number): number {
  const from = s.is(i - 1, 'article') ? i - 1 : i;
  return s.is(from - 1, 'at', 'approx') && !s.isParted(from) ? from - 1 : i;
}

/** Last token of the number that names the noun at `i`. */
function numberBehind(s: Sight, i: number): number | null {
  let at = i + 1;
  while (
    at - i <= MAX_LINK_WORDS &&
    (LINK.test(s.word(at)) || ENDS.test(s.word(at - 1))) &&
    !s.isNumber(at) &&
    !s.isParted(at)
  )
    at++;
  while (isLetter(s, at)) at++;
  // „Hauptstraße 7." at the end of a sentence looks like an ordinal.
  const number = s.is(at, 'pair') || (s.isNumber(at) && (s.isCardinal(at) || s.all[at]?.digits === true));
  if (!number || s.isParted(at) || s.is(at + 1, 'oclock', 'meridiem')) return null;
  if (s.is(at + 1, 'unit') && !s.isParted(at + 1)) return null;
  return dictatedEnd(s, at);
}

/** Digits, letters and ratios go on: „M 123 456 789", „18 a", „140 zu 90", „vier Komma fünf". */
function dictatedEnd(s: Sight, at: number): number {
  let end = Math.max(at, (amountEnds(s, at)[0] ?? at + 1) - 1);
  // „Nuance 7 Punkt 1"
  if (s.word(end + 1) === 'punkt' && s.isCardinal(end + 2)) end += 2;
  while (!s.isParted(end + 1) && ((s.isCardinal(end + 1) && !s.isTimed(end + 1)) || isLetter(s, end + 1))) end++;
  return end;
}

const isLetter = (s: Sight, i: number): boolean =>
  /^[a-z]$/.test(s.word(i)) && s.is(i, 'unknown', 'one') && !s.isParted(i) && (s.word(i) !== 'a' || s.isParted(i + 1));

/** „unter der zwo zwo eins erreichen Sie mich" */
function reachable(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || !/^(?:unter|under|on)$/.test(s.word(/^(?:der|die)$/.test(s.word(i - 1)) ? i - 2 : i - 1)))
    return null;
  const end = runEnd(s, i);
  if (end === i || s.isTimed(end) || !s.has(0, s.all.length, REACH)) return null;
  return { from: i, to: end, subject: 'phone' };
}

/** „ein Golf 7", „mein Peugeot 308", „drei Ibu 600": the number belongs to the unknown noun before it. */
function model(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || !s.isUnknownNoun(i - 1) || s.isParted(i) || s.isTimed(i) || isWishYear(s, i)) return null;
  const sure = s.value(i) > LARGEST_MINUTE || DETERMINER.test(s.word(i - 2));
  return sure ? { from: i - 1, to: runEnd(s, i), subject: 'identifier' } : null;
}

/** „Wohnung 14", „Balayage drei": behind a word that nobody listed, which may be a verb. */
export const unlistedAt: Finder = (s, i) =>
  tooLarge(s, i) ??
  (s.isCardinal(i) && s.isUnknownNoun(i - 1) && !s.isParted(i) && !s.isTimed(i) && !isWishYear(s, i) ? 'unsure' : null);

/** „Mathe steht auf fünf" */
function standing(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || s.word(i - 1) !== 'auf' || s.isTimed(i) || s.isParted(i)) return null;
  return s.has(i - 5, i - 2, STANDS) ? { from: i, to: i, subject: 'identifier' } : null;
}

/** A bare number that no clock and no calendar holds: 312, 600, the year 2014. */
function tooLarge(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || s.isTimed(i) || isWishYear(s, i)) return null;
  const free =
    !s.is(i - 1, 'at', 'half', 'quarter', 'in') &&
    !s.isBesideDay(i) &&
    (s.isParted(i) || !s.is(i - 1, 'oclock', 'number', 'and'));
  // „auf der 36", "the 45 bus": no day of a month, and no minute behind an article.
  if (
    s.is(i - 1, 'article') &&
    !s.isParted(i) &&
    s.value(i) > LAST_DAY &&
    s.value(i) <= LARGEST_MINUTE &&
    s.all[i]?.digits
  )
    return { from: i, to: i, subject: 'identifier' };
  return free && !(s.value(i) <= LARGEST_MINUTE) && !/^(?:[01]?\d|2[0-3])[0-5]\d$/.test(s.word(i))
    ? { from: withMarks(s, i), to: i, subject: 'identifier' }
    : null;
}

const isWishYear = (s: Sight, i: number): boolean => s.value(i) >= FIRST_YEAR && s.value(i) <= LAST_YEAR;

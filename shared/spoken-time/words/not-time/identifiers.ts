/** Numbers that name something: phones, addresses, orders, models, sizes, levels, seats. Called by ../not-time.ts. */
import { amountEnds, withMarks } from './amounts.ts';
import type { Claim, Finder, Sight } from './sight.ts';
import { remembered } from '../memo.ts';
import type { Token } from '../token.ts';

/** Nouns that a number names: a bare number directly behind belongs to them. */
const NAMING =
  /^(?:.*(?:nummer|nr|strasse|gasse|allee|platz|ufer|damm|markt|zimmer|telefon|handy|code|groesse|grad|stufe|klasse|rechnung|auftrag|ticket|vertrag)|.{2,}(?:str|weg)|(?:.{3,})?ring|numbers?|plz|postleitzahl|zip|phone|mobile?|street|road|avenue|lane|pin|tuer|top|apartment|flat|suite|haus|house|room|floor|etage|stock|ebene|level|size|grade|stage|stadium|phase|zone|typ|type|modell?|version|kapitel|chapter|lektion|lesson|seite|page|aufgabe|uebung|band|teil|part|reihe|row|tisch|table|kabine|box|liege|halle|gate|gleis|linie|line|bus|tram|block|station|tor|.*deck|.*hof|gebaeude|stiege|channel|exercise|ext|eingang|entrance|aufgang|saal|raum|gruppe|group|paket|package|option|programm|tarif|factor|paragraf|paragraph|artikel|article|zahn|tooth|finger|wirbel|note|durchwahl|ending|extension|order|invoice|customer|account|policy|reference|ref|kennzeichen|plate|registration|blutdruck|pressure|puls|pulse|rr|dioptrien|sphaere|volumen|schein|lsf|spf|ibu\w*|golf|polo|audi|bmw|mercedes|opel|ford|renault|fiat|peugeot|iphone|kurs|modul|.*wohnung|autobahn|ausfahrt|kilometer|.*faktor|farbton|nuance|iban|thai|formel|format|baujahr|bj|.+(?:weite|laenge|breite|hoehe|tiefe|linie|farbe|ton|zeichen|ziffer|wert|stufe|schluessel)|menue?|aufsatz|klingel|position|sitz|seat|takt|opus|formular|anlage|windows|wert|vitamin|omega|covid|hepatitis|platform|flight|flug|junction|exit|year|jahrgang|abschnitt|tempo|gear|spind|locker|schliessfach|fach|strophe|vers|folge|episode|staffel|bett|bed|sektor|nummernschild|fever|fieber|temperatur)$/;
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
    : (phone(s, i) ??
      street(s, i) ??
      named(s, i) ??
      withLetter(s, i) ??
      reachable(s, i) ??
      pointed(s, i) ??
      model(s, i) ??
      standing(s, i));

/** Phone numbers, written or dictated. */
function phone(s: Sight, i: number): Claim | null {
  if (!s.isNumber(i)) return null;
  const end = runEnd(s, i);
  if (isPhone(s.all.slice(i, end + 1))) return { from: i, to: end, subject: 'phone' };
  // „null eins sieben sechs, drei vier fünf, acht neun": dictated in groups, from its zero on.
  if (s.value(i) !== 0 || end - i + 1 < SHORTEST_GROUP) return null;
  let last = end;
  let groups = 1;
  while (s.isCardinal(last + 1) && runEnd(s, last + 1) > last + 1 && isAlone(s, last + 1)) {
    last = runEnd(s, last + 1);
    groups++;
  }
  return groups > 1 ? { from: i, to: last, subject: 'phone' } : null;
}
/** So many digits begin a number that is dictated in groups. */
const SHORTEST_GROUP = 3;

/** The run of numbers that begins there is all that stands between two pauses. */
const isAlone = (s: Sight, i: number): boolean => s.isParted(i) && s.isParted(runEnd(s, i) + 1);

/** Last cardinal of a run without a pause. */
function runEnd(s: Sight, i: number): number {
  let end = i;
  while (!s.isParted(end + 1) && (s.isCardinal(end + 1) || (DOUBLED.test(s.word(end + 1)) && s.isCardinal(end + 2))))
    end++;
  return end;
}
const DOUBLED = /^(?:double|triple|doppel|zweimal)$/;

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
  let end = numberBehind(s, i);
  // „Schlüsselnummer zwei ist 419"
  if (end !== null && /^(?:ist|lautet|is)$/.test(s.word(end + 1)) && s.isCardinal(end + 2) && !s.isParted(end + 1))
    end = dictatedEnd(s, end + 2);
  if (end !== null) return { from: topicStart(s, i), to: groupsEnd(s, i, end), subject: 'identifier' };
  return WHOLE.test(s.word(i)) && !s.isOrdinal(i - 1) ? { from: i, to: i, subject: 'identifier' } : null;
}

/** „meine Nummer ist null eins sieben, dreiundzwanzig, fünfundvierzig": dictated in groups. */
function groupsEnd(s: Sight, i: number, end: number): number {
  if (!/(?:nummer|telefon|handy|phone|number|mobile?)$/.test(s.word(i))) return end;
  let last = end;
  while (s.isCardinal(last + 1) && isAlone(s, last + 1)) last = runEnd(s, last + 1);
  return last;
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
  const lettered = PLATED.test(s.word(i));
  while (
    isLetter(s, at) ||
    (lettered &&
      at - i <= MOST_LETTERS &&
      !s.isNumber(at) &&
      !s.isParted(at) &&
      s.is(at, 'unknown', 'from') &&
      /^[a-z]{1,3}$/.test(s.word(at)) &&
      (s.category(at) === 'unknown' || /^[a-z]$/.test(s.word(at - 1))))
  )
    at++;
  // „Hauptstraße 7." at the end of a sentence looks like an ordinal.
  const number = s.is(at, 'pair') || (s.isNumber(at) && (s.isCardinal(at) || s.all[at]?.digits === true));
  if (!number || s.isParted(at) || s.is(at + 1, 'oclock', 'meridiem')) return null;
  if (s.is(at + 1, 'unit') && !s.isParted(at + 1)) return null;
  // "the man for the floor the 2 december"
  if (s.is(at - 1, 'article') && s.is(at + 1, 'month')) return null;
  return dictatedEnd(s, at);
}

/** Letters stand before their number: „Kennzeichen K AB 1234", "flight BA 283", „Audi A 4". */
const PLATED = /^(?:kennzeichen|nummernschild|plate|registration|flight|flug|audi|vitamin|iban)$/;
const MOST_LETTERS = 4;

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

/** „M S fünf drei zwei", „C vier", „L fünf": letters of a plate, a car, a vertebra; „i", „a", „s" are words of dialects. */
function withLetter(s: Sight, i: number): Claim | null {
  if (!/^[a-z]$/.test(s.word(i)) || !s.is(i, 'unknown', 'one', 'article', 'filler')) return null;
  const two = /^[a-z]$/.test(s.word(i + 1)) && !s.isParted(i + 1);
  const at = two ? i + 2 : i + 1;
  if (!s.isCardinal(at) || s.isParted(at) || s.isTimed(at) || s.is(at + 1, 'oclock', 'meridiem')) return null;
  if (!two && !/^[bcfgklmnpqrtvwxy]$/.test(s.word(i))) return null;
  if (two && !(s.isCardinal(at + 1) || s.value(at) > LARGEST_MINUTE || /^[bcfgklmnpqrtvwxy]$/.test(s.word(i + 1))))
    return null;
  return { from: i, to: dictatedEnd(s, at), subject: 'identifier' };
}

/** „die sechs Punkt drei", "seven point one": a shade, a version, a share; „um sechs Punkt" is an hour. */
function pointed(s: Sight, i: number): Claim | null {
  const between = /^(?:punkt|komma|point|dot)$/.test(s.word(i + 1)) && !s.isParted(i + 1) && !s.isParted(i + 2);
  if (!between || !s.isCardinal(i) || !s.isCardinal(i + 2) || s.isMarked(i) || s.isTimed(i + 2)) return null;
  return { from: i, to: i + 2, subject: 'identifier' };
}

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
  // „wir wohnen im sechsten": a storey; a day is „am sechsten".
  if (
    s.isOrdinal(i) &&
    s.word(i - 1) === 'im' &&
    s.has(i - 5, i - 2, /^(?:wohn\w*|oben|stock|etage|lebe\w*|buero|praxis|sitz\w*|ganz)$/) &&
    (s.isParted(i + 1) || s.is(i + 1, 'unknown', 'and')) &&
    !s.isNumber(i - 2)
  )
    return { from: i, to: i, subject: 'identifier' };
  // „in der neunzigsten", „zum Achtzigsten", „meinen Vierzigsten"; „am 32." is a day that does not exist.
  const nth =
    /^(?:zum|die|das|(?:mein|dein|sein|ihr|unser|euer)[a-z]*|my|his|her)$/.test(s.word(i - 1)) ||
    (s.word(i - 1) === 'der' && s.word(i - 2) === 'in');
  if (s.isOrdinal(i) && s.value(i) > LAST_DAY && nth && !s.is(i + 1, 'unit', 'month'))
    return { from: i, to: i, subject: 'identifier' };
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
  if (!free || s.value(i) <= LARGEST_MINUTE || /^(?:[01]?\d|2[0-3])[0-5]\d$/.test(s.word(i))) return null;
  // "eighty four fifty"
  let to = i;
  while (s.isCardinal(to + 1) && !s.isParted(to + 1) && !s.isTimed(to + 1) && !s.all[to + 1]?.digits) to++;
  return { from: withMarks(s, i), to, subject: 'identifier' };
}

const isWishYear = (s: Sight, i: number): boolean => s.value(i) >= FIRST_YEAR && s.value(i) <= LAST_YEAR;

/** Numbers of people and things: „zwei kleine Kinder", „vier Lampen", „die zweite Sitzung", „sechs pro Woche", „zwei von sechs". Called by ../not-time.ts. */
import { amountEnds, withMarks } from './amounts.ts';
import { withFrequency, withOwner } from './measures.ts';
import type { Claim, Finder, Sight } from './sight.ts';

/** What callers count at a reception and what the tables know otherwise; a clock mark before the number („um drei Termine") still makes it an hour. */
const COUNTED =
  /^(?:times?|male|termin|platz|plaetze|slots?|freund\w*|friends?|toechter|tochter|s(?:oe|o)hne?|mann|maenner|frauen|women|m[ae]n|jung(?:s|en)|maedchen|boys?|girls?|adults?|behandlung\w*|treatments?|massagen?|sitzung\w*|sessions?|besuche?|visits?|haarschnitt|haircut|schnitte?|cuts?|stueck|naegel|straehnen|fragen?|questions?|moment|seconds?|sekunden?|etagen?|stock|floor|og|ug|klasse|sterne|hunde?n?|dogs?|kontrolle|untersuchung|beratung|physiotherapie|faerben|waschen|moeglichkeit|vorschlag|schwestern|brueder|zimmer|wagen|x|one)$/;
/** What an ordinal is said of, where the article alone leaves a date possible: „der dritte Versuch". */
const NTH =
  /^(?:.*(?:stock|gang|kurs|wirbel|finger|zahn|zeh|teil|schritt|raum|anlauf|besuch|hof)|mal|time|door|street|grade|class|tooth|try|round|half|building|entrance|visit|of)$/;
const POSSESSIVE = /^(?:mein|dein|sein|ihr|unser|euer|my|your|his|her|our)/;
/** Feminine and neuter: never a day of the month. */
const NO_DATE = /^(?:die|das|eine|ne)$/;
const ADJECTIVE = /(?:e[nrsm]?|new|old|more|further|whole|small|little|big|extra)$/;
const OUT_OF = /^(?:von|of)$/;
const GROUP = /^(?:gruppe|familie|team|group|party)$/;
const LEFT = /^(?:fehl(?:t|en|ten)|uebrig|left|remaining|offen)$/;
/** zu zweit, zu dritt */
const AS_GROUP = /^(?:zweit|dritt|viert|fuenft|sechst|siebt|acht|neunt|zehnt|mehrt)$/;
/** zweimal, zehnmal, dreifach */
const TIMES =
  /^(?:ein|zwei|zwo|drei|vier|fuenf|sechs|sieben|acht|neun|zehn|elf|zwoelf|\w+zig|\w+zehn)(?:mal|fach)$|^(?:twice|thrice)$/;
/** What `countAt` begins with besides numbers. */
export const COUNT_WORDS: readonly RegExp[] = [AS_GROUP, TIMES];
const ABOUT = /^(?:geht|ging|gehts|ginge|handelt|dreht)$/;
/** One of them behind an hour is what is wanted then: „nach drei Massage". */
const SERVICE =
  /^(?:massage|behandlung|sitzung|kontrolle|untersuchung|beratung|physiotherapie|faerben|waschen|termin|haarschnitt|haircut|cut|appointment|mal|times?|one|moment)$/;
/** „das erste, was frei ist": the next slot is asked for. */
const CHOICE = /^(?:was|das|gelegenheit|beste\w*|that|thing|you)$/;
/** „two thirty somebody needs to come": who is meant, and nothing that is counted. */
const SOMEBODY = /^(?:some|any|no|every)(?:body|one)$|^(?:jemand|niemand|irgendwer|irgendjemand)$/;
/** Shorter unknown words are no nouns that are counted. */
const MAX_LETTERS = 3;

/** A noun that is counted, without a pause before it. */
export const isThing = (s: Sight, i: number): boolean =>
  (s.is(i, 'person') || COUNTED.test(s.word(i))) && !s.isParted(i);

/** Numbers of people and things. */
export const countAt: Finder = (s, i) => {
  if (TIMES.test(s.word(i))) return timesOver(s, i);
  // „um drei mal reinschauen": „mal" is no count behind an hour.
  if (s.is(i - 1, 'at') && s.word(i + 1) === 'mal') return null;
  if (s.word(i - 1) === 'zu' && AS_GROUP.test(s.word(i)) && !s.isTimed(i))
    return { from: i - 1, to: i, subject: 'count' };
  if (s.isOrdinal(i)) return ordinal(s, i);
  if (!s.isCardinal(i) && !s.is(i, 'one')) return null;
  return lettered(s, i) ?? topic(s, i) ?? company(s, i) ?? outOf(s, i) ?? perUnit(s, i) ?? counted(s, i);
};

/** „zweimal täglich", „sechsmal Krankengymnastik" */
function timesOver(s: Sight, i: number): Claim {
  const to = withFrequency(s, i);
  return { from: i, to: to === i && s.isUnknownNoun(i + 1) && !s.isParted(i + 1) ? i + 1 : to, subject: 'count' };
}

/** zum zweiten Mal, im dritten Stock, die zweite Sitzung, my fourth session; „am zweiten" and „der dritte" stay dates. */
function ordinal(s: Sight, i: number): Claim | null {
  const before = s.word(i - 1);
  if (s.value(i) === 1 && CHOICE.test(s.word(i + 1))) return null;
  if (before === 'am' || s.is(i - 1, 'month') || s.is(i + 1, 'month', 'weekday', 'feast', 'number')) return null;
  const noun = countedNoun(s, i);
  const spelt = !s.all[i]?.digits;
  const femaleCase = before === 'der' && /en$/.test(s.word(i));
  const never = NO_DATE.test(before) || (POSSESSIVE.test(before) && before !== 'ihr') || before === 'this';
  const claim = (to: number): Claim => ({ from: nthStart(s, i), to, subject: 'count' });
  if (noun !== null) return claim(noun);
  // „die dritten Zähne": no date has this ending behind „die".
  if (before === 'die' && /en$/.test(s.word(i)) && s.category(i + 1) === 'unknown' && !s.isParted(i + 1))
    return claim(i + 1);
  // "my second of December appointment", „die zweite Dezemberwoche"
  if ((s.is(i + 1, 'article') && s.is(i + 2, 'month')) || (s.category(i + 1) === 'unknown' && !s.isUnknownNoun(i + 1)))
    return null;
  const next = s.isUnknownNoun(i + 1) && !s.isParted(i + 1) ? i + 1 : null;
  // „erste Hilfe", „zweite Wahl": a date has an article.
  const bare = spelt && /(?:st|t)e$/.test(s.word(i)) && !s.is(i - 1, 'article', 'which', 'one', 'weekday', 'number');
  if (next !== null && bare && (before === 'ihr' || !POSSESSIVE.test(before))) return claim(next);
  if (next !== null && (NTH.test(s.word(next)) || /^(?:im|in|zum|zur)$/.test(before))) return claim(next);
  if (spelt && (never || (femaleCase && next !== null)) && !s.is(i + 1, 'unit', 'daypart')) return claim(next ?? i);
  return null;
}

/** „bis zur vierten Etage", „nach der dritten Sitzung": the limit is no limit of time. */
function nthStart(s: Sight, i: number): number {
  let from = i;
  while (s.is(from - 1, 'article') && !s.isParted(from)) from--;
  return s.is(from - 1, 'until', 'from', 'before', 'after', 'past') && !s.isParted(from) ? from - 1 : i;
}

/** „in der 7b" */
const lettered = (s: Sight, i: number): Claim | null =>
  s.all[i]?.digits && /^[b-gi-z]$/.test(s.word(i + 1)) && !s.isParted(i + 1)
    ? { from: i, to: i + 1, subject: 'identifier' }
    : null;

/** „es geht um fünf Mitarbeiter": what it is about. */
function topic(s: Sight, i: number): Claim | null {
  if (!s.is(i - 1, 'at') || s.isTimed(i)) return null;
  const first = Math.max(0, i - 4);
  const about = s.has(first, i - 2, ABOUT) && s.has(first, i - 2, /^(?:es|sich)$/);
  const noun = about ? (countedNoun(s, i) ?? unknownNoun(s, i)) : null;
  return noun === null ? null : { from: i - 1, to: noun, subject: 'count' };
}

/** „wir zwei", „uns drei", "the four of us", "three in total", „drei insgesamt" */
function company(s: Sight, i: number): Claim | null {
  if (s.is(i, 'one') || s.isTimed(i)) return null;
  const total = s.is(i + 1, 'in') && s.word(i + 2) === 'total' ? i + 2 : i + 1;
  if (/^(?:total|insgesamt|altogether|zusammen|gesamt)$/.test(s.word(total)) && !s.isParted(i + 1) && !s.isMarked(i))
    return { from: i, to: total, subject: 'count' };
  if (/^(?:insgesamt|altogether)$/.test(s.word(i - 1)) && !s.isParted(i))
    return { from: i - 1, to: i, subject: 'count' };
  // „sagen wir drei", „passt uns drei" are hours.
  const before = s.word(i - 2);
  const we =
    !s.isParted(i) &&
    ((s.word(i - 1) === 'wir' && (i === 1 || s.isParted(i - 1) || s.is(i - 2, 'and'))) ||
      (/^(?:uns|us|euch)$/.test(s.word(i - 1)) && /^(?:fuer|mit|von|for|with|of)$/.test(before)));
  return we && s.value(i) <= LARGEST_COMPANY && (s.isParted(i + 1) || s.is(i + 1, 'unknown', 'filler', 'and'))
    ? { from: i, to: i, subject: 'count' }
    : null;
}
const LARGEST_COMPANY = 9;

/** „zwei von sechs Behandlungen", „zwei von uns", „einen davon", "two out of six" */
function outOf(s: Sight, i: number): Claim | null {
  if (/^(?:davon|thereof)$/.test(s.word(i + 1)) && !s.isMarked(i)) return { from: i, to: i + 1, subject: 'count' };
  const of = s.word(i + 1) === 'out' ? i + 2 : i + 1;
  if (s.isMarked(i) || !OUT_OF.test(s.word(of)) || s.isParted(of)) return null;
  if (/^(?:uns|us|ihnen|them|you|euch|meinen|my|our|unseren|denen|these|those)$/.test(s.word(of + 1)))
    return { from: i, to: of + 1, subject: 'count' };
  // „zwei von drei Uhr an" is none.
  if (!s.isCardinal(of + 1) || s.isTimed(of + 1)) return null;
  return { from: i, to: countedNoun(s, of + 1) ?? unknownNoun(s, of + 1) ?? of + 1, subject: 'count' };
}

/** „sechs pro Woche", „zwei am Tag"; one of a kind may be a series that is wished. */
function perUnit(s: Sight, i: number): Claim | null {
  if (s.isMarked(i) || s.is(i, 'one') || (s.isNumber(i - 1) && !s.isParted(i))) return null;
  const to = withFrequency(s, i);
  return to > i && s.word(i + 1) !== 'am' && s.word(i + 1) !== 'die' ? { from: i, to, subject: 'count' } : null;
}

function counted(s: Sight, i: number): Claim | 'unsure' | null {
  if (s.isOfClock(i)) return null;
  const noun = s.word(i + 1) === 'one' ? null : countedNoun(s, i);
  // „um 10 Uhr 45": minutes, whatever follows.
  const minutes = s.is(i - 1, 'oclock') && !s.isParted(i) && s.value(i) % 5 === 0;
  if (noun !== null && !minutes && !s.isMarked(i))
    return { from: allOf(s, withOwner(s, withMarks(s, i))), to: withFrequency(s, noun), subject: 'count' };
  if (noun !== null && countsBehindMark(s, i, noun))
    return { from: withOwner(s, withMarks(s, i)), to: noun, subject: 'count' };
  const over = s.word(i - 1) === 'ueber';
  if (s.is(i, 'one') || s.isTimed(i) || (s.isMarked(i) && !over)) return null;
  // „eine Fünf in Mathe", „eine Gruppe von zwölf"
  if (/^(?:eine[rn]?|ne)$/.test(s.word(i - 1)) || (OUT_OF.test(s.word(i - 1)) && GROUP.test(s.word(i - 2))))
    return { from: i, to: i, subject: 'count' };
  // "a five in maths"; "a four thirty" is an hour
  if (s.word(i - 1) === 'a' && !s.isNumber(i + 1) && unknownNoun(s, i) === null) return 'unsure';
  if (hasStill(s, i)) return { from: i, to: i, subject: 'count' };
  const [first, last] = s.part(i);
  if (s.has(first, last, LEFT) && !s.hasTime(first, last)) return { from: i, to: i, subject: 'count' };
  // „my two lads three in total"
  if (POSSESSIVE.test(s.word(i - 1)) && s.isUnknownNoun(i + 1) && !s.isParted(i + 1) && !s.isParted(i))
    return { from: i, to: i + 1, subject: 'count' };
  const unknown = unknownNoun(s, i);
  // „die Drei": one of the offers or the hour
  if (unknown === null) return s.word(i - 1) === 'die' && !isMovedHour(s, i) ? 'unsure' : null;
  // „Dienstag drei Lampen": an hour with what is wanted, or things.
  if (s.is(i - 1, 'weekday', 'relative', 'date', 'month') && !s.isParted(i)) return 'unsure';
  return { from: over ? withOwner(s, i - 1) : allOf(s, i), to: withFrequency(s, unknown), subject: 'count' };
}

/** „von der elf auf die zwölf" */
const isMovedHour = (s: Sight, i: number): boolean =>
  s.word(i - 2) === 'auf' && s.word(i - 5) === 'von' && s.isCardinal(i - 3);

/** „nach vier Sitzungen", „mehr als drei Termine": the mark belongs to what is counted. */
const countsBehindMark = (s: Sight, i: number, noun: number): boolean =>
  s.word(i - 1) === 'ueber' ||
  (s.is(i - 1, 'after', 'before', 'past') && !SERVICE.test(s.word(noun))) ||
  /^(?:als|than)$/.test(s.word(i - 1));

/** „alle vier Reifen" is no series. */
const allOf = (s: Sight, i: number): number => (/^all[ae]?$/.test(s.word(i - 1)) && !s.isParted(i) ? i - 1 : i);

/** „ich habe noch zwei gut", „zwei habe ich noch" */
const hasStill = (s: Sight, i: number): boolean =>
  (s.word(i - 1) === 'noch' && s.has(i - 4, i - 2, /^habe?$/)) ||
  (/^habe?$/.test(s.word(i + 1)) && s.has(i + 2, i + 3, /^noch$/));

/** Where the known noun of a number stands; one adjective may stand between: zwei kleine Kinder. */
function countedNoun(s: Sight, i: number): number | null {
  const [end = i + 1] = amountEnds(s, i);
  for (const at of end > i + 1 ? [end, i + 1] : [i + 1]) if (isThing(s, at)) return at;
  return isAdjective(s, i + 1) && isThing(s, i + 2) ? i + 2 : null;
}

/** zwei Handtücher, four new tyres: an unknown word is counted, unless it may be a misheard word of time. */
function unknownNoun(s: Sight, i: number): number | null {
  // „Gebäude 7 Raum 12": the second noun has a number of its own
  const fits = (at: number): boolean =>
    (s.isParted(at + 1) || !s.isCardinal(at + 1) || startsNext(s, at + 1)) &&
    s.isUnknownNoun(at) &&
    !SOMEBODY.test(s.word(at)) &&
    !s.isParted(at) &&
    s.word(at).length > MAX_LETTERS;
  if (isAdjective(s, i + 1) && fits(i + 2)) return i + 2;
  return fits(i + 1) ? i + 1 : null;
}

/** „zehn Wiederholungen drei Sätze": the second number has a thing of its own behind it. */
const startsNext = (s: Sight, i: number): boolean =>
  !s.isParted(i + 1) &&
  (isThing(s, i + 1) || (s.isUnknownNoun(i + 1) && s.isUnknownNoun(i - 1) && /en$/.test(s.word(i - 1))));

const isAdjective = (s: Sight, i: number): boolean =>
  ADJECTIVE.test(s.word(i)) &&
  !POSSESSIVE.test(s.word(i)) &&
  s.is(i, 'filler', 'unknown') &&
  !s.isParted(i) &&
  s.word(i).length > 2;

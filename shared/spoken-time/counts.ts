/**
 * Finds the numbers and names of a phrase that speak of something other than time (two people, 45 euros, a daughter of twelve,
 * house number 12, Mrs Friday). Called by the grammar before it reads: an age must never become an hour. Pure.
 */
import { soundsLikeTime } from './lexicon.ts';
import type { Token } from './tokens.ts';

export interface Counts {
  /** Positions (`Token.at`) that carry no time. */
  drop: ReadonlySet<number>;
  /** Positions of numbers that may be people or an hour („für zwei"): an hour only if asked. */
  unsure: ReadonlySet<number>;
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

/** Which tokens of a phrase speak of something else than time. */
export function countsOf(all: readonly Token[]): Counts {
  const drop = new Set<number>();
  const unsure = new Set<number>();
  const word = (i: number): string => all[i]?.text ?? '';
  const category = (i: number): Token['category'] | null => all[i]?.category ?? null;
  const isNumber = (i: number): boolean => category(i) === 'number';
  const isCardinal = (i: number): boolean => isNumber(i) && all[i]?.ordinal !== true;
  const marked = (i: number): boolean => MARKS.includes(category(i - 1) ?? 'unknown');
  /** What follows makes an hour, a date or a stretch of the number. */
  const timed = (i: number): boolean =>
    [
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
    ].includes(category(i + 1) ?? 'unknown');
  const take = (from: number, to: number): void => {
    for (let i = from; i <= to; i++) drop.add(i);
  };

  for (let i = 0; i < all.length; i++) {
    if (drop.has(i)) continue;

    // Phone numbers, written or dictated.
    if (isNumber(i)) {
      let end = i;
      while (isCardinal(end + 1) && !all[end + 1]?.afterComma) end++;
      if (isPhone(all.slice(i, end + 1))) {
        take(i, end);
        continue;
      }
    }

    // Hausnummer 12, Hauptstraße 7, meine Nummer ist die 0171 …
    if (IDENTIFIER.test(word(i))) {
      let at = i + 1;
      while (
        at - i <= MAX_LINK_WORDS &&
        !isNumber(at) &&
        /^(?:ist|lautet|is|die|der|the|nummer|nr|number)$/.test(word(at))
      )
        at++;
      // „Hauptstraße 7." at the end of a sentence looks like an ordinal.
      if (
        isNumber(at) &&
        (isCardinal(at) || all[at]?.digits) &&
        !['oclock', 'meridiem', 'unit'].includes(category(at + 1) ?? 'unknown')
      ) {
        let end = at;
        while (isCardinal(end + 1) && !all[end + 1]?.afterComma && !timed(end + 1)) end++;
        take(i, end);
        continue;
      }
      if (/^(?:.*nummer|.{2,}(?:strasse|gasse|allee)|postleitzahl|number)$/.test(word(i))) drop.add(i);
      continue;
    }

    // Names that sound like days: Frau Freitag, Herr Mai; „meine Frau Freitag um drei" is a day.
    const named =
      (TITLE.test(word(i)) && !POSSESSIVE.test(word(i - 1))) ||
      NAME_INTRO.test(word(i)) ||
      (/^(?:ist|is|lautet|war)$/.test(word(i)) && /^(?:name|nachname|familienname|surname)$/.test(word(i - 1))) ||
      (/^(?:ist|spricht|is)$/.test(word(i)) && /^(?:hier|this|da)$/.test(word(i - 1)));
    if (named) {
      const first = category(i + 1);
      if (first !== null && NAMES.includes(first)) drop.add(i + 1);
      if (first === 'unknown') {
        // Petra Schulze, Julia März: nothing in a name is a misheard word of time.
        const second = category(i + 2);
        const family = second === 'unknown' || second === 'month' || second === 'season';
        take(i + 1, family && !all[i + 2]?.afterComma ? i + 2 : i + 1);
      }
      continue;
    }

    if (category(i) === 'one' && !/^(?:one|eins)$/.test(word(i))) {
      // „eine Stunde Massage"
      const length = lengthEnd(i);
      if (length !== null) take(i, length);
      continue;
    }
    if (!isNumber(i) && category(i) !== 'one' && category(i) !== 'decimal') continue;
    // One adjective may stand between: zwei kleine Kinder.
    const noun = isThing(i + 1)
      ? i + 1
      : /e[nrsm]?$/.test(word(i + 1)) &&
          !POSSESSIVE.test(word(i + 1)) &&
          ['filler', 'unknown'].includes(category(i + 1) ?? '') &&
          isThing(i + 2)
        ? i + 2
        : null;

    if (noun !== null && MEASURE.test(word(noun))) {
      // „ab 20 Euro": the mark belongs to the price.
      take(marked(i) ? i - 1 : i, noun);
      continue;
    }
    if (all[i]?.ordinal) {
      // zum zweiten Mal, im dritten Stock; „am zweiten" stays a date.
      if (noun !== null && word(i - 1) !== 'am') take(i, noun);
      continue;
    }
    // „um 10 Uhr 45": minutes, whatever follows.
    const minutes = category(i - 1) === 'oclock' && Number(all[i]?.value) % 5 === 0;
    if (noun !== null && !marked(i) && !minutes) {
      take(i, noun);
      continue;
    }
    // zwei von uns, two of us
    if (!marked(i) && /^(?:von|of)$/.test(word(i + 1)) && /^(?:uns|us|ihnen|them)$/.test(word(i + 2))) {
      take(i, i + 2);
      continue;
    }
    // 90 Minuten Massage: how long, not when
    const length = lengthEnd(i);
    if (length !== null) {
      take(i, length);
      continue;
    }
    // 35 Jahre (alt), twelve years old
    if (
      category(i + 1) === 'unit' &&
      all[i + 1]?.value === 'year' &&
      !['in', 'before', 'after', 'within', 'past'].includes(category(i - 1) ?? '')
    ) {
      take(i, /^(?:alt|old|jung)$/.test(word(i + 2)) ? i + 2 : i + 1);
      continue;
    }
    if (timed(i) || marked(i)) continue;
    // meine Tochter ist (erst) zwölf
    let copula = i - 1;
    while (copula > i - MAX_LINK_WORDS && BARELY.test(word(copula))) copula--;
    const person = word(copula) === 'im' || [1, 2, 3].some((back) => PEOPLE.test(word(copula - back)));
    if (COPULA.test(word(copula)) && person) {
      drop.add(i);
      continue;
    }
    if (FOR.test(word(i - 1))) {
      unsure.add(i);
      continue;
    }
    // zwei Handtücher: a word that nobody knows is counted, unless it may be a misheard word of time.
    if (
      category(i + 1) === 'unknown' &&
      !all[i + 1]?.afterComma &&
      !soundsLikeTime(word(i + 1)) &&
      word(i + 1).length > 3
    )
      take(i, i + 1);
  }
  return { drop, unsure };

  /** Last token of a length of service („90 Minuten", „eine Stunde") that nothing makes a delay or a distance; null: none. */
  function lengthEnd(i: number): number | null {
    const unit = i + 1;
    if (category(unit) !== 'unit' || !(all[unit]?.value === 'minute' || all[unit]?.value === 'hour')) return null;
    if (
      ['in', 'within', 'before', 'after', 'from', 'until', 'and', 'oclock', 'latest', 'approx', 'which'].includes(
        category(i - 1) ?? 'filler',
      )
    )
      return null;
    const next = category(unit + 1);
    // Only where the thing that lasts so long is named: „90 Minuten später", „zehn Minuten vor drei" are no lengths.
    const thing = next === 'unknown' ? !soundsLikeTime(word(unit + 1)) : isThing(unit + 1);
    return thing && !all[unit + 1]?.afterComma ? unit + 1 : null;
  }

  function isThing(i: number): boolean {
    return (COUNTED.test(word(i)) || MEASURE.test(word(i))) && !all[i]?.afterComma;
  }
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

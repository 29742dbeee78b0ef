/** Days that are dated but not wished: birth dates, dates of papers, „letztes Mal". Called by ../not-time.ts. */
import { amountEnds } from './amounts.ts';
import type { Claim, Finder, Sight } from './sight.ts';

const BIRTH = /^(?:geboren\w*|geb|born|geburtsdatum|geburtstag|birthday|birthdate|dob|birth|jahrgang)$/;
/** „Geburtstag" itself may be wished; a year behind it tells. */
const BIRTHDAY = /^(?:geburtstag|birthday)$/;
const PAPER =
  /^(?:.*gutschein|.*rechnung|rezept|.*schein|schreiben|brief|angebot|mail|email|ueberweisung|befund|bescheid|voucher|invoice|receipt|letter|prescription|quote|bill|referral|roentgenbild)$/;
const OF = /^(?:vom|von|from|dated|of|ueber)$/;
const LINK =
  /^(?:bin|wurde|ich|er|sie|i|he|she|ist|war|is|was|am|on|der|den|dem|the|in|im|of|mein|my|und|zwar|date|datum|day|year|year|jahr)$/;
const MAX_LINK_WORDS = 4;
/** So many tokens make a date at most: „Dienstag, den vierten März neunzehnhundert 86". */
const MAX_DATE = 8;
/** What `pastAt` begins with besides numbers and dates. */
export const PAST_WORDS: readonly RegExp[] = [BIRTH, PAPER];
const YEAR_FROM = 1900;
/** Years from here on may be wished. */
const WISHED_FROM = 2020;

/** Dates and lengths that lie behind. */
export const pastAt: Finder = (s, i) => birth(s, i) ?? paper(s, i) ?? lastTime(s, i) ?? ago(s, i) ?? year(s, i);

/** „geboren am 4. März 1986", "my date of birth is the 4th of March", „Jahrgang 74" */
function birth(s: Sight, i: number): Claim | null {
  if (!BIRTH.test(s.word(i))) return null;
  const before = dateBefore(s, i);
  if (before !== null) return { from: before, to: i, subject: 'past' };
  let at = i + 1;
  while (at - i <= MAX_LINK_WORDS && LINK.test(s.word(at)) && !isDateToken(s, at)) at++;
  const end = dateEnd(s, at);
  if (end === null) return null;
  if (BIRTHDAY.test(s.word(i)) && !isPastYear(s, end)) return null;
  // „Jahrgang 74": a year, no day.
  if (s.word(i) === 'jahrgang' && !s.isCardinal(end)) return null;
  const first = s.word(i) === 'birth' && s.word(i - 1) === 'of' && s.word(i - 2) === 'date' ? i - 2 : i;
  return { from: first, to: end, subject: 'past' };
}

/** First token of a date with a year that ends before `i`: „am 1.1.1990 geboren". */
function dateBefore(s: Sight, i: number): number | null {
  if (s.isParted(i) || !isPastYear(s, i - 1)) return null;
  let from = i - 1;
  while (
    from > 0 &&
    i - from < MAX_DATE &&
    !s.isParted(from) &&
    (isDateToken(s, from - 1) || s.is(from - 1, 'article'))
  )
    from--;
  return from;
}

/** „Gutschein vom 24. Dezember letzten Jahres", "the invoice from March 3rd" */
function paper(s: Sight, i: number): Claim | null {
  if (!PAPER.test(s.word(i)) || !OF.test(s.word(i + 1)) || s.isParted(i + 1)) return null;
  const end = dateEnd(s, i + 2);
  return end === null || s.isCardinal(end) ? null : { from: i, to: end, subject: 'past' };
}

/** „letztes Mal", „beim letzten Besuch", "last time"; what shall be as last time was read before. */
const lastTime = (s: Sight, i: number): Claim | null =>
  s.is(i, 'which') && s.all[i]?.value === 'last' && /^(?:mal|besuch|time|visit|session|sitzung)$/.test(s.word(i + 1))
    ? { from: s.is(i - 1, 'article') ? i - 1 : i, to: i + 1, subject: 'past' }
    : null;

/** „vor drei Wochen operiert", "two years ago": with a day in the same clause it is asked. */
function ago(s: Sight, i: number): Claim | null {
  const [end = i] = amountEnds(s, i);
  if (end === i || !s.is(end, 'unit')) return null;
  const [first, last] = s.part(i);
  if (s.hasTime(first, last)) return null;
  // Said alone it is a day that is past.
  if (last - first < end - i + 2) return null;
  if (s.word(end + 1) === 'ago') return { from: i, to: end + 1, subject: 'past' };
  return s.word(i - 1) === 'vor' && !s.isParted(i) ? { from: i - 1, to: end, subject: 'past' } : null;
}

/** A year that is over: „aus 2014"; with a date before it a day was meant, and it is past. */
function year(s: Sight, i: number): Claim | null {
  if (!s.isCardinal(i) || !isPastYear(s, i) || s.isTimed(i)) return null;
  if (s.is(i - 1, 'at', 'oclock', 'month', 'date', 'number')) return null;
  return { from: /^(?:from|aus|von|since|seit|ab|bis|until)$/.test(s.word(i - 1)) ? i - 1 : i, to: i, subject: 'past' };
}

const isPastYear = (s: Sight, i: number): boolean => {
  if (/^neunzehnhundert/.test(s.word(i))) return true;
  const value = s.isCardinal(i) ? s.value(i) : (s.all[i]?.parts?.c ?? Number.NaN);
  return value >= YEAR_FROM && value < WISHED_FROM;
};

const isDateToken = (s: Sight, i: number): boolean =>
  /^neunzehnhundert/.test(s.word(i)) ||
  s.is(i, 'number', 'month', 'date', 'pair', 'weekday', 'relative', 'feast', 'season') ||
  (s.is(i, 'which') && s.is(i + 1, 'unit', 'weekday', 'month', 'season'));

/** Last token of the date that begins at `i`; null where none does. */
function dateEnd(s: Sight, i: number): number | null {
  let end: number | null = null;
  for (let at = i; at < Math.min(s.all.length, i + MAX_DATE); at++) {
    const afterWeekday = s.is(at - 1, 'weekday') && s.is(at, 'article');
    if (end !== null && s.isParted(at) && !afterWeekday) break;
    if (isDateToken(s, at) && !(s.isNumber(at) && s.is(at + 1, 'oclock'))) end = at;
    else if (s.is(at, 'unit') && s.is(at - 1, 'which')) end = at;
    else if (!s.is(at, 'article', 'in')) break;
  }
  return end;
}

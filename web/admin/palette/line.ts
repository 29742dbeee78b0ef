/**
 * A line that somebody typed to book: which words say the time, which the service, which the person, and who comes. What remains of the words
 * is the customer. Pure; the time itself is read by shared/spoken-time. Called by offers.ts and use-offers.ts.
 */
import type { Me } from '../../../shared/contract/identity.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { foldLetters } from '../../../shared/fold-letters.ts';
import { type SpokenContext, understand } from '../../../shared/spoken-time/index.ts';
import { wordsOf } from './words-of.ts';

/** What a line's words are compared with. */
export interface KnownNames {
  services: readonly Pick<ServiceView, 'id' | 'name' | 'aliases'>[];
  staff: readonly Pick<StaffView, 'id' | 'first_name' | 'last_name' | 'aliases'>[];
  branches: readonly Pick<Me['branches'][number], 'id' | 'name'>[];
}

export interface ReadLine {
  /** who comes, as it was typed; '': nobody was named */
  who: string;
  /** the same with the words that may also be a person's; asked for first. Null: there are none */
  whoElse: string | null;
  /** one: it is meant; several: any of them may be; none: nothing was said */
  services: readonly string[];
  staff: readonly string[];
  branches: readonly string[];
  /** words of time, written out for the grammar; '': none */
  when: string;
}

/** Words that say nothing by themselves. */
const SMALL = new Set(
  'fuer for zu zum a der die das den dem ein eine einen the termin appointment bitte please und and'.split(' '),
);
/** The next words name a person of the business. */
const BY = new Set('bei mit with by'.split(' '));
/** The next word names a customer, whatever else it could mean. */
const TITLES = new Set('herr herrn frau fr. hr. mr mrs ms'.split(' '));
/** Words of time that mean nothing alone, so that the grammar does not know them there. */
const OF_TIME = new Set(
  'um am im in ab bis gegen nach vor halb viertel dreiviertel uhr naechste naechsten naechster naechstes kommende kommenden diese diesen dieser at on next this half quarter past to from until after before o’clock oclock'.split(
    ' ',
  ),
);
/** Days as they are written short, which the grammar hears as other words. */
const SHORT: Readonly<Record<string, string>> = { so: 'Sonntag', sun: 'Sunday', sat: 'Saturday' };
/** A number is followed by one of these where it is no hour. */
const UNITS = /^(uhr|h|tag|tage|tagen|woche|wochen|minuten|min|stunde|stunden|days?|weeks?|minutes|hours?|am|pm)$/;
/** Fewer letters begin too many names. */
const MIN_BEGINNING = 3;

interface Word {
  text: string;
  folded: string;
  role: 'who' | 'either' | 'service' | 'staff' | 'branch' | 'when' | 'small' | null;
}

const isNumberPart = (text: string): boolean => /^[\d()/-]{2,}$/.test(text);

/** Whether the grammar takes a word for time. Unknown words that only sound like one are names. */
function isTime(word: string, context: SpokenContext): boolean {
  if (/^\d{1,2}([:.h]\d{0,2})?(uhr|h|am|pm)?$/.test(word) || /^\d{1,2}\.\d{1,2}\.?(\d{2,4})?$/.test(word)) return true;
  if (/^([01]?\d|2[0-3])[0-5]\d$/.test(word) || /^\d{4}-\d\d-\d\d$/.test(word)) return true;
  const read = understand({ when: word }, context);
  return read.kind !== 'none' && !(read.because ?? '').includes('was not understood');
}

/** Ids of the things with the most words of the line, and which words those are. One whose whole name was typed stands alone. */
function best(
  words: readonly Word[],
  things: readonly { id: string; names: readonly string[] }[],
): { ids: readonly string[]; words: readonly Word[] } {
  let most = 0;
  let found: { id: string; words: Word[]; isWhole: boolean }[] = [];
  for (const { id, names } of things) {
    for (const name of names) {
      const parts = wordsOf(name);
      const hits = words.filter(({ folded }) =>
        parts.some((part) => part === folded || (folded.length >= MIN_BEGINNING && part.startsWith(folded))),
      );
      if (hits.length === 0 || hits.length < most) continue;
      if (hits.length > most) found = [];
      most = hits.length;
      const isWhole = parts.every((part) => hits.some(({ folded }) => folded === part));
      const known = found.find((one) => one.id === id);
      if (known === undefined) found.push({ id, words: hits, isWhole });
      else known.isWhole ||= isWhole;
    }
  }
  const whole = found.filter(({ isWhole }) => isWhole);
  const meant = whole.length > 0 ? whole : found;
  return { ids: meant.map(({ id }) => id), words: [...new Set(meant.flatMap((one) => one.words))] };
}

/** Hours as somebody types them, as the grammar reads them: `15` is an hour beside a day, `1530` and `15.30` a clock. */
function spelled(words: readonly string[]): string {
  return words
    .map((word, n) => {
      const next = foldLetters(words[n + 1] ?? '');
      const day = SHORT[foldLetters(word)];
      if (day !== undefined) return day;
      const isCounted = UNITS.test(next) || /^(in|halb|half|nach|vor|past|to)$/.test(foldLetters(words[n - 1] ?? ''));
      if (/^\d{1,2}$/.test(word) && Number(word) <= 24 && !isCounted) return `${word} Uhr`;
      const clock = /^(\d{1,2})[.h]?([0-5]\d)$/.exec(word);
      if (
        clock &&
        Number(clock[1]) <= 24 &&
        (word.length > 2 || word.includes('h')) &&
        !(word.includes('.') && isDate(word))
      )
        return `${clock[1]}:${clock[2]}`;
      return word;
    })
    .join(' ');
}

/** `15.10` may be a date, `15.30` not. */
const isDate = (word: string): boolean => Number(word.split('.')[1]) <= 12;

export function readLine(text: string, names: KnownNames, context: SpokenContext): ReadLine {
  const words: Word[] = text
    .trim()
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((one) => ({ text: one, folded: foldLetters(one), role: null }));
  let forced: 'staff' | 'who' | null = null;
  let isInNumber = false;
  for (const word of words) {
    const { folded } = word;
    const isNumberBegun = /^\+\d|^0\d{2}/.test(word.text);
    isInNumber = isNumberBegun || (isInNumber && isNumberPart(word.text));
    if (isInNumber) word.role = 'who';
    else if (TITLES.has(folded) && !/^fr\.?$/.test(folded)) {
      word.role = 'small';
      forced = 'who';
      continue;
    } else if (BY.has(folded)) {
      word.role = 'small';
      forced = 'staff';
      continue;
    } else if (forced !== null) word.role = forced;
    else if (SMALL.has(folded)) word.role = 'small';
    else if (folded in SHORT || OF_TIME.has(folded) || UNITS.test(folded) || isTime(folded, context))
      word.role = 'when';
    forced = null;
  }
  const open = (): Word[] => words.filter(({ role }) => role === null);
  const services = best(
    open(),
    names.services.map(({ id, name, aliases }) => ({
      id,
      names: [name.de, ...(name.en ? [name.en] : []), ...aliases],
    })),
  );
  for (const word of services.words) word.role = 'service';
  const branches =
    names.branches.length < 2
      ? { ids: [], words: [] }
      : best(
          open(),
          names.branches.map(({ id, name }) => ({ id, names: [name] })),
        );
  for (const word of branches.words) word.role = 'branch';
  const people = names.staff.map((one) => ({
    id: one.id,
    names: [`${one.first_name} ${one.last_name}`, ...one.aliases],
  }));
  const said = words.filter(({ role }) => role === 'staff');
  const staff = best(said.length > 0 ? said : open(), people);
  for (const word of staff.words) if (word.role === null) word.role = 'either';

  const textOf = (...roles: Word['role'][]): string =>
    words
      .filter(({ role }) => roles.includes(role))
      .map((word) => word.text)
      .join(' ');
  const own = textOf('who', null);
  const withStaff = textOf('who', 'either', null);
  // Somebody has to come: where every name may be a colleague's, it is the customer's.
  const isNobodyElse = own === '';
  return {
    who: isNobodyElse ? withStaff : own,
    whoElse: isNobodyElse || withStaff === own ? null : withStaff,
    services: services.ids,
    staff: isNobodyElse && said.length === 0 ? [] : staff.ids,
    branches: branches.ids,
    when: spelled(words.filter(({ role }) => role === 'when').map((word) => word.text)),
  };
}

/** Whether a line says enough to be about a booking: two of customer, service and time. */
export const isBooking = ({ who, services, when }: ReadLine): boolean =>
  [who !== '', services.length > 0, when !== ''].filter(Boolean).length >= 2;

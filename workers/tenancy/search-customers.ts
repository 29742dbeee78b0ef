/**
 * Who is meant by what somebody typed: a number in any spelling, the beginning of an e-mail address, or words of a name. Every read is a
 * range of an index and bounded, so that the answer costs the same in a tenant of a hundred and of a hundred thousand customers. Called by the
 * lists of customers and of calls.
 */
import { lazy } from '../../shared/lazy.ts';
import { MAX_SEARCH_WORDS, nameMatches, pairOf, searchWords } from '../../shared/name-words.ts';
import {
  customerIdsByEmail,
  customerIdsByPhone,
  customerIdsByWord,
  type CustomerRow,
} from '../storage/queries/customers.ts';
import { customerIdsByTag, MAX_TAGGED } from '../storage/queries/tags.ts';
import type { TenantScope } from './scope.ts';

const phone = lazy(() => import('../../shared/phone.ts'));

/** Entries read of one look-up: six full pages. What lies behind is said as `truncated`. */
const MAX_ENTRIES = 150;
/** Fewer hits of pairs than this, and single words are looked up too: the first word may be only a beginning. */
const FEW = 10;

/** What a row is judged by (`judgedBy` of the list). */
type Named = Pick<CustomerRow, 'firstName' | 'lastName'>;
interface Found {
  ids: readonly string[];
  /** its bound was reached: there may be more */
  truncated: boolean;
  /** judges what the look-up could not; left out: all fit */
  fits?: (row: Partial<Named>) => boolean;
  /** comes first, whatever the order */
  isExact?: (row: Partial<Named>) => boolean;
}

/** A number as it identifies a person: E.164 and, behind a switchboard, the extension ('' = none). */
interface Line {
  e164: string;
  extension: string;
}
const NOBODY: Found = { ids: [], truncated: false };

/** Digits and the signs numbers are written with, at least 3 digits and no letter. */
const looksLikeNumber = (text: string): boolean => !/\p{L}/u.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3;

/** Everybody on a number, whatever its spelling; an empty list for what is no number. */
export async function searchByPhone(scope: TenantScope, text: string): Promise<Found> {
  const { lines } = await readLines(scope, [text]);
  const [line] = lines;
  return line === undefined ? NOBODY : cut(await customerIdsByPhone(scope.db, line.e164, whole()));
}

/** Everybody with an e-mail address, in any case. */
export const searchByEmail = async (scope: TenantScope, text: string): Promise<Found> =>
  cut(await customerIdsByEmail(scope.db, text.trim().toLowerCase(), whole()));

/** Everybody with a tag, at most 900. */
export async function searchByTag(scope: TenantScope, tagId: string): Promise<Found> {
  const ids = await customerIdsByTag(scope.db, tagId);
  return { ids: ids.slice(0, MAX_TAGGED), truncated: ids.length > MAX_TAGGED };
}

/** What somebody typed, as stretches of indexes, for a search that reads them itself; the rules are those of `searchByText`. */
export interface Meant {
  of: 'word' | 'phone' | 'email';
  beginnings: readonly string[];
  wider: readonly string[];
  fits?: (row: Partial<Named>) => boolean;
  isExact?: (row: Partial<Named>) => boolean;
}

/** Parts of a compound statement of D1: five, and one more is refused. */
const MAX_STRETCHES = 5;

/** Null: no letter and no digit to look for. */
export async function meantBy(scope: TenantScope, text: string): Promise<Meant | null> {
  if (text.includes('@')) return { of: 'email', beginnings: [text.trim().toLowerCase()], wider: [] };
  if (looksLikeNumber(text)) {
    const { lines } = await readLines(scope, [text]);
    return { of: 'phone', beginnings: [lines[0]?.e164 ?? (await beginningOfNumber(scope, text))], wider: [] };
  }
  const words = searchWords(text);
  const looked = words.slice(0, MAX_SEARCH_WORDS);
  const [only, second] = looked;
  if (only === undefined) return null;
  return {
    of: 'word',
    beginnings: second === undefined ? [only] : pairsOf(looked).slice(0, MAX_STRETCHES - looked.length),
    wider: second === undefined ? [] : looked,
    ...judging(words),
  };
}

const judging = (words: readonly string[]) => ({
  fits: (row: Partial<Named>): boolean => nameMatches(row, words),
  isExact: (row: Partial<Named>): boolean => nameMatches(row, words, true),
});

/** Of two words either may be the unfinished one; of three, each two in the order they were typed. */
const pairsOf = (words: readonly string[]): string[] => {
  const [first = '', second = ''] = words;
  return words.length === 2
    ? [pairOf(first, second), pairOf(second, first)]
    : words.flatMap((one, i) => words.slice(i + 1).map((next) => pairOf(one, next)));
};

/** What is typed into the one field of a list. */
export async function searchByText(scope: TenantScope, text: string): Promise<Found> {
  if (text.includes('@')) {
    return cut(await customerIdsByEmail(scope.db, text.trim().toLowerCase(), { ...whole(), beginning: true }));
  }
  if (looksLikeNumber(text)) {
    const found = await searchByPhone(scope, text);
    return found.ids.length > 0 ? found : searchByBeginningOfPhone(scope, text);
  }
  return searchByName(scope, searchWords(text));
}

const whole = () => ({ beginning: false, limit: MAX_ENTRIES + 1 });
const cut = (ids: readonly string[]): Found => ({
  ids: ids.slice(0, MAX_ENTRIES),
  truncated: ids.length > MAX_ENTRIES,
});

async function searchByBeginningOfPhone(scope: TenantScope, text: string): Promise<Found> {
  const beginning = await beginningOfNumber(scope, text);
  return cut(await customerIdsByPhone(scope.db, beginning, { beginning: true, limit: MAX_ENTRIES + 1 }));
}

/** A number that is still being typed, with the tenant's country: "0171 12" begins +4917112. */
export async function beginningOfNumber(scope: TenantScope, text: string): Promise<string> {
  const digits = text.replace(/\D/g, '');
  const country = (await scope.tenant())?.country ?? 'DE';
  if (text.trim().startsWith('+')) return `+${digits}`;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  return `+${(await phone()).callingCodeOf(country)}${digits.replace(/^0/, '')}`;
}

/**
 * One word: everybody with a word that begins so. More: pairs first (one word whole, the next by its beginning), which finds a person by
 * first and last name however common both are; where pairs find few, the rarest single word is taken and the others judged by the name.
 */
async function searchByName(scope: TenantScope, words: readonly string[]): Promise<Found> {
  const looked = words.slice(0, MAX_SEARCH_WORDS);
  const [only, second] = looked;
  if (only === undefined) return NOBODY;
  const { fits, isExact } = judging(words);
  const probe = async (beginning: string): Promise<Probe> => {
    const { ids, entries } = await customerIdsByWord(scope.db, beginning, MAX_ENTRIES + 1);
    return { ids: ids.slice(0, MAX_ENTRIES), truncated: entries > MAX_ENTRIES };
  };
  if (second === undefined) return { ...(await probe(only)), fits, isExact };
  const pairs = await Promise.all(pairsOf(looked).map(probe));
  const best = looked.length === 2 ? joined(pairs) : rarest(pairs);
  if (best.ids.length >= FEW) return { ...best, fits, isExact };
  const singles = await Promise.all(looked.map(probe));
  const single = rarest(singles);
  // All of them broad: only rows in every stretch are read.
  const ids = single.truncated
    ? single.ids.filter((id) => singles.every((other) => other.ids.includes(id)))
    : single.ids;
  return { ids: [...new Set([...best.ids, ...ids])], truncated: single.truncated, fits, isExact };
}

/** Both orders of two words: who is in either. */
const joined = (probes: readonly Probe[]): Probe => ({
  ids: [...new Set(probes.flatMap((probe) => probe.ids))].slice(0, MAX_ENTRIES),
  truncated: probes.some((probe) => probe.truncated),
});

interface Probe {
  ids: string[];
  truncated: boolean;
}
/** The one with the fewest entries; one that was read to its end is rarer than one that was not. */
const rarest = (probes: readonly Probe[]): Probe =>
  probes.reduce(
    (a, b) => (a.truncated === b.truncated ? (b.ids.length < a.ids.length ? b : a) : a.truncated ? b : a),
    probes[0] ?? { ids: [], truncated: false },
  );

/** Reads every number with the tenant's country; the ones that can't be a person's line are named. */
export async function readLines(
  scope: TenantScope,
  phones: readonly string[],
): Promise<{ lines: Line[]; wrong: string[] }> {
  if (phones.length === 0) return { lines: [], wrong: [] };
  const country = (await scope.tenant())?.country ?? 'DE';
  const { readPhone } = await phone();
  const lines: Line[] = [];
  const wrong: string[] = [];
  for (const text of phones) {
    const reading = readPhone(text, { country });
    if (reading.e164 === null || reading.action === 'reject') wrong.push(text);
    else if (!lines.some((line) => line.e164 === reading.e164 && line.extension === (reading.extension ?? ''))) {
      lines.push({ e164: reading.e164, extension: reading.extension ?? '' });
    }
  }
  return { lines, wrong };
}

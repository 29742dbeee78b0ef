/**
 * Which calls are meant by what somebody typed: those of a customer by name, those from a number in any spelling, those whose summary has the
 * words. The first two are ranges of indexes; of summaries the latest 900 are read, from an index that holds them, and the contract says so.
 * Called by calls.resource.ts.
 */
import { searchWords, textWords } from '../../../shared/name-words.ts';
import { beginningOfNumber, readLines, searchByText } from '../../tenancy/search-customers.ts';
import type { Candidates } from '../../resources/backing.ts';
import { callIdsFromNumber, callIdsOfCustomers, type CallRow, latestSummaries } from '../../storage/queries/calls.ts';
import { customersByIds } from '../../storage/queries/customers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Calls that one look-up finds: as many as can be judged at once. */
const MAX_FOUND = 900;
/** Summaries that are read for words. */
const MAX_SUMMARIES = 900;
/** Shorter beginnings are in every summary. */
const MIN_WORD = 3;

type Found = Pick<Candidates<Partial<CallRow>>, 'ids' | 'truncated'>;
const NONE: Found = { ids: [], truncated: false };
const cut = (ids: readonly string[]): Found => ({ ids: ids.slice(0, MAX_FOUND), truncated: ids.length > MAX_FOUND });

/** What is typed into the one field of the list. */
export async function searchCalls(scope: TenantScope, text: string): Promise<Candidates<Partial<CallRow>>> {
  const isNumber = !/\p{L}/u.test(text);
  const found = await Promise.all([
    byCustomer(scope, text),
    isNumber ? byNumber(scope, text) : NONE,
    isNumber ? NONE : bySummary(scope, text),
  ]);
  const all = cut([...new Set(found.flatMap(({ ids }) => ids))]);
  return { ids: all.ids, truncated: all.truncated || found.some(({ truncated }) => truncated) };
}

async function byCustomer(scope: TenantScope, text: string): Promise<Found> {
  const people = await searchByText(scope, text);
  const { fits } = people;
  const meant =
    fits === undefined
      ? people.ids
      : (await customersByIds(scope.db, people.ids)).filter((row) => fits(row)).map(({ id }) => id);
  const found = cut(await callIdsOfCustomers(scope.db, meant, MAX_FOUND + 1));
  return { ids: found.ids, truncated: found.truncated || people.truncated };
}

/** Also of calls nobody was linked to. */
async function byNumber(scope: TenantScope, text: string): Promise<Found> {
  const digits = text.replace(/\D/g, '');
  if (digits.length < MIN_WORD) return NONE;
  const { lines } = await readLines(scope, [text]);
  const [line] = lines;
  const whole =
    line === undefined
      ? []
      : await callIdsFromNumber(scope.db, line.e164, { isBeginning: false, limit: MAX_FOUND + 1 });
  if (whole.length > 0) return cut(whole);
  const beginning = await beginningOfNumber(scope, text);
  return cut(await callIdsFromNumber(scope.db, beginning, { isBeginning: true, limit: MAX_FOUND + 1 }));
}

async function bySummary(scope: TenantScope, text: string): Promise<Found> {
  const asked = searchWords(text).filter((word) => word.length >= MIN_WORD);
  if (asked.length === 0) return NONE;
  const summaries = await latestSummaries(scope.db, MAX_SUMMARIES);
  const ids = summaries.flatMap(({ id, summary }) => {
    const words = textWords(summary);
    return asked.every((beginning) => words.some((word) => word.startsWith(beginning))) ? [id] : [];
  });
  return { ids, truncated: summaries.length === MAX_SUMMARIES };
}

/**
 * Pure: answers that come along with a page of a web app, so that nothing has to be fetched before its first paint, and the addresses by which
 * both sides name them. Written by workers/tenancy/web-page.ts; read by web/ui/page-data.ts and the pages, which ask by the same addresses.
 */
import type { Me } from './contract/identity.ts';
import type { Language } from './i18n/language.ts';
import { TRANSACTION_TYPES, type TransactionType } from './money-status.ts';

/** An answer that came along with the page. */
export interface InlinedAnswer {
  body: unknown;
  /** `X-Askpro-Head` of the answer */
  head: string | null;
}

export interface PageData {
  /** in which the answers were given; a page that speaks another one asks anew */
  language: Language;
  /** by address, as `addressOf` writes it */
  answers: Readonly<Record<string, InlinedAnswer>>;
}

/** Id of the element that holds it. */
export const PAGE_DATA_ID = 'page-data';
/** Cookies by which a device tells the next page what its reader chose; no secret is in them. */
export const LANGUAGE_COOKIE = 'askpro_language';
export const SCHEME_COOKIE = 'askpro_scheme';
/** Development only: `on` puts every text of the catalogues in brackets. */
export const PSEUDO_COOKIE = 'askpro_pseudo';

/** Page of the one-time link that makes the first operator; its token stands behind `#`. */
export const SETUP_PATH = '/setup';

export const ME = '/api/me';
export const BALANCE = '/customer/balance';
export const TOPUP_TERMS = '/api/v1/bonus-tiers';
export const TRANSACTIONS = '/api/v2/transactions';
export const CALENDAR_DAY = '/api/v1/calendar/day';
export const CALLS = '/api/v1/calls';
export const COMPANIES = '/api/v1/companies';

/** Rows of the portal's first page, of its history, and of the list of calls. */
export const RECENT_ROWS = 8;
export const HISTORY_ROWS = 25;
export const CALL_ROWS = 25;

/** Holds are no movements: what is set aside stands beside the balance, and comes back or becomes a charge. */
export const MOVEMENT_TYPES: readonly TransactionType[] = TRANSACTION_TYPES.filter(
  (type) => type !== 'hold' && type !== 'release',
);
/** The API's query of the movements that a list shows; `filters` narrow it. */
export const movementsAsked = (
  limit: number,
  filters: Readonly<Record<string, string | null>> = {},
): Record<string, string | number | null> => ({ type: MOVEMENT_TYPES.join(','), ...withoutEmpty(filters), limit });

const withoutEmpty = (filters: Readonly<Record<string, string | null>>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null && value !== ''));

/** Path with its query in order: the same question has one address, whoever asks it. Parameters without a value are left out. */
export function addressOf(path: string, query: Readonly<Record<string, unknown>> = {}): string {
  const url = new URL(path, 'http://page');
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') url.searchParams.set(name, String(value));
  url.searchParams.sort();
  return url.pathname + url.search;
}

/** Filters of the portal's history, as its address and the API name them: all that the API has. */
export const HISTORY_FILTERS = ['type', 'from', 'to', 'min_cents', 'max_cents', 'company_id', 'q'] as const;

/** The API's query of the history at its address. */
export const historyAsked = (query: URLSearchParams): Record<string, string | number | null> =>
  movementsAsked(HISTORY_ROWS, Object.fromEntries(HISTORY_FILTERS.map((name) => [name, query.get(name)])));

/** A business without any branch, before somebody who may make one: it is set up first. */
export const opensSetUp = (me: Pick<Me, 'permissions' | 'tenant' | 'branches'>): boolean =>
  me.tenant.type === 'business' && me.branches.length === 0 && me.permissions.includes('create_branches');

/** Whether the panel opens with the calendar for this person: it belongs to a business that has a branch, and they may see it. */
export const opensCalendar = (me: Pick<Me, 'permissions' | 'tenant' | 'branches'>): boolean =>
  me.tenant.type === 'business' && me.permissions.includes('view_appointments') && !opensSetUp(me);

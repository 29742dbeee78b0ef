/**
 * Pure: what a page of a web app asks first, so that the Worker can answer it inside the page and nothing has to be fetched before the first
 * paint. Written by workers/tenancy/web-page.ts; read by web/ui/page-data.ts and the pages, which ask by the same addresses.
 */
import type { CalendarDayQuery } from './contract/appointments.ts';
import type { Me } from './contract/identity.ts';
import type { Language } from './i18n/language.ts';
import { dateOf, isWallDate } from './time.ts';

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

export const ME = '/api/me';
export const BALANCE = '/customer/balance';
export const TOPUP_TERMS = '/api/v2/bonus-tiers';
export const TRANSACTIONS = '/api/v2/transactions';
export const CALENDAR_DAY = '/api/v1/calendar/day';
export const CALLS = '/api/v1/calls';

/** Rows of the portal's first page, of its history, and of the list of calls. */
export const RECENT_ROWS = 8;
export const HISTORY_ROWS = 25;
export const CALL_ROWS = 25;

/** Path with its query in order: the same question has one address, whoever asks it. Parameters without a value are left out. */
export function addressOf(path: string, query: Readonly<Record<string, unknown>> = {}): string {
  const url = new URL(path, 'http://page');
  for (const [name, value] of Object.entries(query))
    if (value !== null && value !== undefined && value !== '') url.searchParams.set(name, String(value));
  url.searchParams.sort();
  return url.pathname + url.search;
}

type Reader = Pick<Me, 'permissions' | 'branches' | 'tenant'>;

/** Whether the panel opens with the calendar for this person: it belongs to a business, and they may see it. */
export const opensCalendar = (me: Pick<Me, 'permissions' | 'tenant'>): boolean =>
  me.tenant.type === 'business' && me.permissions.includes('view_appointments');

/** Which day of which branch the calendar's address names; null where there is no branch. */
export function dayAsked(
  query: URLSearchParams,
  branches: Me['branches'],
  now: number,
): Required<Pick<CalendarDayQuery, 'branch_id' | 'date'>> | null {
  const branch = branches.find((one) => one.id === query.get('branch')) ?? branches[0];
  if (branch === undefined) return null;
  const date = query.get('date');
  return {
    branch_id: branch.id,
    date: date !== null && isWallDate(date) ? date : dateOf(now, branch.time_zone),
  };
}

/** Filters of the portal's history, as its address and the API name them. */
export const HISTORY_FILTERS = ['type', 'from', 'to'] as const;

/** What the portal's page at `path` asks first. */
function portalRequests(path: string, query: URLSearchParams, me: Reader): string[] {
  if (!me.permissions.includes('view_balance')) return [];
  const balance = addressOf(BALANCE);
  const seesMovements = me.permissions.includes('view_transactions');
  switch (path) {
    case '/portal/billing/topup':
      return [balance, ...(query.has('topup') ? [] : [addressOf(TOPUP_TERMS)])];
    case '/portal/billing/history': {
      const filters = Object.fromEntries(HISTORY_FILTERS.map((name) => [name, query.get(name)]));
      return [balance, ...(seesMovements ? [addressOf(TRANSACTIONS, { limit: HISTORY_ROWS, ...filters })] : [])];
    }
    default:
      return [balance, ...(seesMovements ? [addressOf(TRANSACTIONS, { limit: RECENT_ROWS })] : [])];
  }
}

/** What the panel's page at `path` asks first. */
function adminRequests(path: string, query: URLSearchParams, me: Reader, now: number): string[] {
  const call = /^\/admin\/calls\/([^/]+)$/.exec(path)?.[1];
  if (call !== undefined) return me.permissions.includes('view_calls') ? [addressOf(`${CALLS}/${call}`)] : [];
  const isStart = path === '/admin' || path.endsWith('/login');
  if (path === '/admin/appointments/calendar' || (isStart && opensCalendar(me))) {
    const day = me.permissions.includes('view_appointments') ? dayAsked(query, me.branches, now) : null;
    return day === null ? [] : [addressOf(CALENDAR_DAY, day)];
  }
  return [];
}

/**
 * Addresses of the answers that a page needs for its first paint, beside who asks. Only what the person may see; an address that names nothing
 * real is answered by the API as ever, and the page shows it.
 * @param pathname without a slash at its end; @param now of the clock the page will read
 */
export const firstRequests = (pathname: string, query: URLSearchParams, me: Reader, now: number): string[] =>
  pathname.startsWith('/portal') ? portalRequests(pathname, query, me) : adminRequests(pathname, query, me, now);

/** Pure: what a page of a web app asks first. Called by the Worker that serves it and by the pages' tests. */
import type { Me } from './contract/identity.ts';
import {
  addressOf,
  BALANCE,
  CALENDAR_DAY,
  CALL_ROWS,
  CALLS,
  historyAsked,
  movementsAsked,
  opensCalendar,
  RECENT_ROWS,
  TOPUP_TERMS,
  TRANSACTIONS,
} from './page-data.ts';
import { dayAsked } from './day-asked.ts';
import { FIGURES, hasDay, HOME_FIGURES_ASKED } from './home-asked.ts';
import { addDays, dayStart, isWallDate, toIso } from './time.ts';

type Reader = Pick<Me, 'permissions' | 'branches' | 'tenant' | 'preferences'>;

/** The questions the list of calls answers, by the name its address gives them, as the API is asked. */
export const CALL_QUESTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  all: {},
  without: { with_appointment: 'false' },
  with: { with_appointment: 'true' },
  callback: { callback: 'open' },
  negative: { sentiment: 'negative' },
  live: { status: 'ongoing' },
};

const CALL_ORDERS = ['started_at', '-started_at'];

/**
 * The API's query of the list of calls at its address, as the panel's list asks it: `?list=negative&started_from=2026-11-01&q=…`. Days are those
 * of the account's clock.
 */
export function callsAsked(
  query: URLSearchParams,
  { tenant: { time_zone: zone }, preferences }: Pick<Reader, 'tenant' | 'preferences'>,
): Record<string, string | number> {
  const [from, until] = [query.get('started_from'), query.get('started_before')];
  const [customer, q, sort] = [query.get('customer_id'), query.get('q')?.trim(), query.get('sort') ?? '-started_at'];
  const list = query.get('list') ?? 'all';
  return {
    limit: preferences?.lists?.['calls']?.page_size ?? CALL_ROWS,
    sort: CALL_ORDERS.includes(sort) ? sort : '-started_at',
    ...(list === 'deleted' ? { deleted: 'true' } : CALL_QUESTIONS[list]),
    ...(q && { q }),
    ...(query.get('reviewed') === 'false' && { reviewed: 'false' }),
    ...(customer && { customer_id: customer }),
    ...(from && isWallDate(from) && { started_from: toIso(dayStart(from, zone)) }),
    ...(until && isWallDate(until) && { started_before: toIso(dayStart(addDays(until, 1), zone)) }),
  };
}

/** What the portal's page at `path` asks first. */
function portalRequests(path: string, query: URLSearchParams, me: Reader): string[] {
  if (!me.permissions.includes('view_balance')) return [];
  const balance = addressOf(BALANCE);
  const seesMovements = me.permissions.includes('view_transactions');
  switch (path) {
    case '/portal/billing/topup':
      return [balance, ...(query.has('topup') ? [] : [addressOf(TOPUP_TERMS)])];
    case '/portal/billing/history':
      return [balance, ...(seesMovements ? [addressOf(TRANSACTIONS, historyAsked(query))] : [])];
    default:
      return [balance, ...(seesMovements ? [addressOf(TRANSACTIONS, movementsAsked(RECENT_ROWS))] : [])];
  }
}

/** What the panel's page at `path` asks first. */
function adminRequests(path: string, query: URLSearchParams, me: Reader, now: number): string[] {
  const call = /^\/admin\/calls\/([^/]+)$/.exec(path)?.[1];
  if (call !== undefined) return me.permissions.includes('view_calls') ? [addressOf(`${CALLS}/${call}`)] : [];
  if (path === '/admin/calls')
    return me.permissions.includes('view_calls') ? [addressOf(CALLS, callsAsked(query, me))] : [];
  const isStart = path === '/admin' || path.endsWith('/login');
  if (path === '/admin/appointments/calendar' || (isStart && opensCalendar(me))) {
    const day = me.permissions.includes('view_appointments') ? dayAsked(query, me.branches, now) : null;
    return day === null ? [] : [addressOf(CALENDAR_DAY, day)];
  }
  if (path === '/admin/start' && hasDay(me)) {
    const day = me.permissions.includes('view_appointments') ? dayAsked(query, me.branches, now) : null;
    const figures = addressOf(FIGURES, HOME_FIGURES_ASKED);
    return day === null ? [figures] : [figures, addressOf(CALENDAR_DAY, day)];
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

/** Pure: what a page of a web app asks first. Called by the Worker that serves it and by the pages' tests. */
import type { CalendarDayQuery } from './contract/appointments.ts';
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
import { addDays, dateOf, dayStart, isWallDate, toIso } from './time.ts';

type Reader = Pick<Me, 'permissions' | 'branches' | 'tenant'>;

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

/** The questions the list of calls answers, by the name its address gives them, as the API is asked. */
export const CALL_QUESTIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  all: {},
  without: { with_appointment: 'false' },
  with: { with_appointment: 'true' },
  callback: { callback: 'open' },
  negative: { sentiment: 'negative' },
  live: { status: 'ongoing' },
};

/** The API's query of the list of calls at its address: `?list=negative&from=2026-11-01&to=2026-11-30&customer=…`. Days are those of `zone`. */
export function callsAsked(query: URLSearchParams, zone: string): Record<string, string | number> {
  const [from, to, customer] = [query.get('from'), query.get('to'), query.get('customer')];
  return {
    limit: CALL_ROWS,
    ...CALL_QUESTIONS[query.get('list') ?? 'all'],
    ...(customer !== null && { customer_id: customer }),
    ...(from !== null && isWallDate(from) && { started_from: toIso(dayStart(from, zone)) }),
    ...(to !== null && isWallDate(to) && { started_before: toIso(dayStart(addDays(to, 1), zone)) }),
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
    return me.permissions.includes('view_calls') ? [addressOf(CALLS, callsAsked(query, me.tenant.time_zone))] : [];
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

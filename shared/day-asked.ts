/** Pure: the day that an address of the calendar names. Apart from first-requests.ts, whose other questions its page does not ask. Called by the pages that show a day and by first-requests.ts. */
import type { Me } from './contract/identity.ts';
import { dateOf, isWallDate } from './time.ts';

/** Which day of which branch the calendar's address names; null where there is no branch. */
export function dayAsked(
  query: URLSearchParams,
  branches: Me['branches'],
  now: number,
): { branch_id: string; date: string } | null {
  const branch = branches.find((one) => one.id === query.get('branch')) ?? branches[0];
  if (branch === undefined) return null;
  const date = query.get('date');
  return {
    branch_id: branch.id,
    date: date !== null && isWallDate(date) ? date : dateOf(now, branch.time_zone),
  };
}

/** Where the week of a person, a branch or a room is edited. Called by everything that leads there. */
import type { Owner, OwnerMember, Season } from './week.ts';

const OWNER_PATHS: Readonly<Record<OwnerMember, string>> = {
  staff_id: 'staff',
  branch_id: 'branches',
  resource_id: 'resources',
};

/** @param season left out: the week that applies all the time */
export function weekPath({ member, id }: Owner, season?: Season): string {
  const limits = new URLSearchParams();
  if (season?.from) limits.set('valid_from', season.from);
  if (season?.until) limits.set('valid_until', season.until);
  const query = limits.toString();
  return `/admin/hours/${OWNER_PATHS[member]}/${encodeURIComponent(id)}${query === '' ? '' : `?${query}`}`;
}

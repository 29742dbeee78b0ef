/** Where the week of a person, a branch or a room is edited. Called by everything that leads there. */
import type { Owner, OwnerMember } from './week.ts';

export const OWNER_PATHS: Readonly<Record<OwnerMember, string>> = {
  staff_id: 'staff',
  branch_id: 'branches',
  resource_id: 'resources',
};

export const weekPath = ({ member, id }: Owner): string =>
  `/admin/hours/${OWNER_PATHS[member]}/${encodeURIComponent(id)}`;

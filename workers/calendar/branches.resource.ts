/** Branches as a resource. Mounted through routes.ts. */
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { branches } from '../../shared/contract/branches.ts';
import { defineResource } from '../resources/define.ts';
import type { ScheduleSnapshot } from './types.ts';
import { openCompanyIds } from './rules/company.ts';
import { companyOf, headOf, inCompany, scheduleBacking } from './schedule-backing.ts';

/** What was saved before a setting existed has it as the engine reads it. */
const BEFORE_SETTINGS = { fillShortGaps: true, coordinates: null, serviceRadiusKm: null, transportInfo: null };

/** The company of a branch that names none: the main branch's, else the first that is in use. */
function usualCompany(schedule: ScheduleSnapshot): string | null {
  const open = openCompanyIds(schedule);
  const main = companyOf(schedule, undefined);
  return main !== null && open.includes(main) ? main : (open[0] ?? null);
}

export const branchesResource = defineResource({
  noun: 'branch',
  path: '/api/v1/branches',
  collection: 'branches',
  words: { one: 'a branch', many: 'branches' },
  permissions: {
    view: 'view_branches',
    create: 'create_branches',
    edit: 'edit_branches',
    remove: 'delete_branches',
    export: 'view_branches',
  },
  contract: { ...branches, item: branches.view },
  canStrand: true,
  backing: scheduleBacking(branches, {
    kind: 'branch',
    items: (schedule) => schedule.branches,
    stored: (body, schedule) => inCompany(toInside(branches.body, body), body.company_id ?? usualCompany(schedule)),
    shown: (
      item, // What was saved before the setting fills its gaps, as the engine does.
    ) => toOutside(branches.view, { ...BEFORE_SETTINGS, ...headOf(item), ...item.body }),
    derived: { members: ['companyId'], from: ['company_id'] },
  }),
  columns: {
    id: (one) => one.id,
    name: (one) => one.name,
    time_zone: (one) => one.time_zone,
    country: (one) => one.country,
    phone: (one) => one.phone,
    main: (one) => one.main,
    active: (one) => one.active,
    updated_at: (one) => one.updated_at,
  },
});

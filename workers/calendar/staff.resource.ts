/** Staff as a resource. Mounted through routes.ts. */
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { staff } from '../../shared/contract/staff.ts';
import { defineResource } from '../resources/define.ts';
import { companyOf, headOf, inCompany, scheduleBacking } from './schedule-backing.ts';

export const staffResource = defineResource({
  noun: 'staff',
  path: '/api/v1/staff',
  collection: 'staff',
  words: { one: 'a person', many: 'staff' },
  permissions: {
    view: 'view_staff',
    create: 'create_staff',
    edit: 'edit_staff',
    remove: 'delete_staff',
    export: 'view_staff',
  },
  contract: { ...staff, item: staff.view },
  canStrand: true,
  backing: scheduleBacking(staff, {
    kind: 'staff',
    items: (schedule) => schedule.staff,
    stored: (body, schedule) => inCompany(toInside(staff.body, body), companyOf(schedule, body.branch_ids[0])),
    shown: (item) => toOutside(staff.view, { ...headOf(item), ...item.body }),
    derived: { members: ['companyId'], from: ['branch_ids'] },
  }),
  columns: {
    id: (one) => one.id,
    first_name: (one) => one.first_name,
    last_name: (one) => one.last_name,
    email: (one) => one.email,
    languages: (one) => one.languages.join(' '),
    active: (one) => one.active,
    updated_at: (one) => one.updated_at,
  },
});

/** Staff as a resource. Mounted through routes.ts. */
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { staff } from '../../shared/contract/staff.ts';
import type { DomainError } from '../../shared/errors.ts';
import { type Err, err } from '../../shared/result.ts';
import { defineResource } from '../resources/define.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { companyOf, headOf, inCompany, scheduleBacking } from './schedule-backing.ts';

const backing = scheduleBacking(staff, {
  kind: 'staff',
  items: (schedule) => schedule.staff,
  stored: (body, schedule) => inCompany(toInside(staff.body, body), companyOf(schedule, body.branch_ids[0])),
  shown: (item) => toOutside(staff.view, { ...headOf(item), ...item.body }),
  derived: { members: ['companyId'], from: ['branch_ids'] },
});

/** Only somebody of the tenant can be linked: a foreign id is an unknown one. */
async function unknownUser(scope: TenantScope, userId: string | null | undefined): Promise<Err<DomainError> | null> {
  if (userId == null || (await scope.namesOfUsers([userId])).has(userId)) return null;
  return err({ code: 'NOT_FOUND', entity: 'user' });
}

const ofKnownUser = (of: typeof backing): typeof backing => ({
  ...of,
  create: async (scope, input, asked) =>
    (await unknownUser(scope, input.user_id)) ?? (await of.create(scope, input, asked)),
  replace: async (scope, id, input, asked) =>
    (await unknownUser(scope, input.user_id)) ?? (await of.replace(scope, id, input, asked)),
  change: async (scope, id, input, asked) =>
    (await unknownUser(scope, input.user_id)) ?? (await of.change(scope, id, input, asked)),
});

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
  backing: ofKnownUser(backing),
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

/** Rooms and equipment as a resource. Mounted through routes.ts. */
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { resources } from '../../shared/contract/resources.ts';
import { defineResource } from '../resources/define.ts';
import { companyOf, headOf, inCompany, scheduleBacking } from './schedule-backing.ts';

export const resourcesResource = defineResource({
  noun: 'resource',
  path: '/api/v1/resources',
  collection: 'resources',
  words: { one: 'a room or piece of equipment', many: 'rooms and equipment' },
  permissions: {
    view: 'view_resources',
    create: 'create_resources',
    edit: 'edit_resources',
    remove: 'delete_resources',
    export: 'view_resources',
  },
  contract: { ...resources, item: resources.view },
  canStrand: true,
  backing: scheduleBacking(resources, {
    kind: 'resource',
    items: (schedule) => schedule.resources,
    stored: (body, schedule) => inCompany(toInside(resources.body, body), companyOf(schedule, body.branch_id)),
    shown: (item) => toOutside(resources.view, { ...headOf(item), ...item.body }),
    derived: { members: ['companyId'], from: ['branch_id'] },
  }),
  columns: {
    id: (one) => one.id,
    branch_id: (one) => one.branch_id,
    name: (one) => one.name,
    type: (one) => one.type,
    capacity: (one) => one.capacity,
    active: (one) => one.active,
    updated_at: (one) => one.updated_at,
  },
});

/** Working hours as a resource. Mounted through routes.ts. */
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { hours } from '../../shared/contract/hours.ts';
import { err, ok } from '../../shared/result.ts';
import { defineResource } from '../resources/define.ts';
import { headOf, otherOwner, ownerOf, ownersOf, scheduleBacking } from './schedule-backing.ts';

/** `09:00–12:00 13:00–17:00` */
const spans = (periods: readonly { from: string; to: string }[]): string =>
  periods.map(({ from, to }) => `${from}–${to}`).join(' ');

export const workingHoursResource = defineResource({
  noun: 'hours',
  path: '/api/v1/working-hours',
  collection: 'working-hours',
  words: { one: 'working hours of a weekday', many: 'working hours' },
  permissions: {
    view: 'view_working_hours',
    create: 'create_working_hours',
    edit: 'edit_working_hours',
    remove: 'delete_working_hours',
    export: 'view_working_hours',
  },
  contract: { ...hours, item: hours.view },
  canStrand: true,
  backing: scheduleBacking(hours, {
    kind: 'hours',
    items: (schedule) => schedule.hours,
    stored: (body) => {
      const { staffId, resourceId, branchId, dayOfWeek, ...more } = toInside(hours.body, body);
      const owner = ownerOf({ staffId, resourceId, branchId });
      if (!owner)
        return err({ code: 'VALIDATION_ERROR', errors: { staff_id: ['staff_id, resource_id or branch_id'] } });
      return ok({ ...more, ...owner, weekday: dayOfWeek, branchId: owner.ownerKind === 'staff' ? branchId : null });
    },
    shown: (item) =>
      toOutside(hours.view, {
        ...headOf(item),
        ...item.body,
        ...ownersOf(item.body),
        dayOfWeek: item.body.weekday,
      }),
    derived: { members: ['ownerKind', 'ownerId', 'branchId'], from: ['staff_id', 'resource_id', 'branch_id'] },
    clears: otherOwner,
  }),
  columns: {
    id: (one) => one.id,
    staff_id: (one) => one.staff_id,
    resource_id: (one) => one.resource_id,
    branch_id: (one) => one.branch_id,
    day_of_week: (one) => one.day_of_week,
    periods: (one) => spans(one.periods),
    breaks: (one) => spans(one.breaks),
    valid_from: (one) => one.valid_from,
    valid_until: (one) => one.valid_until,
    updated_at: (one) => one.updated_at,
  },
});

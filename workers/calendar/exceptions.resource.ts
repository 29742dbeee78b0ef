/** Exceptions from working hours as a resource. Mounted through routes.ts. */
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { exceptions } from '../../shared/contract/hours.ts';
import { err, ok } from '../../shared/result.ts';
import { defineResource } from '../resources/define.ts';
import { companyOf, headOf, otherOwner, ownerOf, ownersOf, scheduleBacking } from './schedule-backing.ts';

export const exceptionsResource = defineResource({
  noun: 'exception',
  path: '/api/v1/exceptions',
  collection: 'exceptions',
  words: { one: 'an exception', many: 'exceptions from working hours' },
  permissions: {
    view: 'view_exceptions',
    create: 'create_exceptions',
    edit: 'edit_exceptions',
    remove: 'delete_exceptions',
    export: 'view_exceptions',
  },
  contract: { ...exceptions, item: exceptions.view },
  canStrand: true,
  backing: scheduleBacking(exceptions, {
    kind: 'exception',
    // Why a colleague is away is not theirs to know.
    items: (schedule) => schedule.exceptions,
    stored: (body, schedule) => {
      const { staffId, resourceId, branchId, ...more } = toInside(exceptions.body, body);
      const company = companyOf(schedule, branchId ?? undefined);
      const owner = ownerOf({ staffId, resourceId, branchId });
      if (!owner && company === null) return err({ code: 'NOT_FOUND', entity: 'branch' });
      return ok({
        ...more,
        ...(owner ?? { ownerKind: 'company', ownerId: company ?? '' }),
        branchId: owner?.ownerKind === 'staff' ? branchId : null,
      });
    },
    shown: (item) => toOutside(exceptions.view, { ...headOf(item), ...item.body, ...ownersOf(item.body) }),
    derived: { members: ['ownerKind', 'ownerId', 'branchId'], from: ['staff_id', 'resource_id', 'branch_id'] },
    clears: otherOwner,
  }),
  columns: {
    id: (one) => one.id,
    staff_id: (one) => one.staff_id,
    resource_id: (one) => one.resource_id,
    branch_id: (one) => one.branch_id,
    kind: (one) => one.kind,
    from_date: (one) => one.from_date,
    to_date: (one) => one.to_date,
    from_time: (one) => one.from_time,
    to_time: (one) => one.to_time,
    note: (one) => one.note,
    updated_at: (one) => one.updated_at,
  },
});

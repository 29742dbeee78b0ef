/** The rule of writing master data: valid shape, known references, expected version. Called by the object inside its transaction. */
import { versionConflict } from '../../../shared/errors.ts';
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Schedule } from '../engine/schedule.ts';
import { SCHEDULE_SCHEMAS, type ScheduleInput, type ScheduleItem } from '../master-data.ts';
import { SCHEDULE_KINDS, type ScheduleKind } from '../../events/calendar.ts';

/** The item as it will be stored. Refusals: VALIDATION_ERROR per field, VERSION_CONFLICT. */
export function itemToStore(
  input: ScheduleInput,
  storedVersion: number,
  exists: boolean,
  expectedVersion: number | null,
  now: Instant,
): Result<ScheduleItem> {
  if (!SCHEDULE_KINDS.includes(input.kind))
    return err({ code: 'VALIDATION_ERROR', errors: { kind: ['unknown kind'] } });
  const current = exists ? storedVersion : 0;
  if (expectedVersion !== null && expectedVersion !== current) {
    return err(versionConflict(expectedVersion, current));
  }
  const parsed = SCHEDULE_SCHEMAS[input.kind].safeParse(input.body);
  if (!parsed.success) {
    const errors: Record<string, string[]> = {};
    for (const issue of parsed.error.issues) {
      const field =
        issue.path.map((part) => String(part).replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)).join('.') || 'body';
      errors[field] = [...(errors[field] ?? []), issue.message];
    }
    return err({ code: 'VALIDATION_ERROR', errors });
  }
  return ok({
    kind: input.kind,
    id: input.id,
    version: storedVersion + 1,
    updatedAt: now,
    body: parsed.data,
  } as ScheduleItem);
}

/** Ids that an item refers to must be this tenant's. Refusal: NOT_FOUND with the kind of what is missing. */
export function unknownReference(schedule: Schedule, item: ScheduleItem): Result<never> | null {
  const missing = (entity: ScheduleKind, ids: readonly (string | null)[]): Result<never> | null => {
    const known: ReadonlyMap<string, unknown> =
      entity === 'branch'
        ? schedule.branches
        : entity === 'staff'
          ? schedule.staff
          : entity === 'service'
            ? schedule.services
            : schedule.resources;
    return ids.some((one) => one !== null && !known.has(one)) ? err({ code: 'NOT_FOUND', entity }) : null;
  };
  switch (item.kind) {
    case 'account':
    case 'company':
      return null;
    case 'branch':
      return unknownCompany(schedule, item.id, item.body.companyId);
    case 'staff':
      return missing('branch', item.body.branchIds);
    case 'service':
      return (
        missing('branch', [...item.body.branchIds, ...item.body.branchOverrides.map((one) => one.branchId)]) ??
        missing('staff', [
          ...item.body.staff.map((s) => s.staffId),
          ...item.body.segments.flatMap((s) => s.staffIds),
        ]) ??
        missing(
          'resource',
          [...item.body.resources, ...item.body.segments.flatMap((s) => s.resources)].flatMap((r) => r.anyOf),
        ) ??
        missing(
          'service',
          item.body.segments.map((s) => (s.serviceId === item.id ? null : s.serviceId)),
        )
      );
    case 'resource':
      return missing('branch', [item.body.branchId]);
    case 'hours':
      return missing(item.body.ownerKind, [item.body.ownerId]) ?? missing('branch', [item.body.branchId]);
    case 'exception':
      return (
        (item.body.ownerKind === 'company' ? null : missing(item.body.ownerKind, [item.body.ownerId])) ??
        missing('branch', [item.body.branchId])
      );
  }
}

/**
 * A branch belongs to a company that is there: a saved one that was not given up, or one that another branch names (tenants of before
 * companies were nouns). The first branch brings its company along, and a branch keeps the one it has.
 */
function unknownCompany(schedule: Schedule, branchId: string, companyId: string): Result<never> | null {
  if (schedule.companies.size === 0 && schedule.branches.size === 0) return null;
  const present = schedule.branches.get(branchId)?.body.companyId;
  if (present === companyId) return null;
  if (present !== undefined && isUsed(schedule, branchId))
    return err({
      code: 'VALIDATION_ERROR',
      errors: { company_id: ['people, services or rooms belong to the branch'] },
    });
  const saved = schedule.companies.get(companyId);
  const isNamed = [...schedule.branches.values()].some(({ body }) => body.companyId === companyId);
  return (saved === undefined ? isNamed : !saved.archived) ? null : err({ code: 'NOT_FOUND', entity: 'company' });
}

/** Whether people, services or rooms are of a branch: they are of its company, too, and would not follow it into another one. */
const isUsed = (schedule: Schedule, branchId: string): boolean =>
  [...schedule.staff.values(), ...schedule.services.values()].some(({ body }) => body.branchIds.includes(branchId)) ||
  [...schedule.resources.values()].some(({ body }) => body.branchId === branchId);

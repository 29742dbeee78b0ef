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
    case 'branch':
      return null;
    case 'staff':
      return missing('branch', item.body.branchIds);
    case 'service':
      return (
        missing('branch', item.body.branchIds) ??
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

/** Who of the staff a user is, and which companies there are: the calendar's side of an account. Called by the commands about users. */
import type { DomainError } from '../../shared/errors.ts';
import { newId } from '../../shared/ids.ts';
import { type Err, err, ok, type Result } from '../../shared/result.ts';
import { actorRefOf } from '../calendar/actor-ref.ts';
import { companyIds } from '../calendar/rules/company.ts';
import type { TenantScope } from './scope.ts';

/** Ids of all companies of a schedule. */
export const companiesOf = companyIds;

/**
 * Who of the staff may become a user's linked person. Refusals: NOT_FOUND (`staff`), VALIDATION_ERROR (`staff_id` taken: somebody else signs in
 * as that person).
 */
export async function linkRefusal(
  scope: TenantScope,
  userId: string | null,
  staffId: string | null,
): Promise<Err<DomainError> | null> {
  if (staffId === null) return null;
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return result;
  const person = result.value.staff.find(({ id }) => id === staffId);
  if (person === undefined) return err({ code: 'NOT_FOUND', entity: 'staff' });
  const linked = person.body.userId;
  return linked === null || linked === userId
    ? null
    : err({ code: 'VALIDATION_ERROR', errors: { staff_id: ['taken'] } });
}

/** Links a user to one person of the staff and to no other; null: to nobody. Refusals: VERSION_CONFLICT (somebody changed that person meanwhile). */
export async function linkPerson(scope: TenantScope, userId: string, staffId: string | null): Promise<Result<null>> {
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return result;
  for (const { id, version, body } of result.value.staff) {
    const wanted = id === staffId ? userId : body.userId === userId ? null : body.userId;
    if (wanted === body.userId) continue;
    const put = await scope.calendar.putSchedule({
      key: `link:${newId('audit', scope.now)}`,
      now: scope.now,
      actor: actorRefOf(scope.actor),
      kind: 'staff',
      id,
      body: { ...body, userId: wanted },
      expectedVersion: version,
      mustExist: true,
    });
    if (!put.result.ok) return put.result;
  }
  return ok(null);
}

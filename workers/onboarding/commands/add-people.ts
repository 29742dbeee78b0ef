/** People of a branch with the hours it is open and the services they do. Called by the routes. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { AddPeople } from '../../../shared/contract/onboarding.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ScheduleInput } from '../../calendar/types.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { madeId } from '../made-ids.ts';
import { personItems } from '../rules/template-items.ts';
import { placeOf, storedWeek, writeItems } from './schedule-parts.ts';

const asked = ['create_staff', 'create_working_hours', 'edit_services'] as const;

/**
 * Makes each person, their week (the branch's) and their place in the services they do, in one write. Two people of one name and branch
 * who are sent in two requests are one person: the second of them has a page of its own.
 *
 * Refusals: PERMISSION_DENIED, NOT_FOUND (branch, service), VALIDATION_ERROR.
 */
export async function addPeople(
  scope: TenantScope,
  input: AddPeople,
): Promise<{ result: Result<{ staff: string[] }>; head: Head | null }> {
  const refuse = (result: Result<never>) => ({ result, head: null });
  for (const permission of asked) {
    const refused = permissionRefusal(scope.actor, permission);
    if (refused) return refuse(refused);
  }
  const found = await placeOf(scope, input.branch_id);
  if (!found.ok) return refuse(found);
  const { place, snapshot } = found.value;
  const services = new Set<string>(snapshot.services.map((service) => service.id));
  for (const person of input.people)
    if (person.service_ids?.some((id: string) => !services.has(id)))
      return refuse(err({ code: 'NOT_FOUND', entity: 'service' }));

  const week = storedWeek(snapshot, place.branchId);
  const people = input.people.map((person, i) => ({
    ...person,
    id: madeId(
      'staff',
      place.tenantId,
      place.branchId,
      person.first_name,
      person.last_name,
      // Two of one name in one request are two.
      String(input.people.slice(0, i).filter((other) => sameName(other, person)).length),
    ),
  }));
  const isNew = (id: string): boolean => !snapshot.staff.some((one) => one.id === id);
  const does = (person: (typeof people)[number], serviceId: string): boolean =>
    person.service_ids?.some((id: string) => id === serviceId) ?? true;
  const changed = snapshot.services.flatMap((service): ScheduleInput[] => {
    const more = people.filter(
      (person) => does(person, service.id) && !service.body.staff.some((one) => one.staffId === person.id),
    );
    if (more.length === 0) return [];
    const staff = [...service.body.staff, ...more.map((person) => ({ staffId: person.id }))];
    return [{ kind: 'service', id: service.id, body: { ...service.body, staff } }];
  });
  const items = [
    ...people.filter((person) => isNew(person.id)).flatMap((person) => personItems(person, person.id, place, week)),
    ...changed,
  ];
  const written = await writeItems(scope, items);
  if (!written.result.ok) return { result: written.result, head: written.head };
  return { result: ok({ staff: people.map((person) => person.id) }), head: written.head };
}

type Named = Pick<AddPeople['people'][number], 'first_name' | 'last_name'>;
const sameName = (a: Named, b: Named): boolean => a.first_name === b.first_name && a.last_name === b.last_name;

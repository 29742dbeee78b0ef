/** What the owner has chosen of a template becomes services, hours and people. Called by the routes; idempotent by what it makes. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Applied, ApplyTemplateRequest } from '../../../shared/contract/onboarding.ts';
import type { Permission } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ScheduleInput } from '../../calendar/types.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { madeId } from '../made-ids.ts';
import { personItems, resourceItems, serviceIdOf, serviceItem } from '../rules/template-items.ts';
import { templateNamed } from '../templates.ts';
import { placeOf, storedWeek, writeItems } from './schedule-parts.ts';

interface ApplyTemplate extends ApplyTemplateRequest {
  /** name of the template */
  trade: string;
}

/**
 * Makes the chosen services with their rooms and equipment, and what else was sent along: weekly hours where the branch has none, practice
 * mode, people. What an earlier request made of the same template stays as the owner has left it.
 *
 * Refusals: PERMISSION_DENIED (of each noun that would be made), NOT_FOUND (trade, branch), VALIDATION_ERROR (`services.N.key`,
 * `services.N.duration_minutes`, texts).
 */
export async function applyTemplate(
  scope: TenantScope,
  command: ApplyTemplate,
): Promise<{ result: Result<Applied>; head: Head | null }> {
  const refuse = (result: Result<never>) => ({ result, head: null });
  const named = await templateNamed(command.trade);
  if (!named.ok) return refuse(named);
  const template = named.value;
  const asked: Permission[] = [
    'create_services',
    ...(command.hours.length > 0 ? (['create_working_hours'] as const) : []),
    ...(command.people.length > 0 ? (['create_staff', 'create_working_hours'] as const) : []),
    ...(command.practice_mode ? (['edit_companies'] as const) : []),
  ];
  for (const permission of asked) {
    const refused = permissionRefusal(scope.actor, permission);
    if (refused) return refuse(refused);
  }
  const found = await placeOf(scope, command.branch_id);
  if (!found.ok) return refuse(found);
  const { place, snapshot } = found.value;

  const errors: Record<string, string[]> = {};
  const chosen = command.services.flatMap((one, i) => {
    const service = template.services.find(({ key }) => key === one.key);
    if (service !== undefined) return [{ service, one, i }];
    errors[`services.${i}.key`] = ['unknown'];
    return [];
  });
  const id = (key: string) => serviceIdOf(place, command.trade, key);
  const existing = new Set(snapshot.services.map((service) => service.id));
  const fresh = chosen.filter(({ service }) => !existing.has(id(service.key)));
  const resources = resourceItems(
    template,
    fresh.map(({ service }) => service),
    place,
  ).filter((item) => !snapshot.resources.some((one) => one.id === item.id));
  if (resources.length > 0) {
    const refused = permissionRefusal(scope.actor, 'create_resources');
    if (refused) return refuse(refused);
  }

  const present = storedWeek(snapshot, command.branch_id);
  const week =
    present.length > 0 ? present : command.hours.map(({ day_of_week: weekday, periods }) => ({ weekday, periods }));
  const branchHours: ScheduleInput[] =
    present.length > 0
      ? []
      : command.hours.map(({ day_of_week: weekday, periods }, i) => ({
          kind: 'hours',
          id: madeId('hours', place.branchId, String(weekday), String(i)),
          body: { ownerKind: 'branch', ownerId: place.branchId, branchId: null, weekday, periods },
        }));

  const people = command.people.map((person, i) => ({
    person,
    id: madeId('staff', place.tenantId, place.branchId, command.trade, person.first_name, person.last_name, String(i)),
  }));
  const newPeople = people.filter((one) => !snapshot.staff.some((known) => known.id === one.id));
  const staffIds = [
    ...snapshot.staff
      .filter((person) => person.body.active && person.body.branchIds.includes(place.branchId))
      .map((person) => person.id),
    ...newPeople.map((one) => one.id),
  ];

  const company = snapshot.companies.find((one) => one.id === place.companyId);
  const services = fresh.flatMap(({ service, one, i }) => {
    const item = serviceItem(template, service, one, place, command.practice_mode, staffIds);
    if (item !== null) return [item];
    errors[`services.${i}.duration_minutes`] = ['too short for its steps'];
    return [];
  });
  if (Object.keys(errors).length > 0) return refuse(err({ code: 'VALIDATION_ERROR', errors }));

  const items: ScheduleInput[] = [
    ...(command.practice_mode && company?.body.practiceMode !== true
      ? [
          {
            kind: 'company' as const,
            id: place.companyId,
            body: { ...(company?.body ?? { name: place.companyName }), practiceMode: true },
          },
        ]
      : []),
    ...branchHours,
    ...resources,
    ...newPeople.flatMap((one) => personItems(one.person, one.id, place, week)),
    ...services,
  ];
  const written = await writeItems(scope, items);
  if (!written.result.ok) return { result: written.result, head: written.head };
  const applied: Applied = {
    services: services.map((item) => item.id),
    kept: chosen.map(({ service }) => id(service.key)).filter((one) => existing.has(one)),
    staff: people.map((one) => one.id),
  };
  return { result: ok(applied), head: written.head };
}

/** Conflicts with Cal.com as they are shown, both sides next to each other. Called by conflicts.resource.ts and conflict-routes.ts. */
import type {
  ConflictAppointment,
  ConflictSide,
  ConflictView,
  conflictQuery,
} from '../../../shared/contract/conflicts.ts';
import type { z } from 'zod';
import { permissionRefusal } from '../../../shared/actor.ts';
import { fullName } from '../../../shared/full-name.ts';
import { inLanguage, type Language } from '../../../shared/i18n/language.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { Asked, VersionedView, ViewPage } from '../../resources/backing.ts';
import { lazyListPage } from '../../resources/lazy-backing.ts';
import {
  type ConflictBeside,
  type ConflictingAppointment,
  conflictList,
  type ConflictRow,
} from '../../storage/queries/conflicts.ts';
import { conflictsReached } from '../../storage/queries/reach.ts';
import { besideOf, itemsByIds, rowById, type ShownRow } from '../../storage/resource-list.ts';
import { appointments, externalConflicts } from '../../storage/tables/calendar.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { resolutionsOf } from '../rules/resolutions.ts';
import type { ScheduleSnapshot } from '../types.ts';
import { nameOf } from './appointment-view.ts';
import { customersOf } from './appointments.ts';

/** Names beside lists may be this old; ids are exact. */
const NAMES_MAX_AGE_MS = 30_000;

/** What of a conflict is shown; a projected row has it, and so has the object's. */
type ViewedConflict = Omit<ConflictRow, 'tenantId' | 'epoch' | 'seq'>;

interface Stretch {
  startsAt: number;
  endsAt: number;
  staffId: string | null;
  serviceId: string | null;
}

function sideOf(schedule: ScheduleSnapshot, one: Stretch, language: Language): ConflictSide {
  const person = schedule.staff.find(({ id }) => id === one.staffId);
  const service = schedule.services.find(({ id }) => id === one.serviceId);
  return {
    starts_at: toIso(one.startsAt),
    ends_at: toIso(one.endsAt),
    staff_id: one.staffId,
    staff_name: person ? `${person.body.firstName} ${person.body.lastName}`.trim() : null,
    service_id: one.serviceId,
    service_name: service ? inLanguage(service.body.name, language) : null,
  };
}

/** Appointments and names of customers by id: as the list has read them, or asked for now. */
async function besideConflicts(scope: TenantScope, conflicts: readonly ShownRow<ViewedConflict>[]) {
  const known = new Map<string, ConflictingAppointment>();
  const names = new Map<string, string | null>();
  const unread: ViewedConflict[] = [];
  for (const one of conflicts) {
    const read = besideOf<ConflictBeside>(one);
    if (read === undefined) unread.push(one);
    for (const appointment of read?.appointments ?? [])
      if (appointment !== null) known.set(appointment.id, appointment);
    if (one.customerId !== null && read?.person) {
      const [firstName, lastName] = read.person;
      names.set(one.customerId, fullName({ firstName, lastName }));
    }
  }
  const ids = unread.flatMap((one) => [one.appointmentId, one.conflictingAppointmentId]).filter((id) => id !== null);
  const [rows, customers] = await Promise.all([
    itemsByIds(scope.db, appointments, [...new Set(ids)]),
    customersOf(scope, [...new Set(unread.flatMap(({ customerId }) => customerId ?? []))]),
  ]);
  for (const row of rows) known.set(row.id, row);
  for (const [id, row] of customers) names.set(id, nameOf(row));
  return { known, names };
}

/** Conflicts with their appointments as the projection has them. */
async function viewsOfConflicts(
  scope: TenantScope,
  conflicts: readonly ShownRow<ViewedConflict>[],
  language: Language,
): Promise<Result<ConflictView[]>> {
  const { result } = await scope.calendar.schedule({ maxAgeMs: NAMES_MAX_AGE_MS });
  if (!result.ok) return result;
  const schedule = result.value;
  const { known, names } = await besideConflicts(scope, conflicts);
  const appointmentOf = (id: string | null): ConflictAppointment | null => {
    const row = id === null ? undefined : known.get(id);
    return row ? { id: row.id, branch_id: row.branchId, status: row.status, ...sideOf(schedule, row, language) } : null;
  };
  return ok(
    conflicts.map((one) => {
      const branchId =
        known.get(one.appointmentId ?? '')?.branchId ??
        schedule.staff.find(({ id }) => id === one.staffId)?.body.branchIds[0];
      const branch = schedule.branches.find(({ id }) => id === branchId) ?? schedule.branches[0];
      return {
        id: one.id,
        kind: one.kind,
        reason: one.reason,
        status: one.status,
        resolutions: resolutionsOf(one),
        resolution: one.resolution,
        customer_id: one.customerId,
        customer_name: one.customerId === null ? null : (names.get(one.customerId) ?? null),
        theirs: one.externalUid === '' ? null : sideOf(schedule, one, language),
        ours: appointmentOf(one.appointmentId),
        in_the_way: appointmentOf(one.conflictingAppointmentId),
        time_zone: branch?.body.timeZone ?? 'UTC',
        calcom_booking_id: one.externalUid === '' ? null : one.externalUid,
        calcom_event_type_id: one.eventTypeId,
        calcom_user_id: one.hostId,
        created_at: toIso(one.createdAt),
        resolved_at: isoOrNull(one.resolvedAt),
      };
    }),
  );
}

/** A conflict that was settled just now, with its appointments as they are since. */
export async function viewOfSettled(
  scope: TenantScope,
  conflict: ViewedConflict,
  language: Language,
): Promise<ConflictView | undefined> {
  await scope.caughtUp('calendar', null);
  const views = await viewsOfConflicts(scope, [conflict], language);
  return views.ok ? views.value[0] : undefined;
}

/**
 * A page of conflicts; `stale`: what the client has written is not in it yet.
 * Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`), what the schedule refuses.
 */
export async function conflictPage(
  scope: TenantScope,
  query: z.output<typeof conflictQuery>,
  asked: Asked,
): Promise<Result<ViewPage<ConflictView>>> {
  const refused = permissionRefusal(scope.actor, 'view_calcom');
  if (refused) return refused;
  const { stale, head } = await scope.caughtUp('calendar', asked.minimum);
  const page = await lazyListPage<typeof externalConflicts, ConflictView>(
    scope,
    {
      source: conflictList,
      only: async () => conflictsReached(await scope.reached()),
      views: async (_scope, rows) => {
        const views = await viewsOfConflicts(scope, rows, asked.language);
        if (!views.ok) throw new Error(`conflicts: ${views.error.code}`);
        return views.value;
      },
    },
    query,
    asked,
  );
  return page.ok ? ok({ ...page.value, head, ...(stale ? { stale } : {}) }) : page;
}

/** One conflict. Refusals: PERMISSION_DENIED, NOT_FOUND (`conflict`), what the schedule refuses. */
export async function oneConflict(
  scope: TenantScope,
  id: string,
  asked: Asked,
): Promise<Result<VersionedView<ConflictView>>> {
  const refused = permissionRefusal(scope.actor, 'view_calcom');
  if (refused) return refused;
  const { head } = await scope.caughtUp('calendar', asked.minimum);
  const row = await rowById(scope.db, externalConflicts, id, conflictsReached(await scope.reached()));
  if (row === null) return err({ code: 'NOT_FOUND', entity: 'conflict' });
  const views = await viewsOfConflicts(scope, [row], asked.language);
  if (!views.ok) return views;
  const [view] = views.value;
  return view === undefined ? err({ code: 'NOT_FOUND', entity: 'conflict' }) : ok({ view, head });
}

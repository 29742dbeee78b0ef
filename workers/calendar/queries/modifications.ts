/** What was changed in one appointment, newest first, from the projection. Called by bulk-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { ModificationView } from '../../../shared/contract/appointment-changes.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { ViewPage } from '../../resources/backing.ts';
import { lazyListPage } from '../../resources/lazy-backing.ts';
import { type ModificationRow, modificationList } from '../../storage/queries/appointments.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Names beside lists may be this old; ids are exact. */
const NAMES_MAX_AGE_MS = 30_000;

/** Refusals: PERMISSION_DENIED, NOT_FOUND (also outside the reader's reach), VALIDATION_ERROR (`cursor`). */
export async function modificationPage(
  scope: TenantScope,
  appointmentId: string,
  query: { cursor?: string | undefined; limit: number },
  asked: { minimum: string | null; language: Language },
): Promise<Result<ViewPage<ModificationView>>> {
  const refused = permissionRefusal(scope.actor, 'view_appointments');
  if (refused) return refused;
  const [found, { result }, { stale, head }] = await Promise.all([
    scope.calendar.appointment(appointmentId),
    scope.calendar.schedule({ maxAgeMs: NAMES_MAX_AGE_MS }),
    scope.caughtUp('calendar', asked.minimum),
  ]);
  if (!found.result.ok) return found.result;
  if (!result.ok) return result;
  const staff = new Map(
    result.value.staff.map(({ id, body }) => [id, `${body.firstName} ${body.lastName}`.trim()] as const),
  );
  const nameOf = (id: string | null): string | null => (id === null ? null : (staff.get(id) ?? null));
  const page = await lazyListPage<ReturnType<typeof modificationList>['table'], ModificationView>(
    scope,
    {
      source: modificationList(appointmentId),
      views: async (_scope, rows) => {
        const people = await scope.namesOfUsers(
          rows.flatMap(({ actorKind, actorId }) => (actorKind === 'user' ? [actorId] : [])),
        );
        return rows.map((row: ModificationRow) => ({
          id: row.id,
          type: row.type,
          at: toIso(row.at),
          actor_kind: row.actorKind,
          actor_name: row.actorKind === 'user' ? (people.get(row.actorId) ?? null) : null,
          old_starts_at: isoOrNull(row.oldStartsAt),
          new_starts_at: isoOrNull(row.newStartsAt),
          old_staff_name: nameOf(row.oldStaffId),
          new_staff_name: nameOf(row.newStaffId),
          old_status: row.oldStatus,
          new_status: row.newStatus,
          policy_check: row.policyCheck,
          fee_cents: row.feeCents,
          reason: row.reason,
        }));
      },
    },
    query,
    { expectedVersion: null, key: null, confirm: false, confirmToken: null, ...asked },
  );
  return page.ok ? ok({ ...page.value, head, ...(stale ? { stale } : {}) }) : page;
}

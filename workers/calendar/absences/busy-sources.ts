/** Imported calendars of a person: shown and taken away. What they say comes by an import (workers/imports/). Called by busy-source-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { BusySourceView } from '../../../shared/contract/busy-sources.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { actorRefOf, commandKeyOf } from '../actor-ref.ts';

/** Refusals: PERMISSION_DENIED, NOT_FOUND (`staff`). */
export async function busySourcesOf(
  scope: TenantScope,
  staffId: string,
): Promise<{ result: Result<BusySourceView[]>; head?: Head }> {
  const refused = permissionRefusal(scope.actor, 'view_exceptions');
  if (refused) return { result: refused };
  const { result, head } = await scope.calendar.busySources(staffId);
  if (!result.ok) return { result, head };
  const views = result.value.map(
    (one): BusySourceView => ({
      id: one.id,
      staff_id: one.staffId,
      import_id: one.importId,
      name: one.name === '' ? null : one.name,
      times: one.times,
      until: isoOrNull(one.untilAt),
      imported_at: toIso(one.importedAt),
    }),
  );
  return { result: ok(views), head };
}

/** Its times are free at once; what the log says follows from the event. Refusals: PERMISSION_DENIED, NOT_FOUND (`staff`, `busy_source`). */
export async function removeBusySource(
  scope: TenantScope,
  { staffId, sourceId, key }: { staffId: string; sourceId: string; key: string | null },
): Promise<{ result: Result<{ id: string; times: number }>; head?: Head }> {
  const refused = permissionRefusal(scope.actor, 'delete_exceptions');
  if (refused) return { result: refused };
  const { result, head } = await scope.calendar.removeBusySource({
    key: commandKeyOf(scope.actor, key, `remove.busy_source.${sourceId}`, scope.now),
    now: scope.now,
    actor: actorRefOf(scope.actor),
    staffId,
    sourceId,
  });
  return { result: result.ok ? ok({ id: sourceId, times: result.value.times }) : result, head };
}

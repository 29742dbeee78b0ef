/** What the operator reads of other tenants: an object as it stands, and work that was given up. Called by operator-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { ObjectView, ParkedView } from '../../../shared/contract/operations.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import type { Platform } from '../../env.ts';
import { formatHead } from '../../object-runtime/events.ts';
import { objectOf } from '../../projection/object-of.ts';
import { deadLettersOfAll } from '../../storage/platform-db.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { MAX_OBJECT_BYTES } from '../health-rules.ts';
import { knownTenant, type OneObject } from '../commands/parts.ts';

/** Refusals: PERMISSION_DENIED (`view_objects`), NOT_FOUND. */
export async function objectStatus(
  platform: Platform,
  scope: TenantScope,
  { tenantId, kind }: OneObject,
): Promise<Result<ObjectView>> {
  const refused = permissionRefusal(scope.actor, 'view_objects');
  if (refused) return refused;
  const tenant = await knownTenant(platform, tenantId);
  if (!tenant.ok) return tenant;
  const { head, behind, restoring, waiting, stuck, skipped, bytes } = await objectOf(
    platform,
    tenant.value,
    kind,
  ).status();
  return ok({
    tenant_id: tenant.value,
    kind,
    head: formatHead(head),
    behind,
    restoring,
    bytes,
    limit_bytes: MAX_OBJECT_BYTES,
    waiting: { ...waiting },
    stuck: stuck.map(({ sink, seq, type, error }) => ({ sink, seq, type, error })),
    skipped: skipped.map(({ seq, type, at, by, reason }) => ({ seq, type, at: toIso(at), by, reason })),
  });
}

/** A page of parked work of all tenants, youngest first. Refusals: PERMISSION_DENIED (`view_alarms`), VALIDATION_ERROR (`cursor`). */
export async function parkedPage(
  platform: Platform,
  scope: TenantScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Result<Page<ParkedView>>> {
  const refused = permissionRefusal(scope.actor, 'view_alarms');
  if (refused) return refused;
  const after = cursorOf(cursor, ['number', 'string', 'string']);
  if (!after.ok) return after;
  const rows = await deadLettersOfAll(
    platform,
    after.value && { at: after.value[0], tenantId: after.value[1], id: after.value[2] },
    limit + 1,
  );
  const { shown, meta } = pageOf(rows, limit, (row) => [row.at, row.tenantId, row.id]);
  return ok({
    shown: shown.map(({ id, tenantId, queue, reason, message, at }) => ({
      id,
      tenant_id: tenantId,
      queue,
      reason,
      message,
      at: toIso(at),
    })),
    meta,
  });
}

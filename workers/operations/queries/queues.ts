/** What lies in the queues, one piece of parked work, and how large the shards are. Called by watch-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { type ParkedDetail, QUEUE_NAMES, type QueueView, type ShardView } from '../../../shared/contract/watch.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { deadLetter } from '../../storage/queries/effects.ts';
import { effectOf, queueNumbers, shardSizes, tenantNames } from '../../storage/queries/queues.ts';
import { TenantDb } from '../../storage/tenant-db.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { knownTenant } from '../commands/parts.ts';
import { diskStatus, MAX_DATABASE_BYTES, queueStatus } from '../health-rules.ts';

const NONE = { waiting: 0, running: 0, parked: 0, oldestDueAt: null };

/** Every queue with what waits, runs and was given up. Refusals: PERMISSION_DENIED (`view_alarms`). */
export async function queueList(platform: Platform, scope: TenantScope): Promise<Result<QueueView[]>> {
  const refused = permissionRefusal(scope.actor, 'view_alarms');
  if (refused) return refused;
  const numbers = await queueNumbers(platform, scope.now);
  return ok(
    QUEUE_NAMES.map((name) => {
      const { waiting, running, parked, oldestDueAt } = numbers.get(name) ?? NONE;
      const status = queueStatus({ pendingJobs: waiting, oldestDueAt }, scope.now);
      return { name, waiting, running, parked, oldest_due_at: isoOrNull(oldestDueAt), status };
    }),
  );
}

const isWebhook = (message: string): boolean => /"kind":"webhook"/.test(message);

/** A piece of parked work with what is known of its effect. Refusals: PERMISSION_DENIED (`view_alarms`), NOT_FOUND. */
export async function parkedOne(
  platform: Platform,
  scope: TenantScope,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<Result<ParkedDetail>> {
  const refused = permissionRefusal(scope.actor, 'view_alarms');
  if (refused) return refused;
  const tenant = await knownTenant(platform, tenantId);
  if (!tenant.ok) return tenant;
  const db = new TenantDb(platform, tenant.value);
  const letter = await deadLetter(db, id);
  if (letter === null) return err({ code: 'NOT_FOUND', entity: 'dead_letter' });
  const [effect, names] = await Promise.all([effectOf(db, id), tenantNames(platform, [tenantId])]);
  return ok({
    id,
    tenant_id: tenantId,
    tenant_name: names.get(tenantId) ?? null,
    queue: letter.queue,
    reason: letter.reason,
    message: letter.message,
    at: toIso(letter.at),
    effect: effect && {
      kind: effect.kind,
      state: effect.state,
      attempts: effect.attempts,
      phase: effect.phase,
      created_at: toIso(effect.createdAt),
    },
    webhook_id: isWebhook(letter.message) ? id : null,
  });
}

/** Every shard with its size and the tables that fill it. Refusals: PERMISSION_DENIED (`view_objects`). */
export async function shardList(platform: Platform, scope: TenantScope): Promise<Result<ShardView[]>> {
  const refused = permissionRefusal(scope.actor, 'view_objects');
  if (refused) return refused;
  return ok(
    (await shardSizes(platform)).map(({ id, bytes, tables }) => ({
      id,
      bytes,
      limit_bytes: MAX_DATABASE_BYTES,
      share: Math.round((bytes / MAX_DATABASE_BYTES) * 10_000) / 10_000,
      status: diskStatus(bytes),
      tables,
    })),
  );
}

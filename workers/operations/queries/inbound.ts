/** Stored webhooks of all tenants as the operator looks for them, one with its body, and the kinds of events. Called by watch-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { InboundEventView, InboundWebhookDetail, InboundWebhookView } from '../../../shared/contract/watch.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DAY, isoOrNull, toIso } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { cursorOf, type ListMeta, metaOf, WHOLE_LIST } from '../../http/list.ts';
import { writeAudit } from '../../identity/audit.ts';
import {
  type InboundEventRow,
  type InboundPage,
  type InboundRow,
  inboundByEvent,
  inboundEventRows,
  inboundOfAll,
  inboundOfTenant,
} from '../../storage/queries/inbound.ts';
import { tenantNames } from '../../storage/queries/queues.ts';
import { webhookById, type WebhookSource } from '../../storage/queries/webhooks.ts';
import { TenantDb } from '../../storage/tenant-db.ts';
import { asTenantId } from '../../tenancy/directory.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { keptUnder } from '../commands/parts.ts';
import { handledKinds, handlerOf } from '../inbound-handlers.ts';
import { loadWebhook } from '../webhook-log.ts';

/** Rows are kept so long: without a day to begin with, everything is looked through. */
const KEPT_MS = 731 * DAY;

const viewOf = (row: InboundRow, names: ReadonlyMap<string, string>): InboundWebhookView => ({
  id: row.id,
  tenant_id: row.tenantId,
  tenant_name: names.get(row.tenantId) ?? null,
  source: row.source,
  event_type: row.eventType,
  unique_id: row.uniqueId,
  state: row.state,
  received_at: toIso(row.receivedAt),
  processed_at: isoOrNull(row.processedAt),
  retry_count: row.retryCount,
  error_message: row.errorMessage,
});

/** One stored webhook as the list shows it; null: it is gone. */
export async function inboundView(
  platform: Platform,
  tenantId: string,
  id: string,
): Promise<InboundWebhookView | null> {
  const row = await webhookById(new TenantDb(platform, asTenantId(tenantId)), id);
  return row === null ? null : viewOf(row, await tenantNames(platform, [tenantId]));
}

export interface InboundQuestion {
  cursor?: string | undefined;
  limit: number;
  tenant_id?: string | undefined;
  unique_id?: string | undefined;
  source?: WebhookSource | undefined;
  event_type?: string | undefined;
  state?: InboundRow['state'] | undefined;
  from?: number | undefined;
  to?: number | undefined;
}

export interface InboundListed {
  data: InboundWebhookView[];
  meta: ListMeta & { truncated?: boolean };
}

/** A page of stored webhooks, newest first. Refusals: PERMISSION_DENIED (`view_inbound_events`), VALIDATION_ERROR (`cursor`). */
export async function inboundList(
  platform: Platform,
  scope: TenantScope,
  asked: InboundQuestion,
): Promise<Result<InboundListed>> {
  const refused = permissionRefusal(scope.actor, 'view_inbound_events');
  if (refused) return refused;
  const shown = async (
    rows: readonly InboundRow[],
    meta: ListMeta,
    truncated: boolean,
  ): Promise<Result<InboundListed>> => {
    const names = await tenantNames(
      platform,
      rows.map(({ tenantId }) => tenantId),
    );
    return ok({ data: rows.map((row) => viewOf(row, names)), meta: { ...meta, ...(truncated && { truncated }) } });
  };
  const { cursor, limit, tenant_id: tenantId, unique_id: uniqueId, source, event_type: eventType, state } = asked;
  if (uniqueId !== undefined) {
    const rows = await inboundByEvent(platform, uniqueId, limit);
    const fits = (row: InboundRow): boolean =>
      (tenantId === undefined || row.tenantId === tenantId) &&
      (source === undefined || row.source === source) &&
      (eventType === undefined || row.eventType === eventType) &&
      (state === undefined || row.state === state);
    return shown(rows.filter(fits), WHOLE_LIST, false);
  }
  const from = asked.from ?? scope.now - KEPT_MS;
  // What arrives in this very millisecond belongs to the list.
  const stretch = { source, eventType, state, from, to: asked.to ?? scope.now + 1, limit };
  const answer = <P>(page: InboundPage<P>, positionOf: (position: P) => (string | number)[]) =>
    shown(page.rows, metaOf(page.next === null ? null : positionOf(page.next)), page.truncated);
  if (tenantId !== undefined) {
    const owner = await keptUnder(platform, tenantId);
    if (!owner.ok) return ok({ data: [], meta: WHOLE_LIST });
    const after = cursorOf(cursor, ['number', 'string']);
    if (!after.ok) return after;
    const position = after.value && { at: after.value[0], id: after.value[1] };
    return answer(await inboundOfTenant(platform, tenantId, stretch, position), ({ at, id }) => [at, id]);
  }
  const after = cursorOf(cursor, ['number', 'number', 'number']);
  if (!after.ok) return after;
  const position = after.value && { at: after.value[0], shard: after.value[1], row: after.value[2] };
  return answer(await inboundOfAll(platform, stretch, position), ({ at, shard, row }) => [at, shard, row]);
}

/**
 * One stored webhook with its body as it was stored, wherever that lies. Who reads what callers said is written down.
 * Refusals: PERMISSION_DENIED (`manage_inbound_events`), NOT_FOUND.
 */
export async function inboundOne(
  platform: Platform,
  scope: TenantScope,
  { tenantId, id }: { tenantId: string; id: string },
): Promise<Result<InboundWebhookDetail>> {
  const refused = permissionRefusal(scope.actor, 'manage_inbound_events');
  if (refused) return refused;
  const owner = await keptUnder(platform, tenantId);
  if (!owner.ok) return owner;
  const whose = owner.value;
  const row = await webhookById(new TenantDb(platform, whose), id);
  if (row === null) return err({ code: 'NOT_FOUND', entity: 'webhook_log' });
  await writeAudit(scope, {
    log: 'operations',
    description: 'webhook.read',
    subjectType: 'webhook_log',
    subjectId: id,
    after: { tenant: tenantId },
  });
  const [loaded, names] = await Promise.all([loadWebhook(platform, whose, id), tenantNames(platform, [tenantId])]);
  return ok({
    ...viewOf(row, names),
    body: loaded?.body ?? null,
    stored_in: loaded === null ? null : row.payload === null ? 'r2' : 'd1',
  });
}

/** A kind of event as it is shown. @param row null: none has come yet */
export const eventView = (source: WebhookSource, eventType: string, row: InboundEventRow | null): InboundEventView => ({
  id: `${source}:${eventType}`,
  source,
  event_type: eventType,
  handler: handlerOf(source, eventType),
  enabled: row?.offAt == null,
  count: row?.count ?? 0,
  first_seen_at: isoOrNull(row?.firstSeenAt ?? null),
  last_seen_at: isoOrNull(row?.lastSeenAt ?? null),
  off_at: isoOrNull(row?.offAt ?? null),
  off_by: row?.offBy ?? null,
  off_reason: row?.offReason ?? null,
});

/** Every kind of event that something works on or that has come, by source and name. Refusals: PERMISSION_DENIED (`view_inbound_events`). */
export async function eventList(platform: Platform, scope: TenantScope): Promise<Result<InboundEventView[]>> {
  const refused = permissionRefusal(scope.actor, 'view_inbound_events');
  if (refused) return refused;
  const rows = await inboundEventRows(platform);
  const views = new Map(
    rows.map((row) => [`${row.source}:${row.eventType}`, eventView(row.source, row.eventType, row)]),
  );
  for (const { source, eventType } of handledKinds()) {
    const id = `${source}:${eventType}`;
    if (!views.has(id)) views.set(id, eventView(source, eventType, null));
  }
  return ok([...views.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
}

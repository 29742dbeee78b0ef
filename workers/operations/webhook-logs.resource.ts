/** Stored webhooks as a resource: vendors send them, people see what became of them. Bodies hold what callers said and are not shown. Mounted by app.ts. */
import { type WebhookLogView, webhookLogListQuery, webhookLogView } from '../../shared/contract/webhook-logs.ts';
import { actorMay } from '../../shared/actor.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { lazyReading } from '../resources/lazy-backing.ts';
import { defineResource } from '../resources/define.ts';
import { webhookList, type WebhookRow } from '../storage/queries/webhooks.ts';
import { nothingReached } from '../storage/queries/reach.ts';

/** A delivery of Cal.com's is named by its booking's uid, which opens the booking there: who may not see it reads a stand-in. */
const view = (row: WebhookRow, seesCalcom: boolean): WebhookLogView => ({
  id: row.id,
  source: row.source,
  event_type: row.eventType,
  unique_id: row.source === 'calcom' && !seesCalcom ? sha256Hex(row.uniqueId).slice(0, 24) : row.uniqueId,
  state: row.state,
  received_at: toIso(row.receivedAt),
  processed_at: isoOrNull(row.processedAt),
  retry_count: row.retryCount,
  error_message: row.errorMessage,
});

export const webhookLogsResource = defineResource({
  noun: 'webhook_log',
  path: '/api/v1/webhook-logs',
  collection: 'operations',
  words: { one: 'a stored webhook', many: 'stored webhooks', listed: 'newest first' },
  permissions: { view: 'view_webhook_logs' },
  contract: { item: webhookLogView, query: webhookLogListQuery },
  backing: lazyReading({
    noun: 'webhook_log',
    source: webhookList,
    only: async (scope) => nothingReached(await scope.reached()),
    views: async (scope, rows) => rows.map((row) => view(row, actorMay(scope.actor, 'view_calcom'))),
  }),
});

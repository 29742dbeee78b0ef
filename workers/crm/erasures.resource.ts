/** Erasures as a resource: who is to be erased or was. Asking, withdrawing and closing are verbs of a customer (erasure-routes.ts). */
import { erasureListQuery, erasureView, type ErasureView } from '../../shared/contract/erasures.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { lazyReading } from '../resources/lazy-backing.ts';
import { defineResource } from '../resources/define.ts';
import { erasureList, type ErasureRow } from '../storage/queries/erasures.ts';
import { erasuresReached } from '../storage/queries/reach.ts';

export const viewOfErasure = (row: ErasureRow): ErasureView => ({
  id: row.id,
  state: row.state,
  reason: row.reason,
  requested_at: toIso(row.requestedAt),
  due_at: toIso(row.dueAt),
  can_be_withdrawn: row.state === 'requested' && row.runs === 0,
  erased_at: isoOrNull(row.erasedAt),
  counts: row.counts,
  left_at_calcom: row.leftAtCalcom.map((uid) => `https://app.cal.com/booking/${encodeURIComponent(uid)}`),
  closed_at: isoOrNull(row.closedAt),
});

export const erasuresResource = defineResource({
  noun: 'customer',
  path: '/api/v1/erasures',
  collection: 'erasures',
  words: { one: 'an erasure', many: 'erasures of customers', listed: 'newest first' },
  permissions: { view: 'erase_customers' },
  contract: { item: erasureView, query: erasureListQuery },
  backing: lazyReading({
    noun: 'erasure',
    source: erasureList,
    only: async (scope) => erasuresReached(await scope.reached()),
    views: async (_scope, rows) => rows.map(viewOfErasure),
  }),
});

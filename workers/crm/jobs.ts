/** Steps of the background work over customers. Each is bounded by its `limit` and called again while it answers `more`. */
import type { Instant } from '../../shared/clock.ts';
import { type Removed, removeLongDeleted } from '../resources/removal.ts';
import { belongingsRemove, indexNames, withHistory } from '../storage/queries/customers.ts';
import { tagLinksRemove } from '../storage/queries/tags.ts';
import type { TenantDb } from '../storage/tenant-db.ts';
import { CUSTOMER_KIND } from './customer-kind.ts';
import { TAG_KIND } from './tag-kind.ts';

/** Customers deleted 30 days ago: removed with lines and words, or archived where appointments or movements refer to them. Never refuses. */
export const removeDeleted = (db: TenantDb, now: Instant, limit: number): Promise<Removed> =>
  removeLongDeleted(db, now, limit, { kind: CUSTOMER_KIND, withHistory, belongings: belongingsRemove });

/** Tags deleted 30 days ago: removed, and taken off every customer. Never refuses. */
export const removeDeletedTags = (db: TenantDb, now: Instant, limit: number): Promise<Removed> =>
  removeLongDeleted(db, now, limit, {
    kind: TAG_KIND,
    withHistory: async () => new Set<string>(),
    belongings: tagLinksRemove,
  });

/** Names that no search finds yet: rows from before customers were searched by words, and what an import left. Never refuses. */
export async function indexCustomers(
  db: TenantDb,
  _now: Instant,
  limit: number,
): Promise<{ indexed: number; more: boolean }> {
  const indexed = await indexNames(db, limit);
  return { indexed, more: indexed === limit };
}

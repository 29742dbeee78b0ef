/** The end of what was deleted: after 30 days it is removed, or archived when something refers to it. Called by the `jobs.ts` of modules. */
import type { Instant } from '../../shared/clock.ts';
import { DAY } from '../../shared/time.ts';
import { auditWrites } from '../identity/audit.ts';
import {
  type RemovableTable,
  itemGuard,
  itemIs,
  itemRemove,
  itemUpdate,
  longDeleted,
} from '../storage/resource-rows.ts';
import type { TenantDb, Write } from '../storage/tenant-db.ts';
import type { ItemKind } from './items.ts';

/** As long a deleted item can be restored. */
export const RESTORABLE_MS = 30 * DAY;

interface Removal<T extends RemovableTable> {
  kind: ItemKind<T>;
  /** which of these items something refers to that must stay */
  withHistory: (db: TenantDb, ids: readonly string[]) => Promise<ReadonlySet<string>>;
  /** rows that go with the item */
  belongings: (db: TenantDb, id: string) => readonly Write[];
}

export interface Removed {
  removed: number;
  archived: number;
  /** there may be more: call again */
  more: boolean;
}

/** One step: at most `limit` items of the tenant (≤ 1,000), each in one batch with its audit row. Never refuses; an item restored meanwhile stays. */
export async function removeLongDeleted<T extends RemovableTable>(
  db: TenantDb,
  now: Instant,
  limit: number,
  { kind, withHistory, belongings }: Removal<T>,
): Promise<Removed> {
  const { table, noun, log } = kind;
  const rows = await longDeleted(db, table, now - RESTORABLE_MS, limit);
  const kept = await withHistory(
    db,
    rows.map((row) => row.id),
  );
  const context = { db, now, actor: { kind: 'system', cause: 'cron' } as const, requestId: 'internal' };
  let [removed, archived] = [0, 0];
  for (const { id, version } of rows) {
    const stays = kept.has(id);
    const done = await db.commit(table, itemIs(table, id), [
      itemGuard(db, table, { id, version, deleted: true }),
      ...(stays
        ? [itemUpdate(db, table, id, { archivedAt: now }, now)]
        : [...belongings(db, id), itemRemove(db, table, id)]),
      ...auditWrites(context, {
        log,
        description: `${noun}.${stays ? 'archived' : 'removed'}`,
        subjectType: noun,
        subjectId: id,
      }),
    ]);
    if (done.kind !== 'done') continue;
    if (stays) archived++;
    else removed++;
  }
  return { removed, archived, more: rows.length === limit };
}

/**
 * The changes that every D1-backed item has in common: create, change, delete, restore, each one batch with its audit row and guarded by
 * the version. Called by the commands of modules, which bring the permission and what belongs to their noun.
 */
import { versionConflict } from '../../shared/errors.ts';
import type { Permission } from '../../shared/permissions.ts';
import { permissionRefusal } from '../../shared/actor.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type AuditEntry, auditWrites } from '../identity/audit.ts';
import { type ItemRow, itemById, type ResourceTable } from '../storage/resource-list.ts';
import { itemGuard, itemIs, itemUpdate } from '../storage/resource-rows.ts';
import type { Write } from '../storage/tenant-db.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/** A noun whose items are rows of D1. */
export interface ItemKind<T extends ResourceTable> {
  /** as ids and refusals call it */
  noun: string;
  table: T;
  /** area of the audit log */
  log: string;
}

/** What one change does. Values in `before` and `after` are of the changed fields only. */
interface Change {
  set: Record<string, unknown>;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  /** further rows of the same batch */
  more?: readonly Write[];
}

export interface ChangeInput {
  id: string;
  /** the version the client has seen; null: whatever is there */
  expectedVersion: number | null;
}

/** Without a version of the client's, a change that somebody came before is made again on what they left. */
const MAX_ATTEMPTS = 3;

const entryOf = (kind: { noun: string; log: string }, id: string, verb: string): AuditEntry => ({
  log: kind.log,
  description: `${kind.noun}.${verb}`,
  subjectType: kind.noun,
  subjectId: id,
});

/** The changed fields of a row: what `values` has otherwise than it. */
export function changedOf<V extends Record<string, unknown>>(row: Record<string, unknown>, values: V): Partial<V> {
  const changed: Partial<V> = {};
  for (const key of Object.keys(values) as (keyof V & string)[]) {
    if (values[key] !== undefined && values[key] !== row[key]) changed[key] = values[key];
  }
  return changed;
}

/** Values of the fields of `changed` as the row has them. */
export const valuesBefore = (row: Record<string, unknown>, changed: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.keys(changed).map((key) => [key, row[key]]));

/**
 * Inserts an item by `writes` with its audit row. `created: false`: the id was taken, and the row is what is there (null when that one is
 * deleted). Never refuses.
 */
export async function insertItem<T extends ResourceTable>(
  scope: TenantScope,
  kind: ItemKind<T>,
  input: { id: string; writes: readonly [Write, ...Write[]]; after: Record<string, unknown> },
): Promise<{ created: boolean; row: ItemRow<T> | null }> {
  const done = await scope.db.commit(kind.table, itemIs(kind.table, input.id), [
    ...input.writes,
    ...auditWrites(scope, { ...entryOf(kind, input.id, 'created'), after: input.after }),
  ] as [Write, ...Write[]]);
  if (done.kind === 'done') return { created: true, row: done.row as ItemRow<T> | null };
  const known = await itemById(scope.db, kind.table, input.id);
  return { created: false, row: known?.deletedAt === null ? known : null };
}

/**
 * Changes an item that is there (`from: 'live'`) or deleted. `plan` answers null when nothing changes: then there is no new version and no
 * audit row. Refusals: NOT_FOUND, VERSION_CONFLICT.
 */
export async function changeItem<T extends ResourceTable>(
  scope: TenantScope,
  kind: ItemKind<T>,
  input: ChangeInput & { from: 'live' | 'deleted'; verb: string; plan: (row: ItemRow<T>) => Change | null },
): Promise<Result<ItemRow<T>>> {
  const { id, expectedVersion } = input;
  let seen: number | null = null;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const row = await itemById(scope.db, kind.table, id);
    if (row === null || (row.deletedAt === null) !== (input.from === 'live')) {
      return err({ code: 'NOT_FOUND', entity: kind.noun });
    }
    if (expectedVersion !== null && row.version !== expectedVersion)
      return err(versionConflict(expectedVersion, row.version));
    seen = row.version;
    const change = input.plan(row);
    if (change === null) return ok(row);
    const done = await scope.db.commit(kind.table, itemIs(kind.table, id), [
      itemGuard(scope.db, kind.table, { id, version: row.version, deleted: input.from === 'deleted' }),
      itemUpdate(scope.db, kind.table, id, change.set, scope.now),
      ...auditWrites(scope, { ...entryOf(kind, id, input.verb), before: change.before, after: change.after }),
      ...(change.more ?? []),
    ]);
    if (done.kind === 'done' && done.row !== null) return ok(done.row as ItemRow<T>);
  }
  return err(versionConflict(expectedVersion ?? seen ?? 0, (seen ?? 0) + 1));
}

/** Deletes an item: it is gone from lists and can be restored for 30 days. Refusals: PERMISSION_DENIED, NOT_FOUND, VERSION_CONFLICT. */
export async function deleteItem<T extends ResourceTable>(
  scope: TenantScope,
  kind: ItemKind<T>,
  permission: Permission,
  input: ChangeInput,
): Promise<Result<ItemRow<T>>> {
  return (
    permissionRefusal(scope.actor, permission) ??
    (await changeItem(scope, kind, {
      ...input,
      from: 'live',
      verb: 'deleted',
      plan: () => ({ set: { deletedAt: scope.now }, before: { deletedAt: null }, after: { deletedAt: scope.now } }),
    }))
  );
}

/** Brings a deleted item back; one that is there stays as it is. Refusals: PERMISSION_DENIED, NOT_FOUND (removed for good), VERSION_CONFLICT. */
export async function restoreItem<T extends ResourceTable>(
  scope: TenantScope,
  kind: ItemKind<T>,
  permission: Permission,
  input: ChangeInput,
): Promise<Result<ItemRow<T>>> {
  const refused = permissionRefusal(scope.actor, permission);
  if (refused) return refused;
  const present = await itemById(scope.db, kind.table, input.id);
  if (present?.deletedAt === null) return ok(present);
  return changeItem(scope, kind, {
    ...input,
    from: 'deleted',
    verb: 'restored',
    plan: (row) => ({
      set: 'archivedAt' in row ? { deletedAt: null, archivedAt: null } : { deletedAt: null },
      before: { deletedAt: row.deletedAt },
      after: { deletedAt: null },
    }),
  });
}

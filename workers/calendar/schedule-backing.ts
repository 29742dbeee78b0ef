/**
 * Master data as resources: lists read the projection, everything else asks the calendar object, and a change that would strand
 * appointments is refused with their list and a token that confirms exactly them. Called by the *.resource.ts beside it.
 */
import { versionConflict } from '../../shared/errors.ts';
import type { z } from 'zod';
import { newId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { HoursOwner } from '../../shared/schedule-sets.ts';
import type { TenantLimit } from '../../shared/tenant-status.ts';
import { toIso } from '../../shared/time.ts';
import { formatHead, type Head } from '../object-runtime/events.ts';
import { canonicalJson } from '../object-runtime/hash.ts';
import type { Asked, Backing, VersionedView } from '../resources/backing.ts';
import { ifConfirmed } from '../resources/if-confirmed.ts';
import { lazyListPage } from '../resources/lazy-backing.ts';
import { scheduleReached } from '../storage/queries/reach.ts';
import { scheduleList, type ScheduleRow, scheduleRow } from '../storage/queries/schedule-items.ts';
import { isItemReached } from '../tenancy/reached.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { actorRefOf, commandKeyOf } from './actor-ref.ts';
import type { PutSchedule } from './commands/inputs.ts';
import type { CalendarAnswer } from './port.ts';
import type { ScheduleBodies, ScheduleItem, ScheduleItemOf, ScheduleKind, ScheduleSnapshot } from './types.ts';

/** Kinds of master data that are resources; account is none, a company's settings have a backing of their own. */
type NounKind = Exclude<ScheduleKind, 'account' | 'company'>;

/** What is written of an item, under the names used inside. */
type Stored<K extends NounKind> = Omit<ScheduleBodies[K], 'groupId' | 'requirementSets'>;

/** What a change may name; what it leaves out stays. */
type Changes<Body> = { [N in keyof Body]?: Body[N] | undefined };

interface ScheduleNoun<K extends NounKind, View, Body> {
  kind: K;
  /** items of this kind in a snapshot */
  items: (schedule: ScheduleSnapshot) => readonly ScheduleItemOf<K>[];
  /** The body as it is stored; what callers never write is added here. Refusals: NOT_FOUND (branch), VALIDATION_ERROR. */
  stored: (body: Body, schedule: ScheduleSnapshot) => Result<Stored<K>>;
  shown: (item: ScheduleItemOf<K>) => View;
  /** What is added to a body, and from which of its members it follows: a change without them leaves it as it is. */
  derived: { members: readonly string[]; from: readonly (keyof Body & string)[] };
  /** members that a change clears because it names others (one owner instead of another) */
  clears?: (change: Changes<Body>) => Changes<Body>;
}

/** Kinds of which a tenant may have so many. */
const LIMITED: Partial<Record<NounKind, TenantLimit>> = { branch: 'branches', staff: 'staff' };
/** A change without a version of the client's that somebody came before is worked out again on what they left. */
const MAX_ATTEMPTS = 3;

export const headOf = (item: ScheduleItem): { id: string; version: number; updatedAt: string } => ({
  id: item.id,
  version: item.version,
  updatedAt: toIso(item.updatedAt),
});

const NO_BRANCH = { code: 'NOT_FOUND', entity: 'branch' } as const;

export const inCompany = <B extends object>(body: B, companyId: string | null): Result<B & { companyId: string }> =>
  companyId === null ? err(NO_BRANCH) : ok({ ...body, companyId });

/** The company of a branch, else of the main one; null: that branch is not there. */
export function companyOf(schedule: ScheduleSnapshot, branchId: string | undefined): string | null {
  const branch =
    branchId === undefined
      ? (schedule.branches.find((b) => b.body.main) ?? schedule.branches[0])
      : schedule.branches.find((b) => b.id === branchId);
  return branch?.body.companyId ?? null;
}

/** Outside an item names its person, resource or branch; inside it has one owner, the narrowest of them. */
export function ownerOf({ staffId, resourceId, branchId }: Owners): {
  ownerKind: HoursOwner;
  ownerId: string;
} | null {
  if (staffId !== null) return { ownerKind: 'staff', ownerId: staffId };
  if (resourceId !== null) return { ownerKind: 'resource', ownerId: resourceId };
  if (branchId !== null) return { ownerKind: 'branch', ownerId: branchId };
  return null;
}

interface Owners {
  staffId: string | null;
  resourceId: string | null;
  branchId: string | null;
}

/** The owner's outside names. */
export const ownersOf = (body: ScheduleBodies['hours' | 'exception']): Owners => ({
  staffId: body.ownerKind === 'staff' ? body.ownerId : null,
  resourceId: body.ownerKind === 'resource' ? body.ownerId : null,
  branchId: body.ownerKind === 'branch' ? body.ownerId : body.branchId,
});

interface OutsideOwners {
  staff_id: string | null;
  resource_id: string | null;
}
/** Who names a person means no resource any more, and the other way round. */
export const otherOwner = (change: Changes<OutsideOwners>): Partial<{ staff_id: null; resource_id: null }> => ({
  ...(change.resource_id != null && change.staff_id === undefined ? { staff_id: null } : {}),
  ...(change.staff_id != null && change.resource_id === undefined ? { resource_id: null } : {}),
});

/** The backing of one kind of master data. */
export function scheduleBacking<K extends NounKind, V extends z.ZodObject, B extends z.ZodObject>(
  contract: { view: V; body: B },
  noun: ScheduleNoun<K, z.output<V>, z.output<B>>,
): Required<Backing<z.output<V>, z.output<B>, Changes<z.output<B>>>> {
  type View = z.output<V>;
  type Body = z.output<B>;
  const { kind } = noun;
  const bodyKeys = Object.keys(contract.body.shape);
  const find = (schedule: ScheduleSnapshot, id: string): ScheduleItemOf<K> | undefined =>
    noun.items(schedule).find((item) => item.id === id);
  const notFound = err({ code: 'NOT_FOUND', entity: kind } as const);
  const shown = (
    item: ScheduleItem | ScheduleItemOf<K>,
    head: Head | null,
    stranded?: number,
  ): VersionedView<View> => ({
    view: noun.shown(item as ScheduleItemOf<K>),
    version: item.version,
    head: head === null ? null : formatHead(head),
    ...(stranded === undefined ? {} : { stranded }),
  });

  const keyOf = (scope: TenantScope, presented: string | null, verb: string, id?: string): string =>
    commandKeyOf(scope.actor, presented, id === undefined ? `${verb}.${kind}` : `${verb}.${kind}.${id}`, scope.now);

  async function decided<T extends { item: ScheduleItem; stranded: number }>(
    scope: TenantScope,
    asked: Asked,
    run: (confirmed: { confirmSet: string | null }) => Promise<CalendarAnswer<T>>,
  ): Promise<Result<VersionedView<View>>> {
    const { result, head } = await ifConfirmed(scope, asked, run);
    return result.ok ? ok(shown(result.value.item, head, result.value.stranded)) : result;
  }

  const command = (scope: TenantScope) => ({ now: scope.now, actor: actorRefOf(scope.actor), kind });

  /** Writes an item. */
  const put = (
    scope: TenantScope,
    asked: Asked,
    item: Pick<PutSchedule, 'key' | 'id' | 'body' | 'expectedVersion' | 'mustExist' | 'most'>,
  ): Promise<Result<VersionedView<View>>> =>
    decided(scope, asked, (confirmed) => scope.calendar.putSchedule({ ...command(scope), ...confirmed, ...item }));

  /** So many of the kind the tenant may have: counted by the object, where a new or restored one is written. */
  const mostOf = async (scope: TenantScope): Promise<number | null> => {
    const limit = LIMITED[kind];
    return limit === undefined ? null : scope.limit(limit);
  };

  /** The stored body of an item with a change, and whether that is what is there. */
  function changedBody(
    item: ScheduleItemOf<K>,
    change: Changes<Body>,
    schedule: ScheduleSnapshot,
  ): Result<{ body: object; same: boolean }> {
    const view = noun.shown(item) as Record<string, unknown>;
    const present = Object.fromEntries(bodyKeys.map((key) => [key, view[key]])) as Body;
    const given = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    ) as Changes<Body>;
    const stored = noun.stored({ ...present, ...noun.clears?.(given), ...given } as Body, schedule);
    if (!stored.ok) return stored;
    const old = item.body as unknown as Record<string, unknown>;
    const touched = noun.derived.from.some((name) => name in given);
    const derived = touched ? {} : Object.fromEntries(noun.derived.members.map((name) => [name, old[name]]));
    const made = { ...old, ...stored.value, ...derived };
    return ok({ body: made, same: canonicalJson(made) === canonicalJson(old) });
  }

  return {
    kind: 'calendar',

    async page(scope, query, asked) {
      const { stale, head } = await scope.caughtUp('calendar', asked.minimum);
      const page = await lazyListPage<ReturnType<typeof scheduleList>['table'], View>(
        scope,
        {
          source: scheduleList(kind),
          only: async () => scheduleReached(kind, await scope.reached()),
          views: async (_scope, rows) => rows.map((row) => noun.shown(itemOf(row) as ScheduleItemOf<K>)),
        },
        query,
        asked,
      );
      return page.ok ? ok({ ...page.value, head, ...(stale ? { stale } : {}) }) : page;
    },

    async one(scope, id) {
      const { result, head } = await scope.calendar.schedule();
      if (!result.ok) return result;
      const item = find(result.value, id);
      if (item === undefined) return notFound;
      return isItemReached(item, await scope.reached()) ? ok(shown(item, head)) : notFound;
    },

    async create(scope, input, asked) {
      const { result } = await scope.calendar.schedule();
      const stored = result.ok ? noun.stored(input, result.value) : result;
      if (!stored.ok) return stored;
      return put(scope, asked, {
        key: keyOf(scope, asked.key, 'add'),
        id: newId(kind, scope.now),
        body: stored.value,
        expectedVersion: 0,
        most: await mostOf(scope),
      });
    },

    async replace(scope, id, input, asked) {
      const { result } = await scope.calendar.schedule();
      if (!result.ok) return result;
      const present = find(result.value, id);
      if (present === undefined || !isItemReached(present, await scope.reached())) return notFound;
      const stored = noun.stored(input, result.value);
      if (!stored.ok) return stored;
      return put(scope, asked, {
        key: keyOf(scope, asked.key, 'put', id),
        id,
        body: stored.value,
        expectedVersion: asked.expectedVersion,
        mustExist: true,
      });
    },

    async change(scope, id, input, asked) {
      const { expectedVersion } = asked;
      for (let attempt = 1; ; attempt++) {
        const { result, head } = await scope.calendar.schedule();
        if (!result.ok) return result;
        const item = find(result.value, id);
        if (item === undefined || !isItemReached(item, await scope.reached())) return notFound;
        if (expectedVersion !== null && expectedVersion !== item.version)
          return err(versionConflict(expectedVersion, item.version));
        const made = changedBody(item, input, result.value);
        if (!made.ok) return made;
        if (made.value.same) return ok(shown(item, head, 0));
        const done = await put(scope, asked, {
          key: keyOf(scope, null, 'change', id),
          id,
          body: made.value.body,
          expectedVersion: item.version,
          mustExist: true,
        });
        const isLate = !done.ok && done.error.code === 'VERSION_CONFLICT';
        if (!isLate || expectedVersion !== null || attempt === MAX_ATTEMPTS) return done;
      }
    },

    remove(scope, id, asked) {
      const key = keyOf(scope, asked.key, 'remove', id);
      const { expectedVersion } = asked;
      return decided(scope, asked, (confirmed) =>
        scope.calendar.removeScheduleItem({ ...command(scope), ...confirmed, key, id, expectedVersion }),
      );
    },

    async restore(scope, id, asked) {
      const { expectedVersion } = asked;
      const { result, head } = await scope.calendar.schedule();
      if (!result.ok) return result;
      const present = find(result.value, id);
      if (present !== undefined)
        return isItemReached(present, await scope.reached()) ? ok(shown(present, head, 0)) : notFound;
      // The object names removed items to nobody; their bodies are in the projection.
      await scope.caughtUp('calendar', formatHead(head));
      const row = await scheduleRow(scope.db, kind, id);
      if (row?.deletedAt == null || !isItemReached(itemOf(row), await scope.reached())) return notFound;
      if (expectedVersion !== null && expectedVersion !== row.version)
        return err(versionConflict(expectedVersion, row.version));
      return put(scope, asked, {
        key: keyOf(scope, asked.key, 'restore', id),
        id,
        body: JSON.parse(row.body),
        expectedVersion: null,
        most: await mostOf(scope),
      });
    },
  };
}

const itemOf = ({ kind, id, version, updatedAt, body }: ScheduleRow): ScheduleItem =>
  ({ kind, id, version, updatedAt, body: JSON.parse(body) }) as unknown as ScheduleItem;

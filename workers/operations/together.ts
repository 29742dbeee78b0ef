/**
 * What the effects of one batch read and write at about the same time goes to D1 together: they run side by side and come to the same places,
 * and each statement is a way to D1 and back. Made for one batch: nothing of it outlives the event it was made in. Called by effects.ts.
 */
import { processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import { type CustomerWithLine, customersWithLine } from '../storage/queries/customers.ts';
import type { EffectRow } from '../storage/queries/effects.ts';
import { beginSending, type NewNotification } from '../storage/queries/notifications.ts';
import { insertActionLinks, type NewActionLink, savePhases } from '../storage/platform-db.ts';
import type { TenantDb } from '../storage/tenant-db.ts';
import { type Ask, Gather, inOrder } from '../../shared/gather.ts';

/** The longest that one waits for others: nobody notices it in a message. */
const WITHIN_MS = 5;

export interface Together {
  /**
   * Asks once a tenant what effects of the batch ask at about the same time; where that failed, each is asked by itself.
   * @param owner one of those who ask together, of their tenant @param ask answers in the order of the items; the same function each time
   */
  ask<O extends Owner, T, R>(
    owner: O,
    ask: (owner: O, items: readonly T[]) => ReturnType<Ask<T, R>>,
    item: T,
  ): Promise<R>;
  /** A customer with the line that messages go to; null: there is none. */
  customer(db: TenantDb, id: string): Promise<CustomerWithLine | null>;
  /** `beginSending` for one notice. */
  begin(db: TenantDb, rows: readonly NewNotification[]): Promise<EffectRow[]>;
  /** Stores a link of a message. */
  link(row: NewActionLink): Promise<void>;
  /** Stores what an attempt may have done outside before its outcome is known, so that a crash is recognised. */
  phase(effect: EffectRow, name: string): Promise<void>;
}

interface Owner {
  tenantId: TenantId;
}

const customersOf = async (db: TenantDb, ids: readonly string[]): Promise<(CustomerWithLine | null)[]> =>
  inOrder(ids, await customersWithLine(db, ids));

const nothing = async (work: Promise<void>): Promise<never[]> => {
  await work;
  return [];
};

/** @param shard on which all effects of the batch lie @param leaseMs how long what follows is claimed */
export function together(platform: Platform, shard: D1Database, leaseMs: number): Together {
  const links = new Gather<NewActionLink>((rows) => nothing(insertActionLinks(platform, rows)), WITHIN_MS);
  const phases = new Gather<{ effect: EffectRow; name: string }>(
    (items) => nothing(savePhases(shard, items)),
    WITHIN_MS,
  );
  const asked = new Map<unknown, Map<TenantId, unknown>>();
  const ask: Together['ask'] = <O extends Owner, T, R>(
    owner: O,
    how: (owner: O, items: readonly T[]) => ReturnType<Ask<T, R>>,
    item: T,
  ): Promise<R> => {
    const ofTenants = asked.get(how) ?? new Map<TenantId, unknown>();
    asked.set(how, ofTenants);
    const gather =
      (ofTenants.get(owner.tenantId) as Gather<T, R> | undefined) ??
      new Gather<T, R>((items) => how(owner, items), WITHIN_MS);
    ofTenants.set(owner.tenantId, gather);
    return gather.add(item);
  };
  const begin = async (db: TenantDb, notices: readonly (readonly NewNotification[])[]): Promise<EffectRow[][]> => {
    const now = processNow();
    const begun = await beginSending(db, notices.flat(), { now, leaseUntil: now + leaseMs });
    const owners = new Map<string, readonly NewNotification[]>(
      notices.flatMap((rows) => rows.map((row) => [`send:${row.id}`, rows] as const)),
    );
    // What lay there from an attempt before is anybody's.
    return notices.map((rows, n) => begun.filter(({ id }) => (owners.get(id) ?? (n === 0 ? rows : null)) === rows));
  };
  return {
    ask,
    customer: (db, id) => ask(db, customersOf, id),
    begin: (db, rows) => (rows.length === 0 ? Promise.resolve([]) : ask(db, begin, rows)),
    link: (row) => links.add(row),
    phase: (effect, name) => phases.add({ effect, name }),
  };
}

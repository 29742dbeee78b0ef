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
import { Gather } from './gather.ts';

/** The longest that one waits for others: nobody notices it in a message. */
const WITHIN_MS = 10;

export interface Together {
  /** A customer with the line that messages go to; null: there is none. */
  customer(db: TenantDb, id: string): Promise<CustomerWithLine | null>;
  /** `beginSending` for one notice. */
  begin(db: TenantDb, rows: readonly NewNotification[]): Promise<EffectRow[]>;
  /** Stores a link of a message. */
  link(row: NewActionLink): Promise<void>;
  /** Stores what an attempt may have done outside before its outcome is known, so that a crash is recognised. */
  phase(effect: EffectRow, name: string): Promise<void>;
}

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
  const byTenant = <T, R>(ask: (db: TenantDb, items: readonly T[]) => Promise<readonly R[]>) => {
    const gathers = new Map<TenantId, Gather<T, R>>();
    return (db: TenantDb, item: T): Promise<R> => {
      const gather = gathers.get(db.tenantId) ?? new Gather<T, R>((items) => ask(db, items), WITHIN_MS);
      gathers.set(db.tenantId, gather);
      return gather.add(item);
    };
  };
  const customer = byTenant<string, CustomerWithLine | null>(async (db, ids) => {
    const found = new Map((await customersWithLine(db, ids)).map((one) => [one.id, one]));
    return ids.map((id) => found.get(id) ?? null);
  });
  const begin = byTenant<readonly NewNotification[], EffectRow[]>(async (db, notices) => {
    const now = processNow();
    const begun = await beginSending(db, notices.flat(), { now, leaseUntil: now + leaseMs });
    const owners = new Map<string, readonly NewNotification[]>(
      notices.flatMap((rows) => rows.map((row) => [`send:${row.id}`, rows] as const)),
    );
    // What lay there from an attempt before is anybody's.
    return notices.map((rows, n) => begun.filter(({ id }) => (owners.get(id) ?? (n === 0 ? rows : null)) === rows));
  });
  return {
    customer,
    begin: (db, rows) => (rows.length === 0 ? Promise.resolve([]) : begin(db, rows)),
    link: (row) => links.add(row),
    phase: (effect, name) => phases.add({ effect, name }),
  };
}

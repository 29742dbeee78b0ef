/**
 * The door to D1: every statement of the Worker and of the objects goes through it, so that tests count queries
 * ("no D1 on the hot path") and development can make D1 refuse. Only `storage/` and `projection/` open it.
 */
import type { TenantId } from '../../shared/ids.ts';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import { type Platform, bindingsOf } from '../env.ts';
import { shardBinding } from './shards.ts';

/** Counters and the fault switch of this isolate. `refuse` is set by development and tests only. */
export const d1Meter = { statements: 0, refuse: false };

class D1Refused extends Error {
  constructor() {
    super('D1 refused (fault injected)');
  }
}

const doors = new WeakMap<D1Database, D1Database>();

function doorTo(database: D1Database): D1Database {
  const known = doors.get(database);
  if (known) return known;
  const door = {
    prepare(query: string) {
      d1Meter.statements++;
      if (d1Meter.refuse) throw new D1Refused();
      return database.prepare(query);
    },
    async batch<T>(statements: D1PreparedStatement[]) {
      if (d1Meter.refuse) throw new D1Refused();
      return database.batch<T>(statements);
    },
  } as unknown as D1Database;
  doors.set(database, door);
  return door;
}

/** D1 of the shard on which the tenant's rows live. */
export const tenantD1 = (platform: Platform, tenantId: TenantId): D1Database =>
  doorTo(shardBinding(platform, tenantId));

/** D1 of the control plane: tenants, directory, identity, effects across tenants. */
export const platformD1 = (platform: Platform): D1Database => doorTo(bindingsOf(platform).DB);

export const allShards = (platform: Platform): D1Database[] =>
  [bindingsOf(platform).DB, bindingsOf(platform).DB_SHARD_1].filter((d) => d !== undefined).map(doorTo);

const drizzles = new WeakMap<D1Database, DrizzleD1Database>();

export function drizzleOn(database: D1Database): DrizzleD1Database {
  let made = drizzles.get(database);
  if (!made) {
    made = drizzle(database);
    drizzles.set(database, made);
  }
  return made;
}

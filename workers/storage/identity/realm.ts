/**
 * The database better-auth sees: `realmDatabase` adds the realm to every create and every where that the library makes. Called by
 * identity/auth.ts.
 */
import type { DBAdapter, Where } from 'better-auth';
import { assert } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { accounts, sessions, users, verifications } from '../tables/identity.ts';

/** better-auth's model names → our tables. */
const AUTH_SCHEMA = { user: users, session: sessions, account: accounts, verification: verifications };

type DrizzleAdapter = (
  db: ReturnType<typeof drizzleOn>,
  config: { provider: 'sqlite'; schema: typeof AUTH_SCHEMA; transaction: false },
) => (options: never) => DBAdapter;

/**
 * better-auth's database for one realm: the library's own drizzle adapter, wrapped so that no row of another realm can be read,
 * changed or made. The adapter comes as an argument because the library is loaded lazily.
 */
export function realmDatabase(
  platform: Platform,
  realm: string,
  drizzleAdapter: DrizzleAdapter,
): (options: never) => DBAdapter {
  assert(realm !== '', 'a realm is required');
  const make = drizzleAdapter(drizzleOn(platformD1(platform)), {
    provider: 'sqlite',
    schema: AUTH_SCHEMA,
    transaction: false,
  });
  return (options) => confineToRealm(make(options), realm);
}

/** Adds `realm = …` to every where and create of an adapter. Exported for its test. */
export function confineToRealm(base: DBAdapter, realm: string): DBAdapter {
  const inRealm = (where: Where[] | undefined): Where[] => {
    // `a OR b AND realm` would be read as one group each by the adapter; nothing we use needs OR, so it is refused outright.
    assert(!where?.some((w) => w.connector === 'OR'), 'auth queries with OR are not confined to a realm');
    assert(!where?.some((w) => w.field === 'realm'), 'the realm is added here, never asked for');
    return [...(where ?? []), { field: 'realm', value: realm, operator: 'eq', connector: 'AND' }];
  };
  return {
    ...base,
    create: (q) => base.create({ ...q, data: { ...q.data, realm } as typeof q.data }),
    findOne: (q) => base.findOne({ ...q, where: inRealm(q.where) }),
    findMany: (q) => base.findMany({ ...q, where: inRealm(q.where) }),
    count: (q) => base.count({ ...q, where: inRealm(q.where) }),
    update: (q) => base.update({ ...q, where: inRealm(q.where), update: withoutRealm(q.update) }),
    updateMany: (q) => base.updateMany({ ...q, where: inRealm(q.where), update: withoutRealm(q.update) }),
    delete: (q) => base.delete({ ...q, where: inRealm(q.where) }),
    deleteMany: (q) => base.deleteMany({ ...q, where: inRealm(q.where) }),
    consumeOne: (q) => base.consumeOne({ ...q, where: inRealm(q.where) }),
    incrementOne: (q) => base.incrementOne({ ...q, where: inRealm(q.where) }),
    // D1 knows no interactive transactions; what runs inside stays confined.
    transaction: (run) => run(confineToRealm(base, realm)),
  };
}

function withoutRealm(update: Record<string, unknown>): Record<string, unknown> {
  const { realm: _realm, ...rest } = update;
  return rest;
}

/**
 * Background work over customers: what was deleted 30 days ago comes to its end, names that no search finds are indexed. Crons ask which
 * tenants have such rows and begin one job, whose pages are bounded steps of one tenant. Registered in workers/cron.ts.
 */
import { asInstant, type Instant } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import type { Counts, Cron, JobKind, JobStep, StepContext } from '../jobs/types.ts';
import { type Removed, removeLongDeleted, RESTORABLE_MS } from '../resources/removal.ts';
import {
  belongingsRemove,
  indexNames,
  tenantWithLongDeleted,
  tenantWithUnindexed,
  withHistory,
} from '../storage/queries/customers.ts';
import { tenantWithLongDeletedNotes } from '../storage/queries/customer-notes.ts';
import { tagLinksRemove, tenantWithLongDeletedTags } from '../storage/queries/tags.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { CUSTOMER_NOTE_KIND } from './customer-note-kind.ts';
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

/** Notes about customers deleted 30 days ago: removed. Never refuses. */
const removeDeletedNotes = (db: TenantDb, now: Instant, limit: number): Promise<Removed> =>
  removeLongDeleted(db, now, limit, {
    kind: CUSTOMER_NOTE_KIND,
    withHistory: async () => new Set<string>(),
    belongings: () => [],
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

/** Rows of one page: each is looked up and written by itself. */
const ROWS_A_PAGE = 50;
/** Pages of one tenant in one job; who has more is gone on with by the next one. */
const PAGES_A_TENANT = 1_000;

/** The first tenant with such rows, `from` itself or behind it; null: nobody has any. */
type FindTenant = (from: string, now: Instant) => Promise<TenantId | null>;

/**
 * Goes from tenant to tenant that has rows of a kind, as long as it has some. A cursor is `tenant|page`: the tenant that was worked on
 * last, and how often. The job's own tenant alone is worked on where one began it for itself.
 */
const tenantsWithRows = (find: FindTenant): Pick<JobStep, 'list'> => ({
  async list({ reach, tenantId, now, dry }, cursor) {
    const [last = '', page = '0'] = (cursor ?? '').split('|');
    const pages = Number(page);
    // Dry, nothing goes away: each is told once.
    const isSpent = last !== '' && pages >= (dry ? 1 : PAGES_A_TENANT);
    const start = last === '' && reach === 'tenant' ? tenantId : last;
    const found = await find(isSpent ? `${start}~` : start, now);
    if (found === null || (reach === 'tenant' && found !== tenantId)) return { items: [], next: null };
    return { items: [found], next: `${found}|${found === last ? pages + 1 : 1}` };
  },
});

const pageOfTenant =
  (db: (tenantId: TenantId) => TenantDb, work: (db: TenantDb, now: Instant) => Promise<Counts>): JobStep['handle'] =>
  async ({ dry, now }: StepContext, items) => {
    if (dry) return { planned: items.map((item) => ({ item, reason: 'has such rows' })) };
    const counts: Record<string, number> = {};
    for (const item of items) {
      for (const [name, value] of Object.entries(await work(db(item as TenantId), now)))
        counts[name] = (counts[name] ?? 0) + value;
    }
    return { counts };
  };

const removed = ({ removed, archived }: Removed): Counts => ({ removed, archived });
const before = (now: Instant): Instant => asInstant(now - RESTORABLE_MS);

export const crmJobs = (platform: Platform): JobKind[] => {
  const db = (tenantId: TenantId): TenantDb => new TenantDb(platform, tenantId);
  return [
    {
      kind: 'remove_deleted',
      byHand: 'operator',
      steps: [
        {
          name: 'customers',
          ...tenantsWithRows((from, now) => tenantWithLongDeleted(platform, from, before(now))),
          handle: pageOfTenant(db, async (one, now) => removed(await removeDeleted(one, now, ROWS_A_PAGE))),
        },
        {
          name: 'tags',
          ...tenantsWithRows((from, now) => tenantWithLongDeletedTags(platform, from, before(now))),
          handle: pageOfTenant(db, async (one, now) => removed(await removeDeletedTags(one, now, ROWS_A_PAGE))),
        },
        {
          name: 'notes',
          ...tenantsWithRows((from, now) => tenantWithLongDeletedNotes(platform, from, before(now))),
          handle: pageOfTenant(db, async (one, now) => removed(await removeDeletedNotes(one, now, ROWS_A_PAGE))),
        },
      ],
    },
    {
      kind: 'index_customers',
      byHand: 'tenant',
      steps: [
        {
          name: 'names',
          ...tenantsWithRows((from) => tenantWithUnindexed(platform, from)),
          handle: pageOfTenant(db, async (one, now) => ({
            indexed: (await indexCustomers(one, now, ROWS_A_PAGE)).indexed,
          })),
        },
      ],
    },
  ];
};

export const crmCrons = (platform: Platform): Cron[] => [
  {
    name: 'remove_deleted',
    schedule: '37 2 * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ startJob }) => ({ begun: await startJob('remove_deleted') }),
  },
  {
    name: 'index_customers',
    schedule: '7 * * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ startJob }) => ({
      begun: (await tenantWithUnindexed(platform, '')) === null ? 0 : await startJob('index_customers'),
    }),
  },
];

/**
 * Erasing customers: whose 30 days are over (or who need not wait) leaves every place of places.ts, one after the other, the row itself
 * last. A step may be repeated from its start. Tombstones are compared with what is there each hour, so that a restored database or object
 * is erased again. Registered in workers/cron.ts.
 */
import { processNow } from '../../../shared/clock.ts';
import type { Platform } from '../../env.ts';
import { auditWrites } from '../../identity/audit.ts';
import type { Cron, JobKind, JobStep } from '../../jobs/types.ts';
import {
  beginErasure,
  countErased,
  type DueErasure,
  dueErasures,
  erasePerson,
  erasureOf,
  redoErasure,
} from '../../storage/queries/erasures.ts';
import { customers } from '../../storage/tables/crm.ts';
import { itemIs } from '../../storage/resource-rows.ts';
import { asTenantId } from '../../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_KIND } from '../customer-kind.ts';
import { customerRowAnyState } from '../../storage/queries/customers.ts';
import { PLACES } from './places.ts';
import {
  dropTombstone,
  KEEP_TOMBSTONES_MS,
  readTombstone,
  tombstoneKeys,
  writeTombstone,
} from '../../storage/tombstones.ts';

/** People of one page: each may have hundreds of calls. */
const PEOPLE_A_PAGE = 5;
const TOMBSTONES_A_PAGE = 50;

const itemOf = ({ tenantId, customerId }: DueErasure): string => `${tenantId}|${customerId}`;
const dueOf = (item: string): DueErasure => {
  const [tenantId = '', customerId = ''] = item.split('|');
  return { tenantId: asTenantId(tenantId), customerId };
};

const open = (platform: Platform, { tenantId }: DueErasure): TenantScope =>
  openTenant(platform, tenantId, { kind: 'system', cause: 'cron' }, { now: processNow() });

/** Each due person, one step: what throws is tried again from the start of its page. */
const step = (
  platform: Platform,
  name: string,
  work: (scope: TenantScope, customerId: string) => Promise<void>,
): JobStep => ({
  name,
  async list({ now }, cursor) {
    const people = await dueErasures(platform, now, cursor === null ? null : dueOf(cursor), PEOPLE_A_PAGE);
    const last = people.at(-1);
    return {
      items: people.map(itemOf),
      next: people.length < PEOPLE_A_PAGE || last === undefined ? null : itemOf(last),
    };
  },
  async handle({ dry }, items) {
    if (dry) return { planned: items.map((item) => ({ item, reason: name })) };
    for (const due of items.map(dueOf)) await work(open(platform, due), due.customerId);
    return { counts: { [name]: items.length } };
  },
});

/** The end: the row is empty and the erasure is told in the activity log, in one batch. */
async function end(scope: TenantScope, customerId: string): Promise<void> {
  const head = await scope.calendar.flush(300);
  await scope.db.commit(customers, itemIs(customers, customerId), [
    ...erasePerson(scope.db, customerId, { now: scope.now, calendarEpoch: head.epoch }),
    ...auditWrites(scope, {
      log: CUSTOMER_KIND.log,
      description: 'customer.erased',
      subjectType: 'customer',
      subjectId: customerId,
    }),
  ]);
}

export const erasureJobs = (platform: Platform): JobKind[] => [
  {
    kind: 'erase_customers',
    byHand: 'operator',
    steps: [
      step(platform, 'begin', async (scope, customerId) => {
        // The tombstone first: whatever is put back from now on, somebody remembers.
        await writeTombstone(platform, { tenantId: scope.tenantId, customerId, at: scope.now });
        await beginErasure(scope.db, customerId);
      }),
      ...PLACES.map((place) =>
        step(platform, place.name, async (scope, customerId) => {
          const row = await erasureOf(scope.db, customerId);
          // Requested since the first step: the next job begins with it.
          if (row?.state !== 'running') return;
          const count = await place.erase({ platform, scope, customerId, run: row.dueAt, now: scope.now });
          await countErased(scope.db, customerId, place.name, count);
        }),
      ),
      step(platform, 'customer', async (scope, customerId) => {
        if ((await erasureOf(scope.db, customerId))?.state === 'running') await end(scope, customerId);
      }),
    ],
  },
  {
    // After a restore: whoever was erased since, is erased again.
    kind: 'replay_erasures',
    byHand: 'operator',
    steps: [
      {
        name: 'tombstones',
        async list(_context, cursor) {
          const keys = await tombstoneKeys(platform, cursor, TOMBSTONES_A_PAGE);
          return { items: keys, next: keys.length < TOMBSTONES_A_PAGE ? null : (keys.at(-1) ?? null) };
        },
        async handle({ dry, now }, items) {
          const planned: { item: string; reason: string }[] = [];
          let again = 0;
          for (const key of items) {
            const tombstone = await readTombstone(platform, key);
            if (tombstone === null) continue;
            if (now - tombstone.at > KEEP_TOMBSTONES_MS) {
              if (!dry) await dropTombstone(platform, key);
              continue;
            }
            const { tenantId, customerId, at } = tombstone;
            const scope = open(platform, { tenantId, customerId });
            const [known, person] = await Promise.all([
              erasureOf(scope.db, customerId),
              customerRowAnyState(scope.db, customerId),
            ]);
            // A tombstone is written when it begins: a row that still waits is of a time before that.
            const waits = known?.state === 'requested' && known.dueAt > now;
            const isUnderWay = known !== null && known.state !== 'erased' && !waits;
            if (isUnderWay) continue;
            const { epoch } = await scope.calendar.flush(300);
            const cameBack =
              known === null || waits || (person !== null && person.erasedAt === null) || known.calendarEpoch !== epoch;
            if (!cameBack) continue;
            if (dry) {
              planned.push({ item: key, reason: 'came back' });
              continue;
            }
            await redoErasure(scope.db, {
              id: customerId,
              state: 'requested',
              requestedAt: at,
              requestedBy: known?.requestedBy ?? 'system:restore',
              dueAt: now,
              // Not 0: it has begun once and can't be withdrawn.
              runs: (known?.runs ?? 0) + 1,
              counts: known?.counts ?? {},
              leftAtCalcom: known?.leftAtCalcom ?? [],
            });
            again++;
          }
          return { planned, counts: { again } };
        },
      },
    ],
  },
];

export const erasureCrons = (platform: Platform): Cron[] => [
  {
    name: 'erase_due',
    schedule: '* * * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ now, startJob }) => ({
      begun: (await dueErasures(platform, now, null, 1)).length === 0 ? 0 : await startJob('erase_customers'),
    }),
  },
  {
    name: 'replay_erasures',
    schedule: '27 * * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ startJob }) => ({ begun: await startJob('replay_erasures') }),
  },
];

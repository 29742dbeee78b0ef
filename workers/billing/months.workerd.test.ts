/** The end of months over real objects and D1: by every tenant's own calendar, killed and repeated, dry, and what happens when it gives up. */
import { runInDurableObject } from 'cloudflare:test';
import { afterEach, expect, it } from 'vitest';
import { env, tenantRecord } from '../../tests/contract/tenants.ts';
import { asInstant, type Instant, processNow, realNow, setClockOffset } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import { platformOf } from '../env.ts';
import { runJob } from '../jobs/job-runner.ts';
import { move } from '../jobs/commands/move-job.ts';
import type { JobKind } from '../jobs/types.ts';
import type { JobWorld } from '../jobs/world.ts';
import type { TenantLedger } from '../ledger/ledger-object.ts';
import { defaultTerms, ORACLE_PLAN } from '../ledger/rules/terms.ts';
import { takeBackInstants } from '../storage/clock-step.ts';
import { CronStore } from '../storage/cron-db.ts';
import { saveTenant } from '../storage/platform-db.ts';
import { jobRow } from '../storage/queries/jobs.ts';
import { statementOfPeriod } from '../storage/queries/months.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { openTenant } from '../tenancy/scope.ts';
import { billingJobs, CLOSE_MONTHS } from './jobs.ts';

const platform = platformOf(env);
const at = (iso: string): Instant => asInstant(Date.parse(iso));
const standAt = (iso: string): void => setClockOffset(at(iso) - realNow());
afterEach(() => setClockOffset(0));

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const stubOf = (tenantId: TenantId) =>
  env.LEDGER.get(env.LEDGER.idFromName(tenantId)) as unknown as DurableObjectStub<TenantLedger>;
const db = (tenantId: TenantId): TenantDb => new TenantDb(platform, tenantId);
const scopeOf = (tenantId: TenantId) =>
  openTenant(platform, tenantId, { kind: 'system', cause: 'cron' }, { now: processNow() });

interface Watched extends JobWorld {
  woken: { tenantId: TenantId; id: string }[];
}
function worldOf(change: (kinds: JobKind[]) => JobKind[] = (kinds) => kinds): Watched {
  const woken: Watched['woken'] = [];
  const world: Watched = {
    crons: [],
    kinds: change(billingJobs(platform, () => world)),
    store: new CronStore(platform),
    db,
    wake: async (tenantId, id) => void woken.push({ tenantId, id }),
    raise: (alarm) => raiseAlarm(platform, alarm),
    clear: (alarm, by) => clearAlarm(platform, alarm, by),
    clockSetBack: (now) => takeBackInstants(platform, now),
    isDevelopment: false,
    woken,
  };
  return world;
}

/** A tenant that began on the first of September 2026 with the plan of the oracle. */
async function business(timeZone: string): Promise<TenantId> {
  standAt('2026-09-01T14:00:00Z');
  const record = tenantRecord({ timeZone });
  await saveTenant(platform, record);
  const terms = { ...defaultTerms(ORACLE_PLAN), timeZone };
  good((await scopeOf(record.id).ledger.putTerms({ key: 'terms:1', terms, billingFrom: '2026-09-01' })).result);
  await stubOf(record.id).drain();
  return record.id;
}

/** What the cron's job does with a page of these tenants; the tenants' jobs that it begins are run. */
async function hour(world: Watched, tenants: readonly TenantId[], dry = false) {
  const [step] = world.kinds.find(({ kind }) => kind === CLOSE_MONTHS)?.steps ?? [];
  if (!step) throw new Error('no such job');
  const context = { tenantId: asTenantId('platform'), reach: 'platform', params: {}, dry, now: processNow() } as const;
  const handled = await step.handle(context, tenants);
  for (const { tenantId, id } of world.woken.splice(0)) {
    await runJob(world, tenantId, id);
    await stubOf(tenantId).drain();
  }
  return handled;
}
const closedOf = async (tenantId: TenantId): Promise<string[]> => {
  const { results } = await env.DB.prepare('SELECT period FROM period_statements WHERE tenant_id = ?1 ORDER BY period')
    .bind(tenantId)
    .all<{ period: string }>();
  return results.map(({ period }) => period);
};
const feesOf = async (tenantId: TenantId): Promise<number[]> => {
  const { items } = good((await scopeOf(tenantId).ledger.entries({ filter: { types: ['subscription'] } })).result);
  return items.map(({ amountCents }) => amountCents);
};
const jobsOf = async (tenantId: TenantId): Promise<{ id: string; state: string }[]> =>
  (
    await env.DB.prepare('SELECT id, state FROM jobs WHERE tenant_id = ?1 ORDER BY id')
      .bind(tenantId)
      .all<{ id: string; state: string }>()
  ).results;

it('ends by every tenant’s own calendar, once', async () => {
  const [auckland, lordHowe, berlin] = [
    await business('Pacific/Auckland'),
    await business('Australia/Lord_Howe'),
    await business('Europe/Berlin'),
  ];
  const all = [auckland, lordHowe, berlin];
  const world = worldOf();
  const closed = async (now: string) => {
    standAt(now);
    await hour(world, all);
    return [await closedOf(auckland), await closedOf(lordHowe), await closedOf(berlin)];
  };
  // Summer time has begun in Auckland, and not yet on Lord Howe: 13:00 and 10:30 ahead.
  expect(await closed('2026-09-30T10:03:00Z')).toEqual([[], [], []]);
  expect(await closed('2026-09-30T11:03:00Z')).toEqual([['2026-09'], [], []]);
  expect(await closed('2026-09-30T14:03:00Z')).toEqual([['2026-09'], ['2026-09'], []]);
  expect(await closed('2026-09-30T22:03:00Z')).toEqual([['2026-09'], ['2026-09'], ['2026-09']]);
  // On Lord Howe now 11:00 ahead; Berlin has gone back to winter time.
  expect(await closed('2026-10-31T13:03:00Z')).toEqual([['2026-09', '2026-10'], ['2026-09', '2026-10'], ['2026-09']]);
  expect(await closed('2026-10-31T22:03:00Z')).toEqual([['2026-09', '2026-10'], ['2026-09', '2026-10'], ['2026-09']]);
  expect(await closed('2026-10-31T23:03:00Z')).toEqual([
    ['2026-09', '2026-10'],
    ['2026-09', '2026-10'],
    ['2026-09', '2026-10'],
  ]);
  for (const one of all) expect(await feesOf(one)).toEqual([-4_900, -4_900]);
  for (const one of all) expect(await jobsOf(one)).toHaveLength(2);
});

it('catches up over several months, the oldest first, by one job', async () => {
  const tenantId = await business('Europe/Berlin');
  standAt('2027-01-04T09:03:00Z');
  await hour(worldOf(), [tenantId]);
  expect(await closedOf(tenantId)).toEqual(['2026-09', '2026-10', '2026-11', '2026-12']);
  expect(await feesOf(tenantId)).toEqual([-4_900, -4_900, -4_900, -4_900]);
  const december = await statementOfPeriod(db(tenantId), '2026-12');
  expect(december).toMatchObject({ totalCents: 4_900, currency: 'EUR' });
});

it('killed after its close, or after its answer, it runs again and nothing is charged twice', async () => {
  const tenantId = await business('Europe/Berlin');
  standAt('2026-10-02T09:03:00Z');
  let kills = 2;
  const world = worldOf((kinds) =>
    kinds.map((kind) => ({
      ...kind,
      steps: kind.steps.map((step) => ({
        ...step,
        async handle(...asked: Parameters<typeof step.handle>) {
          const handled = await step.handle(...asked);
          if (kind.kind !== CLOSE_MONTHS && kills-- > 0) throw new Error('killed');
          return handled;
        },
      })),
    })),
  );
  await hour(world, [tenantId]);
  const [job] = await jobsOf(tenantId);
  expect(job?.state).toBe('queued');
  // The next hour finds it under way, or the month closed: it begins no other.
  await hour(world, [tenantId]);
  for (const minutes of [2, 10]) {
    standAt(`2026-10-02T09:${10 + minutes}:00Z`);
    await runJob(world, tenantId, job?.id ?? '');
  }
  expect(await jobsOf(tenantId)).toEqual([{ id: job?.id, state: 'done' }]);
  expect(await feesOf(tenantId)).toEqual([-4_900]);
  expect(await closedOf(tenantId)).toEqual(['2026-09']);
});

it('dry, it names what each month would come to and writes nothing', async () => {
  const tenantId = await business('Europe/Berlin');
  standAt('2026-11-02T09:03:00Z');
  const { planned } = await hour(worldOf(), [tenantId], true);
  expect(planned).toEqual([
    { item: `${tenantId}|2026-09`, reason: 'base fee 49.00, total 49.00 EUR' },
    { item: `${tenantId}|2026-10`, reason: 'base fee 49.00, total 49.00 EUR' },
  ]);
  expect(await jobsOf(tenantId)).toEqual([]);
  expect(await feesOf(tenantId)).toEqual([]);
});

it('raises one alarm when it gives up, begins no other meanwhile, and closes the month when a person resumes it', async () => {
  const tenantId = await business('Europe/Berlin');
  good(
    (
      await scopeOf(tenantId).ledger.adjust({
        key: 'adjust:1',
        amountCents: 500 as never,
        account: 'prepaid',
        reasonId: 'rea_1',
      })
    ).result,
  );
  const forge = (sql: string) =>
    runInDurableObject(stubOf(tenantId), (_object, state) => void state.storage.sql.exec(sql));
  await forge('DROP TRIGGER entries_no_update');
  // The balance no longer follows from the movements: the statement's equation does not hold.
  await forge('UPDATE entries SET amount_micros = 10000, balance_before_micros = balance_after_micros - 10000');
  standAt('2026-10-02T09:03:00Z');
  const world = worldOf();
  await hour(world, [tenantId]);
  const [job] = await jobsOf(tenantId);
  for (let attempt = 1; attempt <= 5; attempt++) {
    standAt(`2026-10-0${2 + attempt}T09:03:00Z`);
    await runJob(world, tenantId, job?.id ?? '');
    await hour(world, [tenantId]);
  }
  expect(await jobsOf(tenantId)).toEqual([{ id: job?.id, state: 'failed' }]);
  const alarms = () =>
    env.DB.prepare("SELECT cleared_at FROM alarms WHERE kind = 'job_gave_up' AND subject = ?1")
      .bind(job?.id)
      .all<{ cleared_at: number | null }>();
  expect((await alarms()).results).toEqual([{ cleared_at: null }]);
  expect(await closedOf(tenantId)).toEqual([]);
  expect(await feesOf(tenantId)).toEqual([]);
  await forge('UPDATE entries SET amount_micros = 5000000, balance_before_micros = 0');
  expect(
    (
      await move(
        world,
        openTenant(platform, tenantId, { kind: 'system', cause: 'cron' }, { now: processNow() }),
        job?.id ?? '',
        'resume',
      )
    ).ok,
  ).toBe(true);
  await runJob(world, tenantId, job?.id ?? '');
  await stubOf(tenantId).drain();
  expect((await jobRow(db(tenantId), job?.id ?? ''))?.state).toBe('done');
  expect(await closedOf(tenantId)).toEqual(['2026-09']);
  expect((await alarms()).results[0]?.cleared_at).not.toBeNull();
});

/** The runner over real D1: crash and resume, overlap, pause, dry run, re-run of failed items, giving up; crons claimed once and taken over. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { env, seedTenant, unique, tenantRecord } from '../../tests/contract/tenants.ts';
import { WHOLE_REACH } from '../../shared/actor.ts';
import type { TenantId } from '../../shared/ids.ts';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import { runSchedule } from '../cron.ts';
import { type Env, platformOf } from '../env.ts';
import { d1Meter } from '../storage/d1.ts';
import { takeBackInstants } from '../storage/clock-step.ts';
import { CronStore } from '../storage/cron-db.ts';
import { itemsPage, jobRow, type JobRow, saveProgress } from '../storage/queries/jobs.ts';
import { saveTenant } from '../storage/platform-db.ts';
import { readPage } from '../storage/resource-list.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { begin } from './commands/begin-job.ts';
import { fire } from './commands/fire-cron.ts';
import { move } from './commands/move-job.ts';
import { setPaused } from './commands/pause-cron.ts';
import { rerun } from './commands/rerun-job.ts';
import { runDueCrons } from './cron-runner.ts';
import { beginJob, beginUnlessLive, MAX_KEPT_ITEMS, runJob, wakeJobs } from './job-runner.ts';
import { KEEP_RUNS_MS } from './jobs.ts';
import type { Cron, Handled, JobKind, StepContext } from './types.ts';
import type { JobWorld } from './world.ts';

const ITEMS = Array.from({ length: 10 }, (_, i) => `item${String(i).padStart(2, '0')}`);
const PAGE = 3;

/** Ten items in pages of three; `work` sees each page. */
const tenItems = (
  work: (items: readonly string[], context: StepContext) => Promise<Handled>,
  kind = unique('kind'),
): JobKind => ({
  kind,
  byHand: 'tenant',
  steps: ['first', 'second'].map((name) => ({
    name,
    total: async () => ITEMS.length,
    list: async (_context, cursor) => {
      const rest = ITEMS.filter((item) => cursor === null || item > cursor);
      const items = rest.slice(0, PAGE);
      return { items, next: rest.length > PAGE ? (items.at(-1) ?? null) : null };
    },
    handle: (context, items) =>
      work(
        items.map((item) => `${name}:${item}`),
        context,
      ),
  })),
});

interface Watched extends JobWorld {
  woken: { id: string; afterMs: number }[];
}
const worldOf = (more: Partial<JobWorld>): Watched => {
  const woken: Watched['woken'] = [];
  return {
    crons: [],
    kinds: [],
    store: new CronStore(platformOf(env)),
    db: (tenantId) => new TenantDb(platformOf(env), tenantId),
    wake: async (_tenantId, id, afterMs) => void woken.push({ id, afterMs }),
    raise: (alarm) => raiseAlarm(platformOf(env), alarm),
    clear: (alarm, by) => clearAlarm(platformOf(env), alarm, by),
    clockSetBack: (now) => takeBackInstants(platformOf(env), now),
    isDevelopment: false,
    ...more,
    woken,
  };
};

const ALL = ['first', 'second'].flatMap((step) => ITEMS.map((item) => `${step}:${item}`));
const soon = () => processNow();
const request = (tenantId: TenantId, kind: JobKind, dry = false) => ({
  tenantId,
  kind: kind.kind,
  reach: 'tenant' as const,
  dry,
  by: 'user:test',
});
const rowOf = async (tenantId: TenantId, id: string): Promise<JobRow> => {
  const row = await jobRow(new TenantDb(platformOf(env), tenantId), id);
  if (row === null) throw new Error('no job');
  return row;
};
const scopeOf = (tenantId: TenantId): TenantScope =>
  openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' });
const auditsOf = async (tenantId: TenantId): Promise<string[]> =>
  (
    await env.DB.prepare('SELECT description FROM audit_log WHERE tenant_id = ?1 ORDER BY rowid')
      .bind(tenantId)
      .all<{ description: string }>()
  ).results.map((row) => row.description);

const alarmOf = (kind: string, subject: string) =>
  env.DB.prepare('SELECT state, tenant_id, count FROM alarms WHERE kind = ?1 AND subject = ?2')
    .bind(kind, subject)
    .first();

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  for (const level of ['warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => {
  setClockOffset(0);
  vi.restoreAllMocks();
});

describe('a job', () => {
  it('goes through its steps page by page and says how far it is', async () => {
    const { tenantId } = await seedTenant();
    const seen: string[] = [];
    const kind = tenItems(async (items) => {
      seen.push(...items);
      return { counts: { looked: items.length } };
    });
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    expect(world.woken).toEqual([{ id, afterMs: 0 }]);
    expect((await rowOf(tenantId, id)).state).toBe('queued');
    await runJob(world, tenantId, id);
    const row = await rowOf(tenantId, id);
    expect(seen).toEqual(ALL);
    expect(row).toMatchObject({ state: 'done', counts: { looked: 20 }, failed: 0, leaseUntil: 0 });
    expect(row.steps.map(({ state, done, total, cursor }) => ({ state, done, total, cursor }))).toEqual(
      Array.from({ length: 2 }, () => ({ state: 'done', done: 10, total: 10, cursor: null })),
    );
    await runJob(world, tenantId, id);
    expect(seen).toHaveLength(20);
  });

  it('killed before, within and after any page is resumed there: nothing skipped, nothing doubled', async () => {
    // Every page of every step is killed once, at each of three moments; a kill is a wake that never returns.
    for (const moment of ['before', 'after work', 'after saving'] as const) {
      const { tenantId } = await seedTenant();
      const done = new Map<string, number>();
      let killAt = 0;
      let pages = 0;
      const dead = () => new Promise<never>(() => undefined);
      let killed: () => void = () => undefined;
      const kind = tenItems(async (items) => {
        const kill = pages++ === killAt;
        if (kill && moment === 'before') {
          killed();
          return dead();
        }
        for (const item of items) done.set(item, 1);
        if (kill && moment === 'after work') {
          killed();
          return dead();
        }
        return { counts: { looked: items.length } };
      });
      const world = worldOf({ kinds: [kind] });
      const id = await beginJob(world, request(tenantId, kind), soon());
      for (let wake = 0; wake < 40; wake++) {
        killAt = pages + (wake % 2);
        const death = new Promise<void>((resolve) => {
          killed = resolve;
        });
        const budget = moment === 'after saving' ? vi.spyOn(Date, 'now') : null;
        if (budget) {
          // The wake's time is over after each page: it ends having saved, and its message is lost.
          const real = processNow();
          let n = 0;
          budget.mockImplementation(() => real + n++ * 21_000);
        }
        await Promise.race([runJob(world, tenantId, id), death]);
        budget?.mockRestore();
        if ((await rowOf(tenantId, id)).state === 'done') break;
        // Nobody else gets it before the lease is over …
        if (moment !== 'after saving') {
          const before = pages;
          await runJob(world, tenantId, id);
          expect(pages).toBe(before);
        }
        // … and then it goes on where it stood.
        setClockOffset((wake + 1) * 3_600_000);
      }
      const row = await rowOf(tenantId, id);
      expect(row.state, moment).toBe('done');
      expect([...done.keys()], moment).toEqual(ALL);
      expect(
        row.steps.map((step) => step.done),
        moment,
      ).toEqual([10, 10]);
      expect(row.counts, moment).toEqual({ looked: 20 });
      setClockOffset(0);
    }
  });

  it('a wake that outlived its lease writes nothing over its successor', async () => {
    const { tenantId } = await seedTenant();
    let finishSlow: () => void = () => undefined;
    let slow = true;
    let reached: () => void = () => undefined;
    const entered = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const kind = tenItems(async () => {
      if (slow) {
        slow = false;
        reached();
        await new Promise<void>((resolve) => {
          finishSlow = resolve;
        });
      }
      return { counts: { pages: 1 } };
    });
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    const first = runJob(world, tenantId, id);
    await entered;
    setClockOffset(200_000);
    await runJob(world, tenantId, id);
    const ended = await rowOf(tenantId, id);
    expect(ended).toMatchObject({ state: 'done', counts: { pages: 8 } });
    finishSlow();
    await first;
    expect(await rowOf(tenantId, id)).toEqual(ended);
  });

  it('two deliveries at once are one wake', async () => {
    const { tenantId } = await seedTenant();
    const seen: string[] = [];
    const kind = tenItems(async (items) => {
      seen.push(...items);
      return {};
    });
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    await Promise.all(Array.from({ length: 5 }, () => runJob(world, tenantId, id)));
    expect(seen).toEqual(ALL);
  });

  it('hands over to the next message when its time is spent', async () => {
    const { tenantId } = await seedTenant();
    const kind = tenItems(async () => ({}));
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    const start = processNow();
    let reads = 0;
    vi.spyOn(Date, 'now').mockImplementation(() => start + reads++ * 10_000);
    await runJob(world, tenantId, id);
    vi.mocked(Date.now).mockRestore();
    const row = await rowOf(tenantId, id);
    expect(row).toMatchObject({ state: 'queued', leaseUntil: 0, attempts: 0 });
    expect(row.steps[0]?.done).toBeGreaterThan(0);
    expect(world.woken).toHaveLength(2);
  });

  it('paused within a page: the page counts, the next does not begin; resumed, it goes on', async () => {
    const { tenantId } = await seedTenant();
    const seen: string[] = [];
    let id = '';
    let world = worldOf({});
    const kind = tenItems(async (items) => {
      seen.push(...items);
      if (seen.length === PAGE) expect((await move(world, scopeOf(tenantId), id, 'pause')).ok).toBe(true);
      return {};
    });
    world = worldOf({ kinds: [kind] });
    id = await beginJob(world, request(tenantId, kind), soon());
    await runJob(world, tenantId, id);
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'paused' });
    expect(seen).toHaveLength(PAGE);
    await runJob(world, tenantId, id);
    expect(seen).toHaveLength(PAGE);
    expect((await move(world, scopeOf(tenantId), id, 'pause')).ok).toBe(false);
    expect((await move(world, scopeOf(tenantId), id, 'resume')).ok).toBe(true);
    setClockOffset(1_000);
    await runJob(world, tenantId, id);
    expect(seen).toEqual(ALL);
    expect(await auditsOf(tenantId)).toEqual(['job.paused', 'job.resumed']);
  });

  it('cancelled, it never runs again', async () => {
    const { tenantId } = await seedTenant();
    const seen: string[] = [];
    const kind = tenItems(async (items) => {
      seen.push(...items);
      return {};
    });
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    expect((await move(world, scopeOf(tenantId), id, 'cancel')).ok).toBe(true);
    await runJob(world, tenantId, id);
    expect(seen).toEqual([]);
    for (const action of ['pause', 'resume', 'cancel'] as const)
      expect(await move(world, scopeOf(tenantId), id, action)).toMatchObject({
        ok: false,
        error: { code: 'ILLEGAL_TRANSITION' },
      });
    expect(await auditsOf(tenantId)).toEqual(['job.cancelled']);
  });

  it('dry: steps are told, and what would be done is listed', async () => {
    const { tenantId } = await seedTenant();
    const told: boolean[] = [];
    const kind = tenItems(async (items, { dry }) => {
      told.push(dry);
      return dry ? { planned: items.slice(0, 1).map((item) => ({ item, reason: 'would change' })) } : {};
    });
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind, true), soon());
    await runJob(world, tenantId, id);
    expect(new Set(told)).toEqual(new Set([true]));
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'done', dry: true, planned: 8 });
    const planned = await itemsPage(new TenantDb(platformOf(env), tenantId), {
      jobId: id,
      outcome: 'planned',
      after: null,
      limit: 100,
    });
    expect(planned.map(({ item }) => item)).toContain('second:item09');
    expect(planned).toHaveLength(8);
  });

  it('a plan in a run that is not dry is a defect', async () => {
    const { tenantId } = await seedTenant();
    const kind = tenItems(async (items) => ({ planned: items.map((item) => ({ item, reason: 'x' })) }));
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    await runJob(world, tenantId, id);
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'queued', planned: 0 });
  });

  it('failed items are kept without personal data, and a re-run works on them alone', async () => {
    const { tenantId } = await seedTenant();
    const seen: string[] = [];
    let bad = true;
    const kind: JobKind = {
      ...tenItems(async () => ({})),
    };
    const steps = kind.steps.map((step) => ({
      ...step,
      handle: async (_context: StepContext, items: readonly string[]): Promise<Handled> => {
        seen.push(...items.map((item) => `${step.name}:${item}`));
        const failing = step.name === 'second' && bad ? items.filter((item) => /[37]$/.test(item)) : [];
        return { failed: failing.map((item) => ({ item, reason: 'refused by eva@example.org' })) };
      },
    }));
    const world = worldOf({ kinds: [{ ...kind, steps }] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    expect(await rerun(world, scopeOf(tenantId), id)).toMatchObject({
      ok: false,
      error: { code: 'ILLEGAL_TRANSITION' },
    });
    await runJob(world, tenantId, id);
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'done', failed: 2 });
    const kept = await itemsPage(new TenantDb(platformOf(env), tenantId), {
      jobId: id,
      outcome: 'failed',
      after: null,
      limit: 9,
    });
    expect(kept.map(({ step, item, reason }) => [step, item, reason])).toEqual([
      ['second', 'item03', 'refused by …@…'],
      ['second', 'item07', 'refused by …@…'],
    ]);
    seen.length = 0;
    bad = false;
    const again = await rerun(world, scopeOf(tenantId), id);
    if (!again.ok) throw new Error(again.error.code);
    expect(again.value.rerunOf).toBe(id);
    setClockOffset(1_000);
    await runJob(world, tenantId, again.value.id);
    expect(seen).toEqual(['second:item03', 'second:item07']);
    expect(await rowOf(tenantId, again.value.id)).toMatchObject({ state: 'done', failed: 0 });
  });

  it('keeps a bounded number of failed items and counts them all', async () => {
    const { tenantId } = await seedTenant();
    let page = 0;
    const kind: JobKind = {
      kind: unique('kind'),
      byHand: 'tenant',
      steps: [
        {
          name: 'only',
          list: async () => ({
            items: Array.from({ length: 400 }, (_, i) => `${page}-${i}`),
            next: ++page < 3 ? String(page) : null,
          }),
          handle: async (_context, items) => ({ failed: items.map((item) => ({ item, reason: 'no' })) }),
        },
      ],
    };
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    await runJob(world, tenantId, id);
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'done', failed: 1_200 });
    const stored = await env.DB.prepare('SELECT count(*) AS n FROM job_items WHERE job_id = ?1')
      .bind(id)
      .first<{ n: number }>();
    expect(stored?.n).toBe(MAX_KEPT_ITEMS);
  });

  it('waits longer after each failure at a page, then gives up with an alarm; resumed, it starts at that page', async () => {
    const { tenantId } = await seedTenant();
    let broken = true;
    const seen: string[] = [];
    const kind = tenItems(async (items) => {
      if (broken && items.includes('first:item03')) throw new Error('vendor is down, says eva@example.org');
      seen.push(...items);
      return {};
    });
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    const waits: number[] = [];
    let offset = 0;
    for (let attempt = 0; attempt < 5; attempt++) {
      await runJob(world, tenantId, id);
      const row = await rowOf(tenantId, id);
      if (row.state !== 'queued') break;
      expect(row.error).toBe('Error: vendor is down, says …@…');
      waits.push(row.notBefore - processNow());
      await runJob(world, tenantId, id);
      expect((await rowOf(tenantId, id)).attempts).toBe(attempt + 1);
      offset += 2 * 3_600_000;
      setClockOffset(offset);
    }
    // 1, 5, 15 and 60 minutes, each give or take a tenth.
    expect(waits).toHaveLength(4);
    for (const [i, wanted] of [60_000, 300_000, 900_000, 3_600_000].entries())
      expect(Math.abs((waits[i] ?? 0) / wanted - 1)).toBeLessThan(0.11);
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'failed', step: 0 });
    expect(lines.filter((line) => line.includes('"alarm"') && line.includes(id))).toHaveLength(1);
    expect(lines.join()).not.toContain('eva@');
    expect(await alarmOf('job_gave_up', id)).toMatchObject({ state: 'open', tenant_id: tenantId });
    broken = false;
    expect((await move(world, scopeOf(tenantId), id, 'resume')).ok).toBe(true);
    setClockOffset(offset + 1_000);
    await runJob(world, tenantId, id);
    expect(seen).toEqual(ALL);
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'done', error: null });
    expect(await alarmOf('job_gave_up', id)).toMatchObject({ state: 'cleared' });
  });

  it('whose page kills every isolate is given up, too', async () => {
    const { tenantId } = await seedTenant();
    let deaths = 0;
    const kind = tenItems(() => {
      deaths++;
      return new Promise<never>(() => undefined);
    });
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    for (let wake = 1; wake <= 8; wake++) {
      const before = deaths;
      void runJob(world, tenantId, id);
      await vi.waitFor(async () =>
        expect(deaths > before || (await rowOf(tenantId, id)).state === 'failed').toBe(true),
      );
      setClockOffset(wake * 200_000);
    }
    expect(deaths).toBe(5);
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'failed' });
  });

  it('of a kind that nobody knows any more is given up', async () => {
    const { tenantId } = await seedTenant();
    const kind = tenItems(async () => ({}));
    const id = await beginJob(worldOf({ kinds: [kind] }), request(tenantId, kind), soon());
    await runJob(worldOf({}), tenantId, id);
    expect(await rowOf(tenantId, id)).toMatchObject({ state: 'failed' });
  });

  it('whose message was lost is woken, on every shard, and left alone for half a minute', async () => {
    const { tenantId } = await seedTenant();
    const kind = tenItems(async () => ({}));
    const world = worldOf({ kinds: [kind] });
    const other = asTenantId(`${unique('ten_')}.s1`);
    const ids = [
      await beginJob(world, request(tenantId, kind), soon()),
      await beginJob(world, request(other, kind), soon()),
    ];
    world.woken.length = 0;
    await wakeJobs(world, processNow());
    const wokenOf = () => world.woken.filter(({ id }) => ids.includes(id)).map(({ id }) => id);
    expect(wokenOf()).toEqual([]);
    await wakeJobs(world, asInstant(processNow() + 31_000));
    expect(wokenOf().sort()).toEqual([...ids].sort());
    await wakeJobs(world, asInstant(processNow() + 40_000));
    expect(wokenOf()).toHaveLength(2);
  });

  it('is begun once while one of its kind is under way', async () => {
    const { tenantId } = await seedTenant();
    const kind = tenItems(async () => ({}));
    const world = worldOf({ kinds: [kind] });
    expect(await beginUnlessLive(world, request(tenantId, kind), soon())).toBe(1);
    expect(await beginUnlessLive(world, request(tenantId, kind), soon())).toBe(0);
    await runJob(world, tenantId, world.woken[0]?.id ?? '');
    expect(await beginUnlessLive(world, request(tenantId, kind), soon())).toBe(1);
  });

  it('a change of state whose audit row cannot be written does not happen, and the other way round', async () => {
    const { tenantId } = await seedTenant();
    const kind = tenItems(async () => ({}));
    const world = worldOf({ kinds: [kind] });
    const id = await beginJob(world, request(tenantId, kind), soon());
    const db = new TenantDb(platformOf(env), tenantId);
    const row = await rowOf(tenantId, id);
    // The compare-and-swap fits nothing: what was to come along is not written.
    const item = { outcome: 'failed' as const, step: 'first', item: 'x', reason: 'y' };
    const progress = { state: 'queued' as const, now: soon(), leaseUntil: 0, notBefore: 0, attempts: 0, error: null };
    expect(await saveProgress(db, { ...row, claim: row.claim + 1 }, { ...progress, items: [item] })).toBeNull();
    expect(await itemsPage(db, { jobId: id, outcome: 'failed', after: null, limit: 9 })).toEqual([]);
    // What comes along can't be written: the change is not made.
    const broken = { ...item, reason: null as unknown as string };
    await expect(saveProgress(db, row, { ...progress, error: 'half', items: [broken] })).rejects.toThrow();
    expect((await rowOf(tenantId, id)).error).toBeNull();
  });
});

describe('a cron', () => {
  const cronOf = (run: Cron['run'], more: Partial<Cron> = {}): Cron => ({
    name: unique('cron').replaceAll('-', '_'),
    schedule: '* * * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run,
    ...more,
  });
  const runsOf = (name: string) => new CronStore(platformOf(env)).runsPage(name, null, 100);
  const operator = async (): Promise<TenantScope> =>
    scopeOf((await seedTenant({ type: 'platform', role: 'super_admin' })).tenantId);

  it('runs once a due time, recorded with duration and figures, however many isolates tick', async () => {
    const dues: number[] = [];
    const cron = cronOf(async ({ due }) => {
      dues.push(due);
      return { looked: 3 };
    });
    const worlds = Array.from({ length: 4 }, () => worldOf({ crons: [cron] }));
    const now = processNow();
    await Promise.all(worlds.map((world) => runDueCrons(world, now)));
    await runDueCrons(worldOf({ crons: [cron] }), now);
    expect(dues).toEqual([Math.floor(now / 60_000) * 60_000]);
    const [run, ...others] = await runsOf(cron.name);
    expect(others).toEqual([]);
    expect(run).toMatchObject({
      outcome: 'done',
      counts: { looked: 3 },
      trigger: 'schedule',
      attempts: 1,
      error: null,
    });
    expect(run?.endedAt).toBeGreaterThanOrEqual(run?.startedAt ?? Infinity);
  });

  it('does not overlap: while one runs, the next due time waits', async () => {
    let running = 0;
    let most = 0;
    let release: () => void = () => undefined;
    const cron = cronOf(
      async () => {
        most = Math.max(most, ++running);
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        running--;
        return {};
      },
      { leaseMs: 300_000 },
    );
    const first = runDueCrons(worldOf({ crons: [cron] }), processNow());
    await vi.waitFor(() => expect(running).toBe(1));
    setClockOffset(120_000);
    await runDueCrons(worldOf({ crons: [cron] }), processNow());
    expect(most).toBe(1);
    release();
    await first;
    const second = runDueCrons(worldOf({ crons: [cron] }), processNow());
    await vi.waitFor(() => expect(running).toBe(1));
    release();
    await second;
    expect(await runsOf(cron.name)).toHaveLength(2);
  });

  it('that died is taken over after its lease, and the dead one can write nothing any more', async () => {
    let wake: () => void = () => undefined;
    let starts = 0;
    const cron = cronOf(
      async () => {
        if (++starts === 1)
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        return { start: starts };
      },
      { schedule: '0 * * * *', catchUp: 'each' },
    );
    const hour = asInstant(Math.ceil(processNow() / 3_600_000) * 3_600_000);
    const world = worldOf({ crons: [cron] });
    setClockOffset(hour + 1_000 - Date.now());
    const dead = runDueCrons(world, processNow());
    await vi.waitFor(() => expect(starts).toBe(1));
    setClockOffset(hour + 30_000 - Date.now());
    await runDueCrons(world, processNow());
    expect(starts).toBe(1);
    setClockOffset(hour + 120_000 - Date.now());
    await runDueCrons(world, processNow());
    expect(starts).toBe(2);
    const taken = await runsOf(cron.name);
    expect(taken).toMatchObject([{ dueAt: hour, outcome: 'done', attempts: 2, counts: { start: 2 } }]);
    wake();
    await dead;
    expect(await runsOf(cron.name)).toEqual(taken);
  });

  it('that dies at every attempt is given up with an alarm', async () => {
    const wakes: (() => void)[] = [];
    const cron = cronOf(
      async () => {
        await new Promise<void>((resolve) => wakes.push(resolve));
        return {};
      },
      { schedule: '0 * * * *', catchUp: 'each' },
    );
    const hour = asInstant(Math.ceil(processNow() / 3_600_000) * 3_600_000);
    const world = worldOf({ crons: [cron] });
    const dead: Promise<void>[] = [];
    for (let attempt = 1; attempt <= 3; attempt++) {
      setClockOffset(hour + 1_000 + (attempt - 1) * 300_000 - Date.now());
      dead.push(runDueCrons(world, processNow()));
      await vi.waitFor(() => expect(wakes).toHaveLength(attempt));
    }
    expect(await alarmOf('cron_gave_up', cron.name)).toBeNull();
    setClockOffset(hour + 1_500_000 - Date.now());
    await runDueCrons(world, processNow());
    expect(await alarmOf('cron_gave_up', cron.name)).toMatchObject({ state: 'open', tenant_id: null, count: 1 });
    expect(await runsOf(cron.name)).toMatchObject([{ dueAt: hour, outcome: 'lost', attempts: 3 }]);
    for (const wake of wakes) wake();
    await Promise.all(dead);
  });

  it('that throws is recorded and logged, and keeps no other from running', async () => {
    const seen: string[] = [];
    const bad = cronOf(() => Promise.reject(new Error('D1 says +49 151 5555 4444')));
    const good = cronOf(async () => {
      seen.push('good');
      return {};
    });
    await runDueCrons(worldOf({ crons: [bad, good] }), processNow());
    expect(seen).toEqual(['good']);
    expect(await runsOf(bad.name)).toMatchObject([{ outcome: 'failed', error: 'Error: D1 says …' }]);
    expect(lines.filter((line) => line.includes('cron_failed') && line.includes(bad.name))).toHaveLength(1);
  });

  it('catches up each missed due time, in order', async () => {
    const dues: number[] = [];
    const cron = cronOf(
      async ({ due }) => {
        dues.push(due);
        return {};
      },
      { schedule: '17 * * * *', catchUp: 'each' },
    );
    const world = worldOf({ crons: [cron] });
    await runDueCrons(world, asInstant(Date.parse('2026-11-21T10:30:00Z')));
    expect(dues).toEqual([]);
    setClockOffset(Date.parse('2026-11-21T13:30:00Z') - Date.now());
    await runDueCrons(world, processNow());
    expect(dues.map((due) => new Date(due).toISOString().slice(11, 16))).toEqual(['11:17', '12:17', '13:17']);
    expect(await runsOf(cron.name)).toHaveLength(3);
  });

  it('fired by hand runs at once, also paused, once at a time, with the operator’s audit row', async () => {
    const scope = await operator();
    let runs = 0;
    const cron = cronOf(async () => ({ run: ++runs }), { schedule: '0 0 1 1 *' });
    const world = worldOf({ crons: [cron] });
    expect((await setPaused(world, scope, cron.name, true)).ok).toBe(true);
    expect(await setPaused(world, scope, cron.name, true)).toMatchObject({ ok: false });
    await runDueCrons(world, processNow());
    expect(runs).toBe(0);
    const fired = await fire(world, scope, cron.name);
    if (!fired.ok) throw new Error(fired.error.code);
    expect(await fire(world, scope, cron.name)).toMatchObject({ ok: false, error: { code: 'ILLEGAL_TRANSITION' } });
    await fired.value.work();
    expect(runs).toBe(1);
    expect(await runsOf(cron.name)).toMatchObject([{ id: fired.value.id, trigger: 'hand', outcome: 'done' }]);
    expect((await setPaused(world, scope, cron.name, false)).ok).toBe(true);
    expect(await auditsOf(scope.tenantId)).toEqual(['cron.paused', 'cron.fired', 'cron.resumed']);
  });

  it('is no business of a tenant', async () => {
    const { tenantId } = await seedTenant();
    const actor = {
      kind: 'api_key' as const,
      reach: WHOLE_REACH,
      keyId: 'key_x',
      tenantId,
      permissions: ['manage_jobs' as const],
      mode: 'test' as const,
    };
    const scope = openTenant(platformOf(env), tenantId, actor);
    const cron = cronOf(async () => ({}));
    const kind = tenItems(async () => ({}));
    const world = worldOf({ crons: [cron], kinds: [kind] });
    const denied = { ok: false, error: { code: 'PERMISSION_DENIED' } };
    expect(await fire(world, scope, cron.name)).toMatchObject(denied);
    expect(await setPaused(world, scope, cron.name, true)).toMatchObject(denied);
    expect(await begin(world, scope, { kind: kind.kind, reach: 'platform', dry: true })).toMatchObject(denied);
    expect(await begin(world, scope, { kind: kind.kind, reach: 'tenant', dry: true })).toMatchObject({ ok: true });
  });

  it('rows older than ninety days are removed with the items of their jobs', async () => {
    const { tenantId } = await seedTenant();
    const kind = tenItems(async (items) => ({ failed: items.map((item) => ({ item, reason: 'x' })) }));
    const cron = cronOf(async () => ({}));
    const world = worldOf({ kinds: [kind], crons: [cron] });
    setClockOffset(-KEEP_RUNS_MS - 60_000);
    const id = await beginJob(world, request(tenantId, kind), soon());
    setClockOffset(-KEEP_RUNS_MS - 30_000);
    await runJob(world, tenantId, id);
    await runDueCrons(world, processNow());
    expect(await runsOf(cron.name)).toHaveLength(1);
    setClockOffset(0);
    const young = await beginJob(world, request(tenantId, kind), soon());
    await world.store.purge(processNow() - KEEP_RUNS_MS);
    expect(await runsOf(cron.name)).toEqual([]);
    expect(await jobRow(world.db(tenantId), id)).toBeNull();
    expect(await jobRow(world.db(tenantId), young)).not.toBeNull();
    const left = await env.DB.prepare('SELECT count(*) AS n FROM job_items WHERE job_id = ?1')
      .bind(id)
      .first<{ n: number }>();
    expect(left?.n).toBe(0);
  });
});

describe('the product’s own tick', () => {
  const quiet = (): Env => {
    const queue = { send: async () => undefined, sendBatch: async () => undefined };
    // Objects count their own statements into the same meter: here only the tick's are wanted.
    const objects = {
      idFromName: () => ({}),
      get: () => ({ ping: async () => undefined }),
      getByName: () => ({ ping: async () => undefined }),
    };
    return {
      ...env,
      QUEUE_HIGH: queue,
      QUEUE_MEDIUM: queue,
      QUEUE_LOW: queue,
      CALENDAR: objects,
      LEDGER: objects,
    } as unknown as Env;
  };

  it('costs as many D1 statements with sixty more tenants', async () => {
    const cost = async (): Promise<number> => {
      setClockOffset(0);
      const before = d1Meter.statements;
      await runSchedule(quiet());
      return d1Meter.statements - before;
    };
    // What earlier tests left to alarms and queues counts into the same meter, and only ever adds: the least of a few ticks is the tick's own.
    const least = async (): Promise<number> => Math.min(await cost(), await cost(), await cost());
    await cost();
    const few = await least();
    const now = processNow();
    for (let n = 0; n < 60; n++)
      await saveTenant(platformOf(env), tenantRecord({ id: asTenantId(`ten_tick${now}${n}`) }));
    expect(await least()).toBeLessThanOrEqual(few);
    expect(few).toBeLessThan(60);
  });

  it('begins the verification of all ledgers as a job, and a broken projection is found and repaired', async () => {
    const { jobWorld } = await import('../cron.ts');
    const world = { ...jobWorld(platformOf(env)), wake: async () => undefined };
    const { tenantId } = await seedTenant();
    const scope = scopeOf(tenantId);
    const started = await scope.ledger.putTerms({
      key: 'terms',
      terms: (await import('../ledger/rules/terms.ts')).defaultTerms(
        (await import('../ledger/rules/terms.ts')).PER_MINUTE_PLAN,
      ),
      now: processNow(),
    });
    expect(started.result.ok).toBe(true);
    const topup = await scope.ledger.recordTopup({
      key: 'manual:top_jobs',
      topupId: 'top_jobs' as never,
      amountCents: 5_000 as never,
      currency: 'EUR',
      method: 'manual',
      bonus: false,
      now: processNow(),
    });
    expect(topup.result.ok).toBe(true);
    await scope.ledger.flush(2_000);
    const entries = () => env.DB.prepare('SELECT * FROM ledger_entries WHERE tenant_id = ?1').bind(tenantId).all();
    const whole = (await entries()).results;
    expect(whole.length).toBeGreaterThan(0);
    const run = async (kind: string, dry = false): Promise<JobRow> => {
      setClockOffset(0);
      const id = await beginJob(world, { tenantId, kind, reach: 'tenant', dry, by: 'user:test' }, processNow());
      await runJob(world, tenantId, id);
      return rowOf(tenantId, id);
    };
    expect(await run('verify_ledgers')).toMatchObject({
      state: 'done',
      failed: 0,
      counts: { verified: 1, problems: 0 },
    });
    await env.DB.prepare('DELETE FROM ledger_entries WHERE tenant_id = ?1').bind(tenantId).run();
    expect(await run('verify_ledgers')).toMatchObject({
      state: 'done',
      failed: 1,
      counts: { verified: 1, problems: 1 },
    });
    expect(lines.some((line) => line.includes('ledger_differs') && line.includes(tenantId))).toBe(true);
    // Dry: it says what differs and leaves it.
    expect(await run('repair_projections', true)).toMatchObject({ state: 'done', planned: 1 });
    expect((await entries()).results).toEqual([]);
    expect(await run('repair_projections')).toMatchObject({ state: 'done', failed: 0, counts: { repaired: 1 } });
    expect((await entries()).results.map((row) => row['id'])).toEqual(whole.map((row) => row['id']));
    expect(await run('verify_ledgers')).toMatchObject({ state: 'done', failed: 0 });
  });
});

describe('lists', () => {
  const plan = async (sql: string, ...values: unknown[]): Promise<string[]> =>
    (
      await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...values)
        .all<{ detail: string }>()
    ).results.map((row) => row.detail);

  /** Every statement that runs while something is asked, as D1 plans it. */
  async function plansOf(work: () => Promise<unknown>): Promise<string[]> {
    const seen: { sql: string; values: unknown[] }[] = [];
    const prototype = Object.getPrototypeOf(env.DB.prepare('SELECT 1')) as { bind(...values: unknown[]): unknown };
    const { bind } = prototype;
    const prepare = env.DB.prepare.bind(env.DB);
    const spy = vi.spyOn(env.DB, 'prepare').mockImplementation((sql: string) => {
      const statement = prepare(sql);
      statement.bind = (...values: unknown[]) => {
        seen.push({ sql, values });
        return bind.apply(statement, values) as D1PreparedStatement;
      };
      return statement;
    });
    await work();
    spy.mockRestore();
    const plans: string[] = [];
    for (const { sql, values } of seen) plans.push(...(await plan(sql, ...values)));
    expect(plans.length).toBeGreaterThan(0);
    return plans;
  }

  it('of jobs, items, runs and waiting jobs read along an index', async () => {
    const { jobList } = await import('../storage/queries/jobs.ts');
    const page = (id: string | null, filter: 'state' | 'kind' | null, value = '') =>
      readPage(db, jobList, {
        sort: 'id',
        descending: true,
        deleted: false,
        conditions: filter === null ? [] : [jobList.filters[filter]?.(value) ?? []].flat(),
        limit: 25,
        bound: 100,
        after: id === null ? null : { id },
      });
    const db = new TenantDb(platformOf(env), asTenantId('ten_plan'));
    const store = new CronStore(platformOf(env));
    const asked = [
      () => page(null, null),
      () => page('job_z', null),
      () => page('job_z', 'state', 'done'),
      () => page('job_z', 'kind', 'x'),
      () => itemsPage(db, { jobId: 'job_z', outcome: 'failed', after: { step: 'a', item: 'b' }, limit: 26 }),
      () => store.runsPage('sweep', null, 26),
      () => store.runsPage('sweep', 5, 26),
      () => store.waitingJobs(1, 1, 10),
    ];
    for (const ask of asked) {
      const plans = await plansOf(ask);
      expect(plans.join('\n')).not.toMatch(/SCAN (?!CONSTANT)|TEMP B-TREE/);
    }
  });
});

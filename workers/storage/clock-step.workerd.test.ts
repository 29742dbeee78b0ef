/** What was stored while the clock stood forty days ahead is due when it is set back; what was meant for later stays. */
import { afterEach, expect, it, vi } from 'vitest';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { jobWorld } from '../cron.ts';
import { platformOf } from '../env.ts';
import { runDueCrons } from '../jobs/cron-runner.ts';
import { CronStore } from './cron-db.ts';
import { effects } from './tables/delivery.ts';
import { TenantDb } from './tenant-db.ts';

const DAY_MS = 86_400_000;
afterEach(() => {
  setClockOffset(0);
  vi.restoreAllMocks();
});

it('effects, leases and crons go on when a cron finds its due time ahead', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const { tenantId } = await seedTenant();
  const db = new TenantDb(platformOf(env), tenantId);
  const world = {
    ...jobWorld(platformOf(env)),
    crons: [
      {
        name: unique('cron').replaceAll('-', '_'),
        schedule: '* * * * *',
        catchUp: 'last' as const,
        leaseMs: 1_000,
        run: async () => ({}),
      },
    ],
  };
  setClockOffset(40 * DAY_MS);
  const ahead = processNow();
  const row = { queue: 'low', kind: 'calcom.routes', ref: '{}', createdAt: ahead } as const;
  const ids = { due: unique('eff'), retried: unique('eff'), meant: unique('eff'), running: unique('eff') };
  await db.insert(effects, { ...row, id: ids.due, state: 'pending', notBefore: ahead });
  await db.insert(effects, { ...row, id: ids.retried, state: 'pending', attempts: 1, notBefore: ahead + 60_000 });
  await db.insert(effects, { ...row, id: ids.meant, state: 'pending', notBefore: ahead + 9 * DAY_MS });
  await db.insert(effects, {
    ...row,
    id: ids.running,
    state: 'running',
    notBefore: ahead,
    leaseUntil: ahead + 150_000,
  });
  await runDueCrons(world, ahead);

  setClockOffset(0);
  const now = processNow();
  await runDueCrons(world, now);
  const rowOf = (id: string) =>
    env.DB.prepare('SELECT not_before, lease_until FROM effects WHERE tenant_id = ?1 AND id = ?2')
      .bind(tenantId, id)
      .first<{ not_before: number; lease_until: number }>();
  expect((await rowOf(ids.due))?.not_before).toBeLessThanOrEqual(now);
  expect((await rowOf(ids.retried))?.not_before).toBeLessThanOrEqual(now);
  expect((await rowOf(ids.meant))?.not_before).toBe(ahead + 9 * DAY_MS);
  expect((await rowOf(ids.running))?.lease_until).toBe(0);
  const [cron] = world.crons;
  const state = (await new CronStore(platformOf(env)).states([cron?.name ?? ''])).get(cron?.name ?? '');
  expect(state?.lastDueAt).toBeLessThanOrEqual(now);
});

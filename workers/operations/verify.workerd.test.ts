/** Which ledgers a verification of all takes next, and that it takes each once. */
import { afterEach, expect, it } from 'vitest';
import { env, seedTenant } from '../../tests/contract/tenants.ts';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { platformOf } from '../env.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import { ledgerCheckOf, noteVerified } from '../storage/queries/checks.ts';
import { operationsCrons, operationsJobs } from './jobs.ts';
import { verifyLedger } from './verify.ts';

const platform = platformOf(env);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
afterEach(() => setClockOffset(0));

const [step] = operationsJobs(platform).find(({ kind }) => kind === 'verify_ledgers')?.steps ?? [];
/** All tenants that a run over all would take, in its order. */
async function taken(now: number): Promise<string[]> {
  const context = {
    tenantId: PLATFORM_TENANT,
    reach: 'platform',
    params: {},
    dry: false,
    now: asInstant(now),
  } as const;
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: readonly string[]; next: string | null } | undefined = await step?.list(context, cursor);
    found.push(...(page?.items ?? []));
    cursor = page?.next ?? null;
  } while (cursor !== null);
  return found;
}

it('takes those that were not verified for a day, the longest first, each once', async () => {
  const now = processNow();
  const ids: TenantId[] = [];
  for (let n = 0; n < 4; n++) ids.push((await seedTenant()).tenantId);
  const [never, old, older, fresh] = ids as [TenantId, TenantId, TenantId, TenantId];
  const verified = (tenantId: TenantId, at: number) => noteVerified(platform, { tenantId, at, full: true, ok: true });
  await verified(old, now - 30 * HOUR_MS);
  await verified(older, now - 40 * HOUR_MS);
  await verified(fresh, now - HOUR_MS);
  const order = await taken(now);
  expect(new Set(order).size).toBe(order.length);
  expect(order.filter((id) => ids.includes(id as TenantId))).toEqual([never, older, old]);
});

it('looks at all entries once in thirty days, and at the new ones in between', async () => {
  const { tenantId } = await seedTenant();
  expect((await verifyLedger(platform, tenantId)).full).toBe(true);
  expect((await verifyLedger(platform, tenantId)).full).toBe(false);
  expect((await verifyLedger(platform, tenantId, true)).full).toBe(true);
  setClockOffset(31 * DAY_MS);
  expect((await verifyLedger(platform, tenantId)).full).toBe(true);
  expect((await ledgerCheckOf(platform, tenantId))?.fullAt).toBeGreaterThan(processNow() - DAY_MS);
});

it('is begun every hour, the seals once a day, the judgement every five minutes', () => {
  const schedules = new Map(operationsCrons(platform).map(({ name, schedule }) => [name, schedule]));
  expect(schedules.get('verify_ledgers')).toMatch(/^\d+ \* \* \* \*$/);
  expect(schedules.get('seal_heads')).toMatch(/^\d+ \d+ \* \* \*$/);
  expect(schedules.get('judge_health')).toBe('*/5 * * * *');
});

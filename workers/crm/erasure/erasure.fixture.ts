/** Jobs of the erasure as the product runs them. Imported by tests of this folder only. */
import { expect } from 'vitest';
import { env } from '../../../tests/contract/tenants.ts';
import { processNow } from '../../../shared/clock.ts';
import { jobWorld } from '../../cron.ts';
import { platformOf } from '../../env.ts';
import { beginJob, runJob } from '../../jobs/job-runner.ts';
import { PLATFORM_TENANT } from '../../jobs/world.ts';
import { jobRow } from '../../storage/queries/jobs.ts';
import { requestErasure } from '../commands/request-erasure.ts';
import type { Planted } from './planted.fixture.ts';

/** Runs a job of the product to its end. */
export async function runOfProduct(kind: string): Promise<void> {
  const product = jobWorld(platformOf(env));
  const begun: Promise<void>[] = [];
  const world: typeof product = {
    ...product,
    wake: async (tenantId, id) => void begun.push(runJob(world, tenantId, id)),
  };
  const request = { tenantId: PLATFORM_TENANT, kind, reach: 'platform' as const, by: 'test' };
  const id = await beginJob(world, request, processNow());
  while (begun.length > 0) await begun.shift();
  const row = await jobRow(world.db(PLATFORM_TENANT), id);
  if (row?.state !== 'done') throw new Error(`${kind}: ${row?.state} ${row?.error}`);
}

/** Asked for at once, and carried out. */
export async function erase({ at, who }: Pick<Planted, 'at' | 'who'>): Promise<void> {
  expect((await requestErasure(at.scope, { id: who.id, reason: 'asked_for_at_once' })).ok).toBe(true);
  await runOfProduct('erase_customers');
}

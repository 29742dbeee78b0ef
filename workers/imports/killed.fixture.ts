/** Jobs of imports in tests: worked on to their end, killed at a statement of D1, and taken up again. Used by the tests of both kinds of file. */
import { env } from '../../tests/contract/tenants.ts';
import { jobWorld } from '../cron.ts';
import { platformOf } from '../env.ts';
import { runJob } from '../jobs/job-runner.ts';
import type { JobWorld } from '../jobs/world.ts';
import { d1Meter } from '../storage/d1.ts';
import { importById } from '../storage/queries/imports.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/** Works on the job of an import until it has ended; the queue's own message may have come before. */
export async function worked({ db, tenantId }: Pick<TenantScope, 'db' | 'tenantId'>, id: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const row = await importById(db, id);
    const job = row?.state === 'checking' ? row.checkJob : row?.state === 'writing' ? row.runJob : null;
    if (job === null) return;
    await runJob(jobWorld(platformOf(env)), tenantId, job);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the import does not come to its end');
}

/** The product's jobs, but nobody wakes one behind the test's back. */
export const quiet = (): JobWorld => ({ ...jobWorld(platformOf(env)), wake: async () => undefined });

/** Runs a job whose database refuses everything after so many statements. @returns whether it came to its end before */
export async function runUntil(
  { tenantId }: Pick<TenantScope, 'tenantId'>,
  job: string,
  statements: number,
): Promise<boolean> {
  const last = d1Meter.statements + statements;
  Object.defineProperty(d1Meter, 'refuse', { configurable: true, get: () => d1Meter.statements > last });
  const finished = await runJob(quiet(), tenantId, job).then(
    () => d1Meter.statements <= last,
    () => false,
  );
  Object.defineProperty(d1Meter, 'refuse', { configurable: true, writable: true, value: false });
  return finished;
}

/** As if the lease had run out. */
export const released = (job: string) =>
  env.DB.prepare(
    "UPDATE jobs SET lease_until = 0, not_before = 0, attempts = 0 WHERE id = ?1 AND state IN ('queued', 'running')",
  )
    .bind(job)
    .run();

export const unwrap = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

/** A job that nobody works on: its time comes in a year. Called by the contract tests' fixtures and the tests of tenants' jobs. */
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import type { JobState } from '../../shared/job-status.ts';
import { DAY } from '../../shared/time.ts';
import { insertJob, type NewJob } from '../../workers/storage/queries/jobs.ts';
import type { TenantDb } from '../../workers/storage/tenant-db.ts';

export async function heldJob(db: TenantDb, state: JobState, over: Partial<NewJob> = {}): Promise<string> {
  const now = over.createdAt ?? processNow();
  const id = newId('job', now);
  const failed = over.failed ?? 0;
  const step = { name: 'verify', state: 'pending', cursor: null, done: 0, total: null, startedAt: null } as const;
  await insertJob(db, {
    id,
    kind: 'verify_ledgers',
    reach: 'tenant',
    params: {},
    dry: false,
    state,
    step: 0,
    steps: [{ ...step, failed, endedAt: null }],
    counts: {},
    failed,
    planned: 0,
    claim: 0,
    leaseUntil: 0,
    attempts: 0,
    notBefore: processNow() + 366 * DAY,
    error: null,
    createdBy: 'system:test',
    createdAt: now,
    ...over,
  });
  return id;
}

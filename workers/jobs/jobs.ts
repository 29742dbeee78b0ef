/** The runner's own crons: jobs whose message was lost go on, and old rows are removed. Registered in workers/cron.ts. */
import { wakeJobs } from './job-runner.ts';
import type { Cron } from './types.ts';
import type { JobWorld } from './world.ts';

/** Runs of crons and ended jobs are kept so long. */
export const KEEP_RUNS_MS = 90 * 86_400_000;

export const ownCrons = (world: () => JobWorld): Cron[] => [
  {
    name: 'wake_jobs',
    schedule: '* * * * *',
    catchUp: 'last',
    leaseMs: 2 * 60_000,
    run: ({ now }) => wakeJobs(world(), now),
  },
  {
    name: 'purge_runs',
    schedule: '17 * * * *',
    catchUp: 'last',
    leaseMs: 5 * 60_000,
    run: ({ now }) => world().store.purge(now - KEEP_RUNS_MS),
  },
];

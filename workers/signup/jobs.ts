/** Crons of sign-up: what was never proven, or proven a week ago, goes with its mails. Registered in workers/cron.ts. */
import { DAY } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { purgeSignups } from '../storage/queries/signups.ts';

const KEPT_DAYS = 7;

export const signupCrons = (platform: Platform): Cron[] => [
  {
    name: 'purge_signups',
    schedule: '*/30 * * * *',
    catchUp: 'last',
    leaseMs: 2 * 60_000,
    run: async ({ now }) => ({ removed: await purgeSignups(platform, now - KEPT_DAYS * DAY) }),
  },
];

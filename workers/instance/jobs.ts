/** Crons of the instance: links that made no operator are removed. Registered in workers/cron.ts. */
import { DAY } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { purgeSetupTokens } from '../storage/queries/setup.ts';

/** As long as other tokens after their end: whoever looks for an attempt still finds it. */
const KEPT_DAYS = 30;

export const instanceCrons = (platform: Platform): Cron[] => [
  {
    name: 'purge_setup_tokens',
    schedule: '17 4 * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ now }) => ({ removed: await purgeSetupTokens(platform, now - KEPT_DAYS * DAY) }),
  },
];

/** Crons of tenancy: links of messages that have lapsed are removed. Registered in workers/cron.ts. */
import { realNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { purgeActionLinks } from '../storage/platform-db.ts';

/** A run ends in time for the next one. */
const RUN_MS = 15_000;

export const tenancyCrons = (platform: Platform): Cron[] => [
  {
    name: 'purge_links',
    schedule: '*/10 * * * *',
    catchUp: 'last',
    leaseMs: 2 * 60_000,
    run: async ({ now }) => {
      let removed = 0;
      // Every booking makes a link: each run takes all that have lapsed, within its time.
      for (const until = realNow() + RUN_MS; realNow() < until; ) {
        const page = await purgeActionLinks(platform, now);
        removed += page.removed;
        if (!page.more) break;
      }
      return { removed };
    },
  },
];

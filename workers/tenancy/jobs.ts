/** Crons of tenancy: links of messages that have lapsed are removed. Registered in workers/cron.ts. */
import type { Platform } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { purgeActionLinks } from '../storage/platform-db.ts';

export const tenancyCrons = (platform: Platform): Cron[] => [
  {
    name: 'purge_links',
    schedule: '17 * * * *',
    catchUp: 'last',
    leaseMs: 5 * 60_000,
    run: async ({ now }) => {
      await purgeActionLinks(platform, now);
      return {};
    },
  },
];

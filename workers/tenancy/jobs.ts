/** Crons of tenancy: links of messages that have lapsed are removed. Registered in workers/cron.ts. */
import type { Env } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { purgeActionLinks } from '../storage/platform-db.ts';

export const tenancyCrons = (env: Env): Cron[] => [
  {
    name: 'purge_links',
    schedule: '17 * * * *',
    catchUp: 'last',
    leaseMs: 5 * 60_000,
    run: async ({ now }) => {
      await purgeActionLinks(env, now);
      return {};
    },
  },
];

/** Crons of identity: what has lapsed is removed. Registered in workers/cron.ts. */
import type { Platform } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { purgeIdentity } from '../storage/identity/purge.ts';
import { FORGET_ATTEMPTS_MS } from './lock-out.ts';

export const identityCrons = (platform: Platform): Cron[] => [
  {
    name: 'purge_identity',
    schedule: '17 * * * *',
    catchUp: 'last',
    leaseMs: 5 * 60_000,
    run: async ({ now }) => {
      await purgeIdentity(platform, now, FORGET_ATTEMPTS_MS);
      return {};
    },
  },
];

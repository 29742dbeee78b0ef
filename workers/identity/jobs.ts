/** Crons of identity: what has lapsed is removed, ends of keys are announced, ways back that have waited are done. Registered in workers/cron.ts. */
import { lazy } from '../../shared/lazy.ts';
import type { Platform } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { purgeIdentity } from '../storage/identity/purge.ts';
import { FORGET_ATTEMPTS_MS } from './lock-out.ts';
import { warnOfEndingKeys } from './warn-keys.ts';

const commands = lazy(() => import('./factor-commands.ts'));

export const identityCrons = (platform: Platform): Cron[] => [
  {
    name: 'purge_identity',
    schedule: '*/10 * * * *',
    catchUp: 'last',
    leaseMs: 2 * 60_000,
    run: ({ now }) => purgeIdentity(platform, now, FORGET_ATTEMPTS_MS),
  },
  {
    name: 'finish_factor_resets',
    schedule: '*/10 * * * *',
    catchUp: 'last',
    leaseMs: 5 * 60_000,
    run: async () => (await commands()).finishFactorResets(platform),
  },
  {
    name: 'warn_of_ending_keys',
    schedule: '25 * * * *',
    catchUp: 'last',
    leaseMs: 5 * 60_000,
    run: () => warnOfEndingKeys(platform),
  },
];

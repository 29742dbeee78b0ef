/** Crons of telephony: calls whose events never came are asked about, promises to ring back whose time has passed are told of. Registered in workers/cron.ts; apart from jobs.ts, which loads with its first webhook. */
import type { Platform } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { escalateCallbacks } from './escalate-callbacks.ts';
import { healCalls } from './heal.ts';

export const telephonyCrons = (platform: Platform): Cron[] => [
  {
    name: 'heal_calls',
    schedule: '* * * * *',
    catchUp: 'last',
    leaseMs: 2 * 60_000,
    run: () => healCalls(platform),
  },
  {
    name: 'escalate_callbacks',
    schedule: '*/5 * * * *',
    catchUp: 'last',
    leaseMs: 2 * 60_000,
    run: () => escalateCallbacks(platform),
  },
];

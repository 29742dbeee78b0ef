/** Schedule → job. Every minute: lost work and waking objects; hourly: verification. Each job bounds itself. */
import { processNow, realNow } from '../shared/clock.ts';
import { loggable } from '../shared/loggable-fault.ts';
import { type Env, platformOf } from './env.ts';
import { FORGET_ATTEMPTS_MS } from './identity/lock-out.ts';
import { pingObjects } from './operations/ping.ts';
import { sweep } from './operations/effects.ts';
import { purgeIdentity } from './storage/identity-db.ts';
import { purgeActionLinks } from './storage/platform-db.ts';
import { healCalls } from './telephony/heal.ts';
import { verifyLedgers } from './operations/verify.ts';

const HOURLY = '17 * * * *';

export async function runSchedule(cron: string, env: Env): Promise<void> {
  const jobs: [string, () => Promise<unknown>][] =
    cron === HOURLY
      ? [
          ['verify_ledgers', () => verifyLedgers(platformOf(env))],
          ['purge_identity', () => purgeIdentity(platformOf(env), processNow(), FORGET_ATTEMPTS_MS)],
          ['purge_links', () => purgeActionLinks(platformOf(env), processNow())],
        ]
      : [
          ['sweep', () => sweep(platformOf(env))],
          ['ping_objects', () => pingObjects(platformOf(env))],
          ['heal_calls', () => healCalls(platformOf(env))],
        ];
  for (const [name, job] of jobs) {
    const started = realNow();
    try {
      const outcome = await job();
      console.warn(
        JSON.stringify({ channel: 'app', level: 'info', event: 'cron', name, ms: realNow() - started, outcome }),
      );
    } catch (fault) {
      console.error(JSON.stringify({ channel: 'app', level: 'error', event: 'cron_failed', name, ...loggable(fault) }));
    }
  }
}

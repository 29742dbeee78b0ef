/** Which crons and jobs there are, and the tick that runs what is due. Wiring only: modules register theirs in their `jobs.ts`. */
import { processNow } from '../shared/clock.ts';
import type { TenantId } from '../shared/ids.ts';
import { erasureCrons, erasureJobs } from './crm/erasure/erasure-jobs.ts';
import { clearAlarm, raiseAlarm } from './alarms/raise.ts';
import { billingCrons, billingJobs } from './billing/jobs.ts';
import { crmCrons, crmJobs } from './crm/jobs.ts';
import { type Env, type Platform, platformOf, type QueueMessage } from './env.ts';
import { importJobs } from './imports/jobs.ts';
import { identityCrons } from './identity/jobs.ts';
import { instanceCrons } from './instance/jobs.ts';
import { runDueCrons } from './jobs/cron-runner.ts';
import { runJob } from './jobs/job-runner.ts';
import { ownCrons } from './jobs/jobs.ts';
import type { JobWorld } from './jobs/world.ts';
import { operationsCrons, operationsJobs } from './operations/jobs.ts';
import { retentionCrons, retentionJobs } from './operations/retention.ts';
import { meteringCrons, meteringJobs } from './metering/jobs.ts';
import { provisioningCrons, provisioningJobs } from './provisioning/jobs.ts';
import { queueOf } from './projection/effects.ts';
import { signupCrons } from './signup/jobs.ts';
import { takeBackInstants } from './storage/clock-step.ts';
import { CronStore } from './storage/cron-db.ts';
import { keepLines } from './storage/log-lines.ts';
import { TenantDb } from './storage/tenant-db.ts';
import { telephonyCrons } from './telephony/crons.ts';
import { tenancyCrons } from './tenancy/jobs.ts';
import { tenantsCrons } from './tenants/jobs.ts';
import { log } from './log.ts';

/** Queues delay at most twelve hours; what waits longer is woken by the cron `wake_jobs`. */
const MAX_DELAY_SECONDS = 43_200;

const worlds = new WeakMap<Platform, JobWorld>();

export function jobWorld(platform: Platform): JobWorld {
  const known = worlds.get(platform);
  if (known) return known;
  const world: JobWorld = {
    crons: [
      ...operationsCrons(platform),
      ...telephonyCrons(platform),
      ...ownCrons(() => world),
      ...identityCrons(platform),
      ...instanceCrons(platform),
      ...tenancyCrons(platform),
      ...tenantsCrons(platform),
      ...signupCrons(platform),
      ...billingCrons(),
      ...crmCrons(platform),
      ...retentionCrons(),
      ...meteringCrons(platform),
      ...erasureCrons(platform),
      ...provisioningCrons(platform, () => world),
    ],
    kinds: [
      ...operationsJobs(platform),
      ...billingJobs(platform, () => world),
      ...crmJobs(platform),
      ...importJobs(platform),
      ...retentionJobs(platform),
      ...meteringJobs(platform),
      ...erasureJobs(platform),
      ...provisioningJobs(platform),
    ],
    store: new CronStore(platform),
    db: (tenantId) => new TenantDb(platform, tenantId),
    wake: async (tenantId, id, afterMs) => {
      const delaySeconds = Math.min(MAX_DELAY_SECONDS, Math.ceil(afterMs / 1000));
      const message: QueueMessage = { kind: 'job', id, tenantId };
      await queueOf(platform, 'low')
        .send(message, { delaySeconds })
        .catch(() => undefined);
    },
    raise: (alarm) => raiseAlarm(platform, alarm),
    clear: (alarm, by) => clearAlarm(platform, alarm, by),
    clockSetBack: (now) => takeBackInstants(platform, now),
    isDevelopment: platform.development,
  };
  worlds.set(platform, world);
  return world;
}

/** A job's message came: one wake of it. Called by queues.ts. */
export const carryOn = (env: Env, tenantId: TenantId, id: string): Promise<void> =>
  runJob(jobWorld(platformOf(env)), tenantId, id);

/** Once a minute. Missed due times are caught up as each cron declares; with D1 down nothing can be claimed, and the next tick comes. */
export async function runSchedule(env: Env): Promise<void> {
  try {
    await runDueCrons(jobWorld(platformOf(env)), processNow());
  } catch (fault) {
    log('error', 'cron_failed', { name: 'tick', fault });
  }
  // A tick comes once a minute, perhaps never to this isolate again.
  await keepLines(platformOf(env), { now: true });
}

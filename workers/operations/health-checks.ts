/** Is everything there, and what happened last: the detailed health. Each check is bounded; one that fails never fails the others. */
import type { TenantId } from '../../shared/ids.ts';
import type { DetailedHealthResponse } from '../../shared/contract/health.ts';
import type { HealthStatus } from '../../shared/tenant-status.ts';
import { processNow, realNow, type Instant } from '../../shared/clock.ts';
import { addDays, dateOf, dayStart, isoOrNull, toIso } from '../../shared/time.ts';
import { objectFor } from '../object-runtime/place.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { databaseAnswers, type HealthNumbers, healthNumbers } from '../storage/queries/health.ts';

/** Same as package.json (a test compares them). */
export const VERSION = '0.1.0';

/** A check that takes longer counts as down: the monitor that asks has a time-out of its own. */
const CHECK_MS = 2_000;
/** Jobs older than this say that the queue stands still. */
const LATE_JOB_MS = 5 * 60_000;

/** The value, or null when the check failed or took too long. */
async function bounded<T>(check: () => Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), CHECK_MS);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

const up = (answer: unknown): HealthStatus => (answer === null ? 'down' : 'ok');

/**
 * @param tenantId whose numbers; null = the whole platform (monitor, operator)
 * @param zone day border of `…_today`
 */
export async function detailedHealth(
  platform: Platform,
  tenantId: TenantId | null,
  zone: string,
): Promise<DetailedHealthResponse> {
  const now = processNow();
  const today = dateOf(now, zone);
  const started = realNow();
  const [database, numbers, cache, storage, objects] = await Promise.all([
    bounded(async () => {
      await databaseAnswers(platform);
      return realNow() - started;
    }),
    bounded(() =>
      healthNumbers(platform, tenantId, { dayStart: dayStart(today, zone), dayEnd: dayStart(addDays(today, 1), zone) }),
    ),
    bounded(async () => {
      await bindingsOf(platform).DIRECTORY.get('health');
      return true;
    }),
    bounded(async () => {
      await bindingsOf(platform).ARCHIVE.head('health');
      return true;
    }),
    bounded(() =>
      objectFor(bindingsOf(platform).RATE_GATE, 'health', !platform.development).take(
        { name: 'health', limit: 1, windowMs: 1_000 },
        now,
      ),
    ),
  ]);
  const checks: DetailedHealthResponse['checks'] = {
    database: { status: up(database), latency_ms: database },
    cache: { status: cache === null ? 'degraded' : 'ok', driver: 'kv' },
    queue: {
      status: queueStatus(numbers, now),
      pending_jobs: numbers?.pendingJobs ?? null,
      parked_jobs: numbers?.parkedJobs ?? null,
    },
    storage: { status: storage === null ? 'degraded' : 'ok', disk_usage: numbers?.databaseBytes ?? null },
    durable_objects: { status: up(objects) },
  };
  const integrations: DetailedHealthResponse['integrations'] = {
    cal_com: { status: numbers?.syncError ? 'degraded' : 'ok', last_sync: isoOrNull(numbers?.lastSyncAt) },
    retell: { status: 'ok', last_call: isoOrNull(numbers?.lastCallAt) },
    stripe: { status: 'ok', last_payment: isoOrNull(numbers?.lastPaymentAt) },
  };
  return {
    status: worst([...Object.values(checks), ...Object.values(integrations)].map((part) => part.status)),
    timestamp: toIso(now),
    version: VERSION,
    checks,
    integrations,
    metrics: {
      calls_today: numbers?.callsToday ?? null,
      appointments_today: numbers?.appointmentsToday ?? null,
      customers_active: numbers?.customersActive ?? null,
      queue_jobs_pending: numbers?.pendingJobs ?? null,
    },
  };
}

const queueStatus = (numbers: HealthNumbers | null, now: Instant): HealthStatus =>
  numbers === null || (numbers.oldestDueAt !== null && numbers.oldestDueAt < now - LATE_JOB_MS) ? 'degraded' : 'ok';

const worst = (parts: readonly HealthStatus[]): HealthStatus =>
  parts.includes('down') ? 'down' : parts.includes('degraded') ? 'degraded' : 'ok';

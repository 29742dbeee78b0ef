/** Is everything there, and what happened last: the detailed health. Each check is bounded; one that fails never fails the others. */
import type { TenantId } from '../../shared/ids.ts';
import type { DetailedHealthResponse } from '../../shared/contract/health.ts';
import { ALARM_KINDS } from '../../shared/alarm-kinds.ts';
import type { HealthStatus } from '../../shared/tenant-status.ts';
import type { Vendor, VendorStatus } from '../../shared/vendors.ts';
import { vendorStatus } from '../alarms/vendor-state.ts';
import { processNow, realNow, type Instant } from '../../shared/clock.ts';
import { addDays, dateOf, dayStart, isoOrNull, toIso } from '../../shared/time.ts';
import { objectFor } from '../object-runtime/place.ts';
import { type Platform, bindingsOf } from '../env.ts';
import { openAlarms } from '../storage/queries/alarms.ts';
import { refusalsSince, requestsSince, type VendorOutcome, vendorOutcomesOf } from '../storage/queries/checks.ts';
import { databaseAnswers, healthNumbers } from '../storage/queries/health.ts';
import { VERSION } from './version.ts';
import { diskStatus, diskUsage, errorStatus, queueStatus, shareOf, webhookStatus } from './health-rules.ts';

/** A check that takes longer counts as down: the monitor that asks has a time-out of its own. */
const CHECK_MS = 2_000;
/** Stretch whose webhooks are counted, and the one whose requests are. */
const WEBHOOKS_MS = 60 * 60_000;
const REQUESTS_MS = 10 * 60_000;

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
  const [database, numbers, cache, storage, objects, alarms, outcomes, requests, refusals] = await Promise.all([
    bounded(async () => {
      await databaseAnswers(platform);
      return realNow() - started;
    }),
    bounded(() =>
      healthNumbers(platform, tenantId, {
        dayStart: dayStart(today, zone),
        dayEnd: dayStart(addDays(today, 1), zone),
        webhooksSince: now - WEBHOOKS_MS,
      }),
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
    bounded(() => openAlarms(platform, tenantId)),
    bounded(() => vendorOutcomesOf(platform, tenantId)),
    // No tenant's: requests are counted for all together.
    tenantId === null ? bounded(() => requestsSince(platform, now - REQUESTS_MS)) : null,
    tenantId === null ? bounded(() => refusalsSince(platform, now - WEBHOOKS_MS)) : null,
  ]);
  const successRate =
    numbers === null ? null : shareOf(numbers.webhooksWorkedOn, numbers.webhooksWorkedOn + numbers.webhooksFailed);
  const errorRate = requests === null ? null : shareOf(requests.failed, requests.requests);
  const vendor = (name: Vendor, known: { at?: number | null; waitingSince?: number | null } = {}) =>
    vendorView(
      outcomes?.find((one) => one.vendor === name),
      known,
      now,
    );
  const checks: DetailedHealthResponse['checks'] = {
    database: { status: up(database), latency_ms: database },
    cache: { status: cache === null ? 'degraded' : 'ok', driver: 'kv' },
    queue: {
      status: queueStatus(numbers, now),
      pending_jobs: numbers?.pendingJobs ?? null,
      parked_jobs: numbers?.parkedJobs ?? null,
    },
    storage: {
      status: storage === null ? 'degraded' : diskStatus(numbers?.fullestBytes ?? null),
      disk_usage: numbers === null ? null : diskUsage(numbers.fullestBytes),
      disk_usage_bytes: numbers?.databaseBytes ?? null,
    },
    durable_objects: { status: up(objects) },
    webhooks: {
      status: webhookStatus(successRate),
      received: numbers === null ? null : numbers.webhooksWorkedOn + numbers.webhooksFailed,
      success_rate: successRate,
    },
    requests: { status: errorStatus(errorRate), error_rate: errorRate },
    alarms: {
      // Kinds that only the judged parts below say twice make no state of their own.
      status: alarms === null || alarms.some(({ kind }) => kind !== 'health') ? 'degraded' : 'ok',
      open: alarms?.length ?? null,
      kinds: ALARM_KINDS.filter((kind) => alarms?.some((alarm) => alarm.kind === kind) === true),
    },
  };
  const calcom = vendor('calcom', { waitingSince: numbers?.calcomWaitingSince ?? null });
  const integrations: DetailedHealthResponse['integrations'] = {
    cal_com: { ...calcom, last_sync: calcom.last_success },
    retell: {
      ...vendor('retell', { at: numbers?.lastCallAt ?? null, waitingSince: numbers?.retellWaitingSince ?? null }),
      last_call: isoOrNull(numbers?.lastCallAt),
      refused_requests: refusals?.refused ?? null,
    },
    stripe: {
      ...vendor('stripe', { at: numbers?.lastPaymentAt ?? null, waitingSince: numbers?.stripeWaitingSince ?? null }),
      last_payment: isoOrNull(numbers?.lastPaymentAt),
    },
    sms: vendor('twilio'),
    mail: vendor('smtp'),
  };
  const parts = Object.values(checks).map((part) => part.status);
  return {
    status: worst([...parts, ...Object.values(integrations).map(({ status }) => ofVendor(status))]),
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

/** @param known.at what else is known of it: it called us, or its payment was booked */
function vendorView(
  outcome: VendorOutcome | undefined,
  known: { at?: number | null; waitingSince?: number | null },
  now: Instant,
): { status: VendorStatus; last_success: string | null; last_failure: string | null } {
  const heard = Math.max(outcome?.succeededAt ?? 0, known.at ?? 0);
  const succeededAt = heard === 0 ? null : heard;
  const facts = {
    succeededAt,
    failedAt: outcome?.failedAt ?? null,
    failuresInRow: outcome?.failuresInRow ?? 0,
    waitingSince: known.waitingSince ?? null,
  };
  return {
    status: vendorStatus(facts, now),
    last_success: isoOrNull(succeededAt),
    last_failure: isoOrNull(facts.failedAt),
  };
}

/** A vendor that is down takes its part of the product along, not everything. */
const ofVendor = (status: VendorStatus): HealthStatus => (status === 'unknown' || status === 'ok' ? 'ok' : 'degraded');

const worst = (parts: readonly HealthStatus[]): HealthStatus =>
  parts.includes('down') ? 'down' : parts.includes('degraded') ? 'degraded' : 'ok';

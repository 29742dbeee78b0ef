/** Numbers of the detailed health: one statement per shard, for one tenant or for the platform. Called by operations/health-checks.ts. */
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { allShards, platformD1, tenantD1 } from '../d1.ts';

interface HealthNumbers {
  pendingJobs: number;
  parkedJobs: number;
  /** since when work for Cal.com waits, since when stored webhooks of the others; null: none does */
  calcomWaitingSince: number | null;
  retellWaitingSince: number | null;
  stripeWaitingSince: number | null;
  /** of the webhooks of the last hour */
  webhooksWorkedOn: number;
  webhooksFailed: number;
  /** instant at which the oldest waiting job was due; null when none waits */
  oldestDueAt: number | null;
  callsToday: number;
  appointmentsToday: number;
  customersActive: number;
  lastCallAt: number | null;
  lastSyncAt: number | null;
  syncError: string | null;
  lastPaymentAt: number | null;
  /** of all shards asked, and of the one that is nearest to its limit */
  databaseBytes: number;
  fullestBytes: number;
}

interface HealthWindow {
  dayStart: number;
  dayEnd: number;
  /** webhooks received from then on are counted */
  webhooksSince: number;
}

/**
 * One text for a tenant and one for all: a test that is dropped where the tenant is null would keep SQLite from every index that begins
 * with the tenant. `?1` is the tenant (null for all), `?2`/`?3` the day, `?4` the beginning of the stretch whose webhooks are counted.
 */
const numbersSql = (own: string): string => `SELECT
  (SELECT count(*) FROM effects WHERE state IN ('pending', 'running') AND ${own}) AS pending_jobs,
  (SELECT count(*) FROM effects WHERE state = 'parked' AND ${own}) AS parked_jobs,
  (SELECT min(not_before) FROM effects WHERE state = 'pending' AND ${own}) AS oldest_due_at,
  (SELECT min(created_at) FROM effects WHERE state = 'pending' AND kind IN ('calcom.push', 'calcom.routes') AND ${own}) AS calcom_waiting_since,
  (SELECT min(received_at) FROM webhook_logs WHERE state = 'received' AND source = 'retell' AND ${own}) AS retell_waiting_since,
  (SELECT min(received_at) FROM webhook_logs WHERE state = 'received' AND source = 'stripe' AND ${own}) AS stripe_waiting_since,
  (SELECT count(*) FROM webhook_logs WHERE state = 'processed' AND received_at >= ?4 AND ${own}) +
    (SELECT count(*) FROM webhook_logs WHERE state = 'ignored' AND received_at >= ?4 AND ${own}) AS webhooks_worked_on,
  (SELECT count(*) FROM webhook_logs WHERE state = 'failed' AND received_at >= ?4 AND ${own}) AS webhooks_failed,
  (SELECT count(*) FROM calls WHERE started_at >= ?2 AND started_at < ?3 AND ${own}) AS calls_today,
  (SELECT count(*) FROM appointments WHERE starts_at >= ?2 AND starts_at < ?3 AND status NOT IN ('cancelled')
    AND ${own}) AS appointments_today,
  (SELECT count(*) FROM customers WHERE deleted_at IS NULL AND source <> 'test' AND ${own}) AS customers_active,
  (SELECT max(started_at) FROM calls WHERE ${own}) AS last_call_at,
  (SELECT max(paid_at) FROM topups WHERE ${own}) AS last_payment_at`;

/** Cal.com's rows lie on the control plane. */
const syncSql = (
  own: string,
): string => `SELECT max(last_sync_at) AS last_sync_at, max(last_error) AS sync_error FROM integrations
  WHERE vendor = 'calcom' AND ${own}`;

interface NumbersRow {
  pending_jobs: number;
  parked_jobs: number;
  oldest_due_at: number | null;
  calcom_waiting_since: number | null;
  retell_waiting_since: number | null;
  stripe_waiting_since: number | null;
  webhooks_worked_on: number;
  webhooks_failed: number;
  calls_today: number;
  appointments_today: number;
  customers_active: number;
  last_call_at: number | null;
  last_payment_at: number | null;
}

const later = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));
const earlier = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

const OWN = 'tenant_id = ?1';
const ALL = '?1 IS NULL';

/** @param tenantId null: the whole platform, all shards */
export async function healthNumbers(
  platform: Platform,
  tenantId: TenantId | null,
  window: HealthWindow,
): Promise<HealthNumbers> {
  const shards = tenantId === null ? allShards(platform) : [tenantD1(platform, tenantId)];
  const whose = tenantId === null ? ALL : OWN;
  const sync = await platformD1(platform)
    .prepare(syncSql(whose))
    .bind(tenantId)
    .first<{ last_sync_at: number | null; sync_error: string | null }>();
  const total: HealthNumbers = {
    pendingJobs: 0,
    parkedJobs: 0,
    oldestDueAt: null,
    calcomWaitingSince: null,
    retellWaitingSince: null,
    stripeWaitingSince: null,
    webhooksWorkedOn: 0,
    webhooksFailed: 0,
    callsToday: 0,
    appointmentsToday: 0,
    customersActive: 0,
    lastCallAt: null,
    lastSyncAt: sync?.last_sync_at ?? null,
    syncError: sync?.sync_error ?? null,
    lastPaymentAt: null,
    databaseBytes: 0,
    fullestBytes: 0,
  };
  for (const shard of shards) {
    const read = await shard
      .prepare(numbersSql(whose))
      .bind(tenantId, window.dayStart, window.dayEnd, window.webhooksSince)
      .all<NumbersRow>();
    const row = read.results[0];
    const bytes = read.meta.size_after ?? 0;
    total.databaseBytes += bytes;
    total.fullestBytes = Math.max(total.fullestBytes, bytes);
    if (row === undefined) continue;
    total.pendingJobs += row.pending_jobs;
    total.parkedJobs += row.parked_jobs;
    total.oldestDueAt = earlier(total.oldestDueAt, row.oldest_due_at);
    total.calcomWaitingSince = earlier(total.calcomWaitingSince, row.calcom_waiting_since);
    total.retellWaitingSince = earlier(total.retellWaitingSince, row.retell_waiting_since);
    total.stripeWaitingSince = earlier(total.stripeWaitingSince, row.stripe_waiting_since);
    total.webhooksWorkedOn += row.webhooks_worked_on;
    total.webhooksFailed += row.webhooks_failed;
    total.callsToday += row.calls_today;
    total.appointmentsToday += row.appointments_today;
    total.customersActive += row.customers_active;
    total.lastCallAt = later(total.lastCallAt, row.last_call_at);
    total.lastPaymentAt = later(total.lastPaymentAt, row.last_payment_at);
  }
  return total;
}

/** The cheapest question D1 can answer: is it there, and how long does it take. */
export async function databaseAnswers(platform: Platform): Promise<void> {
  await platformD1(platform).prepare('SELECT 1').first();
}

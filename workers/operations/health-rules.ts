/** Pure: from which numbers on a part of the platform is not well. Called by health-checks.ts. */
import type { HealthStatus } from '../../shared/tenant-status.ts';

/** Jobs that wait: more is a backlog that does not go away by itself. */
export const MAX_PENDING = 500;
/** Jobs that have been due for so long say that the queue stands still. */
export const LATE_JOB_MS = 5 * 60_000;
/** Fewer of them in an hour say nothing about a share. */
const LEAST_COUNTED = 20;
/** Share of the last hour's webhooks that were worked on. */
const LEAST_WEBHOOK_SUCCESS = 0.95;
/** Share of the last ten minutes' requests that we failed (5xx). */
const MAX_ERROR_RATE = 0.05;

/** What one D1 database may hold. */
export const MAX_DATABASE_BYTES = 10_000_000_000;
/** What one object's file may hold. */
export const MAX_OBJECT_BYTES = 10_000_000_000;
/** Share of it from which on somebody has to make room: tenants cannot be moved to another shard in an hour. */
const MAX_DISK_SHARE = 0.8;

export interface QueueNumbers {
  pendingJobs: number;
  /** instant at which the oldest waiting job was due; null when none waits */
  oldestDueAt: number | null;
}

/** @param numbers null: D1 did not answer */
export const queueStatus = (numbers: QueueNumbers | null, now: number): HealthStatus =>
  numbers === null ||
  numbers.pendingJobs > MAX_PENDING ||
  (numbers.oldestDueAt !== null && numbers.oldestDueAt < now - LATE_JOB_MS)
    ? 'degraded'
    : 'ok';

/** Four decimals; null where there are too few to say. */
export const shareOf = (part: number, whole: number): number | null =>
  whole < LEAST_COUNTED ? null : Math.round((part / whole) * 10_000) / 10_000;

export const webhookStatus = (successRate: number | null): HealthStatus =>
  successRate !== null && successRate < LEAST_WEBHOOK_SUCCESS ? 'degraded' : 'ok';

export const errorStatus = (errorRate: number | null): HealthStatus =>
  errorRate !== null && errorRate > MAX_ERROR_RATE ? 'degraded' : 'ok';

/** `45%`: rounded up, so that a database which holds anything never says nothing. @param bytes of the fullest database */
export const diskUsage = (bytes: number): string => `${Math.ceil((bytes / MAX_DATABASE_BYTES) * 100)}%`;

/** @param bytes of the fullest database; null: D1 did not answer, which its own part says */
export const diskStatus = (bytes: number | null): HealthStatus =>
  bytes !== null && bytes > MAX_DISK_SHARE * MAX_DATABASE_BYTES ? 'degraded' : 'ok';

/** Pure: from which numbers on a part of the platform is not well. Called by health-checks.ts. */
import type { HealthStatus } from '../../shared/tenant-status.ts';

/** Jobs that wait: more is a backlog that does not go away by itself. */
export const MAX_PENDING = 500;
/** Jobs that have been due for so long say that the queue stands still. */
export const LATE_JOB_MS = 5 * 60_000;
/** Fewer of them in an hour say nothing about a share. */
const LEAST_COUNTED = 20;
/** Share of the last hour's webhooks that were worked on. */
export const LEAST_WEBHOOK_SUCCESS = 0.95;
/** Share of the last ten minutes' requests that we failed (5xx). */
export const MAX_ERROR_RATE = 0.05;

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

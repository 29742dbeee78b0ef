/** The thresholds of the detailed health. */
import { describe, expect, it } from 'vitest';
import {
  diskStatus,
  diskUsage,
  errorStatus,
  LATE_JOB_MS,
  MAX_DATABASE_BYTES,
  queueStatus,
  shareOf,
  webhookStatus,
} from './health-rules.ts';

const NOW = 10_000_000;

describe('the queue is', () => {
  it.each([
    ['ok', 'with 500 jobs that are due now', { pendingJobs: 500, oldestDueAt: NOW }],
    ['degraded', 'with 501', { pendingJobs: 501, oldestDueAt: NOW }],
    ['ok', 'with one that has been due for five minutes', { pendingJobs: 1, oldestDueAt: NOW - LATE_JOB_MS }],
    ['degraded', 'with one that has been due for longer', { pendingJobs: 1, oldestDueAt: NOW - LATE_JOB_MS - 1 }],
    ['ok', 'with one that is due in a month', { pendingJobs: 1, oldestDueAt: NOW + 30 * 86_400_000 }],
    ['degraded', 'when nobody can say', null],
  ] as const)('%s %s', (expected, _when, numbers) => {
    expect(queueStatus(numbers, NOW)).toBe(expected);
  });
});

describe('what a database holds', () => {
  it.each([
    [0, '0%', 'ok'],
    [1, '1%', 'ok'],
    [4_500_000_000, '45%', 'ok'],
    [8_000_000_000, '80%', 'ok'],
    [8_000_000_001, '81%', 'degraded'],
    [MAX_DATABASE_BYTES, '100%', 'degraded'],
  ] as const)('%i bytes are %s of its limit, %s', (bytes, text, status) => {
    expect([diskUsage(bytes), diskStatus(bytes)]).toEqual([text, status]);
  });
});

describe('a share', () => {
  it('is not said of a few', () => expect(shareOf(19, 19)).toBeNull());
  it.each([
    ['webhooks', 'ok', 95, 100],
    ['webhooks', 'degraded', 94, 100],
    ['webhooks', 'degraded', 9_499, 10_000],
    ['webhooks', 'ok', 0, 10],
  ] as const)('of %s is %s with %i of %i worked on', (_what, expected, good, all) => {
    expect(webhookStatus(shareOf(good, all))).toBe(expected);
  });
  it.each([
    ['ok', 5, 100],
    ['degraded', 6, 100],
    ['ok', 10, 10],
  ] as const)('of requests is %s with %i of %i failed', (expected, failed, all) => {
    expect(errorStatus(shareOf(failed, all))).toBe(expected);
  });
});

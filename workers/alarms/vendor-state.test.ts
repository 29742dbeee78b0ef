/** A vendor's state follows from how real calls ended and whether work waits. */
import { describe, expect, it } from 'vitest';
import { SILENT_MS, type VendorFacts, vendorStatus } from './vendor-state.ts';

const NOW = 1_000 * SILENT_MS;
const unused: VendorFacts = { succeededAt: null, failedAt: null, failuresInRow: 0, waitingSince: null };

describe('a vendor is', () => {
  it.each<[string, string, Partial<VendorFacts>]>([
    ['unknown', 'while it was never called', {}],
    ['unknown', 'while work for it has waited a moment only', { waitingSince: NOW - 1 }],
    ['ok', 'after a success, however long ago, while nothing waits', { succeededAt: NOW - 100 * SILENT_MS }],
    ['degraded', 'after one failure', { succeededAt: NOW - 2, failedAt: NOW - 1, failuresInRow: 1 }],
    ['degraded', 'after two failures', { succeededAt: NOW - 3, failedAt: NOW - 1, failuresInRow: 2 }],
    ['down', 'after three failures in a row', { succeededAt: NOW - 4, failedAt: NOW - 1, failuresInRow: 3 }],
    ['down', 'after three failures, though it never answered', { failedAt: NOW - 1, failuresInRow: 3 }],
    ['ok', 'again after a success', { succeededAt: NOW, failedAt: NOW - 1, failuresInRow: 0 }],
    [
      'down',
      'when work waits a quarter of an hour without a success',
      { succeededAt: NOW - SILENT_MS - 1, waitingSince: NOW - SILENT_MS - 1 },
    ],
    [
      'ok',
      'when work waits that long but others got through meanwhile',
      { succeededAt: NOW - 1, waitingSince: NOW - SILENT_MS - 1 },
    ],
    ['ok', 'when work began to wait after a silence', { succeededAt: NOW - 9 * SILENT_MS, waitingSince: NOW - 60_000 }],
    ['down', 'when work waits for one that was never reached', { waitingSince: NOW - SILENT_MS - 1 }],
  ])('%s %s', (expected, _when, facts) => {
    expect(vendorStatus({ ...unused, ...facts }, NOW)).toBe(expected);
  });
});

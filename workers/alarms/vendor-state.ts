/** Pure: what the ends of real calls say of a vendor. Called by operations/health-checks.ts. */
import type { VendorStatus } from '../../shared/vendors.ts';

/** One or two failures are the internet; three in a row are the vendor, or our credentials there. */
const FAILURES_DOWN = 3;
/** So long without a success while work waits says that nothing gets through, whatever the single faults were. */
export const SILENT_MS = 15 * 60_000;

export interface VendorFacts {
  succeededAt: number | null;
  failedAt: number | null;
  failuresInRow: number;
  /** since when work for the vendor waits; null: none does */
  waitingSince: number | null;
}

export function vendorStatus(facts: VendorFacts, now: number): VendorStatus {
  const { succeededAt, failedAt, failuresInRow, waitingSince } = facts;
  if (failuresInRow >= FAILURES_DOWN) return 'down';
  const isSilent = succeededAt === null || succeededAt < now - SILENT_MS;
  if (isSilent && waitingSince !== null && waitingSince < now - SILENT_MS) return 'down';
  if (succeededAt === null && failedAt === null) return 'unknown';
  return failuresInRow > 0 ? 'degraded' : 'ok';
}

/**
 * Whether what left one ledger has reached another: every transfer that is older than an hour comes to nothing over both its ends. Read from D1,
 * which the objects tell of themselves, so that neither of them judges its own word. Called by the cron of jobs.ts.
 */
import type { Platform } from '../env.ts';
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import { openAlarms } from '../storage/queries/alarms.ts';
import { type UnevenTransfer, unevenTransfers } from '../storage/queries/transfers.ts';
import { asTenantId } from '../tenancy/directory.ts';

/** A transfer that has not arrived by then needs somebody: the sender asks once a minute. */
const ARRIVES_WITHIN_MS = 3_600_000;
/** As far back as an outbox remembers; what was even then stays even, because ends do not change any more. */
const LOOKED_BACK_MS = 35 * 24 * 3_600_000;

/** Raises `transfers_differ` for each sender with a transfer that does not come out even, and ends it for those that do again. */
export async function compareTransfers(platform: Platform, now: number): Promise<{ uneven: number }> {
  const uneven = await unevenTransfers(platform, now - LOOKED_BACK_MS, now - ARRIVES_WITHIN_MS);
  const bySender = new Map<string, UnevenTransfer[]>();
  for (const one of uneven) bySender.set(one.sender, [...(bySender.get(one.sender) ?? []), one]);
  for (const [sender, [first, ...others]] of bySender) {
    if (!first) continue;
    const { transferId, cents, currency } = first;
    const detail = { transfer: transferId, cents, currency, count: 1 + others.length };
    await raiseAlarm(platform, { kind: 'transfers_differ', subject: sender, tenantId: asTenantId(sender), detail });
  }
  for (const { kind, subject } of await openAlarms(platform, null))
    if (kind === 'transfers_differ' && !bySender.has(subject))
      await clearAlarm(platform, { kind, subject }, 'system:compare_transfers');
  return { uneven: uneven.length };
}

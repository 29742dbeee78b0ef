/** One tenant's ledger: recomputes chain, sums and balances and compares D1 with the object; a difference is an alarm. Called by the job `verify_ledgers`. */
import type { TenantId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import { reconcile } from '../projection/rebuild.ts';
import { openTenant } from '../tenancy/scope.ts';
import { log } from '../log.ts';

/** Null when all is well (or the tenant has no ledger), else what differs in a few words. */
export async function verifyLedger(platform: Platform, tenantId: TenantId): Promise<string | null> {
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'cron' });
  const { result } = await scope.ledger.verify();
  const projection = result.ok ? await reconcile(platform, tenantId, 'ledger') : { ok: true, differences: [] };
  const problems = result.ok && !result.value.ok ? result.value.problems : [];
  if (problems.length === 0 && projection.ok) return null;
  log('alarm', 'ledger_differs', {
    tenantId,
    problems: problems.slice(0, 5),
    differences: projection.differences.slice(0, 5),
  });
  const first = problems[0];
  return `${problems.length} problems${first ? ` (${first.kind})` : ''}, ${projection.differences.length} rows of D1 differ`;
}

/** Entries that were changed in a ledger's file are set back from D1, as far as the chain proves them. Called by operator-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { TenantId } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { entriesInOrder } from '../../storage/queries/ledger.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { type Verification, verifyLedger } from '../verify.ts';
import { audited, knownTenant, objectEntry } from './parts.ts';

/** Entries shown to the object at once; a page is one transaction there. */
const PAGE = 500;
const MAX_PAGES = 20_000;
/** Numbers named in an answer. */
const MAX_NAMED = 20;

export interface RepairReport {
  repaired: number[];
  unproven: number[];
  /** as the ledger is afterwards */
  verified: Verification;
}

async function repairPages(platform: Platform, tenantId: TenantId): Promise<Omit<RepairReport, 'verified'>> {
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'cron' });
  const report: Omit<RepairReport, 'verified'> = { repaired: [], unproven: [] };
  let after = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const rows = await entriesInOrder(scope.db, after, PAGE);
    const last = rows.at(-1);
    if (last === undefined) break;
    const { repaired, unproven } = await scope.ledger.repair(rows);
    report.repaired.push(...repaired);
    report.unproven.push(...unproven);
    after = last.sequence;
  }
  return report;
}

/**
 * Refusals: PERMISSION_DENIED (`manage_objects`), NOT_FOUND. What the chain does not prove stays as it is and is named; the verification
 * afterwards ends the alarm or keeps it.
 */
export async function repairLedger(
  platform: Platform,
  scope: TenantScope,
  { tenantId, reason }: { tenantId: string; reason: string },
): Promise<Result<RepairReport>> {
  const refused = permissionRefusal(scope.actor, 'manage_objects');
  if (refused) return refused;
  const tenant = await knownTenant(platform, tenantId);
  if (!tenant.ok) return tenant;
  return audited(scope, objectEntry({ tenantId, kind: 'ledger' }, 'repaired', { reason }), async () => {
    const { repaired, unproven } = await repairPages(platform, tenant.value);
    const verified = await verifyLedger(platform, tenant.value, true);
    return ok({ repaired: repaired.slice(0, MAX_NAMED), unproven: unproven.slice(0, MAX_NAMED), verified });
  });
}

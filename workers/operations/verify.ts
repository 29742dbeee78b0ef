/**
 * One tenant's ledger: recomputes chain, sums and balances, compares the newest sealed head and D1 with the object; a difference is an
 * alarm, which ends when all is well. Called by the job `verify_ledgers` and by the operator.
 */
import { processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import type { Platform } from '../env.ts';
import { reconcile } from '../projection/rebuild.ts';
import { ledgerCheckOf, noteVerified } from '../storage/queries/checks.ts';
import { openTenant } from '../tenancy/scope.ts';
import { brokenSeal } from './seal-heads.ts';

/** From the first entry at least so often; in between from where the last verification came to. */
const FULL_EVERY_MS = 30 * 86_400_000;
/** Problems named in an alarm and an answer. */
const MAX_NAMED = 5;

export interface Verification {
  ok: boolean;
  /** from the first entry */
  full: boolean;
  entries: number;
  /** rows of D1 that were compared */
  compared: number;
  /** what the ledger's own rows contradict, in a few words each; the first ones */
  problems: string[];
  /** rows of D1 that differ; the first ones */
  differences: string[];
  /** all of both */
  found: number;
}

/** @param full also what was verified before; else that is due once in thirty days */
export async function verifyLedger(
  platform: Platform,
  tenantId: TenantId,
  full: boolean | 'when_due' = 'when_due',
): Promise<Verification> {
  const now = processNow();
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'cron' });
  const fullAt = full === 'when_due' ? ((await ledgerCheckOf(platform, tenantId))?.fullAt ?? 0) : 0;
  // A full run that lies ahead was written by a clock that stood ahead.
  const isFull = full === 'when_due' ? Math.abs(now - fullAt) > FULL_EVERY_MS : full;
  const { result } = await scope.ledger.verify({ full: isFull });
  const entries = result.ok ? result.value.entries : 0;
  const problems = result.ok
    ? result.value.problems.map(({ kind, seq, detail }) => `${kind}${seq === null ? '' : ` at ${seq}`}: ${detail}`)
    : [];
  const seal = await brokenSeal(platform, scope.ledger, tenantId, now);
  if (seal !== null) problems.push(seal);
  const projection = await reconcile(platform, tenantId, 'ledger');
  const differences = projection.differences.map(({ table, key, problem }) => `${table} ${key} ${problem}`);
  const ok = problems.length === 0 && projection.ok;
  const found = problems.length + differences.length;
  const alarm = { kind: 'ledger_differs', subject: tenantId } as const;
  if (ok) await clearAlarm(platform, alarm, 'system:verify');
  else {
    const detail = {
      problems: problems.length,
      differences: differences.length,
      first: problems[0] ?? differences[0] ?? null,
    };
    await raiseAlarm(platform, { ...alarm, tenantId, detail });
  }
  await noteVerified(platform, { tenantId, at: now, full: isFull, ok });
  return {
    ok,
    full: isFull,
    entries,
    compared: projection.compared,
    problems: problems.slice(0, MAX_NAMED),
    differences: differences.slice(0, MAX_NAMED),
    found,
  };
}

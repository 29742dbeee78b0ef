/**
 * Every day the newest entry of each ledger is written to R2 with its number and hash, signed under a key of the master key: who can
 * write an object's file and D1 can recompute a chain, but not this. The bucket is to keep these objects locked (docs/runbooks/ledger-differs.md).
 * Called by the job `seal_heads`; a verification compares the ledger with the newest of them.
 */
import { type Instant, processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import { addDays, dateOf, toIso } from '../../shared/time.ts';
import { bindingsOf, type Platform } from '../env.ts';
import type { LedgerPort } from '../ledger/port.ts';
import { openTenant } from '../tenancy/scope.ts';
import { signingKeys } from '../tenancy/seal.ts';

const jose = lazy(() => import('jose'));

const PURPOSE = 'ledger-heads';
/** A job that was down for less finds its last head again. */
const LOOKED_BACK_DAYS = 7;

interface SealedHead {
  tenant_id: string;
  epoch: number;
  number: number;
  hash: string;
  at: string;
}

const keyOf = (tenantId: TenantId, date: string): string => `${PURPOSE}/${tenantId}/${date}`;

async function sealed(platform: Platform, head: SealedHead): Promise<string> {
  const [newest] = await signingKeys(platform, PURPOSE);
  if (newest === undefined) throw new Error('configuration: MASTER_KEY is missing');
  const { CompactSign } = await jose();
  return new CompactSign(new TextEncoder().encode(JSON.stringify(head)))
    .setProtectedHeader({ alg: 'HS256', kid: `v${newest.version}` })
    .sign(newest.key);
}

/** What a seal says; null: nobody with our key wrote it. */
async function opened(platform: Platform, text: string): Promise<SealedHead | null> {
  const { compactVerify } = await jose();
  for (const { key } of await signingKeys(platform, PURPOSE)) {
    try {
      const { payload } = await compactVerify(text, key, { algorithms: ['HS256'] });
      return JSON.parse(new TextDecoder().decode(payload)) as SealedHead;
    } catch {
      // Another key of ours may be its.
    }
  }
  return null;
}

/** Why the ledger is not the one that was sealed last, in a few words; null: it is, or nothing was sealed lately. */
export async function brokenSeal(
  platform: Platform,
  ledger: Pick<LedgerPort, 'sealable'>,
  tenantId: TenantId,
  now: Instant,
): Promise<string | null> {
  const today = dateOf(now, 'UTC');
  for (let back = 0; back < LOOKED_BACK_DAYS; back++) {
    const object = await bindingsOf(platform).ARCHIVE.get(keyOf(tenantId, addDays(today, -back)));
    if (object === null) continue;
    const head = await opened(platform, await object.text());
    if (head?.tenant_id !== tenantId) return 'seal: the head in R2 was not signed by us';
    const present = await ledger.sealable({ number: head.number });
    // A restore begins an epoch, in which what was repeated has other hashes; the next day's seal is of that epoch.
    if (present.epoch !== head.epoch) return null;
    return present.at === head.hash ? null : `seal: entry ${head.number} is not the one that was sealed on ${head.at}`;
  }
  return null;
}

/** Seals the newest entry of a tenant's ledger. Answers false where there is nothing to seal, or where the last seal no longer fits. */
export async function sealHead(platform: Platform, tenantId: TenantId): Promise<boolean> {
  const now = processNow();
  const { ledger } = openTenant(platform, tenantId, { kind: 'system', cause: 'cron' });
  // A ledger that contradicts its last seal must not get a new one: the verification that finds it needs the old.
  if ((await brokenSeal(platform, ledger, tenantId, now)) !== null) return false;
  const { epoch, number, hash } = await ledger.sealable();
  if (number === 0 || hash === null) return false;
  const head = { tenant_id: tenantId, epoch, number, hash, at: toIso(now) };
  await bindingsOf(platform).ARCHIVE.put(keyOf(tenantId, dateOf(now, 'UTC')), await sealed(platform, head));
  return true;
}

/** A credential tried at its vendor: how long it took and what came of it. Called by the commands. */
import type { ConnectionTest } from '../../shared/contract/integrations.ts';
import { realNow } from '../../shared/clock.ts';
import { toIso } from '../../shared/time.ts';
import type { Vendor } from '../../shared/vendors.ts';
import type { Config, Platform } from '../env.ts';
import { vendorBases } from '../integrations/base-urls.ts';
import { type Probe, probeVendor, type Probed } from '../integrations/connection-test.ts';
import { noteVendorOutcome } from '../storage/queries/checks.ts';
import type { CredentialPlace } from '../storage/queries/integrations.ts';
import type { Credential } from '../tenancy/credentials.ts';
import { settingOf } from '../tenancy/credentials.ts';
import { calcomBase, relayOf } from '../tenancy/vendor-configs.ts';

export interface Tried extends Probed {
  ms: number;
}

/** Never throws. What lacks a part that the vendor is called with is refused without a call. */
export async function tryCredential(config: Config, vendor: Vendor, credential: Credential): Promise<Tried> {
  const probe = probeOf(config, vendor, credential);
  if (probe === null) return { fault: 'unreadable', said: null, account: null, eventTypes: [], ms: 0 };
  const began = realNow();
  const probed = await probeVendor(probe);
  return { ...probed, ms: Math.max(0, Math.round(realNow() - began)) };
}

function probeOf(config: Config, vendor: Vendor, credential: Credential): Probe | null {
  const timeoutMs = config.VENDOR_TIMEOUT_MS;
  const bases = vendorBases(config);
  const key = credential.key ?? '';
  if (vendor === 'smtp') {
    const relay = relayOf(credential);
    return relay && { vendor, ...relay, timeoutMs };
  }
  if (key === '') return null;
  if (vendor === 'twilio')
    return { vendor, baseUrl: bases.twilio, key, accountSid: settingOf(credential, 'account_sid'), timeoutMs };
  return { vendor, baseUrl: vendor === 'calcom' ? calcomBase(config, credential) : bases[vendor], key, timeoutMs };
}

/** The columns of a row that keep a test. */
export const testColumns = ({ fault, said, ms }: Tried, now: number) => ({
  testedAt: now,
  testMs: ms,
  testFault: fault,
  testSaid: said,
});

/** A test as it is shown. */
export const testView = ({ fault, said, ms }: Tried, now: number): ConnectionTest => ({
  at: toIso(now),
  ok: fault === null,
  duration_ms: ms,
  fault,
  said,
});

/** What calls would say too: of this credential, not of the vendor as a whole. */
export const noteTried = (
  platform: Platform,
  { tenantId, vendor }: CredentialPlace,
  { fault }: Tried,
  at: number,
): Promise<void> =>
  noteVendorOutcome(platform, {
    vendor,
    tenantId,
    at,
    fault: fault === null ? null : `test ${fault}`,
    alone: fault === 'key_refused' || fault === 'unknown_account' || fault === 'unreadable' ? 'down' : 'call',
  });

/** Asks the EU's register about a tenant's VAT id and keeps the answer with its time: only a valid one makes reverse charge. Called by the commands. */
import type { VatCheck } from '../../shared/tenant-status.ts';
import type { Platform } from '../env.ts';
import { checkVatNumber } from '../integrations/vies.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { readVatId } from './rules/vat-id.ts';

/**
 * What is known of the VAT id now; null where there is none, or no register of the EU knows such ids. The register that does not answer makes
 * `unchecked`, unless this very id was valid before: a register that sleeps takes nothing away.
 */
export async function vatCheckOf(
  platform: Platform,
  { vatId, country, vatCheck }: Pick<TenantRecord, 'vatId' | 'country' | 'vatCheck'>,
  now: number,
): Promise<VatCheck | null> {
  if (vatId === null) return null;
  const read = readVatId(vatId, country);
  if (read === null) return { vat_id: vatId, state: 'invalid', at: now };
  if (read.vies === null) return null;
  const { config } = platform;
  const asked = await checkVatNumber({ baseUrl: config.VIES_API_BASE, timeoutMs: config.VENDOR_TIMEOUT_MS }, read.vies);
  if (!asked.ok) return vatCheck?.vat_id === vatId ? vatCheck : { vat_id: vatId, state: 'unchecked', at: now };
  const { valid, name, address } = asked.value;
  return {
    vat_id: vatId,
    state: valid ? 'valid' : 'invalid',
    at: now,
    ...(name === null ? {} : { name }),
    ...(address === null ? {} : { address }),
  };
}

/** What a receipt must say of who takes the money. Called by the settings' page and by payments. */
import type { IssuerProfile } from '../../shared/contract/settings.ts';

/** Members of the issuer's profile that are missing before money may be taken; one of tax number and VAT id is enough (§ 14 Abs. 4 UStG). */
export function issuerLacks(issuer: IssuerProfile): string[] {
  const lacks: string[] = [];
  if (issuer.legal_name === '') lacks.push('legal_name');
  if (issuer.street === '' || issuer.postal_code === '' || issuer.city === '') lacks.push('address');
  if (issuer.tax_number === '' && issuer.vat_id === '') lacks.push('tax_number');
  if (issuer.vat_rate_basis_points === null && !issuer.small_business) lacks.push('vat_rate');
  return lacks;
}

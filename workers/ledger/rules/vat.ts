/** VAT on what the platform or a reseller sells to a tenant: by issuer's status, recipient's country and kind, and the validity of the VAT id, in this order. Called by top-ups. */
import type { VatDecision, VatInputs } from '../types.ts';

/** Member states, ISO 3166-1 (VIES writes Greece `EL`; addresses write `GR`). */
const EU = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '));

/** Standard rates of the countries an issuer can sit in, basis points. */
const STANDARD_RATE: Readonly<Record<string, number>> = { DE: 1900, AT: 2000, CH: 810 };
const DEFAULT_RATE = 1900;

/**
 * Issuer status → recipient's country and kind → validity of the VAT id at supply date. Who can't prove a better case is taxed like a
 * domestic customer. The decision carries its inputs, because invoices must show why.
 */
export function decideVat(inputs: VatInputs): VatDecision {
  if (inputs.issuerSmallBusiness) return { category: 'E', rateBasisPoints: 0, noteKey: 'small_business', inputs };
  const domestic: VatDecision = {
    category: 'S',
    rateBasisPoints: STANDARD_RATE[inputs.issuerCountry] ?? DEFAULT_RATE,
    noteKey: null,
    inputs,
  };
  if (inputs.recipientCountry === inputs.issuerCountry) return domestic;
  if (EU.has(inputs.issuerCountry) && EU.has(inputs.recipientCountry)) {
    return inputs.recipientIsBusiness && inputs.recipientVatIdValid
      ? { category: 'AE', rateBasisPoints: 0, noteKey: 'reverse_charge', inputs }
      : domestic;
  }
  return inputs.recipientIsBusiness
    ? { category: 'O', rateBasisPoints: 0, noteKey: 'not_taxable_in_issuer_country', inputs }
    : domestic;
}

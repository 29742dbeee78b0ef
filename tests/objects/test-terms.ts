/** Terms of a plain per-minute tenant for object tests. */
import { asCents, asMicros } from '../../shared/money.ts';
import { DEFAULT_TIERS } from '../../workers/ledger/rules/terms.ts';
import type { Terms } from '../../workers/ledger/types.ts';

export const testTerms: Terms = {
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  plan: {
    id: 'test',
    model: 'per_minute',
    baseFeeMicros: asMicros(0),
    includedMinutes: 0,
    pricePerMinuteMicros: asMicros(200_000),
    includedAppointments: 0,
    pricePerAppointmentMicros: asMicros(0),
    billingIncrementSeconds: 1,
    minimumSeconds: 0,
    freeBelowSeconds: 0,
    unitPrices: { sms: { includedScaled: 0, priceMicros: asMicros(90_000) } },
  },
  allowOverdraftCents: asCents(0),
  bonusTiers: DEFAULT_TIERS,
  thresholdPercents: [50, 20, 10],
  spendOrder: 'bonus_first',
  vatTiming: 'on_topup',
  suspended: false,
  vat: {
    issuerCountry: 'DE',
    issuerSmallBusiness: false,
    recipientCountry: 'DE',
    recipientIsBusiness: true,
    recipientVatIdValid: false,
  },
};

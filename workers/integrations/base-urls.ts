/** Where each vendor lives: production defaults, overridden by configuration (the sandbox in development). What is overridden comes from the variables of workers/env.ts. */

interface VendorBases {
  readonly stripe: string;
  readonly calcom: string;
  readonly retell: string;
  readonly twilio: string;
  readonly telegram: string;
  /** `smtp[s]://user:password@host:port`; null = no mail relay configured. */
  readonly smtp: string | null;
}

/** The variables read; all optional. A company's own Cal.com base URL (self-hosted, EU) goes before `CALCOM_API_BASE`. */
interface VendorBaseVariables {
  readonly STRIPE_API_BASE?: string | undefined;
  readonly CALCOM_API_BASE?: string | undefined;
  readonly RETELL_API_BASE?: string | undefined;
  readonly TWILIO_API_BASE?: string | undefined;
  readonly TELEGRAM_API_BASE?: string | undefined;
  readonly SMTP_URL?: string | undefined;
}

const PRODUCTION_BASES: VendorBases = {
  stripe: 'https://api.stripe.com',
  calcom: 'https://api.cal.com',
  retell: 'https://api.retellai.com',
  twilio: 'https://api.twilio.com',
  telegram: 'https://api.telegram.org',
  smtp: null,
};

/** Base URLs without trailing slash; an empty variable counts as absent. */
export function vendorBases(variables: VendorBaseVariables): VendorBases {
  const pick = (value: string | undefined, fallback: string): string =>
    value?.trim() ? value.trim().replace(/\/+$/, '') : fallback;
  return {
    stripe: pick(variables.STRIPE_API_BASE, PRODUCTION_BASES.stripe),
    calcom: pick(variables.CALCOM_API_BASE, PRODUCTION_BASES.calcom),
    retell: pick(variables.RETELL_API_BASE, PRODUCTION_BASES.retell),
    twilio: pick(variables.TWILIO_API_BASE, PRODUCTION_BASES.twilio),
    telegram: pick(variables.TELEGRAM_API_BASE, PRODUCTION_BASES.telegram),
    smtp: variables.SMTP_URL?.trim() ? variables.SMTP_URL.trim() : null,
  };
}

/** Countries that a business is set up in, with what most likely goes with each. Read by the contract of sign-up and by the pages that make a business. */
export const COUNTRIES = ['DE', 'AT', 'CH', 'LI', 'LU', 'IT', 'FR', 'NL', 'BE', 'DK', 'PL', 'CZ', 'ES', 'SE'] as const;
export type Country = (typeof COUNTRIES)[number];

/** Clock and money of a business there. */
export const OF_COUNTRY: Readonly<Record<Country, { time_zone: string; currency: string }>> = {
  DE: { time_zone: 'Europe/Berlin', currency: 'EUR' },
  AT: { time_zone: 'Europe/Vienna', currency: 'EUR' },
  CH: { time_zone: 'Europe/Zurich', currency: 'CHF' },
  LI: { time_zone: 'Europe/Vaduz', currency: 'CHF' },
  LU: { time_zone: 'Europe/Luxembourg', currency: 'EUR' },
  IT: { time_zone: 'Europe/Rome', currency: 'EUR' },
  FR: { time_zone: 'Europe/Paris', currency: 'EUR' },
  NL: { time_zone: 'Europe/Amsterdam', currency: 'EUR' },
  BE: { time_zone: 'Europe/Brussels', currency: 'EUR' },
  DK: { time_zone: 'Europe/Copenhagen', currency: 'DKK' },
  PL: { time_zone: 'Europe/Warsaw', currency: 'PLN' },
  CZ: { time_zone: 'Europe/Prague', currency: 'CZK' },
  ES: { time_zone: 'Europe/Madrid', currency: 'EUR' },
  SE: { time_zone: 'Europe/Stockholm', currency: 'SEK' },
};

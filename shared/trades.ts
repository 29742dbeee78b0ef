/** The trades with a template, without zod: contract, commands and the wizard read them here. */
export const TRADES = [
  'hair_salon',
  'barber',
  'cosmetics',
  'nails',
  'massage_wellness',
  'physiotherapy',
  'podiatry',
  'dental_practice',
  'vet',
  'tattoo_piercing',
  'dog_grooming',
  'photo_studio',
  'optician_hearing',
  'car_workshop',
  'trades_plumber_electrician',
  'tutoring_music',
  'tax_consulting',
] as const;
export type Trade = (typeof TRADES)[number];

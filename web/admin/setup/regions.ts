/** Regions whose public holidays we know, by name. Called by the view of branches. */
import type { Key, Option } from '../kit/view.ts';

const GERMAN = [
  'BW',
  'BY',
  'BE',
  'BB',
  'HB',
  'HH',
  'HE',
  'MV',
  'NI',
  'NW',
  'RP',
  'SL',
  'SN',
  'ST',
  'SH',
  'TH',
] as const;
const SWISS = [
  ...['AG', 'AI', 'AR', 'BE', 'BL', 'BS', 'FR', 'GE', 'GL', 'GR', 'JU', 'LU', 'NE'],
  ...['NW', 'OW', 'SG', 'SH', 'SO', 'SZ', 'TG', 'TI', 'UR', 'VD', 'VS', 'ZG', 'ZH'],
] as const;

const CODES: readonly string[] = [...GERMAN.map((code) => `DE-${code}`), 'AT', ...SWISS.map((code) => `CH-${code}`)];

/** The region's word; null for one of a municipality, which has none. */
export const regionWord = (code: string): Key | null => (CODES.includes(code) ? (`region.${code}` as Key) : null);

/** With the country where it does not follow from the name. */
export const HOLIDAY_REGIONS: readonly Option[] = CODES.map((value) => ({
  value,
  label: ({ t }) => (value === 'AT' ? t('region.AT') : `${t(`region.${value}` as Key)} (${value.slice(0, 2)})`),
}));

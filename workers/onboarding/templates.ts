/** The templates of trades (docs/set-up.md, decision 9): data, one file a trade, read when somebody looks at that trade. Loaded lazily by routes.ts. */
import type { TradeSummary } from '../../shared/contract/onboarding.ts';
import type { TradeTemplate } from '../../shared/contract/trade-template.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { TRADES, type Trade } from '../../shared/trades.ts';

/** Checked whole by templates.test.ts: what a file holds is what the contract says. */
const LOADERS: Readonly<Record<Trade, () => Promise<{ default: unknown }>>> = {
  hair_salon: () => import('./trades/hair_salon.json'),
  barber: () => import('./trades/barber.json'),
  cosmetics: () => import('./trades/cosmetics.json'),
  nails: () => import('./trades/nails.json'),
  massage_wellness: () => import('./trades/massage_wellness.json'),
  physiotherapy: () => import('./trades/physiotherapy.json'),
  podiatry: () => import('./trades/podiatry.json'),
  dental_practice: () => import('./trades/dental_practice.json'),
  vet: () => import('./trades/vet.json'),
  tattoo_piercing: () => import('./trades/tattoo_piercing.json'),
  dog_grooming: () => import('./trades/dog_grooming.json'),
  photo_studio: () => import('./trades/photo_studio.json'),
  optician_hearing: () => import('./trades/optician_hearing.json'),
  car_workshop: () => import('./trades/car_workshop.json'),
  trades_plumber_electrician: () => import('./trades/trades_plumber_electrician.json'),
  tutoring_music: () => import('./trades/tutoring_music.json'),
  tax_consulting: () => import('./trades/tax_consulting.json'),
};

export const templateOf = async (trade: Trade): Promise<TradeTemplate> =>
  (await LOADERS[trade]()).default as TradeTemplate;

/** The template of a trade by its name in an address. Refusal: NOT_FOUND (trade). */
export async function templateNamed(name: string): Promise<Result<TradeTemplate>> {
  const trade = TRADES.find((one) => one === name);
  return trade === undefined ? err({ code: 'NOT_FOUND', entity: 'trade' }) : ok(await templateOf(trade));
}

/** What the choice of a trade shows. Names stand here too, so that seventeen files are not read for a list; a test compares them. */
const SUMMARIES: readonly TradeSummary[] = [
  { id: 'hair_salon', names: { de: 'Friseursalon', en: 'Hair salon' }, practice_mode: false, services: 20 },
  { id: 'barber', names: { de: 'Barbershop', en: 'Barber shop' }, practice_mode: false, services: 17 },
  { id: 'cosmetics', names: { de: 'Kosmetikstudio', en: 'Beauty studio' }, practice_mode: false, services: 19 },
  { id: 'nails', names: { de: 'Nagelstudio', en: 'Nail studio' }, practice_mode: false, services: 16 },
  {
    id: 'massage_wellness',
    names: { de: 'Massage & Wellness', en: 'Massage & wellness' },
    practice_mode: false,
    services: 18,
  },
  {
    id: 'physiotherapy',
    names: { de: 'Physiotherapiepraxis', en: 'Physiotherapy practice' },
    practice_mode: true,
    services: 20,
  },
  {
    id: 'podiatry',
    names: { de: 'Podologie / Fußpflege', en: 'Podiatry / foot care' },
    practice_mode: true,
    services: 16,
  },
  { id: 'dental_practice', names: { de: 'Zahnarztpraxis', en: 'Dental practice' }, practice_mode: true, services: 20 },
  { id: 'vet', names: { de: 'Tierarztpraxis', en: 'Veterinary practice' }, practice_mode: false, services: 20 },
  {
    id: 'tattoo_piercing',
    names: { de: 'Tattoo- & Piercingstudio', en: 'Tattoo & piercing studio' },
    practice_mode: false,
    services: 16,
  },
  { id: 'dog_grooming', names: { de: 'Hundesalon', en: 'Dog grooming' }, practice_mode: false, services: 17 },
  { id: 'photo_studio', names: { de: 'Fotostudio', en: 'Photo studio' }, practice_mode: false, services: 20 },
  {
    id: 'optician_hearing',
    names: { de: 'Augenoptik & Hörakustik', en: 'Optician & hearing aids' },
    practice_mode: true,
    services: 19,
  },
  { id: 'car_workshop', names: { de: 'Kfz-Werkstatt', en: 'Car workshop' }, practice_mode: false, services: 20 },
  {
    id: 'trades_plumber_electrician',
    names: { de: 'Handwerk: Sanitär, Heizung, Elektro', en: 'Trades: plumber, heating, electrician' },
    practice_mode: false,
    services: 20,
  },
  {
    id: 'tutoring_music',
    names: { de: 'Nachhilfe & Musikunterricht', en: 'Tutoring & music lessons' },
    practice_mode: false,
    services: 17,
  },
  {
    id: 'tax_consulting',
    names: { de: 'Steuerberatung & Beratung', en: 'Tax adviser & consulting' },
    practice_mode: false,
    services: 19,
  },
];

export const tradeList = (): TradeSummary[] => TRADES.flatMap((id) => SUMMARIES.filter((one) => one.id === id));

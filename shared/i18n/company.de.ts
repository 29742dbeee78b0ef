/** German words about a company's settings that were refused. Du/Sie: always Sie. */
import type { CompanyText } from './company.en.ts';

export const companyDe: Readonly<Record<CompanyText, string>> = {
  name_hidden: 'Eine Zeile ohne unsichtbare Zeichen.',
  last_company: 'Ein Betrieb hat mindestens ein Unternehmen. Legen Sie zuerst ein anderes an.',
  practice_identity: 'Im Praxismodus ist „identity“ immer „strict“.',
  practice_greeting: 'Im Praxismodus wird niemand mit Namen begrüßt: Erlaubt ist nur „none“.',
  practice_transcript_days: 'Im Praxismodus werden Gesprächstexte höchstens 30 Tage aufbewahrt.',
  country_unknown: 'Kein Länderkürzel (ISO 3166, zwei Buchstaben).',
  number_unreadable: 'Keine Rufnummer, die sich zurückrufen lässt.',
};

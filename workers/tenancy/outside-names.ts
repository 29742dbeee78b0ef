/** Pure: what a customer reads of an appointment's services: the neutral name where a service has one. Called by messages and pages. */
import { inLanguage, type Language } from '../../shared/i18n/language.ts';
import type { AppointmentDetail } from '../calendar/types.ts';

/** @param neutralOnly practice mode: a service without a neutral name is left out, so the text may be empty */
export const outsideServices = (
  { serviceNames, neutralNames }: Pick<AppointmentDetail, 'serviceNames' | 'neutralNames'>,
  language: Language,
  neutralOnly = false,
): string =>
  serviceNames
    .flatMap((name, i) => neutralNames[i] ?? (neutralOnly ? [] : name))
    .map((name) => inLanguage(name, language))
    .join(' + ');

/** Pure: what a customer reads of an appointment: its services by their neutral name where one has it, where it takes place. Called by messages and pages. */
import { inLanguage, type Language } from '../../shared/i18n/language.ts';
import type { AppointmentDetail, ScheduleSnapshot } from '../calendar/types.ts';

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

/** Where a branch is on the map; null: nobody has said so. */
export const outsidePlace = (
  { branches }: Pick<ScheduleSnapshot, 'branches'>,
  branchId: string,
): { latitude: number; longitude: number } | null =>
  branches.find((one) => one.id === branchId)?.body.coordinates ?? null;

/** Street, postcode and town in one line; empty for a branch that has told none. */
export function outsideAddress({ branches }: Pick<ScheduleSnapshot, 'branches'>, branchId: string): string {
  const address = branches.find((one) => one.id === branchId)?.body.address;
  if (!address) return '';
  const town = [address.postalCode, address.city].filter((part) => part !== '').join(' ');
  return [address.street, town].filter((part) => part !== '').join(', ');
}

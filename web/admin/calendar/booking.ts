/** What the booking form reads and sends: fields of the address, what a customer usually has, requests, errors by field. Pure. */
import type { AppointmentView, BookRequest } from '../../../shared/contract/appointments.ts';
import type { CustomerFields } from '../../../shared/contract/customers.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { splitName } from '../../../shared/full-name.ts';
import { instantsOf, minutesOf, timeOfMinutes } from '../../../shared/time.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { readTime } from '../../ui/wall-text.ts';

/** Parts of the form that an error can stand at. */
export type FormField = 'who' | 'other' | 'services' | 'staff' | 'time' | 'duration' | 'notes';
export type FormErrors = Partial<Record<FormField, string>>;

/** A number somebody began to type rather than a name. */
export const isNumber = (text: string): boolean => /^\s*[+0(][\d\s()/+-]*$/.test(text);
/** So many digits are looked up: shorter ones belong to everybody. */
export const FEWEST_DIGITS = 6;
export const digitsIn = (text: string): number => text.replace(/\D/g, '').length;

/** Of a new person: which of the two fields is the name and which the number. */
export const personOf = (who: string, other: string): { name: string; phone: string } =>
  isNumber(who) ? { name: other.trim(), phone: who.trim() } : { name: who.trim(), phone: other.trim() };

export function customerRequest({ name, phone }: { name: string; phone: string }): Partial<CustomerFields> {
  const { firstName, lastName } = splitName(name);
  return {
    ...(firstName !== null && { first_name: firstName }),
    ...(lastName !== null && { last_name: lastName }),
    ...(phone !== '' && { phones: [phone] }),
  };
}

export interface Usual {
  service: string | null;
  staff: string | null;
  branch: string | null;
}

/** What a customer comes for, to whom and where: most often of the appointments given, the newest of equals. Cancelled ones say nothing. */
export function usualOf(appointments: readonly AppointmentView[]): Usual {
  const kept = appointments
    .filter((one) => one.status !== 'cancelled')
    .toSorted((a, b) => b.starts_at.localeCompare(a.starts_at));
  const most = (of: (one: AppointmentView) => string): string | null => {
    const counts = new Map<string, number>();
    for (const one of kept) counts.set(of(one), (counts.get(of(one)) ?? 0) + 1);
    return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
  };
  return {
    service: most((one) => one.service_id),
    staff: most((one) => one.staff_id),
    branch: most((one) => one.branch_id),
  };
}

/** Services that somebody of these people does, by name; `person` of '' is anybody. */
export function offeredServices(
  services: readonly ServiceView[],
  people: readonly string[],
  branchId: string,
): ServiceView[] {
  return services.filter(
    (one) =>
      one.staff.some(({ staff_id }) => people.includes(staff_id)) &&
      (one.branch_ids.length === 0 || one.branch_ids.some((id) => id === branchId)),
  );
}

export const doesAll = (services: readonly ServiceView[], staffId: string): boolean =>
  services.every((one) => one.staff.some(({ staff_id }) => staff_id === staffId));

/** Minutes of all services by this person in this branch, gaps inside composite ones counted as short as they may be. */
export function minutesOfAll(services: readonly ServiceView[], branchId: string, staffId: string): number {
  return services.reduce((sum, one) => {
    if (one.segments.length > 0)
      return sum + one.segments.reduce((all, s, n) => all + s.duration_minutes + (n > 0 ? s.gap_min_minutes : 0), 0);
    const own = one.staff.find(({ staff_id }) => staff_id === staffId)?.duration_minutes;
    const here = one.branch_overrides.find(({ branch_id }) => branch_id === branchId)?.duration_minutes;
    return sum + (own ?? here ?? one.duration_minutes);
  }, 0);
}

export function priceOfAll(services: readonly ServiceView[], branchId: string, staffId: string): number {
  return services.reduce((sum, one) => {
    const own = one.staff.find(({ staff_id }) => staff_id === staffId)?.price_cents;
    const here = one.branch_overrides.find(({ branch_id }) => branch_id === branchId)?.price_cents;
    return sum + (own ?? here ?? one.price_cents);
  }, 0);
}

/** End on the clock of the same day; null where the start is no time yet. Past midnight it says the next day's time. */
export function endOf(time: string, minutes: number): string | null {
  const start = readTime(time);
  return start === null ? null : timeOfMinutes((minutesOf(start) + minutes) % 1_440);
}

export interface Wanted {
  customerId: string;
  serviceIds: readonly string[];
  staffId: string;
  branchId: string;
  date: string;
  time: string;
  zone: string;
  /** null: as the service has it */
  minutes: number | null;
  notes: string;
  notify: boolean;
}

/** Null: that time does not exist on that day (clocks go forward). */
export function bookingRequest(wanted: Wanted): BookRequest | null {
  const wall = readTime(wanted.time);
  const instant = wall === null ? undefined : instantsOf(wanted.date, wall, wanted.zone)[0];
  const [first, ...more] = wanted.serviceIds;
  if (instant === undefined || first === undefined) return null;
  return {
    customer_id: wanted.customerId,
    service_id: first,
    ...(more.length > 0 && { more_service_ids: more }),
    ...(wanted.staffId !== '' && { staff_id: wanted.staffId }),
    branch_id: wanted.branchId,
    starts_at: new Date(instant).toISOString(),
    ...(wanted.minutes !== null && { duration_minutes: wanted.minutes }),
    ...(wanted.notes.trim() !== '' && { notes: wanted.notes.trim() }),
    notify_customer: wanted.notify,
  };
}

const FIELD_OF: Readonly<Record<string, FormField>> = {
  first_name: 'who',
  last_name: 'who',
  customer_id: 'who',
  phones: 'other',
  service_id: 'services',
  more_service_ids: 'services',
  services: 'services',
  staff_id: 'staff',
  starts_at: 'time',
  duration_minutes: 'duration',
  notes: 'notes',
};

/** The server's refusals by the form's field, in its words; empty: none of them is about a field. */
export function fieldErrors(fault: ApiFault): FormErrors {
  const errors: FormErrors = {};
  for (const [path, texts] of Object.entries(fault.errors)) {
    const field = FIELD_OF[path.split('.')[0] ?? ''];
    if (field !== undefined) errors[field] ??= texts[0] ?? '';
  }
  return errors;
}

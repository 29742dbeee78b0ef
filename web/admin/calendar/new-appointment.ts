/**
 * Where a new appointment is made: the calendar with its form beside it, filled with what is known. Called by whatever leads to a new
 * appointment (customers, calls, palette); the calendar reads the same address, so that a reload and a shared link show the same form.
 */

/** What is known of the new appointment; ids are ours, date and time are of the branch's clock. */
export interface NewAppointment {
  customer?: string | undefined;
  call?: string | undefined;
  staff?: string | undefined;
  service?: string | undefined;
  branch?: string | undefined;
  /** 2026-11-24 */
  date?: string | undefined;
  /** 14:30 */
  time?: string | undefined;
  /** of somebody who is no customer yet */
  name?: string | undefined;
  phone?: string | undefined;
}

export const CALENDAR_PATH = '/admin/appointments/calendar';

/** Address of the form; what is not known is left out. The person is `with`: `staff` narrows the calendar itself. */
export function newAppointmentPath({ staff, ...known }: NewAppointment): string {
  const parts = Object.entries({ ...known, with: staff }).filter((part): part is [string, string] => !!part[1]);
  return `${CALENDAR_PATH}?${new URLSearchParams([['new', '1'], ...parts])}`;
}

/** Members of the address that are the form's; taken out when it closes. */
const FORM_PARTS = ['new', 'time', 'with', 'service', 'customer', 'name', 'phone', 'call'] as const;
export const CLOSED: Readonly<Record<(typeof FORM_PARTS)[number], null>> = {
  new: null,
  time: null,
  with: null,
  service: null,
  customer: null,
  name: null,
  phone: null,
  call: null,
};

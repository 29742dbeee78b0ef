/** How an appointment begins: what every booking, import and foreign booking has in common. Called by the rules that make one. */
import type { Appointment } from '../../events/calendar.ts';

/** Members that each maker must say. */
type Said =
  | 'id'
  | 'companyId'
  | 'branchId'
  | 'customerId'
  | 'serviceId'
  | 'staffId'
  | 'startsAt'
  | 'endsAt'
  | 'status'
  | 'source'
  | 'priceCents'
  | 'currency'
  | 'scheduleVersion'
  | 'createdAt'
  | 'createdBy';

/** A new appointment in its first version; what is not said has the value of one that nothing happened to. */
export const newAppointment = (said: Pick<Appointment, Said> & Partial<Appointment>): Appointment => ({
  moreServiceIds: [],
  bookingType: 'single',
  partySize: 1,
  segments: [],
  resources: [],
  callId: null,
  calcomUid: null,
  syncStatus: 'none',
  externalUpdatedAt: null,
  parentAppointmentId: null,
  rescheduleCount: 0,
  policyViolation: false,
  cancellationFeeCents: 0,
  notify: false,
  updatedAt: said.createdAt,
  cancelledAt: null,
  ...said,
  version: 1,
});

/** Pure: who, where and what of an appointment as a person reads it. Called by commands that answer an appointment, and by queries.ts. */
import type { Names } from '../../../shared/contract/master-data.ts';
import type { AppointmentDetail } from '../reads.ts';
import type { Appointment } from '../../events/calendar.ts';
import type { Schedule } from './schedule.ts';

/** Placeholder for a deleted service. */
export const UNKNOWN_SERVICE: Names = { de: '?' };

/** Names by the present schedule; empty for who or what is gone. */
export function namesOf(
  schedule: Schedule,
  { serviceId, moreServiceIds, staffId, branchId }: Appointment,
): Pick<AppointmentDetail, 'staffName' | 'branchName' | 'timeZone' | 'serviceNames'> {
  const branch = schedule.branches.get(branchId);
  return {
    staffName: schedule.staff.get(staffId)?.name ?? '',
    branchName: branch?.body.name ?? '',
    timeZone: branch?.body.timeZone ?? 'UTC',
    serviceNames: [serviceId, ...moreServiceIds].map((id) => schedule.services.get(id)?.body.name ?? UNKNOWN_SERVICE),
  };
}

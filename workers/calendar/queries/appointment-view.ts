/** An appointment as the API shows it, made of the object's answer or of a projected row. Called by appointments.ts, day.ts and booking-routes.ts. */
import { allowedActions, isOpen } from '../../../shared/appointment-status.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import type { AppointmentView, SegmentView } from '../../../shared/contract/appointments.ts';
import { fullName } from '../../../shared/full-name.ts';
import { inLanguage, type Language } from '../../../shared/i18n/language.ts';
import { toIso } from '../../../shared/time.ts';
import type { CustomerRow } from '../../storage/queries/customers.ts';
import type { Appointment, AppointmentTexts, SegmentRow } from '../types.ts';

/** Of a service that is no longer there. */
export const UNKNOWN_NAME = { de: '?' };

/** What of an appointment is shown; a projected row has it, and so has the object's. */
type ViewedField =
  | 'id'
  | 'branchId'
  | 'customerId'
  | 'serviceId'
  | 'moreServiceIds'
  | 'staffId'
  | 'startsAt'
  | 'endsAt'
  | 'status'
  | 'source'
  | 'bookingType'
  | 'partySize'
  | 'priceCents'
  | 'currency'
  | 'calcomUid'
  | 'syncStatus'
  | 'callId'
  | 'segments'
  | 'rescheduleCount'
  | 'policyViolation'
  | 'version'
  | 'createdAt'
  | 'updatedAt';
/** Instants are plain epoch milliseconds in rows. */
export type ViewedAppointment = {
  [F in ViewedField]: Appointment[F] extends number ? number : Appointment[F];
};

export interface AppointmentNames {
  staffName: string;
  branchName: string;
  timeZone: string;
  serviceNames: { de: string; en?: string | undefined }[];
  /** the reader may see ids of Cal.com's: whoever knows a booking's uid opens and cancels it there */
  seesCalcom: boolean;
}

/** An appointment as the API shows it, names in the reader's language. @param customerName null where nobody looked it up */
export function viewOfAppointment(
  a: ViewedAppointment,
  texts: AppointmentTexts,
  names: AppointmentNames,
  { language, now }: { language: Language; now: Instant },
  customerName: string | null = null,
): AppointmentView {
  return {
    id: a.id,
    branch_id: a.branchId,
    branch_name: names.branchName,
    customer_id: a.customerId,
    customer_name: customerName,
    service_id: a.serviceId,
    service_name: names.serviceNames.map((name) => inLanguage(name, language)).join(' + '),
    more_service_ids: a.moreServiceIds,
    staff_id: a.staffId,
    staff_name: names.staffName,
    starts_at: toIso(a.startsAt),
    ends_at: toIso(a.endsAt),
    time_zone: names.timeZone,
    status: a.status,
    source: a.source,
    booking_type: a.bookingType,
    party_size: a.partySize,
    price_cents: a.priceCents,
    currency: a.currency,
    notes: texts.notes,
    internal_notes: texts.internalNotes,
    calcom_booking_id: names.seesCalcom ? a.calcomUid : null,
    sync_status: a.syncStatus,
    call_id: a.callId,
    segments: a.segments.map(segmentView),
    reschedule_count: a.rescheduleCount,
    policy_violation: a.policyViolation,
    version: a.version,
    allowed_actions: [
      ...allowedActions({ status: a.status, startsAt: asInstant(a.startsAt) }, now),
      ...(isOpen(a.status) && a.endsAt > now ? ['reschedule', 'cancel'] : []),
    ],
    created_at: toIso(a.createdAt),
    updated_at: toIso(a.updatedAt),
  };
}

/** A stretch of an appointment as the API shows it. */
export const segmentView = (segment: SegmentRow): SegmentView => ({
  starts_at: toIso(segment.startsAt),
  ends_at: toIso(segment.endsAt),
  kind: segment.kind,
  staff_id: segment.staffId,
  service_id: segment.serviceId,
});

/** The name of a customer that may be gone. */
export const nameOf = (row: CustomerRow | undefined): string | null => (row ? fullName(row) : null);

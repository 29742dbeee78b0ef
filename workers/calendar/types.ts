/** The calendar's vocabulary under one name, for modules that read it; inside the calendar each file is imported by its own. */
export * from './bounds.ts';
export * from './call-state.ts';
export { busySourceId } from './rules/busy-source.ts';
export * from './commands/inputs.ts';
export * from './master-data.ts';
export type * from './reads.ts';
export type * from './rows.ts';
export { isInTurn, sizeOf } from './rows.ts';
export type { CalendarEvent } from './events.ts';
export { SCHEDULE_KINDS } from '../events/calendar.ts';
export type {
  ActorRef,
  Appointment,
  AppointmentSource,
  AppointmentStatus,
  BookingType,
  ExternalConflict,
  Modification,
  PolicyCheck,
  ResourceUse,
  ScheduleKind,
  SegmentRow,
  SyncStatus,
} from '../events/calendar.ts';
export {
  MAX_APPOINTMENT_MINUTES,
  MAX_DAYS_AHEAD,
  MAX_HOLD_SECONDS,
  MAX_HOLDS_PER_OWNER,
  MAX_NOTES,
  MAX_QUERY_DAYS,
  MAX_SEGMENTS,
  MAX_SERVICES_PER_BOOKING,
  MAX_SLOTS,
} from '../../shared/calendar-limits.ts';
export type { SlotPreference, StatusAction } from '../../shared/appointment-status.ts';
export type { Names, Period } from '../../shared/contract/master-data.ts';
export { GREETINGS, IDENTITY_MODES } from '../../shared/schedule-sets.ts';
export type { Alternative, UnavailableReason } from '../../shared/errors.ts';

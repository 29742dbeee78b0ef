/** The closed sets an appointment's fields come from, without zod: both web apps, rules, tables and the contract read them here. */

export const APPOINTMENT_STATUSES = [
  'pending',
  'confirmed',
  'in_progress',
  'completed',
  'cancelled',
  'no_show',
] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

/** Through which channel it was made. Customers and leads say the same of themselves. */
export const APPOINTMENT_SOURCES = ['phone_ai', 'admin', 'portal', 'public', 'api', 'calcom', 'import'] as const;
export type AppointmentSource = (typeof APPOINTMENT_SOURCES)[number];

/** `none`: the tenant has no Cal.com; `failed`: parked, a person must look. */
export const SYNC_STATUSES = ['none', 'pending', 'synced', 'failed'] as const;
export type SyncStatus = (typeof SYNC_STATUSES)[number];
/** Of an appointment that was or will be pushed. */
export const PUSH_STATUSES = ['pending', 'synced', 'failed'] as const satisfies SyncStatus[];

export const BOOKING_TYPES = ['single', 'composite', 'recurring', 'group'] as const;
export type BookingType = (typeof BOOKING_TYPES)[number];

/** `passive`: the chair stays taken, the person is free. */
export const SEGMENT_KINDS = ['active', 'passive'] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** What the policy says to a change. */
export const POLICY_CHECKS = ['passed', 'warning', 'blocked'] as const;
export type PolicyCheck = (typeof POLICY_CHECKS)[number];

/** What a person may do to an appointment's state. */
export const STATUS_ACTIONS = ['confirm', 'start', 'complete', 'no_show'] as const;
export type StatusAction = (typeof STATUS_ACTIONS)[number];

/** Minutes from the start (before it: negative) from which an action says something that can have happened; absent: at any time. */
export const ACTION_FROM_MINUTE: Readonly<Partial<Record<StatusAction, number>>> = {
  start: -15,
  complete: 0,
  no_show: 5,
};

/**
 * What each state may become, and by which action. `complete` passes through in_progress in one step: a salon that never pressed "start"
 * still closes its day; the modification names both states. Cancelling and moving have rules of their own.
 */
export const STATUS_AFTER: Readonly<Record<AppointmentStatus, Partial<Record<StatusAction, AppointmentStatus>>>> = {
  pending: { confirm: 'confirmed', no_show: 'no_show' },
  confirmed: { start: 'in_progress', complete: 'completed', no_show: 'no_show' },
  in_progress: { complete: 'completed' },
  completed: {},
  cancelled: {},
  no_show: {},
};

/** What may be done with an appointment at `now`. @param startsAt and @param now milliseconds. Decided by the server, offered by the web apps. */
export const allowedActions = (
  { status, startsAt }: { status: AppointmentStatus; startsAt: number },
  now: number,
): StatusAction[] =>
  (Object.keys(STATUS_AFTER[status]) as StatusAction[]).filter(
    (action) => now >= startsAt + (ACTION_FROM_MINUTE[action] ?? Number.NEGATIVE_INFINITY) * 60_000,
  );

/** The same in a path. */
export const STATUS_ACTION_PATHS = ['confirm', 'start', 'complete', 'no-show'] as const;
export type StatusActionPath = (typeof STATUS_ACTION_PATHS)[number];

/** Why there is a free slot, or none. */
export const AVAILABILITY_REASONS = [
  'free',
  'full',
  'closed',
  'away',
  'does_not_fit',
  'off_step',
  'outside_notice',
  'not_configured',
  'upstream_down',
] as const;

/** Which of several free people gets it. */
export const SLOT_PREFERENCES = ['even_load', 'earliest', 'same_staff', 'least_fragmentation'] as const;
export type SlotPreference = (typeof SLOT_PREFERENCES)[number];

/** What a recorded change of an appointment was. */
export const MODIFICATION_TYPES = [
  'reschedule',
  'cancel',
  'restore',
  'status',
  'external_reschedule',
  'external_cancel',
] as const;

/** Whether it may still be moved or cancelled. */
export const isOpen = (status: AppointmentStatus): boolean => status === 'pending' || status === 'confirmed';

/** Who reads a note of staff on an appointment beside its author: everybody who may read notes, or the management. */
export const NOTE_VISIBILITIES = ['staff', 'management'] as const;

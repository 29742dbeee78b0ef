/** What a calendar event causes outside: pushes to Cal.com and notices, by id. Pure; called by the object's effects sink. */
import { isTestCall } from '../../shared/ids.ts';
import type { CalendarEventType, Reactions, ReadEvent } from '../events/catalogue.ts';
import type { EffectSpec, Effects } from '../events/effects.ts';
import type { ActorRef, Appointment, Modification } from '../events/calendar.ts';

/** What effects take of the event that causes them. */
type Caused = Pick<ReadEvent, 'id' | 'at'>;

/**
 * Notices of bookings that were made elsewhere, or long ago, would surprise people: Cal.com notifies its own guests. Changes made over
 * the phone are always notified: by that message people notice a change that was not theirs.
 */
function notice(
  event: Caused,
  name: 'confirmed' | 'rescheduled' | 'cancelled',
  appointment: Appointment,
  wanted: boolean,
  by: ActorRef['kind'] | null = null,
): EffectSpec[] {
  if (isTestCall(appointment.callId)) return [];
  const elsewhere = appointment.source === 'calcom' || appointment.source === 'import';
  if (!wanted || (elsewhere && by !== 'phone' && by !== 'customer')) return [];
  const { id, customerId, version, startsAt } = appointment;
  return [
    {
      id: `${event.id}:notify`,
      queue: 'high',
      kind: 'notify',
      ref: { event: `appointment.${name}`, appointmentId: id, customerId, version, startsAt },
    },
  ];
}

const push = (event: Caused, { id, version, syncStatus, callId }: Appointment): EffectSpec[] =>
  syncStatus === 'pending' && !isTestCall(callId)
    ? [{ id: `${event.id}:calcom`, queue: 'medium', kind: 'calcom.push', ref: { appointmentId: id, version } }]
    : [];

/** Links the appointment to the call that booked it. */
const link = (event: Caused, { id, callId, customerId }: Appointment): EffectSpec[] =>
  callId === null
    ? []
    : [
        {
          id: `${event.id}:call.link`,
          queue: 'low',
          kind: 'call.link',
          ref: { callId, appointmentId: id, customerId },
        },
      ];

/**
 * The fee of an appointment: due when it becomes confirmed, given back when it is cancelled in time, by the plan, which also says whose
 * appointments it charges. Nobody pays for a test call's, for what was imported, nor for what lay in the past already when it reached us.
 */
function fee(
  event: Caused,
  { id, source, version, startsAt, createdAt, companyId, branchId, callId }: Appointment,
  change: Effects['usage.appointment']['change'],
): EffectSpec[] {
  if (source === 'import' || isTestCall(callId) || (change === 'confirmed' && startsAt <= createdAt)) return [];
  return [
    {
      id: `${event.id}:usage`,
      queue: 'low',
      kind: 'usage.appointment',
      ref: { appointmentId: id, at: event.at, version, change, source, companyId, branchId },
    },
  ];
}

const feeOnceConfirmed = (event: Caused, appointment: Appointment): EffectSpec[] =>
  appointment.status === 'confirmed' ? fee(event, appointment, 'confirmed') : [];

/** In time: the policy let it pass, and it has not begun. */
const feeOfCancelled = (event: Caused, appointment: Appointment, { policyCheck }: Modification): EffectSpec[] => {
  const isInTime = policyCheck === 'passed' && event.at < appointment.startsAt;
  return fee(event, appointment, isInTime ? 'cancelled_in_time' : 'cancelled_late');
};

const nothing = (): EffectSpec[] => [];

/** Which effects each event of the calendar causes. */
export const CALENDAR_REACTIONS: Reactions<CalendarEventType> = {
  'appointment.booked': (event) => {
    const { appointment } = event.body;
    return [
      ...push(event, appointment),
      ...notice(event, 'confirmed', appointment, appointment.notify && appointment.status === 'confirmed'),
      ...link(event, appointment),
      ...feeOnceConfirmed(event, appointment),
    ];
  },
  'appointment.rescheduled': (event) => {
    const { appointment, modification, notify } = event.body;
    return [...push(event, appointment), ...notice(event, 'rescheduled', appointment, notify, modification.actor.kind)];
  },
  'appointment.cancelled': (event) => {
    const { appointment, modification, notify } = event.body;
    return [
      ...push(event, appointment),
      ...notice(event, 'cancelled', appointment, notify, modification.actor.kind),
      ...feeOfCancelled(event, appointment, modification),
    ];
  },
  'appointment.restored': (event) => {
    const { appointment, modification } = event.body;
    // Who was notified of the cancellation is notified that it stands again, whatever was requested when it was booked.
    return [
      ...push(event, appointment),
      ...notice(event, 'confirmed', appointment, appointment.status === 'confirmed', modification.actor.kind),
      ...feeOnceConfirmed(event, appointment),
    ];
  },
  'appointment.status_changed': (event) => {
    const { appointment, modification } = event.body;
    const confirmed = modification.oldStatus === 'pending' && appointment.status === 'confirmed';
    return [
      ...push(event, appointment),
      ...notice(event, 'confirmed', appointment, confirmed && appointment.notify),
      ...(confirmed ? fee(event, appointment, 'confirmed') : []),
    ];
  },
  'schedule.item_put': (event) =>
    event.body.kind === 'service' ? [{ id: `${event.id}:routes`, queue: 'low', kind: 'calcom.routes', ref: {} }] : [],
  'appointment.removed': nothing,
  'appointment.linked': nothing,
  'appointment.imported': nothing,
  'appointment.deleted': nothing,
  'appointment.undeleted': nothing,
  'appointment.note_added': nothing,
  'appointment.texts_erased': ({ id, body: { appointment, leaves } }) =>
    leaves === undefined
      ? []
      : [
          {
            id: `${id}:leave`,
            queue: 'medium',
            kind: 'calcom.leave',
            ref: { appointmentId: appointment.id, uids: leaves },
          },
        ],
  'schedule.item_removed': nothing,
  'hold.placed': nothing,
  'hold.released': nothing,
  'external.conflict_found': nothing,
  'external.conflict_resolved': ({ id, body: { conflict, repeats } }) => [
    ...(repeats !== undefined && conflict.appointmentId !== null
      ? [
          {
            id: `${id}:calcom`,
            queue: 'medium' as const,
            kind: 'calcom.push' as const,
            ref: { appointmentId: conflict.appointmentId, version: repeats },
          },
        ]
      : []),
    ...(conflict.kind === 'booking' && conflict.resolution === 'keep_ours'
      ? [
          {
            id: `${id}:cancel`,
            queue: 'medium' as const,
            kind: 'calcom.cancel' as const,
            ref: { conflictId: conflict.id },
          },
        ]
      : []),
  ],
  'external.busy_changed': nothing,
  'busy_source.replaced': nothing,
  'busy_source.removed': nothing,
};

/** What a calendar event causes outside: pushes to Cal.com and notices, by id. Pure; called by the object's effects sink. */
import type { OutboxEvent } from '../object-runtime/events.ts';
import type { EffectSpec } from '../projection/rows.ts';
import { calendarEventOf } from './events.ts';
import type { ActorRef, Appointment } from './types.ts';

/**
 * Notices of bookings that were made elsewhere, or long ago, would surprise people: Cal.com tells its own guests. What was changed over
 * the phone is told of every booking: by that message people notice that it was not them.
 */
function notice(
  event: OutboxEvent,
  name: 'confirmed' | 'rescheduled' | 'cancelled',
  appointment: Appointment,
  wanted: boolean,
  by: ActorRef['kind'] | null = null,
): EffectSpec[] {
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

const push = (event: OutboxEvent, { id, version, syncStatus }: Appointment): EffectSpec[] =>
  syncStatus === 'pending'
    ? [{ id: `${event.id}:calcom`, queue: 'medium', kind: 'calcom.push', ref: { appointmentId: id, version } }]
    : [];

/** The call that booked it learns of its appointment. */
const link = (event: OutboxEvent, { id, callId, customerId }: Appointment): EffectSpec[] =>
  callId === null
    ? []
    : [
        {
          id: `${event.id}:call.link`,
          queue: 'medium',
          kind: 'call.link',
          ref: { callId, appointmentId: id, customerId },
        },
      ];

/** Sources whose bookings the product made itself: the plan prices them. */
const METERED: ReadonlySet<Appointment['source']> = new Set(['phone_ai', 'public', 'portal']);
const meter = (event: OutboxEvent, { id, source }: Appointment): EffectSpec[] =>
  METERED.has(source)
    ? [
        {
          id: `${event.id}:usage`,
          queue: 'medium',
          kind: 'usage.appointment',
          ref: { appointmentId: id, at: event.at },
        },
      ]
    : [];

/** Effects of an event. Unknown events of a later version cause nothing. */
export function effectsOf(outgoing: OutboxEvent): EffectSpec[] {
  const event = calendarEventOf(outgoing);
  switch (event?.type) {
    case 'appointment.booked': {
      const { appointment } = event;
      return [
        ...push(outgoing, appointment),
        ...notice(outgoing, 'confirmed', appointment, appointment.notify && appointment.status === 'confirmed'),
        ...link(outgoing, appointment),
        ...meter(outgoing, appointment),
      ];
    }
    case 'appointment.rescheduled':
      return [
        ...push(outgoing, event.appointment),
        ...notice(outgoing, 'rescheduled', event.appointment, event.notify, event.modification.actor.kind),
      ];
    case 'appointment.cancelled':
      return [
        ...push(outgoing, event.appointment),
        ...notice(outgoing, 'cancelled', event.appointment, event.notify, event.modification.actor.kind),
      ];
    case 'appointment.restored': {
      const { appointment, modification } = event;
      // Who was told of the cancellation is told that it stands again, whatever was wished when it was booked.
      return [
        ...push(outgoing, appointment),
        ...notice(outgoing, 'confirmed', appointment, appointment.status === 'confirmed', modification.actor.kind),
      ];
    }
    case 'appointment.status_changed': {
      const { appointment, modification } = event;
      const confirmed = modification.oldStatus === 'pending' && appointment.status === 'confirmed';
      return [
        ...push(outgoing, appointment),
        ...notice(outgoing, 'confirmed', appointment, confirmed && appointment.notify),
      ];
    }
    case 'schedule.item_put':
      return event.kind === 'service'
        ? [{ id: `${outgoing.id}:routes`, queue: 'low', kind: 'calcom.routes', ref: {} }]
        : [];
    case 'appointment.linked':
    case 'appointment.imported':
    case 'appointment.texts_erased':
    case 'schedule.item_removed':
    case 'hold.placed':
    case 'hold.released':
    case 'external.conflict_found':
    case 'external.conflict_resolved':
    case 'external.busy_changed':
    case undefined:
      return [];
  }
}

/** Domain event → the kit's envelope, and back. Called by the rules' object methods, projection and reactions. */
import type { NewEvent } from '../object-runtime/events.ts';
import type { JsonObject } from '../object-runtime/hash.ts';
import type { CalendarEvent } from './types.ts';

/** Version of the bodies below; receivers upcast older ones. */
const CALENDAR_EVENT_VERSION = 1;

const entityOf = (event: CalendarEvent): string => {
  switch (event.type) {
    case 'appointment.booked':
    case 'appointment.rescheduled':
    case 'appointment.cancelled':
    case 'appointment.restored':
    case 'appointment.status_changed':
    case 'appointment.linked':
    case 'appointment.imported':
    case 'appointment.texts_erased':
      return event.appointment.id;
    case 'schedule.item_put':
    case 'schedule.item_removed':
      return event.itemId;
    case 'hold.placed':
    case 'hold.released':
      return event.lockTokenHash;
    case 'external.conflict_found':
    case 'external.conflict_resolved':
      return event.conflict.id;
    case 'external.busy_changed':
      return event.staffId;
  }
};

export function envelope(event: CalendarEvent): NewEvent {
  const { type, ...body } = event;
  return { type, v: CALENDAR_EVENT_VERSION, entity: entityOf(event), body: body as unknown as JsonObject };
}

/** Reads an envelope that this room wrote; an unknown type is null (a newer sender). */
export function calendarEventOf(event: Pick<NewEvent, 'type' | 'body'>): CalendarEvent | null {
  return event.type in KNOWN ? ({ ...event.body, type: event.type } as unknown as CalendarEvent) : null;
}
const KNOWN: Record<CalendarEvent['type'], true> = {
  'appointment.booked': true,
  'appointment.rescheduled': true,
  'appointment.cancelled': true,
  'appointment.restored': true,
  'appointment.status_changed': true,
  'appointment.linked': true,
  'appointment.imported': true,
  'appointment.texts_erased': true,
  'schedule.item_put': true,
  'schedule.item_removed': true,
  'hold.placed': true,
  'hold.released': true,
  'external.conflict_found': true,
  'external.conflict_resolved': true,
  'external.busy_changed': true,
};

/** The calendar's events in one flat shape, as its commands write them, and their way into the catalogue's envelope. */
import { type CalendarEventType, type EventBodies, type MadeEvent, makeEvent } from '../events/catalogue.ts';

export type CalendarEvent = { [K in CalendarEventType]: { type: K } & EventBodies[K] }[CalendarEventType];

/** The envelope of an event: version and entity follow from the catalogue. */
export function envelope({ type, ...body }: CalendarEvent): MadeEvent<CalendarEventType> {
  return makeEvent(type, body as EventBodies[typeof type]);
}

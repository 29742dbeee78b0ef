/** One appointment as iCalendar (RFC 5545, iTIP RFC 5546): attached to confirmations and served as a feed. */
import { generateIcsCalendar, type IcsCalendar } from 'ts-ics';

export interface IcsAppointment {
  /** stable for the life of the appointment, through all moves */
  id: string;
  /** grows with every change */
  version: number;
  startsAt: number;
  endsAt: number;
  summary: string;
  location: string;
  description?: string;
  organizer: { name: string; email: string };
  attendee?: { name: string; email: string };
  cancelled: boolean;
  /** when this version was made */
  stampedAt: number;
}

export function appointmentIcs(appointment: IcsAppointment): string {
  const calendar: IcsCalendar = {
    version: '2.0',
    prodId: '-//AskProAI//Appointments//EN',
    method: appointment.cancelled ? 'CANCEL' : 'REQUEST',
    events: [
      {
        uid: `${appointment.id}@askproai`,
        sequence: Math.max(0, appointment.version - 1),
        stamp: { date: new Date(appointment.stampedAt) },
        start: { date: new Date(appointment.startsAt) },
        end: { date: new Date(appointment.endsAt) },
        summary: appointment.summary,
        location: appointment.location,
        ...(appointment.description ? { description: appointment.description } : {}),
        status: appointment.cancelled ? 'CANCELLED' : 'CONFIRMED',
        organizer: appointment.organizer,
        ...(appointment.attendee
          ? { attendees: [{ ...appointment.attendee, partstat: 'NEEDS-ACTION' as const }] }
          : {}),
      },
    ],
  };
  return generateIcsCalendar(calendar);
}

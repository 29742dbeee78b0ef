/**
 * One appointment as iCalendar (RFC 5545, iTIP RFC 5546): attached to confirmations and served as a feed. Names are untrusted input and
 * the writer quotes nothing, so every value is made harmless here: no name can add a line, a property or a parameter.
 */
import { generateIcsCalendar, type IcsCalendar } from 'ts-ics';
import { visibleLine, visibleText } from './visible-text.ts';

export interface IcsAppointment {
  /** stable for the life of the appointment, through all moves */
  id: string;
  /** of the tenant: files of a brand name no other */
  host: string;
  /** grows with every change */
  version: number;
  startsAt: number;
  endsAt: number;
  summary: string;
  location: string;
  /** degrees; null: nobody has said where it is */
  place?: { latitude: number; longitude: number } | null | undefined;
  description?: string;
  organizer: { name: string; email: string };
  attendee?: { name: string; email: string };
  cancelled: boolean;
  /** when this version was made */
  stampedAt: number;
}

/** Longest name, place and title, characters: eight services with names of 120 fit. */
const MAX_LINE = 1_200;
const MAX_DESCRIPTION = 5_000;
/** RFC 5545 § 3.1: octets of a line without its end. */
const MAX_OCTETS = 75;
const CRLF = '\r\n';

/** One appointment as a calendar file (RFC 5545): instants in UTC, lines cut to their octets. A cancelled one says so under the same
 * id and a higher sequence, so that calendars take it out. */
export function appointmentIcs(appointment: IcsAppointment): string {
  const host = hostName(appointment.host);
  const calendar: IcsCalendar = {
    version: '2.0',
    prodId: `-//${host}//Appointments//EN`,
    method: appointment.cancelled ? 'CANCEL' : 'REQUEST',
    events: [
      {
        uid: `${appointment.id}@${host}`,
        sequence: Math.max(0, appointment.version - 1),
        stamp: { date: new Date(appointment.stampedAt) },
        start: { date: new Date(appointment.startsAt) },
        end: { date: new Date(appointment.endsAt) },
        summary: line(appointment.summary),
        location: line(appointment.location),
        ...(appointment.place ? { geo: `${appointment.place.latitude};${appointment.place.longitude}` } : {}),
        ...(appointment.description ? { description: paragraphs(appointment.description) } : {}),
        status: appointment.cancelled ? 'CANCELLED' : 'CONFIRMED',
        organizer: party(appointment.organizer),
        ...(appointment.attendee
          ? { attendees: [{ ...party(appointment.attendee), partstat: 'NEEDS-ACTION' as const }] }
          : {}),
      },
    ],
  };
  return folded(generateIcsCalendar(calendar));
}

const cut = (text: string, max: number): string => [...text.toWellFormed()].slice(0, max).join('');
const line = (text: string): string => cut(visibleLine(text), MAX_LINE);
/** Letters, digits, points and dashes, as hosts are: it stands in values that nothing quotes. */
const hostName = (host: string): string => host.replace(/[^A-Za-z0-9.-]/g, '');
const paragraphs = (text: string): string => cut(visibleText(text).replace(/\r\n?/g, '\n'), MAX_DESCRIPTION);

/**
 * `CN` as a quoted parameter: the writer puts it down as it is. A quote can't stand inside, and `^` would begin an escape of RFC 6868
 * (`^n` is a line end). The address is a `mailto:` URI, so whatever it may not hold is percent-encoded.
 */
const party = ({ name, email }: { name: string; email: string }): { name: string; email: string } => ({
  name: `"${line(name).replace(/["^]/g, "'")}"`,
  email: cut(visibleLine(email), MAX_LINE).replace(/[^A-Za-z0-9@.!#$&'*+/=?^_`{|}~-]/gu, encodeURIComponent),
});

/** Lines of at most 75 octets, cut between characters: the writer counts UTF-16 units, so that two umlauts make a line too long. */
function folded(ics: string): string {
  const unfolded = ics.replace(/\r\n[ \t]/g, '');
  return unfolded
    .split(CRLF)
    .map((whole) => {
      let octets = 0;
      let text = '';
      for (const character of whole) {
        const size = octetsOf(character);
        if (octets + size > MAX_OCTETS) {
          text += `${CRLF} `;
          octets = 1;
        }
        text += character;
        octets += size;
      }
      return text;
    })
    .join(CRLF);
}

/** UTF-8 length of one character. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4;
}

/** What the calendar answers to those who look: a day, an appointment with its names, opening hours, rows for a rebuild. */
import type { AppointmentRecords } from './store/records.ts';
import type { IdOrText } from '../../shared/ids.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Names, Period } from '../../shared/contract/master-data.ts';
import type { WallDate, WallTime } from '../../shared/time.ts';
import type { ExceptionBody, ScheduleSnapshot } from './master-data.ts';
import type { AppointmentTexts, CustomerStats } from './rows.ts';
import type { Appointment } from '../events/calendar.ts';

export interface DayQuery {
  now: Instant;
  branchId: IdOrText<'bra'> | null;
  date: WallDate;
  /** only this person's column */
  staffId?: IdOrText<'stf'> | null;
}
/** Several days from `date` on. */
export interface DaysQuery extends DayQuery {
  days: number;
}
export interface DaysAnswer {
  days: DayAnswer[];
  /** the first day that was left out because those before it hold enough */
  nextDate: WallDate | null;
}
export interface DayAnswer {
  branch: { id: string; name: string; companyId: string; timeZone: string };
  date: WallDate;
  dayStartsAt: Instant;
  dayEndsAt: Instant;
  opens: WallTime | null;
  closes: WallTime | null;
  open: Period[];
  /** name of the public holiday, if it is one */
  holiday: Names | null;
  staff: {
    id: string;
    name: string;
    colour: string | null;
    working: Period[];
    /** `title`: what an imported calendar says of it, where that was kept */
    absences: (Period & { reason: ExceptionBody['kind'] | 'external'; title: string | null })[];
    serviceIds: string[];
  }[];
  /** cancelled ones included */
  appointments: (Appointment & AppointmentTexts)[];
  /** appointments of colleagues, where the reader sees no more of them (tenancy/own-only.ts) */
  busy: { staffId: string; startsAt: Instant; endsAt: Instant }[];
  holds: { lockToken: string; staffId: string; startsAt: Instant; endsAt: Instant; expiresAt: Instant }[];
  resources: { id: string; name: string }[];
  services: { id: string; name: Names; colour: string | null; segments: { id: string; name: Names | null }[] }[];
}

export interface AppointmentDetail extends AppointmentRecords {
  appointment: Appointment;
  texts: AppointmentTexts;
  staffName: string;
  branchName: string;
  timeZone: string;
  serviceNames: Names[];
  neutralNames: (Names | null)[];
}
export interface CustomerAppointments {
  stats: CustomerStats;
  /** by start, ascending; ≤ 50 */
  upcoming: AppointmentDetail[];
  /** most recent first; ≤ 20 */
  past: AppointmentDetail[];
}
/** Opening hours by the engine's own rules over a snapshot; made in the client, memoised per version and isolate. */
export interface OpenHours {
  version: number;
  snapshot: ScheduleSnapshot;
  /** minutes of the branch's clock, half open; empty = closed or unknown branch */
  openOn(branchId: string, date: WallDate): { from: number; to: number }[];
  holidayOn(branchId: string, date: WallDate): Names | null;
}
/** Something that is no fact of the calendar but concerns who looks at it: a call began or changed. */
export interface Announcement {
  event: string;
  id?: string;
  data?: Record<string, unknown>;
}

/** Current rows as the projection writes them (snake_case columns), for a rebuild. */
export interface DumpPage {
  tables: { table: string; rows: (Record<string, string | number | null> & { epoch: number; seq: number })[] }[];
  next: string | null;
}

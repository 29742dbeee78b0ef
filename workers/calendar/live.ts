/**
 * What the calendar's live stream says of an event: ids to read again and the branch's days they touch. A change of the schedule touches
 * every day: `days` is absent. Pure; called by `calendar-object.ts` (broadcast and backlog).
 */
import { dateOf } from '../../shared/time.ts';
import { type CalendarEventType, type EventTable, readOf, tell } from '../events/catalogue.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import { formatPosition, type StreamMessage } from '../object-runtime/streams.ts';
import type { Schedule } from './engine/schedule.ts';
import type { Appointment, Modification } from '../events/calendar.ts';

interface Touched {
  ids: string[];
  days?: { branch_id: string; date: string }[];
}

const dayOf = (schedule: Schedule, branchId: string, instant: number) => ({
  branch_id: branchId,
  date: dateOf(instant, schedule.branches.get(branchId)?.body.timeZone ?? 'UTC'),
});

const appointment = (
  { body }: { body: { appointment: Appointment; modification?: Modification } },
  schedule: Schedule,
): Touched => {
  const { id, branchId, startsAt } = body.appointment;
  const before = body.modification?.oldStartsAt ?? null;
  return {
    ids: [id],
    days: [startsAt, ...(before === null ? [] : [before])].map((instant) => dayOf(schedule, branchId, instant)),
  };
};

const hold = ({ body }: { body: { staffId: string; startsAt: number | null } }, schedule: Schedule): Touched => {
  const { staffId, startsAt } = body;
  if (startsAt === null) return { ids: [] };
  const branches = schedule.staff.get(staffId)?.body.branchIds ?? [];
  return { ids: [], days: branches.map((branchId) => dayOf(schedule, branchId, startsAt)) };
};

const everyDay = (): Touched => ({ ids: [] });

const CALENDAR_LIVE: EventTable<CalendarEventType, [schedule: Schedule], Touched> = {
  'appointment.booked': appointment,
  'appointment.rescheduled': appointment,
  'appointment.cancelled': appointment,
  'appointment.restored': appointment,
  'appointment.status_changed': appointment,
  'appointment.linked': appointment,
  'appointment.imported': appointment,
  'appointment.removed': appointment,
  'appointment.deleted': appointment,
  'appointment.undeleted': appointment,
  'appointment.note_added': appointment,
  'appointment.texts_erased': appointment,
  'hold.placed': hold,
  'hold.released': hold,
  'schedule.item_put': everyDay,
  'schedule.item_removed': everyDay,
  'external.busy_changed': everyDay,
  'busy_source.replaced': everyDay,
  'busy_source.removed': everyDay,
  'external.conflict_found': everyDay,
  'external.conflict_resolved': everyDay,
};

/** The messages of a stored event (`changeMessage` of shared/contract/live.ts); none for event types of a later deploy. */
export function messageOf(stored: OutboxEvent, schedule: Schedule): StreamMessage[] {
  const event = readOf<CalendarEventType>(CALENDAR_LIVE, stored);
  if (event === null) return [];
  const { ids, days } = tell<CalendarEventType, [Schedule], Touched>(CALENDAR_LIVE, event, schedule);
  return [
    {
      event: 'appointment',
      id: formatPosition(event),
      data: { ids, type: event.type, ...(days ? { days } : {}) },
    },
  ];
}

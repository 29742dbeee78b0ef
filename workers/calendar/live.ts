/** The calendar's live stream: events as a listener hears them, and what a listener who comes back has missed. Called by the object. */
import { dateOf } from '../../shared/time.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import { formatPosition, type StreamMessage } from '../object-runtime/streams.ts';
import type { Schedule } from './engine/schedule.ts';
import { calendarEventOf } from './events.ts';

/**
 * What a listener hears (`liveEventSchema` of shared/contract/faces.ts): ids to read again and the branch's days they touch.
 * A change of the schedule touches every day: `days` is absent.
 */
export function messageOf(outgoing: OutboxEvent, schedule: Schedule): StreamMessage[] {
  const event = calendarEventOf(outgoing);
  if (!event) return [];
  const heard = (ids: string[], days?: { branch_id: string; date: string }[]): StreamMessage[] => [
    {
      event: 'appointment',
      id: formatPosition(outgoing),
      data: { ids, type: event.type, ...(days ? { days } : {}) },
    },
  ];
  const dayOfBranch = (branchId: string, instant: number): { branch_id: string; date: string } => ({
    branch_id: branchId,
    date: dateOf(instant, schedule.branches.get(branchId)?.body.timeZone ?? 'UTC'),
  });
  if ('appointment' in event) {
    const { id, branchId, startsAt } = event.appointment;
    const days = [dayOfBranch(branchId, startsAt)];
    if ('modification' in event && event.modification.oldStartsAt !== null)
      days.push(dayOfBranch(branchId, event.modification.oldStartsAt));
    return heard([id], days);
  }
  switch (event.type) {
    case 'hold.placed':
    case 'hold.released': {
      // Events of the first version of this shape had no start.
      if (typeof event.startsAt !== 'number') return heard([]);
      const branches = schedule.staff.get(event.staffId)?.body.branchIds ?? [];
      return heard(
        [],
        branches.map((branchId) => dayOfBranch(branchId, event.startsAt)),
      );
    }
    case 'schedule.item_put':
    case 'schedule.item_removed':
    case 'external.busy_changed':
    case 'external.conflict_found':
    case 'external.conflict_resolved':
      return heard([]);
  }
}

/** What the three verbs of master data share: whom a change would strand, and how bodies come back in a restore. */
import { holidayOn } from '../../../shared/holidays.ts';
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { NewEvent } from '../../object-runtime/events.ts';
import type { JsonObject } from '../../object-runtime/hash.ts';
import { parseSchedule } from '../engine/schedule.ts';
import { envelope } from '../events.ts';
import { strandedBy } from '../rules/stranded.ts';
import type { CalendarStore } from '../store/store.ts';
import type { ScheduleItem } from '../master-data.ts';
import type { ScheduleKind } from '../../events/calendar.ts';
import type { Drained } from './command.ts';

/** How many future appointments a change leaves without place. Refusal: IN_USE unless confirmed. */
export function strandedWith(
  store: CalendarStore,
  change: { put?: ScheduleItem; removed?: { kind: ScheduleKind; id: string } },
  confirmed: boolean,
  now: Instant,
): Result<number> {
  const appointments = store.appointments.futureOpen(now);
  if (appointments.length === 0) return ok(0);
  const changed = change.put ?? change.removed;
  const items = store.schedule.items().filter((item) => item.kind !== changed?.kind || item.id !== changed.id);
  if (change.put) items.push(change.put);
  const before = store.schedule.current();
  const stranded = strandedBy(before, parseSchedule(items, before.version + 1, holidayOn), appointments);
  const [first] = stranded;
  if (first && !confirmed)
    return err({ code: 'IN_USE', details: { appointments: stranded.length, first_appointment_id: first.id } });
  return ok(stranded.length);
}

export const itemPut = ({ kind, id, version }: ScheduleItem, scheduleVersion: number): NewEvent =>
  envelope({ type: 'schedule.item_put', kind, itemId: id, version, scheduleVersion });

/** Which body a recorded item needs, and the item with it: empty where none had drained. */
export const bodyNeeded = (item: JsonObject): { kind: string; id: string } => ({
  kind: String(item['kind']),
  id: String(item['id']),
});
export const withBody = (item: JsonObject, { bodies }: Drained): JsonObject => ({
  ...item,
  body: (bodies.get(`${String(item['kind'])}/${String(item['id'])}`) ?? {}) as JsonObject,
});

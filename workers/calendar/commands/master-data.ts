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
import type { ScheduleItem, ScheduleKind } from '../types.ts';
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

/** The event of an item that was written: ids, version and the names of the fields that differ from what stood there. */
export const itemPut = (item: ScheduleItem, before: ScheduleItem | null, scheduleVersion: number): NewEvent =>
  envelope({
    type: 'schedule.item_put',
    kind: item.kind,
    itemId: item.id,
    version: item.version,
    scheduleVersion,
    changed: changedFields(before?.body ?? {}, item.body),
  });

/** Names of the members that differ, in the order of the later one. */
function changedFields(before: object, after: object): string[] {
  const old = before as Readonly<Record<string, unknown>>;
  return Object.entries(after)
    .filter(([name, value]) => JSON.stringify(old[name] ?? null) !== JSON.stringify(value ?? null))
    .map(([name]) => name);
}

/** Which body a recorded item needs, and the item with it: empty where none had drained. */
export const bodyNeeded = (item: JsonObject): { kind: string; id: string } => ({
  kind: String(item['kind']),
  id: String(item['id']),
});
export const withBody = (item: JsonObject, { bodies }: Drained): JsonObject => ({
  ...item,
  body: (bodies.get(`${String(item['kind'])}/${String(item['id'])}`) ?? {}) as JsonObject,
});

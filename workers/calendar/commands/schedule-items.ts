/** What the three verbs of master data share: whom a change would strand, and how bodies come back in a restore. */
import { holidayOn } from '../../../shared/holidays.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { type Err, err, ok, type Result } from '../../../shared/result.ts';
import type { TenantLimit } from '../../../shared/tenant-status.ts';
import { toIso } from '../../../shared/time.ts';
import type { NewEvent } from '../../object-runtime/events.ts';
import { type JsonObject, sha256Hex } from '../../object-runtime/hash.ts';
import { parseSchedule, type Schedule } from '../engine/schedule.ts';
import { envelope } from '../events.ts';
import { strandedBy } from '../rules/stranded.ts';
import type { CalendarStore } from '../store/store.ts';
import type { ScheduleItem } from '../master-data.ts';
import type { Appointment, ScheduleKind } from '../../events/calendar.ts';
import type { Drained } from './command.ts';
import type { LimitedKind, RemoveScheduleItem } from './inputs.ts';

/** Stranded appointments that a refusal names; it counts all of them. */
const MAX_NAMED = 10;

/** Whatever is stranded: of a restore alone, which replays what was accepted once. No token of the edge contains it. */
export const ANY_SET = 'any';

/**
 * How many future appointments a change leaves without place. Refusal: WOULD_STRAND unless exactly this was confirmed: this
 * item, version and set of appointments. @param seen `kind/id/version` of what is changed
 */
export function strandedWith(
  store: CalendarStore,
  change: { put?: ScheduleItem; removed?: { kind: ScheduleKind; id: string } },
  { confirmSet = null }: Pick<RemoveScheduleItem, 'confirmSet'>,
  seen: string,
  now: Instant,
): Result<number> {
  const appointments = store.appointments.futureOpen(now);
  if (appointments.length === 0) return ok(0);
  const changed = change.put ?? change.removed;
  const items = store.schedule.items().filter((item) => item.kind !== changed?.kind || item.id !== changed.id);
  if (change.put) items.push(change.put);
  const before = store.schedule.current();
  const stranded = strandedBy(before, parseSchedule(items, before.version + 1, holidayOn), appointments);
  return confirmedWith(stranded, seen, confirmSet);
}

/** How many appointments are stranded. Refusal: WOULD_STRAND, with the first of them, unless exactly they were confirmed for what is `seen`. */
export function confirmedWith(
  stranded: readonly Appointment[],
  seen: string,
  confirmSet: string | null,
): Result<number> {
  if (stranded.length === 0) return ok(0);
  const byStart = stranded.toSorted((a, b) => a.startsAt - b.startsAt || (a.id < b.id ? -1 : 1));
  const set = sha256Hex([seen, ...byStart.map((one) => `${one.id}@${one.startsAt}`)].join('\n'));
  if (confirmSet === ANY_SET || confirmSet === set) return ok(stranded.length);
  return err({
    code: 'WOULD_STRAND',
    details: {
      appointments: stranded.length,
      stranded: byStart.slice(0, MAX_NAMED).map((one) => ({ appointment_id: one.id, starts_at: toIso(one.startsAt) })),
      set,
    },
  });
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

/** What LIMIT_REACHED calls the kinds that a tenant may have so many of. */
const LIMITS: Readonly<Record<LimitedKind, TenantLimit>> = {
  branch: 'branches',
  company: 'companies',
  staff: 'staff',
};
export const isLimited = (kind: ScheduleKind): kind is LimitedKind => kind in LIMITS;

/** How many there are of a kind; of companies those in use, also one that branches name and nobody has saved. */
const PRESENT: Readonly<Record<LimitedKind, (schedule: Pick<Schedule, 'branches' | 'companies' | 'staff'>) => number>> =
  {
    branch: ({ branches }) => branches.size,
    staff: ({ staff }) => staff.size,
    company: ({ branches, companies }) => {
      const named = [...branches.values()].map(({ body }) => body.companyId);
      return [...new Set([...companies.keys(), ...named])].filter((id) => !companies.get(id)?.archived).length;
    },
  };

/**
 * Refuses new items of a kind beyond what the tenant may have (LIMIT_REACHED), counted where they are written: two requests at once can't both be
 * the last. @param more how many are new; none is no question
 */
export function roomRefusal(
  schedule: Pick<Schedule, 'branches' | 'companies' | 'staff'>,
  kind: ScheduleKind,
  more: number,
  most: number | null | undefined,
): Err<DomainError> | null {
  if (more === 0 || most == null || !isLimited(kind)) return null;
  const present = PRESENT[kind](schedule);
  return present + more > most ? err({ code: 'LIMIT_REACHED', limit: LIMITS[kind], max: most }) : null;
}

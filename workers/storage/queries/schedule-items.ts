/** How the projected master data is listed: one list a kind, all of them over `schedule_items`. Named by calendar/schedule-backing.ts. */
import { eq, or, type SQL, sql } from 'drizzle-orm';
import { nameContains } from '../name-contains.ts';
import { type Condition, itemById, type ItemRow, type ListSource } from '../resource-list.ts';
import { scheduleItems } from '../tables/calendar.ts';
import type { TenantDb } from '../tenant-db.ts';

export type ScheduleRow = ItemRow<typeof scheduleItems>;

const { body, branchId, active } = scheduleItems;

/** Judged over a bounded stretch: a kind has tens of items, or hundreds. */
const judged = (where: Condition['where'] | undefined): Condition => ({ where: where ?? sql`1`, indexed: false });

const isOwner = (id: string) => sql`json_extract(${body}, '$.ownerId') = ${id}`;
/** Whether a list inside the body names an id. An id holds no quotes, and json_each would count as rows read. */
const names = (list: 'staff' | 'resources' | 'segments' | 'branchIds', id: string) =>
  sql`instr(json_extract(${body}, ${`$.${list}`}), ${JSON.stringify(id)}) > 0`;

/** @param kind of the calendar's items; which sorts and filters a noun offers says its contract */
export const scheduleList = (kind: string): ListSource<typeof scheduleItems> => ({
  table: scheduleItems,
  within: eq(scheduleItems.kind, kind),
  sorts: {
    id: { by: scheduleItems.id, of: (row) => row.id, kind: 'text' },
    name: { by: scheduleItems.name, of: (row) => row.name ?? '', kind: 'text' },
    updated_at: { by: scheduleItems.updatedAt, of: (row) => row.updatedAt, kind: 'number' },
  },
  filters: {
    active: (value) => judged(eq(active, value === 'true' ? 1 : 0)),
    q: (text) => judged(nameContains(scheduleItems.name, text)),
    // Hours and exceptions by whose they are, services by who does them or what they take.
    staff_id: (id) => judged(or(isOwner(id), names('staff', id))),
    resource_id: (id) => judged(or(isOwner(id), names('resources', id), names('segments', id))),
    // In a list of branches, as the one it stands at, or as the owner itself.
    branch_id: (id) => judged(or(eq(branchId, id), isOwner(id), names('branchIds', id))),
  },
});

/** What is nobody's in person (a branch's, a room's, the company's) and what belongs to one of these people. */
export const notOfColleagues = (own: readonly string[]): SQL =>
  sql`(json_extract(${body}, '$.ownerKind') <> 'staff' OR json_extract(${body}, '$.ownerId') IN (SELECT value FROM json_each(${JSON.stringify(own)})))`;

/** One item, removed or not. */
export const scheduleRow = (db: TenantDb, kind: string, id: string): Promise<ScheduleRow | null> =>
  itemById(db, scheduleItems, id, eq(scheduleItems.kind, kind));

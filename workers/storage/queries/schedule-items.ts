/** How the projected master data is listed: one list a kind, all of them over `schedule_items`. Named by calendar/schedule-backing.ts. */
import { and, desc, eq, isNotNull, or, sql } from 'drizzle-orm';
import { nameContains } from '../name-contains.ts';
import { type Condition, itemById, type ItemRow, type ListSource } from '../resource-list.ts';
import { scheduleItems } from '../tables/calendar.ts';
import type { TenantDb } from '../tenant-db.ts';

export type ScheduleRow = ItemRow<typeof scheduleItems>;

const { body, branchId, companyId, active } = scheduleItems;

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
    from_date: { by: scheduleItems.fromDate, of: (row) => row.fromDate ?? '', kind: 'text' },
    updated_at: { by: scheduleItems.updatedAt, of: (row) => row.updatedAt, kind: 'number' },
  },
  filters: {
    active: (value) => judged(eq(active, value === 'true' ? 1 : 0)),
    q: (text) => judged(nameContains(scheduleItems.name, text)),
    // What has not ended on that day.
    ends_from: (day) => judged(sql`json_extract(${body}, '$.toDate') >= ${day}`),
    company_id: (id) => judged(eq(companyId, id)),
    // Hours and exceptions by whose they are, services by who does them or what they take.
    staff_id: (id) => judged(or(isOwner(id), names('staff', id))),
    resource_id: (id) => judged(or(isOwner(id), names('resources', id), names('segments', id))),
    // In a list of branches, as the one it stands at, or as the owner itself.
    branch_id: (id) => judged(or(eq(branchId, id), isOwner(id), names('branchIds', id))),
  },
});

/** One item, removed or not. */
export const scheduleRow = (db: TenantDb, kind: string, id: string): Promise<ScheduleRow | null> =>
  itemById(db, scheduleItems, id, eq(scheduleItems.kind, kind));

/** Removed items that a list of them shows; a tenant has a handful of what is listed by it. */
const MAX_REMOVED = 100;

/** Removed items of a kind, the last removed first. */
export const removedItems = (db: TenantDb, kind: string): Promise<ScheduleRow[]> =>
  db.rows(scheduleItems, {
    where: and(eq(scheduleItems.kind, kind), isNotNull(scheduleItems.deletedAt)),
    orderBy: [desc(scheduleItems.updatedAt)],
    limit: MAX_REMOVED,
  }) as Promise<ScheduleRow[]>;

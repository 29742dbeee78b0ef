/** D1 rows of what happened with a customer, each kind by its own index. Called by crm/queries/timeline.ts. */
import { desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { allOf, type ListedTable } from '../resource-list.ts';
import { appointments } from '../tables/calendar.ts';
import { calls } from '../tables/calls.ts';
import { customerNotes } from '../tables/crm.ts';
import { ledgerEntries } from '../tables/ledger.ts';
import { notifications } from '../tables/notifications.ts';
import type { TenantDb } from '../tenant-db.ts';

/** Behind an entry: entries are ordered by instant and id, the newest first. */
export interface TimelinePlace {
  at: number;
  id: string;
}
export interface TimelinePart {
  customerId: string;
  after: TimelinePlace | null;
  limit: number;
  /** which rows exist for the reader; undefined: all */
  only: SQL | undefined;
}

/** What was deleted is in no timeline; restored it is there again. Messages are never deleted. */
const part = (
  table: ListedTable & { customerId: typeof appointments.customerId },
  by: typeof appointments.startsAt,
  { customerId, after, only, limit }: TimelinePart,
  deletedAt: SQLiteColumn | null,
) => ({
  where: allOf(
    eq(table.customerId, customerId),
    deletedAt === null ? undefined : isNull(deletedAt),
    after === null ? undefined : sql`(${by}, ${table.id}) < (${after.at}, ${after.id})`,
    only,
  ),
  orderBy: [desc(by), desc(table.id)],
  limit,
});

type Columns<T> = T extends (...given: never[]) => Promise<infer R> ? R : never;

/** Their texts are not read: a page of notes of appointments is not what a timeline shows. */
export async function appointmentsOfTimeline(db: TenantDb, asked: TimelinePart) {
  const { id, startsAt, serviceId, moreServiceIds, staffId, branchId, status, priceCents, currency, deletedAt } =
    appointments;
  const columns = { id, at: startsAt, serviceId, moreServiceIds, staffId, branchId, status, priceCents, currency };
  const rows = await db.fields(appointments, columns, part(appointments as never, startsAt, asked, deletedAt));
  return rows as {
    id: string;
    at: number;
    serviceId: string;
    moreServiceIds: string;
    staffId: string;
    branchId: string;
    status: typeof appointments.$inferSelect.status;
    priceCents: number;
    currency: string;
  }[];
}
export type TimelineAppointment = Columns<typeof appointmentsOfTimeline>[number];

export async function callsOfTimeline(db: TenantDb, asked: TimelinePart) {
  const { id, startedAt, direction, summary, durationMs, appointmentId, deletedAt } = calls;
  const columns = { id, at: startedAt, direction, summary, durationMs, appointmentId };
  const rows = await db.fields(calls, columns, part(calls as never, startedAt as never, asked, deletedAt));
  return rows as {
    id: string;
    at: number;
    direction: typeof calls.$inferSelect.direction;
    summary: string | null;
    durationMs: number | null;
    appointmentId: string | null;
  }[];
}
export type TimelineCall = Columns<typeof callsOfTimeline>[number];

export async function messagesOfTimeline(db: TenantDb, asked: TimelinePart) {
  const { id, createdAt, eventType, channel, status, subject } = notifications;
  const columns = { id, at: createdAt, eventType, channel, status, subject };
  const rows = await db.fields(notifications, columns, part(notifications as never, createdAt as never, asked, null));
  return rows as {
    id: string;
    at: number;
    eventType: string;
    channel: typeof notifications.$inferSelect.channel;
    status: typeof notifications.$inferSelect.status;
    subject: string | null;
  }[];
}

export async function notesOfTimeline(db: TenantDb, asked: TimelinePart) {
  const { id, createdAt, subject, text, type, deletedAt } = customerNotes;
  const columns = { id, at: createdAt, subject, text, type };
  const rows = await db.fields(
    customerNotes,
    columns,
    part(customerNotes as never, createdAt as never, asked, deletedAt),
  );
  return rows as {
    id: string;
    at: number;
    subject: string;
    text: string;
    type: typeof customerNotes.$inferSelect.type;
  }[];
}

/** Movements about these appointments and calls; a call has a handful, an appointment two. */
const MAX_CHARGES = 1_000;

/** What was charged or given back for them, by what it was for. */
export async function chargesAbout(db: TenantDb, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const { referenceId, type, amountCents, currency, occurredAt } = ledgerEntries;
  const columns = { about: referenceId, type, amountCents, currency, at: occurredAt };
  const rows = await db.fields(ledgerEntries, columns, {
    where: sql`${referenceId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
    limit: MAX_CHARGES,
  });
  return rows as {
    about: string;
    type: typeof ledgerEntries.$inferSelect.type;
    amountCents: number;
    currency: string;
    at: number;
  }[];
}

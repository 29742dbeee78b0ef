/** D1 rows of notes about customers. Called by crm/. */
import { and, eq, isNotNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { firstTenantWith } from '../d1.ts';
import { allOf, has, type ListSource } from '../resource-list.ts';
import { customerNotes } from '../tables/crm.ts';
import type { TenantDb } from '../tenant-db.ts';
import { ofHidden } from './customers.ts';

export type CustomerNoteRow = typeof customerNotes.$inferSelect;

export const customerNoteList: ListSource<typeof customerNotes> = {
  table: customerNotes,
  hides: ofHidden('customer_notes'),
  sorts: {
    created_at: { by: customerNotes.createdAt, of: (row) => row.createdAt, kind: 'number' },
    pinned: { by: customerNotes.pinOrder, of: (row) => row.pinOrder ?? row.createdAt, kind: 'number' },
  },
  filters: {
    customer_id: has(customerNotes.customerId, true),
    type: has(customerNotes.type, false),
    pinned: (value) => ({ where: eq(customerNotes.pinned, value === 'true'), indexed: false }),
  },
};

/** Whose notes somebody may read; everything: all of them. */
export interface NoteReader {
  medical: boolean;
  management: boolean;
  author: { kind: string; id: string };
}

/** The rows that exist for a reader; undefined: all. Who wrote a note reads it, unless it is of the kind that asks for its own permission. */
export function notesReadBy({ medical, management, author }: NoteReader): SQL | undefined {
  if (medical && management) return undefined;
  return allOf(
    medical ? undefined : sql`${customerNotes.type} <> 'medical'`,
    management
      ? undefined
      : or(
          eq(customerNotes.visibility, 'staff'),
          and(eq(customerNotes.authorKind, author.kind), eq(customerNotes.authorId, author.id)),
        ),
  );
}

/** The first tenant, `from` itself or behind it, with notes deleted before an instant; null: nobody. */
export const tenantWithLongDeletedNotes = (
  platform: Platform,
  from: string,
  before: number,
): Promise<TenantId | null> =>
  firstTenantWith(
    platform,
    customerNotes,
    from,
    and(isNotNull(customerNotes.deletedAt), lt(customerNotes.deletedAt, before)) ?? sql`0`,
  );

/** Rows of one statement. */
const ROWS = 200;

/** All notes about somebody who is erased, deleted ones, too; answers how many there were. */
export async function eraseCustomerNotes(db: TenantDb, customerId: string): Promise<number> {
  for (let all = 0; ; ) {
    const removed = await db.removeSome(customerNotes, eq(customerNotes.customerId, customerId), ROWS);
    all += removed;
    if (removed < ROWS) return all;
  }
}

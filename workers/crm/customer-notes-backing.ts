/** Where notes about customers are listed and changed: rows of the tenant. Loaded with the first request by customer-notes.resource.ts. */
import type { CustomerNote, CustomerNoteChange, CustomerNoteFields } from '../../shared/contract/customer-notes.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { d1Backing } from '../resources/d1-backing.ts';
import { type ChangeInput, deleteItem, restoreItem } from '../resources/items.ts';
import { customerNoteList, type CustomerNoteRow } from '../storage/queries/customer-notes.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { createCustomerNote } from './commands/create-customer-note.ts';
import { updateCustomerNote } from './commands/update-customer-note.ts';
import { CUSTOMER_NOTE_KIND, notesReached } from './customer-note-kind.ts';

async function views(scope: TenantScope, rows: readonly CustomerNoteRow[]): Promise<CustomerNote[]> {
  const users = [...new Set(rows.flatMap((row) => (row.authorKind === 'user' ? [row.authorId] : [])))];
  const names = users.length === 0 ? new Map<string, string>() : await scope.recentNamesOfUsers(users);
  return rows.map((row) => ({
    id: row.id,
    customer_id: row.customerId,
    subject: row.subject,
    text: row.text,
    type: row.type,
    pinned: row.pinned,
    visibility: row.visibility,
    author_name: row.authorKind === 'user' ? (names.get(row.authorId) ?? null) : null,
    created_at: toIso(row.createdAt),
    updated_at: toIso(row.updatedAt),
    version: row.version,
    deleted_at: isoOrNull(row.deletedAt),
  }));
}

export const customerNotesBacking = d1Backing({
  noun: 'customer_note',
  source: customerNoteList,
  views,
  only: notesReached,
  commands: {
    create: (scope, input: CustomerNoteFields) => createCustomerNote(scope, input),
    update: (scope, { input, ...which }: ChangeInput & { input: CustomerNoteChange }) =>
      updateCustomerNote(scope, { ...which, change: input }),
    remove: (scope, input) => deleteItem(scope, CUSTOMER_NOTE_KIND, 'delete_notes', input),
    restore: (scope, input) => restoreItem(scope, CUSTOMER_NOTE_KIND, 'delete_notes', input),
  },
});

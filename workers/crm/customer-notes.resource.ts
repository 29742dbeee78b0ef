/** Notes about customers as a resource. Mounted by office-app.ts. */
import {
  customerNote,
  customerNoteChange,
  customerNoteFields,
  customerNoteQuery,
} from '../../shared/contract/customer-notes.ts';
import { defineResource } from '../resources/define.ts';
import { lazyBacking } from '../resources/lazy-backing.ts';

export const customerNotesResource = defineResource({
  noun: 'customer_note',
  path: '/api/v1/notes',
  collection: 'customers',
  words: { one: 'a note about a customer', many: 'notes about customers' },
  permissions: { view: 'view_notes', create: 'create_notes', edit: 'edit_notes', remove: 'delete_notes' },
  contract: { item: customerNote, query: customerNoteQuery, create: customerNoteFields, change: customerNoteChange },
  backing: lazyBacking(async () => (await import('./customer-notes-backing.ts')).customerNotesBacking),
});

/** What the commands, the job step and the resource of notes about customers share. */
import { actorMay } from '../../shared/actor.ts';
import type { CustomerNoteType } from '../../shared/message-sets.ts';
import { err, type Result } from '../../shared/result.ts';
import { actorRefOf } from '../calendar/actor-ref.ts';
import { notesReadBy, type NoteReader } from '../storage/queries/customer-notes.ts';
import { ofCustomersReached } from '../storage/queries/reach.ts';
import { allOf } from '../storage/resource-list.ts';
import { customerNotes } from '../storage/tables/crm.ts';
import type { TenantScope } from '../tenancy/scope.ts';

export const CUSTOMER_NOTE_KIND = { noun: 'customer_note', log: 'notes', table: customerNotes } as const;

/** As whom somebody reads notes: management is who may also delete them, as with notes of appointments. */
export const readerOf = ({ actor }: Pick<TenantScope, 'actor'>): NoteReader => {
  const { kind, id } = actorRefOf(actor);
  return {
    medical: actorMay(actor, 'view_medical_notes'),
    management: actorMay(actor, 'delete_notes'),
    author: { kind, id },
  };
};

/** The notes that exist for this actor; undefined: all of the tenant's. */
export async function notesReached(scope: TenantScope) {
  const [read, reached] = [
    notesReadBy(readerOf(scope)),
    ofCustomersReached('customer_notes', await scope.reached(), scope.now),
  ];
  return read === undefined && reached === undefined ? undefined : allOf(read, reached);
}

/** Whoever may not read what is medical can't write it either: it would be gone from their eyes. Null: go on. */
export const medicalRefusal = (
  { actor }: Pick<TenantScope, 'actor'>,
  type: CustomerNoteType | undefined,
): Result<never> | null =>
  type === 'medical' && !actorMay(actor, 'view_medical_notes')
    ? err({ code: 'PERMISSION_DENIED', permission: 'view_medical_notes' })
    : null;

/** The activity log says that a text was written or changed, never what it says: the log outlives the note. */
export const unsaid = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, name === 'subject' || name === 'text' ? '…' : value]),
  );

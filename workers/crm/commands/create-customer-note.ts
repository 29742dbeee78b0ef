/** A new note about a customer. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { CustomerNoteFields } from '../../../shared/contract/customer-notes.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { actorRefOf } from '../../calendar/actor-ref.ts';
import { insertItem } from '../../resources/items.ts';
import type { CustomerNoteRow } from '../../storage/queries/customer-notes.ts';
import { customerRow } from '../../storage/queries/customers.ts';
import { isCustomerReached } from '../../storage/queries/reach.ts';
import { customerNotes } from '../../storage/tables/crm.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_NOTE_KIND, medicalRefusal, unsaid } from '../customer-note-kind.ts';

/** Refusals: PERMISSION_DENIED, NOT_FOUND (the customer). */
export async function createCustomerNote(
  scope: TenantScope,
  input: CustomerNoteFields,
): Promise<Result<CustomerNoteRow>> {
  const refused = permissionRefusal(scope.actor, 'create_notes') ?? medicalRefusal(scope, input.type);
  if (refused) return refused;
  const { customer_id: customerId, subject = '', text, type = 'general', pinned = false, visibility = 'staff' } = input;
  const [isReached, customer] = await Promise.all([
    scope.reached().then((reached) => isCustomerReached(scope.db, customerId, reached, scope.now)),
    customerRow(scope.db, customerId),
  ]);
  if (!isReached || customer === null) return err({ code: 'NOT_FOUND', entity: 'customer' });
  const id = newId('customer_note', scope.now);
  const { kind: authorKind, id: authorId } = actorRefOf(scope.actor);
  const values = { subject, text, type, pinned, visibility };
  const { row } = await insertItem(scope, CUSTOMER_NOTE_KIND, {
    id,
    writes: [
      scope.db.insertOf(customerNotes, {
        ...values,
        id,
        customerId,
        authorKind,
        authorId,
        createdAt: scope.now,
        updatedAt: scope.now,
      }),
    ],
    after: unsaid({ ...values, customer_id: customerId }),
  });
  return row === null ? err({ code: 'NOT_FOUND', entity: 'customer_note' }) : ok(row);
}

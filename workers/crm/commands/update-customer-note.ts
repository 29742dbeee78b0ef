/** A note about a customer is changed or pinned. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { CustomerNoteChange } from '../../../shared/contract/customer-notes.ts';
import type { Result } from '../../../shared/result.ts';
import { changedOf, changeItem, type ChangeInput, valuesBefore } from '../../resources/items.ts';
import type { CustomerNoteRow } from '../../storage/queries/customer-notes.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CUSTOMER_NOTE_KIND, medicalRefusal, unsaid } from '../customer-note-kind.ts';

/** What is left out stays. Refusals: PERMISSION_DENIED, NOT_FOUND, VERSION_CONFLICT. */
export async function updateCustomerNote(
  scope: TenantScope,
  input: ChangeInput & { change: CustomerNoteChange },
): Promise<Result<CustomerNoteRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_notes') ?? medicalRefusal(scope, input.change.type);
  if (refused) return refused;
  return changeItem(scope, CUSTOMER_NOTE_KIND, {
    ...input,
    from: 'live',
    verb: 'updated',
    plan: (row) => {
      const changed = changedOf(row, input.change);
      if (Object.keys(changed).length === 0) return null;
      return { set: changed, before: unsaid(valuesBefore(row, changed)), after: unsaid(changed) };
    },
  });
}

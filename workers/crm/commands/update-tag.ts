/** A tag's name. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Result } from '../../../shared/result.ts';
import { changedOf, changeItem, type ChangeInput, valuesBefore } from '../../resources/items.ts';
import type { TagRow } from '../../storage/queries/tags.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { TAG_KIND } from '../tag-kind.ts';

/** What is left out stays. Refusals: PERMISSION_DENIED, NOT_FOUND, VERSION_CONFLICT. */
export async function updateTag(
  scope: TenantScope,
  input: ChangeInput & { change: { name?: string | undefined } },
): Promise<Result<TagRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_tags');
  if (refused) return refused;
  return changeItem(scope, TAG_KIND, {
    ...input,
    from: 'live',
    verb: 'updated',
    plan: (row) => {
      const changed = changedOf(row, input.change);
      if (Object.keys(changed).length === 0) return null;
      return { set: changed, before: valuesBefore(row, changed), after: changed };
    },
  });
}

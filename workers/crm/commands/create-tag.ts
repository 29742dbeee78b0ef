/** A new tag. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { insertItem } from '../../resources/items.ts';
import type { TagRow } from '../../storage/queries/tags.ts';
import { tags } from '../../storage/tables/crm.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { TAG_KIND } from '../tag-kind.ts';

/** Refusals: PERMISSION_DENIED, NOT_FOUND (the id is a deleted tag's). */
export async function createTag(scope: TenantScope, input: { id: string; name: string }): Promise<Result<TagRow>> {
  const refused = permissionRefusal(scope.actor, 'create_tags');
  if (refused) return refused;
  const { row } = await insertItem(scope, TAG_KIND, {
    id: input.id,
    writes: [scope.db.insertOf(tags, { ...input, createdAt: scope.now, updatedAt: scope.now })],
    after: { name: input.name },
  });
  return row === null ? err({ code: 'NOT_FOUND', entity: 'tag' }) : ok(row);
}

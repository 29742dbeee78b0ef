/** Where tags are listed and changed: rows of the tenant. Loaded with the first request by tags.resource.ts. */
import type { Tag, TagChange, TagFields } from '../../shared/contract/tags.ts';
import { newId } from '../../shared/ids.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { d1Backing } from '../resources/d1-backing.ts';
import { type ChangeInput, deleteItem, restoreItem } from '../resources/items.ts';
import { tagList, type TagRow } from '../storage/queries/tags.ts';
import { createTag } from './commands/create-tag.ts';
import { updateTag } from './commands/update-tag.ts';
import { TAG_KIND } from './tag-kind.ts';

const view = ({ id, name, createdAt, version, deletedAt }: TagRow): Tag => ({
  id,
  name,
  created_at: toIso(createdAt),
  version,
  deleted_at: isoOrNull(deletedAt),
});

export const tagsBacking = d1Backing({
  noun: 'tag',
  source: tagList,
  views: async (_scope, rows) => rows.map(view),
  commands: {
    create: (scope, input: TagFields) => createTag(scope, { id: newId('tag', scope.now), ...input }),
    update: (scope, { input, ...which }: ChangeInput & { input: TagChange }) =>
      updateTag(scope, { ...which, change: input }),
    remove: (scope, input) => deleteItem(scope, TAG_KIND, 'delete_tags', input),
    restore: (scope, input) => restoreItem(scope, TAG_KIND, 'delete_tags', input),
  },
});

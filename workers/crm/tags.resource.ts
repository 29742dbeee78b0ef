/** Tags of customers as a resource. Mounted by app.ts; customers show and set theirs themselves. */
import {
  type Tag,
  type TagChange,
  type TagFields,
  tag,
  tagChange,
  tagFields,
  tagQuery,
} from '../../shared/contract/tags.ts';
import { newId } from '../../shared/ids.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { d1Backing } from '../resources/d1-backing.ts';
import { defineResource } from '../resources/define.ts';
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

export const tagsResource = defineResource({
  noun: 'tag',
  path: '/api/v1/tags',
  collection: 'tags',
  words: { one: 'a tag', many: 'tags' },
  permissions: { view: 'view_tags', create: 'create_tags', edit: 'edit_tags', remove: 'delete_tags' },
  contract: { item: tag, query: tagQuery, create: tagFields, change: tagChange },
  backing: d1Backing({
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
  }),
});

/** Tags of customers as a resource. Mounted by app.ts; customers show and set theirs themselves. */
import { tag, tagChange, tagFields, tagQuery } from '../../shared/contract/tags.ts';
import { defineResource } from '../resources/define.ts';
import { lazyBacking } from '../resources/lazy-backing.ts';

export const tagsResource = defineResource({
  noun: 'tag',
  path: '/api/v1/tags',
  collection: 'tags',
  words: { one: 'a tag', many: 'tags' },
  permissions: { view: 'view_tags', create: 'create_tags', edit: 'edit_tags', remove: 'delete_tags' },
  contract: { item: tag, query: tagQuery, create: tagFields, change: tagChange },
  isChosen: true,
  backing: lazyBacking(async () => (await import('./tags-backing.ts')).tagsBacking),
});

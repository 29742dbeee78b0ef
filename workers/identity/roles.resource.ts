/** Roles as a resource: ours to copy, a tenant's own to make and change. People change them, never keys. Mounted through team-routes.ts. */
import { roleChange, roleDetailView, roleFields, roleListQuery, roleView } from '../../shared/contract/roles.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';

const loaded = lazy(async () => (await import('./role-backing.ts')).rolesBacking);

export const rolesResource = defineResource({
  noun: 'role',
  path: '/api/v1/roles',
  collection: 'identity',
  words: { one: 'a role', many: 'roles', listed: 'ours first, then by name', shown: 'with who has it' },
  permissions: { view: 'view_roles', create: 'create_roles', edit: 'edit_roles', remove: 'delete_roles' },
  contract: { item: roleView, query: roleListQuery, detail: roleDetailView, create: roleFields, change: roleChange },
  refusals: ['CONFIRMATION_REQUIRED', 'POLICY_VIOLATION', 'LIMIT_REACHED'],
  changedBy: 'user',
  backing: {
    kind: 'd1',
    page: async (...asked) => (await loaded()).page(...asked),
    one: async (...asked) => (await loaded()).one(...asked),
    create: async (...asked) => (await loaded()).create(...asked),
    change: async (...asked) => (await loaded()).change(...asked),
    remove: async (...asked) => (await loaded()).remove(...asked),
    restore: async (...asked) => (await loaded()).restore(...asked),
  },
});

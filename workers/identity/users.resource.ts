/** A tenant's users as a resource; who they are is set where they sign in. Mounted through team-routes.ts. */
import { userAccountView, userListQuery } from '../../shared/contract/identity.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';

const commands = lazy(() => import('./account-commands.ts'));

export const usersResource = defineResource({
  noun: 'user',
  path: '/api/v1/users',
  collection: 'identity',
  words: { one: 'a user', many: 'users', listed: 'oldest first' },
  permissions: { view: 'view_users' },
  contract: { item: userAccountView, query: userListQuery },
  backing: {
    kind: 'd1',
    page: async (scope, query) => (await commands()).listUsers(scope, query),
    one: async (scope, id) => (await commands()).oneUser(scope, id),
  },
});

/** A tenant's users as a resource; who they are is set where they sign in. Mounted through routes.ts. */
import { userAccountView, userListQuery } from '../../shared/contract/identity.ts';
import { defineResource } from '../resources/define.ts';
import { listUsers, oneUser } from './queries/users.ts';

export const usersResource = defineResource({
  noun: 'user',
  path: '/api/v1/users',
  collection: 'identity',
  words: { one: 'a user', many: 'users', listed: 'oldest first' },
  permissions: { view: 'view_users' },
  contract: { item: userAccountView, query: userListQuery },
  backing: { kind: 'd1', page: listUsers, one: oneUser },
});

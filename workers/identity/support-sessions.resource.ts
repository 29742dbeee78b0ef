/** Times somebody of the operator looked into the account, as a resource; beginning one is the operator's (tenants/support-routes.ts). Mounted through security-routes.ts. */
import { supportSessionListQuery, supportSessionView } from '../../shared/contract/security.ts';
import { defineResource } from '../resources/define.ts';
import { listSupportSessions, oneSupportSession } from './queries/security.ts';

export const supportSessionsResource = defineResource({
  noun: 'support_session',
  path: '/api/v1/security/support-sessions',
  collection: 'security',
  words: { one: 'a session of the support', many: 'sessions of the support at this account', listed: 'newest first' },
  permissions: { view: 'view_security' },
  contract: { item: supportSessionView, query: supportSessionListQuery },
  backing: { kind: 'd1', page: listSupportSessions, one: oneSupportSession },
});

/** Top-ups as a resource; opening one is a verb (routes.ts): it answers where to pay. Mounted through routes.ts. */
import { topupListQuery, topupView } from '../../shared/contract/money.ts';
import { defineResource } from '../resources/define.ts';
import { oneTopup, topupPage } from './queries/topups.ts';

export const topupsResource = defineResource({
  noun: 'topup',
  path: '/api/v2/topups',
  collection: 'money',
  words: {
    one: 'a top-up',
    many: 'top-ups',
    listed: 'newest first, from the ledger itself',
    shown: 'as it really stands: the webhook credits, not the redirect',
  },
  permissions: { view: 'view_topups' },
  contract: { item: topupView, query: topupListQuery },
  backing: { kind: 'ledger', page: topupPage, one: oneTopup },
});

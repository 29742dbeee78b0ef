/** A business's numbers, and the operator's pool, as resources; ordering, importing and giving back are verbs of their own. Mounted through routes.ts. */
import {
  numberChange,
  numberQuery,
  numberView,
  poolNumberQuery,
  poolNumberView,
} from '../../shared/contract/numbers.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';

const answers = lazy(() => import('./answers.ts'));

export const numbersResource = defineResource({
  noun: 'phone_number',
  path: '/api/v1/phone-numbers',
  collection: 'provisioning',
  words: { one: 'a number', many: 'numbers of a business', listed: 'those that are waited for too' },
  permissions: { view: 'view_phone_numbers', edit: 'edit_phone_numbers' },
  contract: { item: numberView, query: numberQuery, change: numberChange },
  backing: {
    kind: 'd1',
    page: async (...asked) => (await answers()).numberBacking.page(...asked),
    one: async (...asked) => (await answers()).numberBacking.one(...asked),
    change: async (...asked) => (await answers()).numberBacking.change(...asked),
  },
});

export const poolResource = defineResource({
  noun: 'pool_number',
  path: '/api/v1/number-pool',
  collection: 'provisioning',
  words: { one: 'a number of the pool', many: 'numbers of the pool', listed: 'newest first' },
  permissions: { view: 'view_number_pool' },
  contract: { item: poolNumberView, query: poolNumberQuery },
  backing: {
    kind: 'd1',
    page: async (scope, query) => (await answers()).poolBacking.page(scope, query),
    one: async (scope, id) => (await answers()).poolBacking.one(scope, id),
  },
});

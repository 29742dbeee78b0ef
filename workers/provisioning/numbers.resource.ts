/** A business's numbers, and the operator's pool, as resources; ordering, importing and giving back are verbs of their own. Mounted through routes.ts. */
import {
  type NumberChange,
  numberChange,
  numberQuery,
  numberView,
  type NumberView,
  poolNumberQuery,
  poolNumberView,
  type PoolNumberView,
} from '../../shared/contract/numbers.ts';
import type { PoolState } from '../../shared/agent-sets.ts';
import { lazy } from '../../shared/lazy.ts';
import { err, ok } from '../../shared/result.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import type { Asked, Backing } from '../resources/backing.ts';
import { d1Reading } from '../resources/d1-backing.ts';
import { defineResource } from '../resources/define.ts';
import { numberList, poolNumber, poolPage } from '../storage/queries/numbers.ts';
import type { businessNumbers } from '../storage/tables/provisioning.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { numberShown, poolNumberShown } from './number-kind.ts';

const commands = lazy(() => import('./commands/update-number.ts'));

export const numbersResource = defineResource({
  noun: 'phone_number',
  path: '/api/v1/phone-numbers',
  collection: 'provisioning',
  words: { one: 'a number', many: 'numbers of a business', listed: 'those that are waited for too' },
  permissions: { view: 'view_phone_numbers', edit: 'edit_phone_numbers' },
  contract: { item: numberView, query: numberQuery, change: numberChange },
  backing: {
    ...d1Reading<typeof businessNumbers, NumberView, NumberView>({
      noun: 'phone_number',
      source: numberList,
      views: async (_scope, rows) => rows.map(numberShown),
    }),
    async change(scope: TenantScope, id: string, change: NumberChange, { expectedVersion }: Asked) {
      const changed = await (await commands()).updateNumber(scope, { id, expectedVersion, change });
      return changed.ok ? ok({ view: numberShown(changed.value), version: changed.value.version }) : changed;
    },
  },
});

const pool: Backing<PoolNumberView> = {
  kind: 'd1',
  async page(scope, query) {
    const after = cursorOf(query.cursor, ['number', 'string']);
    if (!after.ok) return after;
    const rows = await poolPage(scope.db, {
      state: query['state'] as PoolState,
      after: after.value && { createdAt: after.value[0], id: after.value[1] },
      limit: query.limit + 1,
    });
    const { shown, meta } = pageOf(rows, query.limit, (row) => [row.createdAt, row.id]);
    return ok({ data: shown.map(poolNumberShown), meta });
  },
  async one(scope, id) {
    const row = await poolNumber(scope.db, id);
    return row === null ? err({ code: 'NOT_FOUND', entity: 'pool_number' }) : ok({ view: poolNumberShown(row) });
  },
};

export const poolResource = defineResource({
  noun: 'pool_number',
  path: '/api/v1/number-pool',
  collection: 'provisioning',
  words: { one: 'a number of the pool', many: 'numbers of the pool', listed: 'newest first' },
  permissions: { view: 'view_number_pool' },
  contract: { item: poolNumberView, query: poolNumberQuery },
  backing: pool,
});

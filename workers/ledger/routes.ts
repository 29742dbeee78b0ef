/** HTTP of the ledger: balance, transactions, bonus tiers, live stream. Thin: shapes in and out. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { balanceResponse, bonusTiersQuery, bonusTiersResponse } from '../../shared/contract/money.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guardErrors, guarded, jsonAnswer } from '../http/schema.ts';
import { transactionsResource } from './transactions.resource.ts';

const balances = lazy(() => import('./queries/balance.ts'));
const bonusTiers = lazy(() => import('./queries/bonus-tiers.ts'));

export { liveRoutes } from './live-routes.ts';
export const routes = createRoutes();
routes.route('/', transactionsResource.routes);

routes.openapi(
  createRoute({
    method: 'get',
    path: '/customer/balance',
    tags: ['money'],
    summary: 'The balance as it is now, from the ledger itself',
    ...guarded('view_balance'),
    responses: { 200: jsonAnswer(balanceResponse, 'the balance'), ...guardErrors() },
  }),
  async (c) => {
    const { balanceNow } = await balances();
    const found = await balanceNow(c.get('scope'), { now: c.get('now') });
    return answer(c, found, (data) => ({ success: true, data }));
  },
);

// ---------------------------------------------------------------- bonus tiers

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/bonus-tiers',
    tags: ['money'],
    summary: 'What a top-up form previews: active tiers, VAT, limits; with `amount_cents` the result for that amount',
    ...guarded('view_bonus_tiers'),
    request: { query: bonusTiersQuery },
    responses: {
      200: jsonAnswer(bonusTiersResponse, 'the tiers'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const { topupTerms } = await bonusTiers();
    const found = await topupTerms(c.get('scope'), {
      now: c.get('now'),
      amountCents: c.req.valid('query').amount_cents,
    });
    return answer(c, found, (data) => ({ success: true, data }));
  },
);

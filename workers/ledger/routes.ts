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

/** The path until it came to v1; it answers the same until then. */
const OLD_TIERS = { path: '/api/v2/bonus-tiers', since: '2026-11-22', until: '2027-11-22' } as const;
const TIERS = '/api/v1/bonus-tiers';

for (const path of [TIERS, OLD_TIERS.path]) {
  const isOld = path === OLD_TIERS.path;
  routes.openapi(
    createRoute({
      method: 'get',
      path,
      tags: ['money'],
      deprecated: isOld,
      summary: isOld
        ? `Moved to ${TIERS}; answers the same until ${OLD_TIERS.until}`
        : 'What a top-up form previews: active tiers, VAT, limits; with `amount_cents` the result for that amount. Tiers of new accounts are changed by `PATCH /api/v1/settings` (`bonus_tiers`)',
      ...guarded('view_bonus_tiers'),
      request: { query: bonusTiersQuery },
      responses: {
        200: jsonAnswer(bonusTiersResponse, 'the tiers'),
        ...guardErrors(),
      },
    }),
    async (c) => {
      if (isOld) {
        // RFC 9745, RFC 8594, RFC 5829
        c.header('Deprecation', `@${Date.parse(OLD_TIERS.since) / 1000}`);
        c.header('Sunset', new Date(OLD_TIERS.until).toUTCString());
        c.header('Link', `<${TIERS}>; rel="successor-version"`);
      }
      const { topupTerms } = await bonusTiers();
      const found = await topupTerms(c.get('scope'), {
        now: c.get('now'),
        amountCents: c.req.valid('query').amount_cents,
      });
      return answer(c, found, (data) => ({ success: true, data }));
    },
  );
}

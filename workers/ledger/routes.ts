/** HTTP of the ledger: balance, transactions, bonus tiers, live stream. Thin: shapes in and out. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  balanceResponse,
  bonusTiersQuery,
  bonusTiersResponse,
  type BonusTierView,
  transactionListQuery,
  transactionListResponse,
  transactionParams,
  transactionResponse,
} from '../../shared/contract/money.ts';
import type { VatCategoryName } from '../../shared/money-status.ts';
import { asCents } from '../../shared/money.ts';
import { toIso } from '../../shared/time.ts';
import { formatHead } from '../object-runtime/events.ts';
import { answer } from '../http/answer.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import { refuse } from '../http/problem.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guardErrors, guarded, jsonAnswer } from '../http/schema.ts';
import { daysLeft, transactionById, transactionPage } from './transaction-queries.ts';
import type { BonusTier, VatCategory } from './types.ts';

export { liveRoutes } from './live-routes.ts';
export const routes = createRoutes();

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
    const scope = c.get('scope');
    const now = c.get('now');
    const outcome = await scope.ledger.balance();
    const reach = outcome.result.ok ? await daysLeft(scope, outcome.result.value.availableCents, now) : null;
    return answer(c, { result: outcome.result, head: formatHead(outcome.head) }, (view) => ({
      success: true,
      data: {
        balance_cents: view.availableCents,
        prepaid_cents: view.prepaidCents,
        bonus_cents: view.bonusCents,
        held_cents: view.heldCents,
        currency: view.currency,
        sequence: view.sequence,
        days_left: reach,
        as_of: toIso(now),
      },
    }));
  },
);

// ---------------------------------------------------------------- transactions

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/transactions',
    tags: ['money'],
    summary: 'Every movement of the balance, newest first',
    ...guarded('view_transactions'),
    request: { query: transactionListQuery },
    responses: { 200: jsonAnswer(transactionListResponse, 'a page'), ...guardErrors() },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const before = cursorOf(query.cursor, ['number']);
    if (!before.ok) return refuse(c, before.error);
    const found = await transactionPage(
      c.get('scope'),
      {
        before: before.value?.[0],
        limit: query.limit,
        types: query.type,
        from: query.from,
        to: query.to,
        minCents: query.min_cents,
        maxCents: query.max_cents,
        companyId: query.company_id,
        text: query.q,
      },
      c.get('language'),
      c.req.header('X-Askpro-Min') ?? null,
    );
    if (found.head) c.header('X-Askpro-Head', found.head);
    const { shown, meta } = pageOf(found.rows, query.limit, (row) => [row.sequence]);
    return c.json(
      {
        success: true as const,
        data: shown,
        meta,
        ...(found.stale ? { stale: true } : {}),
      },
      200,
    );
  },
);

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/transactions/{id}',
    tags: ['money'],
    summary: 'One movement, from the ledger itself',
    ...guarded('view_transactions'),
    request: { params: transactionParams },
    responses: { 200: jsonAnswer(transactionResponse, 'the movement'), ...guardErrors() },
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const outcome = await transactionById(c.get('scope'), id, c.get('language'));
    return answer(c, outcome, (data) => ({ success: true, data }));
  },
);

// ---------------------------------------------------------------- bonus tiers

const tierView = (t: BonusTier): BonusTierView => ({
  id: t.id,
  name: t.name,
  from_cents: t.fromCents,
  kind: t.kind === 'percentage' ? 'percent' : 'fixed',
  basis_points: t.kind === 'percentage' ? t.value : null,
  fixed_cents: t.kind === 'fixed' ? t.value : null,
});

const CATEGORY: Readonly<Record<VatCategory, VatCategoryName>> = {
  S: 'standard',
  AE: 'reverse_charge',
  O: 'not_taxable',
  E: 'not_taxable',
};

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
    const { ledger } = c.get('scope');
    const now = c.get('now');
    const amount = c.req.valid('query').amount_cents;
    const [terms, shown] = await Promise.all([
      ledger.bonusTiers({ now }),
      amount === undefined ? null : ledger.previewTopup({ amountCents: asCents(amount), now }),
    ]);
    if (shown && !shown.result.ok) return refuse(c, shown.result.error);
    const value = shown?.result.ok ? shown.result.value : null;
    return answer(c, { result: terms.result, head: formatHead(terms.head) }, (found) => ({
      success: true,
      data: {
        currency: found.currency,
        vat: {
          rate_basis_points: found.vat.rateBasisPoints,
          basis: 'net',
          category: CATEGORY[found.vat.category],
        },
        tiers: found.tiers.map(tierView),
        min_cents: found.minCents,
        max_cents: found.maxCents,
        preview:
          value === null || amount === undefined
            ? null
            : {
                amount_cents: amount,
                bonus_cents: value.bonusCents,
                vat_cents: value.vatCents,
                total_cents: value.grossCents,
                tier: value.tier ? tierView(value.tier) : null,
                next: value.next
                  ? {
                      tier: tierView(value.next.tier),
                      missing_cents: value.next.missingCents,
                      bonus_cents: value.next.bonusCents,
                    }
                  : null,
              },
      },
    }));
  },
);

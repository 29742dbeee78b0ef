/** HTTP of the ledger: balance, transactions, bonus tiers, live stream. Thin: shapes in and out. Mounted by app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import { asCents } from '../../shared/money.ts';
import { toIso } from '../../shared/time.ts';
import { formatHead } from '../object-runtime/events.ts';
import { answer } from '../http/answer.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import { refuse } from '../http/problem.ts';
import { createRoom } from '../http/room.ts';
import {
  guardErrors,
  guarded,
  idParam,
  idShown,
  instantShown,
  itemOf,
  jsonAnswer,
  listOf,
  page,
  wallDate,
} from '../http/schema.ts';
import { daysLeft, transactionById, transactionPage } from './transaction-queries.ts';
import { type BonusTier, ENTRY_TYPES, type VatCategory } from './types.ts';

export { liveRoutes } from './live-routes.ts';
export const routes = createRoom();

const cents = () => z.int().openapi({ description: 'minor units of the currency', example: 10_000 });
const currency = () => z.string().length(3).openapi({ example: 'EUR' });

// ---------------------------------------------------------------- balance

const balance = z.object({
  balance_cents: cents(),
  prepaid_cents: cents(),
  bonus_cents: cents(),
  held_cents: cents(),
  currency: currency(),
  sequence: z.int(),
  days_left: z.int().nullable(),
  as_of: instantShown(),
});

routes.openapi(
  createRoute({
    method: 'get',
    path: '/customer/balance',
    tags: ['money'],
    summary: 'The balance as it is now, from the ledger itself',
    ...guarded('view_balance'),
    responses: { 200: jsonAnswer(itemOf(balance), 'the balance'), ...guardErrors() },
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

const transaction = z.object({
  id: idShown('entry'),
  type: z.string(),
  amount_cents: cents(),
  balance_before_cents: cents(),
  balance_after_cents: cents(),
  currency: currency(),
  sequence: z.int(),
  description: z.string().nullable(),
  reference_type: z.string().nullable(),
  reference_id: z.string().nullable(),
  company_id: z.string().nullable(),
  created_at: instantShown(),
  occurred_at: instantShown(),
});

/** `a,b` → types; an unknown one is refused. */
const typeList = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(ENTRY_TYPES)).max(ENTRY_TYPES.length));

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/transactions',
    tags: ['money'],
    summary: 'Every movement of the balance, newest first',
    ...guarded('view_transactions'),
    request: {
      query: page().extend({
        type: typeList.optional().openapi({ type: 'string', example: 'topup,call_cost' }),
        from: wallDate().optional(),
        to: wallDate().optional(),
        min_cents: z.coerce.number().int().optional(),
        max_cents: z.coerce.number().int().optional(),
        company_id: idParam('company').optional(),
        q: z.string().trim().min(1).max(100).optional(),
      }),
    },
    responses: { 200: jsonAnswer(listOf(transaction), 'a page'), ...guardErrors() },
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
    request: { params: z.object({ id: idParam('entry') }) },
    responses: { 200: jsonAnswer(itemOf(transaction), 'the movement'), ...guardErrors() },
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const outcome = await transactionById(c.get('scope'), id, c.get('language'));
    return answer(c, outcome, (data) => ({ success: true, data }));
  },
);

// ---------------------------------------------------------------- bonus tiers

const tier = z.object({
  id: z.string(),
  name: z.string(),
  from_cents: cents(),
  kind: z.enum(['percent', 'fixed']),
  basis_points: z.int().nullable(),
  fixed_cents: cents().nullable(),
});

const tierView = (t: BonusTier): z.infer<typeof tier> => ({
  id: t.id,
  name: t.name,
  from_cents: t.fromCents,
  kind: t.kind === 'percentage' ? 'percent' : 'fixed',
  basis_points: t.kind === 'percentage' ? t.value : null,
  fixed_cents: t.kind === 'fixed' ? t.value : null,
});

const CATEGORY: Readonly<Record<VatCategory, 'standard' | 'reverse_charge' | 'not_taxable'>> = {
  S: 'standard',
  AE: 'reverse_charge',
  O: 'not_taxable',
  E: 'not_taxable',
};

const preview = z.object({
  amount_cents: cents(),
  bonus_cents: cents(),
  vat_cents: cents(),
  total_cents: cents(),
  tier: tier.nullable(),
  next: z.object({ tier, missing_cents: cents(), bonus_cents: cents() }).nullable(),
});

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/bonus-tiers',
    tags: ['money'],
    summary: 'What a top-up form previews: active tiers, VAT, limits; with `amount_cents` the result for that amount',
    ...guarded('view_bonus_tiers'),
    request: { query: z.object({ amount_cents: z.coerce.number().int().min(1).max(100_000_000).optional() }) },
    responses: {
      200: jsonAnswer(
        itemOf(
          z.object({
            currency: currency(),
            vat: z.object({
              rate_basis_points: z.int(),
              basis: z.enum(['net', 'gross']),
              category: z.enum(['standard', 'reverse_charge', 'not_taxable']),
            }),
            tiers: z.array(tier),
            min_cents: cents(),
            max_cents: cents(),
            preview: preview.nullable(),
          }),
        ),
        'the tiers',
      ),
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

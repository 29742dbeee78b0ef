/** Movements of the balance as a resource: the ledger books them, nobody edits them. Mounted through routes.ts. */
import type { z } from 'zod';
import { transactionListQuery, transactionView } from '../../shared/contract/money.ts';
import { defineResource } from '../resources/define.ts';
import { oneTransaction, transactionPage } from './queries/transactions.ts';

export const transactionsResource = defineResource({
  noun: 'entry',
  path: '/api/v2/transactions',
  collection: 'money',
  words: {
    one: 'a movement of the balance',
    many: 'movements of the balance',
    listed: 'newest first',
    shown: 'from the ledger itself',
  },
  permissions: { view: 'view_transactions', export: 'export_transactions' },
  contract: { item: transactionView, query: transactionListQuery },
  backing: {
    kind: 'ledger',
    page: (scope, query, asked) => transactionPage(scope, query as z.output<typeof transactionListQuery>, asked),
    one: oneTransaction,
  },
  columns: {
    sequence: (one) => one.sequence,
    occurred_at: (one) => one.occurred_at,
    type: (one) => one.type,
    description: (one) => one.description,
    amount_cents: (one) => one.amount_cents,
    balance_after_cents: (one) => one.balance_after_cents,
    currency: (one) => one.currency,
    reference_type: (one) => one.reference_type,
    reference_id: (one) => one.reference_id,
    company_id: (one) => one.company_id,
    created_at: (one) => one.created_at,
  },
});

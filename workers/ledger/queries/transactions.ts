/** Movements of the balance as they are shown: the list from the projection, one from the ledger itself. Called by transactions.resource.ts. */
import type { z } from 'zod';
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Transaction, transactionListQuery } from '../../../shared/contract/money.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { addDays, dayStart, toIso } from '../../../shared/time.ts';
import { cursorOf, metaOf } from '../../http/list.ts';
import { formatHead } from '../../object-runtime/events.ts';
import type { Asked, VersionedView, ViewPage } from '../../resources/backing.ts';
import { entryPage, type LedgerEntryRow } from '../../storage/queries/ledger.ts';
import { boundOf } from '../../storage/resource-list.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { describe, keysMatching } from '../descriptions.ts';

function transactionView(row: LedgerEntryRow, language: Language): Transaction {
  return {
    id: row.id,
    type: row.type,
    amount_cents: row.amountCents,
    balance_before_cents: row.balanceBeforeCents,
    balance_after_cents: row.balanceAfterCents,
    currency: row.currency,
    sequence: row.sequence,
    description: describe(row.descriptionKey, language),
    reference_type: row.referenceType,
    reference_id: row.referenceId,
    company_id: row.companyId,
    created_at: toIso(row.createdAt),
    occurred_at: toIso(row.occurredAt),
  };
}

/**
 * A page of movements, newest first; `stale`: what the client has written is not in it yet. Days are of the tenant's calendar.
 * Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`).
 */
export async function transactionPage(
  scope: TenantScope,
  query: z.output<typeof transactionListQuery>,
  { language, minimum }: Asked,
): Promise<Result<ViewPage<Transaction>>> {
  const refused = permissionRefusal(scope.actor, 'view_transactions');
  if (refused) return refused;
  const before = cursorOf(query.cursor, ['number']);
  if (!before.ok) return before;
  const { from, to, q } = query;
  const zone = from !== undefined || to !== undefined ? ((await scope.tenant())?.timeZone ?? 'UTC') : 'UTC';
  const { stale, head } = await scope.caughtUp('ledger', minimum);
  const { rows, next, truncated } = await entryPage(
    scope.db,
    {
      before: before.value?.[0],
      types: query.type,
      from: from === undefined ? undefined : dayStart(from, zone),
      until: to === undefined ? undefined : dayStart(addDays(to, 1), zone),
      minCents: query.min_cents,
      maxCents: query.max_cents,
      companyId: query.company_id,
      text: q === undefined ? undefined : { words: q, keys: keysMatching(q, language) },
    },
    { limit: query.limit, bound: boundOf(query.limit) },
  );
  return ok({
    data: rows.map((row) => transactionView(row, language)),
    meta: {
      ...metaOf(next === null ? null : [next]),
      ...(truncated ? { truncated: true } : {}),
    },
    head,
    ...(stale ? { stale } : {}),
  });
}

/** One movement from the object itself: it is there the moment it is committed. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneTransaction(
  scope: TenantScope,
  id: string,
  { language }: Asked,
): Promise<Result<VersionedView<Transaction>>> {
  const refused = permissionRefusal(scope.actor, 'view_transactions');
  if (refused) return refused;
  const { result, head } = await scope.ledger.entry({ entryId: id });
  if (!result.ok) return result;
  const e = result.value;
  return ok({
    head: formatHead(head),
    view: {
      id: e.id,
      type: e.type,
      amount_cents: e.amountCents,
      balance_before_cents: e.balanceAfterCents - e.amountCents,
      balance_after_cents: e.balanceAfterCents,
      currency: e.currency,
      sequence: e.seq,
      description: describe(e.descriptionKey, language),
      reference_type: e.refs.referenceType ?? null,
      reference_id: e.refs.referenceId ?? null,
      company_id: e.refs.companyId ?? null,
      created_at: toIso(e.createdAt),
      occurred_at: toIso(e.occurredAt),
    },
  });
}

/** What a top-up form previews, from the ledger itself. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { BonusTierView, TopupTerms } from '../../../shared/contract/money.ts';
import type { VatCategoryName } from '../../../shared/money-status.ts';
import { asCents } from '../../../shared/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { BonusTier, VatCategory } from '../types.ts';

const tierView = (t: BonusTier): BonusTierView => ({
  id: t.id,
  name: t.name,
  from_cents: t.fromCents,
  kind: t.kind,
  basis_points: t.kind === 'percentage' ? t.value : null,
  fixed_cents: t.kind === 'fixed' ? t.value : null,
});

const CATEGORY: Readonly<Record<VatCategory, VatCategoryName>> = {
  S: 'standard',
  AE: 'reverse_charge',
  O: 'not_taxable',
  E: 'not_taxable',
};

/**
 * Active tiers, VAT and limits; with an amount what it would come to.
 * Refusals: PERMISSION_DENIED, what the ledger refuses of the amount.
 */
export async function topupTerms(
  scope: TenantScope,
  { now, amountCents }: { now: Instant; amountCents: number | undefined },
): Promise<{ result: Result<TopupTerms>; head?: Head }> {
  const refused = permissionRefusal(scope.actor, 'view_bonus_tiers');
  if (refused) return { result: refused };
  const { ledger } = scope;
  const [terms, previewed] = await Promise.all([
    ledger.bonusTiers({ now }),
    amountCents === undefined ? null : ledger.previewTopup({ amountCents: asCents(amountCents), now }),
  ]);
  if (previewed !== null && !previewed.result.ok) return { result: previewed.result };
  const { result, head } = terms;
  if (!result.ok) return { result, head };
  const found = result.value;
  const value = previewed?.result.ok ? previewed.result.value : null;
  return {
    head,
    result: ok({
      currency: found.currency,
      vat: { rate_basis_points: found.vat.rateBasisPoints, basis: 'net', category: CATEGORY[found.vat.category] },
      tiers: found.tiers.map(tierView),
      min_cents: found.minCents,
      max_cents: found.maxCents,
      preview:
        value === null || amountCents === undefined
          ? null
          : {
              amount_cents: amountCents,
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
    }),
  };
}

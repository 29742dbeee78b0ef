/** The balance as it is shown, with its reach, both from the ledger itself. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { Balance } from '../../../shared/contract/money.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { DAY, toIso } from '../../../shared/time.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { Spending } from '../types.ts';

const HISTORY_DAYS = 30;
/** Fewer days say nothing about a month. */
const MIN_HISTORY_DAYS = 7;
const MAX_DAYS_LEFT = 9_999;

/** How long the balance lasts at the average spend of the last 30 days; null with too little history or without spend. */
function daysLeft(availableCents: number, { cents, since }: Spending, now: Instant): number | null {
  if (since === null || cents <= 0) return null;
  const days = (now - since) / DAY;
  if (days < MIN_HISTORY_DAYS) return null;
  return Math.max(0, Math.min(MAX_DAYS_LEFT, Math.floor((availableCents * days) / cents)));
}

/** The balance as it is now. Refusals: PERMISSION_DENIED, NOT_FOUND (ledger). */
export async function balanceNow(
  scope: TenantScope,
  { now }: { now: Instant },
): Promise<{ result: Result<Balance>; head?: Head }> {
  const refused = permissionRefusal(scope.actor, 'view_balance');
  if (refused) return { result: refused };
  const { result, head } = await scope.ledger.spending({ days: HISTORY_DAYS, now });
  if (!result.ok) return { result, head };
  const { balance: view, spending } = result.value;
  return {
    head,
    result: ok({
      balance_cents: view.availableCents,
      prepaid_cents: view.prepaidCents,
      bonus_cents: view.bonusCents,
      held_cents: view.heldCents,
      currency: view.currency,
      sequence: view.sequence,
      days_left: daysLeft(view.availableCents, spending, now),
      as_of: toIso(now),
    }),
  };
}

/** Pure: the receipt of a call — rule, minutes, price, what the ledger posted, and (for the platform) what it cost us. Called by call-store.ts and routes. */
import { asCents, asMicros, type Micros } from '../../shared/money.ts';
import type { CallReceipt } from '../../shared/contract/calls.ts';
import type { ChargeResult, Plan, PricingModel } from '../ledger/types.ts';
import type { AppointmentFee } from '../storage/queries/ledger.ts';

/** What the ledger made of a call, kept on its row. */
export interface CallMoney {
  rule: PricingModel | null;
  seconds: number;
  billedSeconds: number;
  /** seconds beyond the included ones */
  chargedSeconds: number;
  unitPriceMicros: number;
  exactMicros: number;
  postedCents: number;
  chargeEntryId: string | null;
  entryIds: string[];
  period: string;
  late: boolean;
}

const MINUTE_SECONDS = 60;

/** The ledger's answer as it is kept; the included part follows from price and amount. */
export function moneyOf(input: {
  seconds: number;
  charge: ChargeResult;
  plan: Plan | null;
  entryIds: readonly string[];
}): CallMoney {
  const { charge, plan, seconds } = input;
  const unitPrice = plan === null || plan.model === 'per_appointment' ? 0 : plan.pricePerMinuteMicros;
  const billedSeconds = charge.billedSeconds ?? seconds;
  return {
    rule: plan?.model ?? null,
    seconds,
    billedSeconds,
    chargedSeconds:
      unitPrice === 0 ? 0 : Math.min(billedSeconds, Math.round((charge.exactMicros * MINUTE_SECONDS) / unitPrice)),
    unitPriceMicros: unitPrice,
    exactMicros: charge.exactMicros,
    postedCents: charge.postedCents,
    chargeEntryId: charge.entryId,
    entryIds: [...input.entryIds],
    period: charge.period,
    late: charge.late,
  };
}

interface ReceiptInput {
  state: CallReceipt['state'];
  heldCents: number;
  currency: string;
  money: CallMoney | null;
  /** of the appointment that the call booked; null: none, or it cost nothing */
  fee?: AppointmentFee | null;
  /** null: this reader may not see costs */
  provider: { costUsdMicros: number | null; parts: readonly { product: string; costUsdMicros: number }[] } | null;
}

/** Lines whose amounts sum to the price, the appointment's fee among them; included minutes are a line of their own at zero. */
export function receiptOf(input: ReceiptInput): CallReceipt {
  const { money, fee = null, currency } = input;
  const lines: CallReceipt['lines'] = [];
  if (money) {
    const included = money.billedSeconds - money.chargedSeconds;
    if (included > 0) {
      lines.push(
        minuteLine(
          'included_minutes',
          included,
          asMicros(0),
          asMicros(0),
          money.exactMicros === 0 ? money.chargeEntryId : null,
        ),
      );
    }
    if (money.chargedSeconds > 0 || included === 0) {
      lines.push(
        minuteLine(
          'voice_minute',
          money.chargedSeconds,
          asMicros(money.unitPriceMicros),
          asMicros(money.exactMicros),
          money.chargeEntryId,
        ),
      );
    }
    const missing = money.exactMicros - lines.reduce((sum, line) => sum + line.amount_micros, 0);
    // A price of less than a second's worth: it belongs to no whole second, and the parts must sum.
    if (missing !== 0)
      lines.push(
        minuteLine('voice_minute', 0, asMicros(money.unitPriceMicros), asMicros(missing), money.chargeEntryId),
      );
  }
  if (fee !== null)
    lines.push({
      code: 'appointment',
      quantity: '1',
      unit: 'appointment',
      unit_price_micros: asMicros(fee.exactMicros),
      amount_micros: asMicros(fee.exactMicros),
      entry_id: fee.entryIds[0] ?? null,
    });
  return {
    currency,
    state: input.state,
    rule: money?.rule ?? null,
    lines,
    price_micros: asMicros((money?.exactMicros ?? 0) + (fee?.exactMicros ?? 0)),
    charged_cents: asCents((money?.postedCents ?? 0) + (fee?.cents ?? 0)),
    held_cents: asCents(input.heldCents),
    entry_ids: [...(money?.entryIds ?? []), ...(fee?.entryIds ?? [])],
    ...(input.provider === null ? {} : { provider_cost: providerCost(input.provider) }),
  };
}

const minuteLine = (
  code: string,
  seconds: number,
  unitPrice: Micros,
  amount: Micros,
  entryId: string | null,
): CallReceipt['lines'][number] => ({
  code,
  quantity: minutesText(seconds),
  unit: 'minute',
  unit_price_micros: unitPrice,
  amount_micros: amount,
  entry_id: entryId,
});

/** Minutes with up to four decimals: 92 s = "1.5333". */
export const minutesText = (seconds: number): string =>
  String(Math.round((seconds / MINUTE_SECONDS) * 10_000) / 10_000);

function providerCost(provider: NonNullable<ReceiptInput['provider']>): NonNullable<CallReceipt['provider_cost']> {
  const listed = provider.parts.map(({ product, costUsdMicros }) => ({
    product,
    amount_micros: asMicros(costUsdMicros),
  }));
  const sum = listed.reduce((total, line) => total + line.amount_micros, 0);
  const total = provider.costUsdMicros ?? sum;
  // Retell rounds its parts and its sum apart; the difference is shown so that the parts sum.
  const lines = total === sum ? listed : [...listed, { product: 'rounding', amount_micros: asMicros(total - sum) }];
  return { currency: 'USD', total_micros: asMicros(total), lines, margin_micros: null };
}

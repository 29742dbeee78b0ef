/** What vendors get back for a webhook. Read by the webhook routes of telephony, payments, notifications and calendar-sync, and tests. */
import { z } from 'zod';

/** Twilio, Retell, Cal.com: accepted; duplicate; no tenant of ours; Cal.com's own ping. */
export const webhookReceipt = z.object({
  success: z.literal(true),
  duplicate: z.boolean().optional(),
  ignored: z.boolean().optional(),
});
export const calcomReceipt = webhookReceipt.extend({ pong: z.boolean().optional() });

/** Stripe: durable; `unmatched` says why the payment event was set aside. */
export const stripeReceipt = z.object({
  received: z.literal(true),
  duplicate: z.boolean().optional(),
  unmatched: z.string().optional(),
});
/** The tenant's slug in the path of a webhook. */
export const companyParams = z.object({ company: z.string().min(1).max(128) });

/** The closed sets of stored webhooks, without zod: table and contract read them here. */

export const WEBHOOK_SOURCES = ['retell', 'calcom', 'stripe', 'stripe_account', 'twilio', 'telegram'] as const;

/** `ignored`: understood, and nothing to do for it. */
export const WEBHOOK_STATES = ['received', 'processed', 'failed', 'ignored'] as const;

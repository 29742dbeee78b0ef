/** The closed sets of a message's fields, without zod: tables and the contract read them here. */

export const NOTIFICATION_CHANNELS = ['sms', 'email'] as const;
export type NotificationChannel = (typeof NOTIFICATION_CHANNELS)[number];

/** `unknown`: handed over, no status ever received. */
export const NOTIFICATION_STATUSES = [
  'pending',
  'sending',
  'sent',
  'delivered',
  'failed',
  'skipped',
  'unknown',
] as const;

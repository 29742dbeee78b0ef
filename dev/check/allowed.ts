/**
 * Files that broke a law on the day it began (21 November 2026) and may still do so. The lists only shrink: an entry that is no longer
 * needed fails the check, and nothing is added.
 */

/** Routes that still read bindings (`c.env`). */
export const ENV_IN_ROUTES: readonly string[] = [
  'workers/calendar-sync/routes.ts',
  'workers/identity/routes.ts',
  'workers/notifications/routes.ts',
  'workers/payments/routes.ts',
  'workers/telephony/call-routes.ts',
  'workers/telephony/routes.ts',
];

/** Modules that still take `env` where a scope would do. */
export const ENV_IN_DOMAIN: readonly string[] = [
  'workers/calendar-sync/account.ts',
  'workers/calendar-sync/candidate.ts',
  'workers/calendar-sync/pull.ts',
  'workers/calendar-sync/push.ts',
  'workers/calendar/client.ts',
  'workers/http/dev-clock.ts',
  'workers/http/rate-limit.ts',
  'workers/http/room.ts',
  'workers/identity/accounts.ts',
  'workers/identity/api-keys.ts',
  'workers/identity/auth.ts',
  'workers/identity/lock-out.ts',
  'workers/identity/seal.ts',
  'workers/identity/session-cookie.ts',
  'workers/identity/sessions.ts',
  'workers/identity/sign-in.ts',
  'workers/ledger/client.ts',
  'workers/notifications/channels.ts',
  'workers/notifications/messages.ts',
  'workers/notifications/notify.ts',
  'workers/payments/webhook.ts',
  'workers/telephony/calendar-file.ts',
  'workers/telephony/call-store.ts',
  'workers/telephony/functions/dispatch.ts',
  'workers/telephony/heal.ts',
  'workers/telephony/inbound.ts',
  'workers/telephony/jobs.ts',
  'workers/telephony/verify.ts',
  'workers/telephony/webhook.ts',
];

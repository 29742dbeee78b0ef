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

/** Files that repeat a set that shared/contract/ or workers/events/ declares. */
export const RETOLD_SETS: readonly string[] = [
  'workers/calendar/appointment-routes.ts',
  'workers/calendar/booking-routes.ts',
  'workers/calendar/types.ts',
  'workers/integrations/retell-events.ts',
  'workers/ledger/types.ts',
  'workers/payments/routes.ts',
  'workers/storage/queries/calls.ts',
  'workers/telephony/call-lifecycle.ts',
];

/** Exported functions, commands and members of ports without a sentence or without their refusals: how many a file may still have. */
export const UNDOCUMENTED: Readonly<Record<string, number>> = {
  'shared/spoken-time/clock-grammar.ts': 1,
  'shared/spoken-time/cursor.ts': 1,
  'shared/spoken-time/day-grammar.ts': 1,
  'shared/spoken-time/duration-grammar.ts': 1,
  'shared/spoken-time/frame.ts': 6,
  'shared/spoken-time/limit-grammar.ts': 2,
  'shared/spoken-time/questions.ts': 21,
  'shared/spoken-time/reference-branch.ts': 1,
  'shared/spoken-time/say.ts': 2,
  'workers/calendar/types.ts': 27,
  'workers/ledger/types.ts': 24,
};

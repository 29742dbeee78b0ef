/**
 * Everything that the product loads with its first use, loaded at once. In this test runtime a module that one queue consumer or request
 * begins to load belongs to it, and whoever waits for it at the same moment hangs and fails. Imported by setup.ts for its effect.
 */
import 'cloudflare:sockets';
import 'stripe';
import 'better-auth/adapters/drizzle';
import 'better-auth/minimal';
import '../../shared/ics.ts';
import '../../shared/phone.ts';
import '../../workers/calendar-sync/pull.ts';
import '../../workers/calendar-sync/push.ts';
import '../../workers/development/clock.ts';
import '../../workers/development/routes.ts';
import '../../workers/metering/appointments.ts';
import '../../workers/notifications/notify.ts';
import '../../workers/payments/webhook.ts';
import '../../workers/telephony/calendar-file.ts';
import '../../workers/telephony/functions/dispatch.ts';
import '../../workers/telephony/inbound.ts';
import '../../workers/telephony/jobs.ts';

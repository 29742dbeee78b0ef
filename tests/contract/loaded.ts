/**
 * Everything that queue consumers load with their first work, loaded at once. In this test runtime a module that one consumer begins to
 * load belongs to it, and whoever waits for it at the same moment fails. Imported for its effect.
 */
import '../../shared/ics.ts';
import '../../shared/phone.ts';
import '../../workers/calendar-sync/pull.ts';
import '../../workers/calendar-sync/push.ts';
import '../../workers/metering/appointments.ts';
import '../../workers/notifications/notify.ts';
import '../../workers/payments/webhook.ts';
import '../../workers/telephony/functions/dispatch.ts';
import '../../workers/telephony/inbound.ts';
import '../../workers/telephony/jobs.ts';

/**
 * SMS to unconfirmed numbers (said on the phone, typed on a public page): only where the company sends them, five a day a
 * number, and what the plan allows a day. Numbers that a network call, a code, a visit or a member of staff has confirmed do not count here.
 */
import { numberKey } from '../tenancy/caller-keys.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { DAY } from '../../shared/time.ts';

const A_DAY_AND_NUMBER = 5;
/** Where no account item says otherwise. */
const A_DAY_AND_TENANT = 200;

/**
 * Counts one SMS to an unconfirmed number; a message that is tried again counts once. Null: it may go. Else why it may not, which
 * is an alarm of the tenant.
 */
export async function overSmsLimit(scope: TenantScope, notificationId: string, e164: string): Promise<string | null> {
  const { result: schedule } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  const aDay = (schedule.ok ? schedule.value.account?.body.unconfirmedSmsPerDay : undefined) ?? A_DAY_AND_TENANT;
  const scale = scope.config.RATE_LIMIT_SCALE;
  const number = `sms.number:${numberKey(scope, e164)}`;
  const { result } = await scope.calendar.countCaller({
    now: scope.now,
    id: notificationId,
    counts: [
      { name: number, limit: A_DAY_AND_NUMBER * scale, windowMs: DAY },
      { name: 'sms.tenant', limit: aDay * scale, windowMs: DAY },
    ],
  });
  if (!result.ok) throw new Error(`SMS can't be counted: ${result.error.code}`);
  if (result.value.allowed) return null;
  const limit = result.value.exceeded === number ? 'number' : 'tenant';
  const subject = `${scope.tenantId}/${limit}`;
  await scope.raise({ kind: 'sms_limit_reached', subject, detail: { limit, notification: notificationId } });
  return limit === 'number'
    ? `more than ${A_DAY_AND_NUMBER} SMS a day to one unconfirmed number`
    : `more than ${aDay} SMS a day to unconfirmed numbers`;
}

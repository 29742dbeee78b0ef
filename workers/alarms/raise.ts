/**
 * An alarm is a log line and a row: who finds what needs a person calls `raiseAlarm`, who finds it well again `clearAlarm`. Neither throws:
 * a fault that can't be told must not become a second one. Called by every module; which kinds there are: shared/alarm-kinds.ts.
 */
import type { AlarmKind } from '../../shared/alarm-kinds.ts';
import { processNow } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { withoutPersonal } from '../../shared/loggable-fault.ts';
import type { Platform } from '../env.ts';
import { log } from '../log.ts';
import type { ObjectAlarm } from '../object-runtime/alarm-outbox.ts';
import { type AlarmDetail, endAlarm, keepAlarm } from '../storage/queries/alarms.ts';

/** Longest subject and longest value of the detail, characters. */
const MAX_SUBJECT = 300;
const MAX_VALUE = 300;

export interface Alarm {
  kind: AlarmKind;
  /** the same fault has the same one: it is counted, not written again */
  subject: string;
  /** whose; null: the platform's */
  tenantId: TenantId | null;
  /** ids, names of ours, numbers and states; texts pass the mask of faults */
  detail?: AlarmDetail;
}

const subjectOf = (subject: string): string => subject.slice(0, MAX_SUBJECT);

/** The detail as it is kept: whatever a fault said of people is masked, long texts are cut. */
const keptDetail = (detail: AlarmDetail): AlarmDetail =>
  Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      // Ids of ours have digits enough to look like a number: what is no sentence stays.
      typeof value === 'string' && /\s/.test(value)
        ? withoutPersonal(value).slice(0, MAX_VALUE)
        : typeof value === 'string'
          ? value.slice(0, MAX_VALUE)
          : value,
    ]),
  );

/**
 * Says it in the log and keeps it as a row: a new one, or one more of the row with this kind and subject, which is opened again when it
 * was cleared. @returns false: D1 could not keep it; who can, tries again
 */
export async function raiseAlarm(platform: Platform, alarm: Alarm): Promise<boolean> {
  const { kind, tenantId } = alarm;
  const at = processNow();
  const subject = subjectOf(alarm.subject);
  const detail = keptDetail(alarm.detail ?? {});
  try {
    const isNew = await keepAlarm(platform, { id: newId('alarm', at), kind, subject, tenantId, detail, at });
    log(isNew ? 'alarm' : 'warn', kind, { tenantId: tenantId ?? undefined, subject, detail });
    return true;
  } catch (fault) {
    log('alarm', kind, { tenantId: tenantId ?? undefined, subject, detail, kept: false, fault });
    return false;
  }
}

/** Ends the open alarm of this kind and subject, if there is one. @param by what found it well: `system:health` @returns false: D1 could not be asked */
export async function clearAlarm(
  platform: Platform,
  { kind, subject }: Pick<Alarm, 'kind' | 'subject'>,
  by: string,
  reason?: string,
): Promise<boolean> {
  try {
    const clearing = { at: processNow(), by, ...(reason === undefined ? {} : { reason }) };
    const ended = await endAlarm(platform, { kind, subject: subjectOf(subject) }, clearing);
    if (ended) log('info', 'alarm_cleared', { kind, subject, by });
    return true;
  } catch (fault) {
    log('error', 'alarm_not_cleared', { kind, subject, fault });
    return false;
  }
}

/** What an object says of itself: an alarm of its tenant, or that it is over. Called by the classes of the objects. */
export const tellAlarm = (platform: Platform, tenantId: TenantId, alarm: ObjectAlarm): Promise<boolean> =>
  alarm.detail === null
    ? clearAlarm(platform, alarm, 'system:object')
    : raiseAlarm(platform, { kind: alarm.kind, subject: alarm.subject, tenantId, detail: alarm.detail });

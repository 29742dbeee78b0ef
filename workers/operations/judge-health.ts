/**
 * Every five minutes the detailed health is judged: a part that is not well is an alarm, one that is well again ends its own. What ends by
 * time or by a later success is ended here too. Called by the cron `judge_health`.
 */
import type { AlarmKind } from '../../shared/alarm-kinds.ts';
import type { DetailedHealthResponse } from '../../shared/contract/health.ts';
import type { Instant } from '../../shared/clock.ts';
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import type { Platform } from '../env.ts';
import type { Counts } from '../jobs/types.ts';
import { CronStore } from '../storage/cron-db.ts';
import { type OpenAlarm, openAlarms, purgeAlarms } from '../storage/queries/alarms.ts';
import { purgeRequests } from '../storage/queries/checks.ts';
import { detailedHealth } from './health-checks.ts';

const DAY_MS = 86_400_000;
/** Alarms are kept so long after they ended, counted requests so long. */
const KEEP_ALARMS_MS = 365 * DAY_MS;
const KEEP_REQUESTS_MS = DAY_MS;
const JUDGE = 'system:health';

interface Part {
  status: string;
  [fact: string]: unknown;
}

/** The parts that are judged, by name. The number of open alarms is none: it would be an alarm about alarms. */
export function judgedParts({ checks, integrations }: DetailedHealthResponse): Map<string, Part> {
  const { alarms: _alarms, ...others } = checks;
  return new Map<string, Part>([...Object.entries(others), ...Object.entries(integrations)]);
}

/** `unknown` was never asked, which is nobody's fault. */
const isWell = ({ status }: Part): boolean => status === 'ok' || status === 'unknown';

const detailOf = (part: Part): Record<string, string | number | null> =>
  Object.fromEntries(
    Object.entries(part).flatMap(([name, fact]) =>
      typeof fact === 'string' || typeof fact === 'number' || fact === null ? [[name, fact]] : [],
    ),
  );

/** Raises and ends the alarms of the judged parts. Answers how many are not well. */
async function judgeParts(platform: Platform, open: readonly OpenAlarm[]): Promise<number> {
  const parts = judgedParts(await detailedHealth(platform, null, 'UTC'));
  const ill = [...parts].filter(([, part]) => !isWell(part));
  for (const [name, part] of ill)
    await raiseAlarm(platform, { kind: 'health', subject: name, tenantId: null, detail: detailOf(part) });
  const known = open.filter(({ kind }) => kind === 'health');
  for (const { subject } of known)
    if (!ill.some(([name]) => name === subject)) await clearAlarm(platform, { kind: 'health', subject }, JUDGE);
  return ill.length;
}

const ofKind = (open: readonly OpenAlarm[], kind: AlarmKind): OpenAlarm[] => open.filter((one) => one.kind === kind);

/** A cron that was given up has run since; an SMS limit was not met for a day. */
async function endWhatIsOver(platform: Platform, open: readonly OpenAlarm[], now: Instant): Promise<void> {
  const crons = ofKind(open, 'cron_gave_up');
  if (crons.length > 0) {
    const store = new CronStore(platform);
    const states = await store.states(crons.map(({ subject }) => subject));
    const runs = await store.lastRuns(states.values());
    for (const { kind, subject, lastSeenAt } of crons) {
      const last = runs.get(subject);
      if (last?.outcome === 'done' && last.startedAt > lastSeenAt) await clearAlarm(platform, { kind, subject }, JUDGE);
    }
  }
  // A clock that stood ahead must not keep it open until then.
  for (const { kind, subject, lastSeenAt } of ofKind(open, 'sms_limit_reached'))
    if (Math.abs(now - lastSeenAt) > DAY_MS) await clearAlarm(platform, { kind, subject }, JUDGE);
}

export async function judgeHealth(platform: Platform, now: Instant): Promise<Counts> {
  const open = await openAlarms(platform, null);
  const ill = await judgeParts(platform, open);
  await endWhatIsOver(platform, open, now);
  const purged = await purgeAlarms(platform, now - KEEP_ALARMS_MS);
  await purgeRequests(platform, now - KEEP_REQUESTS_MS);
  return { open: open.length, ill, purged };
}

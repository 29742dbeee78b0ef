/**
 * Every five minutes the detailed health is judged: a part that is not well is an alarm, one that is well again ends its own. What ends by
 * time or by a later success is ended here too. Called by the cron `judge_health`.
 */
import type { AlarmKind } from '../../shared/alarm-kinds.ts';
import type { DetailedHealthResponse } from '../../shared/contract/health.ts';
import type { Instant } from '../../shared/clock.ts';
import type { HealthStatus } from '../../shared/tenant-status.ts';
import { DAY } from '../../shared/time.ts';
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import type { Platform } from '../env.ts';
import type { Counts } from '../jobs/types.ts';
import { CronStore } from '../storage/cron-db.ts';
import { type OpenAlarm, openAlarms, purgeAlarms } from '../storage/queries/alarms.ts';
import { purgeRefusals, purgeRequests } from '../storage/queries/checks.ts';
import { noteAlarmed, noteUptime, unalarmedDefects } from '../storage/queries/watch.ts';
import { detailedHealth } from './health-checks.ts';
import { tellOperators } from './tell-operators.ts';

/** Alarms are kept so long after they ended, counted requests so long. */
const KEEP_ALARMS_MS = 365 * DAY;
const KEEP_REQUESTS_MS = DAY;
const KEEP_REFUSALS_MS = 7 * DAY;
const JUDGE = 'system:health';

interface Part {
  status: string;
  [fact: string]: unknown;
}

/** The parts that are judged, by name. The number of open alarms is none: it would be an alarm about alarms. */
function judgedParts({
  checks,
  integrations,
}: Pick<DetailedHealthResponse, 'checks' | 'integrations'>): Map<string, Part> {
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

const worstOf = (parts: readonly Part[]): HealthStatus =>
  parts.some(({ status }) => status === 'down') ? 'down' : parts.length > 0 ? 'degraded' : 'ok';

/**
 * Writes down how the platform stood. A vendor that is down takes its part of the product along, not everything: what is down here are parts
 * of our own.
 */
async function noteLook(
  platform: Platform,
  now: Instant,
  { checks, integrations }: DetailedHealthResponse,
): Promise<void> {
  const { alarms: _alarms, ...own } = checks;
  const ours = Object.values<Part>(own).filter((part) => !isWell(part));
  const theirs = Object.values<Part>(integrations).filter((part) => !isWell(part));
  const status = ours.length > 0 ? worstOf(ours) : theirs.length > 0 ? 'degraded' : 'ok';
  const ill = [...judgedParts({ checks, integrations })].flatMap(([name, part]) => (isWell(part) ? [] : [name]));
  await noteUptime(platform, [{ at: now, status, ill, latencyMs: checks.database.latency_ms }]);
}

/** Raises and ends the alarms of the judged parts. Answers how many are not well. */
async function judgeParts(platform: Platform, open: readonly OpenAlarm[], now: Instant): Promise<number> {
  const health = await detailedHealth(platform, null, 'UTC');
  await noteLook(platform, now, health);
  const parts = judgedParts(health);
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
    if (Math.abs(now - lastSeenAt) > DAY) await clearAlarm(platform, { kind, subject }, JUDGE);
}

/** Defects alarmed in one look: more are one cause. */
const MAX_ALARMED = 20;

/** Defects that are new, or came again after they were solved. Answers how many. */
async function raiseDefects(platform: Platform): Promise<number> {
  const found = await unalarmedDefects(platform, MAX_ALARMED);
  for (const defect of found) {
    const detail = { event: defect.event, message: defect.message, count: defect.count };
    if (await raiseAlarm(platform, { kind: 'defect', subject: defect.id, tenantId: null, detail }))
      await noteAlarmed(platform, defect);
  }
  return found.length;
}

export async function judgeHealth(platform: Platform, now: Instant): Promise<Counts> {
  const open = await openAlarms(platform, null);
  const ill = await judgeParts(platform, open, now);
  await endWhatIsOver(platform, open, now);
  const defects = await raiseDefects(platform);
  const purged = await purgeAlarms(platform, now - KEEP_ALARMS_MS);
  await purgeRequests(platform, now - KEEP_REQUESTS_MS);
  await purgeRefusals(platform, now - KEEP_REFUSALS_MS);
  const told = await tellOperators(platform, now);
  return { open: open.length, ill, purged, defects, told };
}

/** What was watched goes when its time is over: looks, security events, defects nobody sees any more, files of log lines. Called by the cron `prune_watch`. */
import type { Instant } from '../../shared/clock.ts';
import { DAY, HOUR } from '../../shared/time.ts';
import { LOG_DAYS, UPTIME_DAYS } from '../../shared/watch-status.ts';
import type { Platform } from '../env.ts';
import type { Counts } from '../jobs/types.ts';
import { purgeLogFiles } from '../storage/log-lines.ts';
import { purgeWatch } from '../storage/queries/watch.ts';

/** A defect that has not come for so long is forgotten, whatever was said of it. */
const DEFECT_DAYS = 90;

export async function pruneWatch(platform: Platform, now: Instant): Promise<Counts> {
  const rows = await purgeWatch(platform, {
    uptime: now - UPTIME_DAYS * DAY,
    security: now - LOG_DAYS.security * DAY,
    defects: now - DEFECT_DAYS * DAY,
    probes: now - HOUR,
  });
  return { rows, files: await purgeLogFiles(platform, now) };
}

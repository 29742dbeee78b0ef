/**
 * Instants that were written while the clock stood ahead, after it was set back: what waits for them would wait as long as the clock was
 * wrong. Called by the cron tick when it finds a due time that lies ahead (jobs/cron-runner.ts); the objects judge their own
 * (object-runtime/backoff.ts).
 */
import type { Platform } from '../env.ts';
import { allShards, platformD1 } from './d1.ts';

/** Longest wait between two attempts of effects and jobs, with `Retry-After`, and longest lease of anything; what lies further ahead was not meant. */
const LONGEST_WAIT_MS = 2 * 3_600_000;
const LONGEST_LEASE_MS = 3_600_000;

const SHARD_SQL = [
  // Due when it was recorded, or waiting for its next attempt. What was meant for later (a reminder) stays.
  `UPDATE effects SET not_before = ?1 WHERE state = 'pending' AND not_before > ?1
    AND ((created_at > ?1 AND not_before <= created_at) OR (attempts > 0 AND not_before > ?1 + ${LONGEST_WAIT_MS}))`,
  `UPDATE effects SET lease_until = 0 WHERE state = 'running' AND lease_until > ?1 + ${LONGEST_LEASE_MS}`,
  `UPDATE jobs SET not_before = ?1 WHERE state IN ('queued', 'running') AND not_before > ?1 + ${LONGEST_WAIT_MS}`,
  `UPDATE jobs SET lease_until = 0 WHERE state IN ('queued', 'running', 'paused') AND lease_until > ?1 + ${LONGEST_LEASE_MS}`,
];
const PLATFORM_SQL = [
  `UPDATE cron_states SET lease_until = 0 WHERE lease_until > ?1 + ${LONGEST_LEASE_MS}`,
  'UPDATE ledger_checks SET verified_at = 0, full_at = 0 WHERE verified_at > ?1',
];

/** What lies ahead because the clock did becomes due. Answers how many rows. */
export async function takeBackInstants(platform: Platform, now: number): Promise<number> {
  const run = async (database: D1Database, texts: readonly string[]): Promise<number> =>
    (await database.batch(texts.map((sql) => database.prepare(sql).bind(now)))).reduce(
      (sum, { meta }) => sum + meta.changes,
      0,
    );
  let changed = await run(platformD1(platform), PLATFORM_SQL);
  for (const shard of allShards(platform)) changed += await run(shard, SHARD_SQL);
  return changed;
}

/** What has lapsed leaves the auth tables, page by page until nothing is left or the run's time is over. Called by identity/jobs.ts. */
import { type SQL, sql } from 'drizzle-orm';
import { type Instant, realNow } from '../../../shared/clock.ts';
import { DAY } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';

/** Rows of one statement. */
const PURGE_ROWS = 1_000;
/** A run ends in time for the next one; even so it removes more than a flood of failed sign-ins can write. */
const RUN_MS = 15_000;
/** An ended key is shown so long, so that whoever misses it learns why. */
const ENDED_KEYS_MS = 30 * DAY;

/** Who looked in is told as long as other facts of security are (retention.ts). */
const SUPPORT_MS = 366 * DAY;

/** Whoever opens an old link within this time learns that it is over. */
const ENDED_LINKS_MS = 30 * DAY;

/** A deleted role can be restored so long. */
const DELETED_ROLES_MS = 30 * DAY;

/** Removes what has lapsed: roles that were deleted 30 days ago, sessions, links to accounts, halves of sign-ins, verifications, stored answers, forgotten attempts, keys that ended 30 days ago. Answers rows by table. */
export async function purgeIdentity(
  platform: Platform,
  now: Instant,
  forgetAttemptsMs: number,
): Promise<Record<string, number>> {
  const db = drizzleOn(platformD1(platform));
  const lapsed: readonly (readonly [string, SQL])[] = [
    ['sessions', sql`expires_at < ${now}`],
    ['support_sessions', sql`started_at < ${now - SUPPORT_MS}`],
    ['factor_resets', sql`asked_at < ${now - SUPPORT_MS}`],
    ['account_links', sql`expires_at < ${now - ENDED_LINKS_MS}`],
    ['sign_in_challenges', sql`expires_at < ${now}`],
    ['verifications', sql`expires_at < ${now}`],
    ['request_outcomes', sql`expires_at <= ${now}`],
    ['sign_in_attempts', sql`updated_at < ${now - forgetAttemptsMs} AND locked_until <= ${now}`],
    ['roles', sql`deleted_at < ${now - DELETED_ROLES_MS}`],
    ['api_keys', sql`(revoked_at < ${now - ENDED_KEYS_MS} OR expires_at < ${now - ENDED_KEYS_MS})`],
  ];
  const until = realNow() + RUN_MS;
  const counts: Record<string, number> = {};
  for (const [table, where] of lapsed) {
    for (let removed = PURGE_ROWS; removed === PURGE_ROWS && realNow() < until; ) {
      const name = sql.identifier(table);
      const done = await db.run(
        sql`DELETE FROM ${name} WHERE rowid IN (SELECT rowid FROM ${name} WHERE ${where} LIMIT ${PURGE_ROWS})`,
      );
      removed = done.meta.changes;
      if (removed > 0) counts[table] = (counts[table] ?? 0) + removed;
    }
  }
  return counts;
}

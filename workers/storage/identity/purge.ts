/** What has lapsed leaves the auth tables. Called by identity/jobs.ts. */
import { inArray, lt, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { requestOutcomes, sessions, signInAttempts, verifications } from '../tables/identity.ts';

/** Rows deleted per table and call: cron comes again. */
const PURGE_ROWS = 1_000;

/** Removes what has lapsed: sessions, verifications, stored answers, forgotten attempts. Called by cron. */
export async function purgeIdentity(platform: Platform, now: Instant, forgetAttemptsMs: number): Promise<void> {
  const db = drizzleOn(platformD1(platform));
  const at = new Date(now);
  await db.batch([
    db
      .delete(sessions)
      .where(
        inArray(
          sessions.id,
          db.select({ id: sessions.id }).from(sessions).where(lt(sessions.expiresAt, at)).limit(PURGE_ROWS),
        ),
      ),
    db
      .delete(verifications)
      .where(
        inArray(
          verifications.id,
          db
            .select({ id: verifications.id })
            .from(verifications)
            .where(lt(verifications.expiresAt, at))
            .limit(PURGE_ROWS),
        ),
      ),
    db
      .delete(requestOutcomes)
      .where(sql`rowid IN (SELECT rowid FROM request_outcomes WHERE expires_at <= ${now} LIMIT ${PURGE_ROWS})`),
    db
      .delete(signInAttempts)
      .where(
        sql`rowid IN (SELECT rowid FROM sign_in_attempts WHERE updated_at < ${now - forgetAttemptsMs} AND locked_until <= ${now} LIMIT ${PURGE_ROWS})`,
      ),
  ]);
}

/** Failed sign-ins, counted durably per account and address. Called by identity/lock-out.ts. */
import { eq, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { signInAttempts } from '../tables/identity.ts';

export interface LockOutRule {
  /** failures that cost nothing */
  free: number;
  /** delay after the first failure that costs, doubled with each further one */
  baseMs: number;
  maxMs: number;
  /** after this long without an attempt the count starts anew */
  forgetMs: number;
}

/** `refused`: locked until then. `counted`: it may be made; should it fail, the next one is refused until then. */
export interface Attempt {
  kind: 'counted' | 'refused';
  lockedUntil: Instant;
}

/**
 * Counts an attempt as failed before it is made, so that a burst of parallel attempts can't slip through. One atomic statement; a refused
 * attempt does not lengthen the lock.
 */
export async function takeAttempt(platform: Platform, key: string, rule: LockOutRule, now: Instant): Promise<Attempt> {
  // Doubling by shift; 20 doublings are beyond any maximum.
  const failures = sql`(CASE WHEN ${signInAttempts.updatedAt} < ${now - rule.forgetMs} THEN 1 ELSE ${signInAttempts.failures} + 1 END)`;
  const delay = sql`(CASE WHEN ${failures} <= ${rule.free} THEN 0
    ELSE min(${rule.maxMs}, ${rule.baseMs} * (1 << min(20, ${failures} - ${rule.free} - 1))) END)`;
  const db = drizzleOn(platformD1(platform));
  const taken = await db
    .insert(signInAttempts)
    .values({ key, failures: 1, lockedUntil: 0, updatedAt: now })
    .onConflictDoUpdate({
      target: signInAttempts.key,
      set: {
        failures: sql`${failures}`,
        lockedUntil: sql`CAST(${now} + ${delay} AS INTEGER)`,
        updatedAt: now,
      },
      // A lock further ahead than any rule sets was made by a clock that has been moved back.
      setWhere: sql`${signInAttempts.lockedUntil} <= ${now} OR ${signInAttempts.lockedUntil} > ${now + rule.maxMs}`,
    })
    .returning({ until: signInAttempts.lockedUntil });
  if (taken[0]) return { kind: 'counted', lockedUntil: taken[0].until as Instant };
  const rows = await db
    .select({ until: signInAttempts.lockedUntil })
    .from(signInAttempts)
    .where(eq(signInAttempts.key, key))
    .limit(1);
  return { kind: 'refused', lockedUntil: (rows[0]?.until ?? now + 1000) as Instant };
}

/** Until when the next attempt is refused, without counting one; `now` where nothing is locked (a lock further ahead than the rule sets is none). */
export async function lockOf(platform: Platform, key: string, rule: LockOutRule, now: Instant): Promise<Instant> {
  const [row] = await drizzleOn(platformD1(platform))
    .select({ until: signInAttempts.lockedUntil })
    .from(signInAttempts)
    .where(eq(signInAttempts.key, key))
    .limit(1);
  return row === undefined || row.until > now + rule.maxMs || row.until < now ? now : (row.until as Instant);
}

/** A success clears the account's failures and takes back the one counted for the address, where it was counted. */
export async function forgiveAttempts(
  platform: Platform,
  accountKey: string,
  addressKey: string | null,
): Promise<void> {
  const db = drizzleOn(platformD1(platform));
  await db.batch([
    db.delete(signInAttempts).where(eq(signInAttempts.key, accountKey)),
    db
      .update(signInAttempts)
      .set({ failures: sql`max(0, ${signInAttempts.failures} - 1)`, lockedUntil: 0 })
      .where(eq(signInAttempts.key, addressKey ?? '')),
  ]);
}

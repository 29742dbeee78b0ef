/** Sign-ups that wait for their proof, on the control plane. Called by signup/ and, when its mail is composed, by notifications/. */
import { and, asc, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { signups } from '../tables/legal.ts';
import { notifications } from '../tables/notifications.ts';
import { TenantDb, type Write } from '../tenant-db.ts';

export type SignupRow = typeof signups.$inferSelect;

/** Sign-ups removed by one run of the cron. */
const PURGED = 200;

const isOpen = (now: Instant) => and(isNull(signups.usedAt), isNull(signups.endedAt), gt(signups.expiresAt, now));

/** The id of the effect that mails a sign-up's link; its notification is found by it again. */
export const mailIdOf = (signupId: string): string => `${signupId}:mail`;

/** A new sign-up on the handle's host; it ends the older ones of its address. */
export async function insertSignup(
  db: TenantDb,
  row: Omit<typeof signups.$inferInsert, 'tenantId'>,
  beside: Beside,
): Promise<void> {
  const control = controlOf(db);
  const insert = control
    .insert(signups)
    .values({ ...row, tenantId: db.tenantId })
    .returning({ id: signups.id });
  const older = control
    .update(signups)
    .set({ endedAt: row.createdAt })
    .where(
      and(
        eq(signups.tenantId, db.tenantId),
        eq(signups.email, row.email),
        ne(signups.id, row.id),
        isNull(signups.usedAt),
        isNull(signups.endedAt),
      ),
    );
  await changeOnControl(db, insert, beside, [older]);
}

/** A sign-up of the handle's host while its link is good; null: used, ended, over or gone. */
export async function openSignup(db: TenantDb, id: string, now: Instant): Promise<SignupRow | null> {
  const [row] = await controlOf(db)
    .select()
    .from(signups)
    .where(and(eq(signups.tenantId, db.tenantId), eq(signups.id, id), isOpen(now)))
    .limit(1);
  return row ?? null;
}

/** Gives an open sign-up the hash of its secret, in place of an earlier one. False: it is not open. */
export async function giveSignupSecret(db: TenantDb, id: string, tokenHash: string, now: Instant): Promise<boolean> {
  const given = await controlOf(db)
    .update(signups)
    .set({ tokenHash })
    .where(and(eq(signups.tenantId, db.tenantId), eq(signups.id, id), isOpen(now)))
    .returning({ id: signups.id });
  return given.length === 1;
}

/** The open sign-up behind the hash of a secret, whoever's host it began on; the secret is the proof. */
export async function signupByHash(platform: Platform, tokenHash: string, now: Instant): Promise<SignupRow | null> {
  const [row] = await drizzleOn(platformD1(platform))
    .select()
    .from(signups)
    .where(and(eq(signups.tokenHash, tokenHash), isOpen(now)))
    .limit(1);
  return row ?? null;
}

/**
 * Uses a sign-up's link up, once, with what makes its account usable. False: it was not open any more, and nothing is written.
 * @param db of the tenant that came of it
 */
export async function takeSignup(
  db: TenantDb,
  signup: Pick<SignupRow, 'tenantId' | 'id'>,
  does: readonly Write[],
  beside: Beside,
  now: Instant,
): Promise<boolean> {
  const used = controlOf(db)
    .update(signups)
    .set({ usedAt: now })
    .where(and(eq(signups.tenantId, signup.tenantId), eq(signups.id, signup.id), isOpen(now)))
    .returning({ id: signups.id });
  return (await changeOnControl(db, used, beside, does)) !== null;
}

/** Removes sign-ups of before an instant with the rows of their mails, so that nothing of an address stays; answers how many. */
export async function purgeSignups(platform: Platform, before: number): Promise<number> {
  const control = drizzleOn(platformD1(platform));
  const old = await control
    .select({ tenantId: signups.tenantId, id: signups.id })
    .from(signups)
    .where(lt(signups.createdAt, before))
    .orderBy(asc(signups.createdAt))
    .limit(PURGED);
  for (const tenantId of new Set(old.map((one) => one.tenantId))) {
    const ids = old.filter((one) => one.tenantId === tenantId).map(({ id }) => id);
    const db = new TenantDb(platform, tenantId);
    // The mails first: a run that is cut off finds its sign-ups again.
    for (let at = 0; at < ids.length; at += IN_ONE) {
      const some = ids.slice(at, at + IN_ONE);
      const keys = some.map((id) => `${mailIdOf(id)}:email`);
      await db.remove(notifications, inArray(notifications.dedupeKey, keys));
      await control.delete(signups).where(and(eq(signups.tenantId, tenantId), inArray(signups.id, some)));
    }
  }
  return old.length;
}
/** D1 binds at most 100 parameters. */
const IN_ONE = 80;

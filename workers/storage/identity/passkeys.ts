/** Passkeys on the control plane, and the challenges they answer. Called by identity/. */
import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { passkeys, users, verifications } from '../tables/identity.ts';
import type { TenantDb, Write } from '../tenant-db.ts';
import { hasApp, hasPasskey } from './second-factors.ts';

export type PasskeyRow = typeof passkeys.$inferSelect;
type UserRow = typeof users.$inferSelect;

const ofUser = (db: TenantDb, userId: string) => and(eq(passkeys.tenantId, db.tenantId), eq(passkeys.userId, userId));
const ofUserById = (db: TenantDb, userId: string, id: string) => and(ofUser(db, userId), eq(passkeys.id, id));

/** A user's passkeys, oldest first. */
export const passkeysOf = (db: TenantDb, userId: string, limit: number): Promise<PasskeyRow[]> =>
  controlOf(db).select().from(passkeys).where(ofUser(db, userId)).orderBy(asc(passkeys.id)).limit(limit);

/** A new one. False: this credential is known already, and nothing is written. @param more what is written with it */
export async function insertPasskey(
  db: TenantDb,
  passkey: Omit<PasskeyRow, 'tenantId' | 'lastUsedAt'>,
  more: readonly Write[],
  beside: Beside,
): Promise<boolean> {
  const made = controlOf(db)
    .insert(passkeys)
    .values({ ...passkey, tenantId: db.tenantId })
    .onConflictDoNothing()
    .returning({ id: passkeys.id });
  return (await changeOnControl(db, made, beside, more)) !== null;
}

/** Another name. Null: the user has no such passkey, and nothing is written. */
export async function renamePasskey(
  db: TenantDb,
  userId: string,
  id: string,
  name: string,
  beside: Beside,
): Promise<PasskeyRow | null> {
  const named = controlOf(db)
    .update(passkeys)
    .set({ name })
    .where(ofUserById(db, userId, id))
    .returning();
  return ((await changeOnControl(db, named, beside))?.[0] as PasskeyRow | undefined) ?? null;
}

/** Deletes one. False: the user has no such passkey, and nothing is written. @param isLastKept nor where it is the last thing that proves twice */
export async function deletePasskey(
  db: TenantDb,
  userId: string,
  id: string,
  beside: Beside,
  isLastKept: boolean,
): Promise<boolean> {
  const gone = controlOf(db)
    .delete(passkeys)
    .where(and(ofUserById(db, userId, id), isLastKept ? or(hasApp(db, userId), hasPasskey(db, userId, id)) : undefined))
    .returning({ id: passkeys.id });
  return (await changeOnControl(db, gone, beside)) !== null;
}

/** Takes all passkeys of a user away, with `more`. False: there are none, and nothing is written. */
export async function removePasskeys(
  db: TenantDb,
  userId: string,
  more: readonly Write[],
  beside: Beside,
): Promise<boolean> {
  const gone = controlOf(db).delete(passkeys).where(ofUser(db, userId)).returning({ id: passkeys.id });
  return (await changeOnControl(db, gone, beside, more)) !== null;
}

/** Takes all passkeys of a user away, for a batch. */
export const dropPasskeysOf = (db: TenantDb, userId: string): Write =>
  controlOf(db).delete(passkeys).where(ofUser(db, userId));

/** The passkey of a credential with its user; the signature will be the proof, so any tenant's is found. Null: unknown, or the user is disabled. */
export async function passkeyByCredential(
  platform: Platform,
  credentialId: string,
): Promise<{ passkey: PasskeyRow; user: UserRow } | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select({ passkey: passkeys, user: users })
    .from(passkeys)
    .innerJoin(users, and(eq(users.id, passkeys.userId), eq(users.realm, passkeys.realm)))
    .where(and(eq(passkeys.credentialId, credentialId), isNull(users.disabledAt)))
    .limit(1);
  return rows[0] ?? null;
}

/** Notes a use. False: its counter has moved on meanwhile: of two signatures with one count, one is a copy's. @param from, @param to of the counter */
export async function countPasskey(
  platform: Platform,
  passkey: PasskeyRow,
  { from, to, at }: { from: number; to: number; at: Instant },
): Promise<boolean> {
  const counted = await drizzleOn(platformD1(platform))
    .update(passkeys)
    .set({ counter: to, lastUsedAt: at })
    .where(and(eq(passkeys.tenantId, passkey.tenantId), eq(passkeys.id, passkey.id), eq(passkeys.counter, from)))
    .returning({ id: passkeys.id });
  return counted.length === 1;
}

// ---------------------------------------------------------------- challenges

/** Keeps a challenge for whom and where it was made. @param hash of the challenge, @param subject what must ask for it again */
export async function insertWebauthnChallenge(
  platform: Platform,
  challenge: { id: string; realm: string; hash: string; subject: string; expiresAt: Date; at: Date },
): Promise<void> {
  const { id, realm, hash, subject, expiresAt, at } = challenge;
  await drizzleOn(platformD1(platform))
    .insert(verifications)
    .values({ id, realm, identifier: `webauthn:${hash}`, value: subject, expiresAt, createdAt: at, updatedAt: at });
}

/** Uses a challenge up. False: it is none of this subject's, over, or was used. */
export async function takeWebauthnChallenge(
  platform: Platform,
  challenge: { realm: string; hash: string; subject: string; now: Date },
): Promise<boolean> {
  const { realm, hash, subject, now } = challenge;
  const taken = await drizzleOn(platformD1(platform))
    .delete(verifications)
    .where(
      and(
        eq(verifications.realm, realm),
        eq(verifications.identifier, `webauthn:${hash}`),
        eq(verifications.value, subject),
        gt(verifications.expiresAt, now),
      ),
    )
    .returning({ id: sql<string>`id` });
  return taken.length === 1;
}

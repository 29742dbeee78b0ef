/** Second factors and their recovery codes on the control plane. Called by identity/. */
import { and, eq, exists, gt, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Instant } from '../../../shared/clock.ts';
import type { FactorDemand } from '../../../shared/ways-in.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { passkeys, recoveryCodes, secondFactors, signInChallenges, users } from '../tables/identity.ts';
import { tenants } from '../tables/platform.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

type UserRow = typeof users.$inferSelect;
type SecondFactorRow = typeof secondFactors.$inferSelect;

/** Of a user whose passkey is deleted meanwhile: columns of a statement within one must not be the outer's. */
const otherPasskeys = alias(passkeys, 'other_passkeys');

const ofUser = (db: TenantDb, userId: string) =>
  and(eq(secondFactors.tenantId, db.tenantId), eq(secondFactors.userId, userId));
const codesOf = (db: TenantDb, userId: string) =>
  and(eq(recoveryCodes.tenantId, db.tenantId), eq(recoveryCodes.userId, userId));

/** For a condition: the user's sign-in asks for a code of an app. */
export const hasApp = (db: TenantDb, userId: string) =>
  exists(
    controlOf(db)
      .select({ one: sql`1` })
      .from(secondFactors)
      .where(and(ofUser(db, userId), isNotNull(secondFactors.confirmedAt))),
  );

/** For a condition: the user has a passkey, `but` this one. */
export const hasPasskey = (db: TenantDb, userId: string, but = '') =>
  exists(
    controlOf(db)
      .select({ one: sql`1` })
      .from(otherPasskeys)
      .where(and(eq(otherPasskeys.tenantId, db.tenantId), eq(otherPasskeys.userId, userId), ne(otherPasskeys.id, but))),
  );

/** The second factor of a user of the tenant, also one that was begun and guards nothing yet. */
export async function secondFactorOf(db: TenantDb, userId: string): Promise<SecondFactorRow | null> {
  const rows = await controlOf(db).select().from(secondFactors).where(ofUser(db, userId)).limit(1);
  return rows[0] ?? null;
}

/** Whether a user's sign-in asks for a second factor. */
export const isGuarded = async (db: TenantDb, userId: string): Promise<boolean> =>
  (await controlOf(db).$count(secondFactors, and(ofUser(db, userId), isNotNull(secondFactors.confirmedAt)))) > 0;

/** Whether a user has anything that proves twice: an app that is confirmed, or a passkey. */
export async function hasFactor(db: TenantDb, userId: string): Promise<boolean> {
  const control = controlOf(db);
  const one = { userId: users.id };
  const found = await control
    .select(one)
    .from(users)
    .where(and(eq(users.tenantId, db.tenantId), eq(users.id, userId), or(hasApp(db, userId), hasPasskey(db, userId))))
    .limit(1);
  return found.length > 0;
}

/** Of whom the tenant demands a second factor, from when on, and how many of its people may sign in and have nothing that proves twice. */
export async function factorDemandOf(
  db: TenantDb,
): Promise<{ demand: FactorDemand | null; from: number | null; without: number } | null> {
  const [row] = await controlOf(db)
    .select({
      demand: tenants.factorDemand,
      from: tenants.factorDemandedFrom,
      without: sql<number>`(SELECT count(*) FROM users u WHERE u.tenant_id = tenants.id AND u.disabled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = u.tenant_id AND f.user_id = u.id AND f.confirmed_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM passkeys p WHERE p.tenant_id = u.tenant_id AND p.user_id = u.id))`,
    })
    .from(tenants)
    .where(eq(tenants.id, db.tenantId))
    .limit(1);
  return row ?? null;
}

/** A confirmed factor as its person sees it; null: there is none. */
export async function shownFactorOf(
  db: TenantDb,
  userId: string,
): Promise<{ confirmedAt: number | null; unusedCodes: number } | null> {
  const rows = await controlOf(db)
    .select({
      confirmedAt: secondFactors.confirmedAt,
      // Names of columns alone would be the inner table's.
      unusedCodes: sql<number>`(SELECT count(*) FROM recovery_codes c WHERE c.tenant_id = second_factors.tenant_id AND c.user_id = second_factors.user_id AND c.used_at IS NULL)`,
    })
    .from(secondFactors)
    .where(and(ofUser(db, userId), isNotNull(secondFactors.confirmedAt)))
    .limit(1);
  return rows[0] ?? null;
}

interface NewSecondFactor {
  userId: string;
  realm: string;
  sealedSecret: string;
  createdAt: Instant;
}

/** A secret that is to be confirmed, in place of one that never was. False: there is a confirmed one, and nothing is written. */
export async function beginSecondFactor(db: TenantDb, factor: NewSecondFactor, beside: Beside): Promise<boolean> {
  const row = { ...factor, salt: '', lastStep: 0, confirmedAt: null };
  const begun = controlOf(db)
    .insert(secondFactors)
    .values({ ...row, tenantId: db.tenantId })
    .onConflictDoUpdate({
      target: [secondFactors.tenantId, secondFactors.userId],
      set: row,
      setWhere: isNull(secondFactors.confirmedAt),
    })
    .returning({ userId: secondFactors.userId });
  return (await changeOnControl(db, begun, beside)) !== null;
}

export interface CodeSet {
  salt: string;
  hashes: readonly string[];
}

const newCodes = (db: TenantDb, userId: string, { hashes }: CodeSet): Write[] => {
  const control = controlOf(db);
  return [
    control.delete(recoveryCodes).where(codesOf(db, userId)),
    control.insert(recoveryCodes).values(hashes.map((codeHash) => ({ tenantId: db.tenantId, userId, codeHash }))),
  ];
};

/**
 * From now on the factor is asked for, with `more` (sessions that end). False: it is another secret by now, or confirmed already, and nothing
 * is written. @param sealedSecret the one whose code was right
 */
export async function confirmSecondFactor(
  db: TenantDb,
  userId: string,
  { sealedSecret, step, at, codes }: { sealedSecret: string; step: number; at: Instant; codes: CodeSet },
  more: readonly Write[],
  beside: Beside,
): Promise<boolean> {
  const confirmed = controlOf(db)
    .update(secondFactors)
    .set({ confirmedAt: at, lastStep: step, salt: codes.salt })
    .where(and(ofUser(db, userId), isNull(secondFactors.confirmedAt), eq(secondFactors.sealedSecret, sealedSecret)))
    .returning({ userId: secondFactors.userId });
  return (await changeOnControl(db, confirmed, beside, [...newCodes(db, userId, codes), ...more])) !== null;
}

/** Another set of recovery codes; the old ones are gone. False: there is no confirmed factor. */
export async function renewCodes(db: TenantDb, userId: string, codes: CodeSet, beside: Beside): Promise<boolean> {
  const salted = controlOf(db)
    .update(secondFactors)
    .set({ salt: codes.salt })
    .where(and(ofUser(db, userId), isNotNull(secondFactors.confirmedAt)))
    .returning({ userId: secondFactors.userId });
  return (await changeOnControl(db, salted, beside, newCodes(db, userId, codes))) !== null;
}

/** Uses a step up: none is accepted twice, and none before it. False: it, or a later one, was. @param sealedSecret sealed anew, under the present master key */
export async function takeStep(db: TenantDb, userId: string, step: number, sealedSecret: string): Promise<boolean> {
  const taken = await controlOf(db)
    .update(secondFactors)
    .set({ lastStep: step, sealedSecret })
    .where(and(ofUser(db, userId), isNotNull(secondFactors.confirmedAt), lt(secondFactors.lastStep, step)))
    .returning({ userId: secondFactors.userId });
  return taken.length === 1;
}

/** Uses a recovery code up. False: it is none, or was used. */
export async function takeCode(db: TenantDb, userId: string, codeHash: string, at: Instant): Promise<boolean> {
  const taken = await controlOf(db)
    .update(recoveryCodes)
    .set({ usedAt: at })
    .where(and(codesOf(db, userId), eq(recoveryCodes.codeHash, codeHash), isNull(recoveryCodes.usedAt)))
    .returning({ codeHash: recoveryCodes.codeHash });
  return taken.length === 1;
}

/** Half sign-ins of a user end, for a batch with what ends them: the password they began with is no more. */
export const endChallengesOf = (db: TenantDb, userId: string): Write =>
  controlOf(db)
    .delete(signInChallenges)
    .where(and(eq(signInChallenges.tenantId, db.tenantId), eq(signInChallenges.userId, userId)));

/** Takes factor, codes and half sign-ins of a user away, for a batch. */
export const dropFactorOf = (db: TenantDb, userId: string): Write[] => {
  const control = controlOf(db);
  return [
    control.delete(secondFactors).where(ofUser(db, userId)),
    control.delete(recoveryCodes).where(codesOf(db, userId)),
    endChallengesOf(db, userId),
  ];
};

/**
 * Switches a confirmed factor off, with its codes, and `more`. False: there is none, and nothing is written.
 * @param isLastKept nor where it is the last thing that proves twice
 */
export async function removeSecondFactor(
  db: TenantDb,
  userId: string,
  more: readonly Write[],
  beside: Beside,
  isLastKept = false,
): Promise<boolean> {
  const gone = controlOf(db)
    .delete(secondFactors)
    .where(
      and(ofUser(db, userId), isNotNull(secondFactors.confirmedAt), isLastKept ? hasPasskey(db, userId) : undefined),
    )
    .returning({ userId: secondFactors.userId });
  return (await changeOnControl(db, gone, beside, [...dropFactorOf(db, userId).slice(1), ...more])) !== null;
}

// ---------------------------------------------------------------- sign-ins that are gone half

type ChallengeRow = typeof signInChallenges.$inferSelect;

/** Keeps a half sign-in, and its audit row with it. */
export async function insertChallenge(
  db: TenantDb,
  challenge: Omit<ChallengeRow, 'tenantId' | 'tries' | 'usedAt'>,
  beside: Beside,
): Promise<void> {
  const control = controlOf(db);
  await changeOnControl(db, control.insert(signInChallenges).values({ ...challenge, tenantId: db.tenantId }), beside);
}

const isOpen = (now: Instant) => and(isNull(signInChallenges.usedAt), gt(signInChallenges.expiresAt, now));

/** Counts one try of an open half sign-in. False: it is over, was used, or had all its tries. */
export async function takeTry(db: TenantDb, tokenHash: string, most: number, now: Instant): Promise<boolean> {
  const taken = await controlOf(db)
    .update(signInChallenges)
    .set({ tries: sql`${signInChallenges.tries} + 1` })
    .where(and(eq(signInChallenges.tokenHash, tokenHash), isOpen(now), lt(signInChallenges.tries, most)))
    .returning({ tries: signInChallenges.tries });
  return taken.length === 1;
}

/** Uses it up, once. */
export async function takeChallenge(db: TenantDb, tokenHash: string, now: Instant): Promise<boolean> {
  const taken = await controlOf(db)
    .update(signInChallenges)
    .set({ usedAt: now })
    .where(and(eq(signInChallenges.tokenHash, tokenHash), isOpen(now)))
    .returning({ tokenHash: signInChallenges.tokenHash });
  return taken.length === 1;
}

/** The half sign-in behind a browser's secret, with its user; the secret is the proof, so any tenant's is found. Null: over, used, or the user is disabled. */
export async function challengeByHash(
  platform: Platform,
  tokenHash: string,
  now: Instant,
): Promise<{ challenge: ChallengeRow; user: UserRow } | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select({ challenge: signInChallenges, user: users })
    .from(signInChallenges)
    .innerJoin(users, and(eq(users.id, signInChallenges.userId), eq(users.realm, signInChallenges.realm)))
    .where(and(eq(signInChallenges.tokenHash, tokenHash), isOpen(now), isNull(users.disabledAt)))
    .limit(1);
  return rows[0] ?? null;
}

/** Users and their password accounts on the control plane. Called by identity/. */
import { and, asc, eq, gt, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { Preferences } from '../../../shared/contract/preferences.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1, valuesOf } from '../d1.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { accountLinks, accounts, factorResets, passkeys, roles, users } from '../tables/identity.ts';
import { dropFactorOf } from './second-factors.ts';
import type { TenantDb, Write } from '../tenant-db.ts';
import { ownRoleOfUser, roleStands } from './roles.ts';

interface NewUser {
  id: string;
  accountId: string;
  realm: string;
  tenantId: TenantId;
  email: string;
  name: string;
  role: string;
  language: string;
  passwordHash: string;
}

/** Makes user and password account in one batch. `same`: this very user is there already; `taken`: the e-mail is another's in the realm. */
export async function insertUser(platform: Platform, user: NewUser, now: Instant): Promise<'made' | 'same' | 'taken'> {
  const db = drizzleOn(platformD1(platform));
  const at = new Date(now);
  const email = user.email.toLowerCase();
  const [inserted] = await db.batch([
    db
      .insert(users)
      .values({ ...user, email, emailVerified: true, createdAt: at, updatedAt: at })
      .onConflictDoNothing()
      .returning({ id: users.id }),
    // Only for the user this batch made: a taken e-mail must not get a second password.
    db
      .insert(accounts)
      .select(
        db
          .select({
            id: sql<string>`${user.accountId}`.as('id'),
            realm: users.realm,
            userId: users.id,
            accountId: sql<string>`${user.id}`.as('account_id'),
            providerId: sql<string>`'credential'`.as('provider_id'),
            accessToken: sql<null>`NULL`.as('access_token'),
            refreshToken: sql<null>`NULL`.as('refresh_token'),
            idToken: sql<null>`NULL`.as('id_token'),
            accessTokenExpiresAt: sql<null>`NULL`.as('access_token_expires_at'),
            refreshTokenExpiresAt: sql<null>`NULL`.as('refresh_token_expires_at'),
            scope: sql<null>`NULL`.as('scope'),
            password: sql<string>`${user.passwordHash}`.as('password'),
            createdAt: users.createdAt,
            updatedAt: users.updatedAt,
          })
          .from(users)
          .where(and(eq(users.id, user.id), eq(users.realm, user.realm), eq(users.email, email))),
      )
      .onConflictDoNothing(),
  ]);
  if (inserted.length === 1) return 'made';
  const known = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.realm, user.realm), eq(users.email, email)))
    .limit(1);
  return known[0]?.id === user.id ? 'same' : 'taken';
}

interface InvitedUser {
  id: string;
  realm: string;
  email: string;
  name: string;
  role: string;
  language: string;
  customRoleId?: string | null;
  companyIds?: string[] | null;
  branchIds?: string[] | null;
  ownOnly?: boolean;
}

/**
 * A user of the tenant without a password, with `more` (the link that will set one) and the audit row. `same`: this very user is there
 * already; `taken`: the e-mail is another's in the realm; `full`: the tenant has `most` users; then nothing is written.
 * @param most counted by the statement that inserts: requests at once make no more
 */
export async function insertInvited(
  db: TenantDb,
  user: InvitedUser,
  most: number,
  more: readonly Write[],
  beside: Beside,
  now: Instant,
): Promise<'made' | 'same' | 'taken' | 'full'> {
  const at = new Date(now);
  const email = user.email.toLowerCase();
  const row = { ...user, email, tenantId: db.tenantId, emailVerified: false, createdAt: at, updatedAt: at };
  const control = controlOf(db);
  const inserted = control
    .insert(users)
    .select(
      sql`SELECT ${valuesOf(users, row)} WHERE (SELECT count(*) FROM ${users} AS present WHERE present.tenant_id = ${db.tenantId}) < ${most}`,
    )
    .onConflictDoNothing()
    .returning({ id: users.id });
  if ((await changeOnControl(db, inserted, beside, more)) !== null) return 'made';
  const known = await control
    .select({ id: users.id, tenantId: users.tenantId })
    .from(users)
    .where(and(eq(users.realm, user.realm), eq(users.email, email)))
    .limit(1);
  if (known[0] === undefined) return 'full';
  return known[0].id === user.id && known[0].tenantId === db.tenantId ? 'same' : 'taken';
}

/** Whether an address is somebody else's in the realm. */
export const isEmailTaken = async (db: TenantDb, realm: string, email: string, userId: string): Promise<boolean> =>
  (await controlOf(db).$count(
    users,
    and(eq(users.realm, realm), eq(users.email, email.toLowerCase()), ne(users.id, userId)),
  )) > 0;

/** How many users the tenant has. */
export const countUsers = (db: TenantDb): Promise<number> =>
  controlOf(db).$count(users, eq(users.tenantId, db.tenantId));

/** Sets the password of a user of the tenant, who may have had none. For a batch with what allows it. @param accountId of the row, should it be new */
export const passwordOf = (
  db: TenantDb,
  user: { id: string; realm: string },
  to: { hash: string; accountId: string },
  now: Instant,
): Write => {
  const at = new Date(now);
  const row = { password: to.hash, updatedAt: at };
  return controlOf(db)
    .insert(accounts)
    .values({
      ...row,
      id: to.accountId,
      realm: user.realm,
      userId: user.id,
      accountId: user.id,
      providerId: 'credential',
      createdAt: at,
    })
    .onConflictDoUpdate({ target: [accounts.realm, accounts.providerId, accounts.accountId], set: row });
};

/** Changes the password of a user of the tenant who has one. False: it is not `from` any more, and nothing is written. */
export async function changePasswordRow(
  db: TenantDb,
  user: { id: string; realm: string },
  { from, to }: { from: string; to: string },
  more: readonly Write[],
  beside: Beside,
  now: Instant,
): Promise<boolean> {
  const changed = controlOf(db)
    .update(accounts)
    .set({ password: to, updatedAt: new Date(now) })
    .where(
      and(
        eq(accounts.realm, user.realm),
        eq(accounts.providerId, 'credential'),
        eq(accounts.accountId, user.id),
        eq(accounts.password, from),
        sql`EXISTS (SELECT 1 FROM users WHERE users.id = ${user.id} AND users.tenant_id = ${db.tenantId})`,
      ),
    )
    .returning({ id: accounts.id });
  return (await changeOnControl(db, changed, beside, more)) !== null;
}

/** Keeps a person's preferences, if they still are what the change was made of. False: another device was faster, and nothing is written. */
export async function keepPreferences(
  db: TenantDb,
  user: { id: string; before: Preferences | null },
  preferences: Preferences,
  beside: Beside,
  now: Instant,
): Promise<boolean> {
  const kept = controlOf(db)
    .update(users)
    .set({ preferences, updatedAt: new Date(now) })
    .where(
      and(
        eq(users.tenantId, db.tenantId),
        eq(users.id, user.id),
        user.before === null ? isNull(users.preferences) : eq(users.preferences, user.before),
      ),
    )
    .returning({ id: users.id });
  return (await changeOnControl(db, kept, beside)) !== null;
}

export type UserFields = Partial<
  Pick<
    UserRow,
    | 'name'
    | 'role'
    | 'customRoleId'
    | 'companyIds'
    | 'branchIds'
    | 'ownOnly'
    | 'language'
    | 'email'
    | 'emailVerified'
    | 'disabledAt'
  >
>;

/** Sets fields of a user of the tenant. For a batch. */
export const userFieldsOf = (db: TenantDb, id: string, set: UserFields, now: Instant) =>
  controlOf(db)
    .update(users)
    .set({ ...set, updatedAt: new Date(now) })
    .where(and(eq(users.tenantId, db.tenantId), eq(users.id, id)))
    .returning();

export interface UserCandidate {
  realm: string;
  tenantId: TenantId;
  userId: string;
  /** null: never; who was there before is told of a device that is new */
  lastSignInAt: Date | null;
}

/** Entry point of sign-in: accounts with this e-mail, oldest first, in any realm; the caller drops those its host does not serve. */
export async function candidatesByEmail(platform: Platform, email: string, limit: number): Promise<UserCandidate[]> {
  return drizzleOn(platformD1(platform))
    .select({ realm: users.realm, tenantId: users.tenantId, userId: users.id, lastSignInAt: users.lastSignInAt })
    .from(users)
    .where(and(eq(users.email, email.toLowerCase()), isNull(users.disabledAt)))
    .orderBy(asc(users.createdAt), asc(users.id))
    .limit(limit);
}

export type UserRow = typeof users.$inferSelect;

/**
 * A user as it is shown. `hasPassword` false: invited, and not there yet; `isGuarded`: an app or a passkey proves twice; `ownRole`: of the
 * tenant's own, null also where that is gone.
 */
export interface ShownUser {
  user: UserRow;
  hasPassword: boolean;
  isGuarded: boolean;
  ownRole: { name: string; permissions: string[] } | null;
}

/** The password account of a user; at most one, by its unique index. */
const withPassword = and(
  eq(accounts.realm, users.realm),
  eq(accounts.providerId, 'credential'),
  eq(accounts.accountId, users.id),
);

const shownUsers = (db: TenantDb) =>
  controlOf(db)
    .select({
      user: users,
      hasPassword: sql<number>`${accounts.id} IS NOT NULL`,
      isGuarded: sql<number>`EXISTS (SELECT 1 FROM second_factors f WHERE f.tenant_id = users.tenant_id AND f.user_id = users.id AND f.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM passkeys p WHERE p.tenant_id = users.tenant_id AND p.user_id = users.id)`,
      ownRole: { name: roles.name, permissions: roles.permissions },
    })
    .from(users)
    .leftJoin(accounts, withPassword)
    .leftJoin(roles, ownRoleOfUser);

const asShown = (
  row: Omit<ShownUser, 'hasPassword' | 'isGuarded'> & { hasPassword: number; isGuarded: number },
): ShownUser => ({
  ...row,
  hasPassword: row.hasPassword === 1,
  isGuarded: row.isGuarded === 1,
});

/** Users of the tenant by id (oldest first); `after` = id of the page before. */
export const usersOf = async (
  db: TenantDb,
  after: string | null,
  limit: number,
): Promise<(ShownUser & { id: string })[]> =>
  (
    await shownUsers(db)
      .where(and(eq(users.tenantId, db.tenantId), after === null ? undefined : gt(users.id, after)))
      .orderBy(asc(users.id))
      .limit(limit)
  ).map((row) => ({ ...asShown(row), id: row.user.id }));

/** A user of the tenant, as it is shown. */
export async function shownUserOf(db: TenantDb, id: string): Promise<ShownUser | null> {
  const rows = await shownUsers(db)
    .where(and(eq(users.tenantId, db.tenantId), eq(users.id, id)))
    .limit(1);
  return rows[0] === undefined ? null : asShown(rows[0]);
}

/** A user of the tenant. */
export async function userOf(db: TenantDb, id: string): Promise<UserRow | null> {
  const rows = await controlOf(db)
    .select()
    .from(users)
    .where(and(eq(users.tenantId, db.tenantId), eq(users.id, id)))
    .limit(1);
  return rows[0] ?? null;
}

/** True of a row of `users` beside which another owner of the tenant can sign in. */
const notLastOwner = (db: TenantDb, id: string, ownerRoles: readonly string[]): SQL =>
  sql`EXISTS (SELECT 1 FROM users o JOIN accounts a ON a.realm = o.realm AND a.provider_id = 'credential' AND a.account_id = o.id
    WHERE o.tenant_id = ${db.tenantId} AND o.id <> ${id} AND o.disabled_at IS NULL
    AND o.custom_role_id IS NULL AND o.role IN (SELECT value FROM json_each(${JSON.stringify(ownerRoles)})))`;

/** What a change of a user rests on: refused when it no longer holds. */
interface UserBasis {
  /** as they were when the change was judged: somebody else may have changed them meanwhile */
  role: string;
  customRoleId: string | null;
  /** a role of the tenant's own that the change gives, as it was judged */
  gives?: { id: string; version: number } | null;
  /** where the change takes an owner away: another one must stay */
  ownerRoles: readonly string[] | null;
}

const restsOn = (db: TenantDb, id: string, { role, customRoleId, gives, ownerRoles }: UserBasis): SQL | undefined =>
  and(
    eq(users.tenantId, db.tenantId),
    eq(users.id, id),
    eq(users.role, role),
    customRoleId === null ? isNull(users.customRoleId) : eq(users.customRoleId, customRoleId),
    gives == null ? undefined : roleStands(db, gives),
    ownerRoles === null ? undefined : notLastOwner(db, id, ownerRoles),
  );

/** Changes a user of the tenant. Null: its basis no longer holds, and nothing is written. @param more what belongs to it (sessions that end) */
export async function changeUserRow(
  db: TenantDb,
  id: string,
  set: UserFields,
  basis: UserBasis,
  more: readonly Write[],
  beside: Beside,
  now: Instant,
): Promise<UserRow | null> {
  const changed = controlOf(db)
    .update(users)
    .set({ ...set, updatedAt: new Date(now) })
    .where(restsOn(db, id, basis))
    .returning();
  return ((await changeOnControl(db, changed, beside, more))?.[0] as UserRow | undefined) ?? null;
}

/** Removes a user of the tenant with password, second factor, passkeys, sessions and links. False: its basis no longer holds, and nothing is written. */
export async function deleteUserRow(
  db: TenantDb,
  user: { id: string; realm: string },
  basis: UserBasis,
  more: readonly Write[],
  beside: Beside,
): Promise<boolean> {
  const control = controlOf(db);
  const gone = control
    .delete(users)
    .where(restsOn(db, user.id, basis))
    .returning({ id: users.id });
  return (
    (await changeOnControl(db, gone, beside, [
      control.delete(accounts).where(and(eq(accounts.realm, user.realm), eq(accounts.userId, user.id))),
      control.delete(accountLinks).where(and(eq(accountLinks.tenantId, db.tenantId), eq(accountLinks.userId, user.id))),
      control.delete(passkeys).where(and(eq(passkeys.tenantId, db.tenantId), eq(passkeys.userId, user.id))),
      ...dropFactorOf(db, user.id),
      control.delete(factorResets).where(and(eq(factorResets.tenantId, db.tenantId), eq(factorResets.userId, user.id))),
      ...more,
    ])) !== null
  );
}

/** The password's hash of a user, or null without one. @param realm the one the account was made in */
export async function passwordHashOf(db: TenantDb, realm: string, userId: string): Promise<string | null> {
  const rows = await controlOf(db)
    .select({ password: accounts.password })
    .from(accounts)
    .innerJoin(users, and(eq(users.id, accounts.userId), eq(users.realm, accounts.realm)))
    .where(
      and(
        eq(accounts.realm, realm),
        eq(accounts.userId, userId),
        eq(accounts.providerId, 'credential'),
        eq(users.tenantId, db.tenantId),
      ),
    )
    .limit(1);
  return rows[0]?.password ?? null;
}

export interface UserProfile {
  id: string;
  name: string;
  email: string;
  language: string;
  preferences: Preferences | null;
  /** when second factor and passkeys go that its person has confirmed to have lost; null: nothing of the kind waits */
  factorResetDue: number | null;
}

/** A user of the tenant. @param realm the one the account was made in */
export async function userProfile(db: TenantDb, realm: string, userId: string): Promise<UserProfile | null> {
  const rows = await controlOf(db)
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      language: users.language,
      preferences: users.preferences,
      factorResetDue: sql<
        number | null
      >`(SELECT r.due_at FROM factor_resets r WHERE r.tenant_id = users.tenant_id AND r.user_id = users.id AND r.ended_at IS NULL AND r.confirmed_at IS NOT NULL)`,
    })
    .from(users)
    .where(and(eq(users.realm, realm), eq(users.id, userId)))
    .limit(1);
  return rows[0] ?? null;
}

/** Links to accounts on the control plane: their rows, and the user behind one. Called by identity/ and, when a mail is composed, by notifications/. */
import { and, eq, gt, isNull, ne } from 'drizzle-orm';
import type { AccountLinkPurpose } from '../../../shared/account-links.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { accountLinks, users } from '../tables/identity.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type AccountLinkRow = typeof accountLinks.$inferSelect;
type UserRow = typeof users.$inferSelect;

interface NewAccountLink {
  id: string;
  realm: string;
  userId: string;
  purpose: AccountLinkPurpose;
  /** the new address, for a change of it */
  email: string | null;
  createdAt: Instant;
  expiresAt: Instant;
}

const isOpen = (now: Instant) =>
  and(isNull(accountLinks.usedAt), isNull(accountLinks.endedAt), gt(accountLinks.expiresAt, now));

/** Ends the user's links that were not used, of a purpose or (null) of all, but for `except`. For a batch with what ends them. */
export const endLinksOf = (
  db: TenantDb,
  userId: string,
  purpose: AccountLinkPurpose | null,
  now: Instant,
  except = '',
): Write =>
  controlOf(db)
    .update(accountLinks)
    .set({ endedAt: now })
    .where(
      and(
        eq(accountLinks.tenantId, db.tenantId),
        eq(accountLinks.userId, userId),
        purpose === null ? undefined : eq(accountLinks.purpose, purpose),
        ne(accountLinks.id, except),
        isNull(accountLinks.usedAt),
        isNull(accountLinks.endedAt),
      ),
    );

/** A new link of the tenant, for a batch. Nobody holds its secret yet. */
export const newLinkOf = (db: TenantDb, link: NewAccountLink) =>
  controlOf(db)
    .insert(accountLinks)
    .values({ ...link, tenantId: db.tenantId })
    .returning({ id: accountLinks.id });

/** A link for a user who is there; it ends the older ones of its purpose. */
export async function insertLink(db: TenantDb, link: NewAccountLink, beside: Beside): Promise<void> {
  const older = endLinksOf(db, link.userId, link.purpose, link.createdAt, link.id);
  await changeOnControl(db, newLinkOf(db, link), beside, [older]);
}

/** The link with its user, while it is open; null: used, ended, over, or its user is gone or disabled. */
export async function openLinkById(
  db: TenantDb,
  id: string,
  now: Instant,
): Promise<{ link: AccountLinkRow; user: UserRow } | null> {
  const rows = await controlOf(db)
    .select({ link: accountLinks, user: users })
    .from(accountLinks)
    .innerJoin(users, and(eq(users.id, accountLinks.userId), eq(users.realm, accountLinks.realm)))
    .where(and(eq(accountLinks.tenantId, db.tenantId), eq(accountLinks.id, id), isOpen(now), isNull(users.disabledAt)))
    .limit(1);
  return rows[0] ?? null;
}

/** Gives an open link the hash of its secret, in place of an earlier one: only the latest mail's link works. False: the link is not open. */
export async function giveSecret(db: TenantDb, id: string, tokenHash: string, now: Instant): Promise<boolean> {
  const given = await controlOf(db)
    .update(accountLinks)
    .set({ tokenHash })
    .where(and(eq(accountLinks.tenantId, db.tenantId), eq(accountLinks.id, id), isOpen(now)))
    .returning({ id: accountLinks.id });
  return given.length === 1;
}

/** What stands behind the hash of a link's secret, whatever became of it; the secret is the proof, so any tenant's is found. */
export async function linkByHash(
  platform: Platform,
  tokenHash: string,
): Promise<{ link: AccountLinkRow; user: UserRow } | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select({ link: accountLinks, user: users })
    .from(accountLinks)
    .innerJoin(users, and(eq(users.id, accountLinks.userId), eq(users.realm, accountLinks.realm)))
    .where(eq(accountLinks.tokenHash, tokenHash))
    .limit(1);
  return rows[0] ?? null;
}

/** Whether a link still opens something. */
export const isLinkOpen = (link: AccountLinkRow, now: Instant): boolean =>
  link.usedAt === null && link.endedAt === null && link.expiresAt > now;

/** Uses an open link up: the compare-and-swap that a batch of its purpose hangs on. */
const takeLinkOf = (db: TenantDb, id: string, now: Instant): Write =>
  controlOf(db)
    .update(accountLinks)
    .set({ usedAt: now })
    .where(and(eq(accountLinks.tenantId, db.tenantId), eq(accountLinks.id, id), isOpen(now)))
    .returning({ id: accountLinks.id });

interface LinkedUser {
  linkId: string;
  userId: string;
  realm: string;
}

/**
 * Uses a link up, once, with what it does to its user; every other open link of the user ends, or those of the purpose `ends`. False: it was
 * not open any more, and then nothing at all is written.
 */
export async function takeLink(
  db: TenantDb,
  of: LinkedUser,
  does: readonly Write[],
  beside: Beside,
  now: Instant,
  ends: AccountLinkPurpose | null = null,
): Promise<boolean> {
  const used = takeLinkOf(db, of.linkId, now);
  return (await changeOnControl(db, used, beside, [...does, endLinksOf(db, of.userId, ends, now)])) !== null;
}

/** Rows of an instance's beginning, all on the control plane. Called by instance/. */
import { and, eq, isNull, lt, notExists, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { changedOr, orm } from '../d1.ts';
import { forgetTenant, type NewTenant } from '../platform-db.ts';
import { accounts, users } from '../tables/identity.ts';
import { pricingPlans, setupTokens } from '../tables/instance.ts';
import { tenants } from '../tables/platform.ts';
import type { Write } from '../tenant-db.ts';
import { forgetSettings, settingPut } from './system-settings.ts';

type SetupTokenRow = typeof setupTokens.$inferSelect;
/** Ended tokens removed by one run of the cron. */
const PURGE_TOKENS = 100;

export async function setupTokenByHash(platform: Platform, tokenHash: string): Promise<SetupTokenRow | null> {
  const rows = await orm(platform).select().from(setupTokens).where(eq(setupTokens.tokenHash, tokenHash)).limit(1);
  return rows[0] ?? null;
}

/** An operator who may sign in: of the platform's own tenant. */
const operators = (platform: Platform, tenantId: TenantId) =>
  orm(platform)
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.tenantId, tenantId), eq(users.role, 'super_admin'), isNull(users.disabledAt)))
    .limit(1);

/** Whether anybody runs this instance already. */
export const hasOperator = async (platform: Platform, tenantId: TenantId): Promise<boolean> =>
  (await operators(platform, tenantId)).length > 0;

interface Beginning {
  tokenHash: string;
  now: Instant;
  tenant: NewTenant;
  operator: { id: string; accountId: string; name: string; email: string; language: string; passwordHash: string };
  plans: readonly Omit<typeof pricingPlans.$inferInsert, 'tenantId'>[];
  settings: readonly { key: string; value: unknown; updatedAt: number; updatedBy: string }[];
}

/**
 * Uses the token and writes everything an instance begins with, in one transaction. `refused`: the token is used, has expired, or an operator
 * is there; `taken`: the e-mail is a disabled operator's. Nothing is written then. Rows that are there (an instance whose operators are all
 * gone) stay as they are.
 */
export async function writeBeginning(
  platform: Platform,
  { tokenHash, now, tenant, operator, plans, settings }: Beginning,
  along: readonly Write[],
): Promise<'made' | 'refused' | 'taken'> {
  const db = orm(platform);
  const { id: tenantId } = tenant;
  const used = db
    .update(setupTokens)
    .set({ usedAt: now })
    .where(
      and(
        eq(setupTokens.tokenHash, tokenHash),
        isNull(setupTokens.usedAt),
        sql`${setupTokens.expiresAt} > ${now}`,
        notExists(operators(platform, tenantId)),
      ),
    )
    .returning({ tokenHash: setupTokens.tokenHash });
  const at = new Date(now);
  const realm = tenantId;
  const { id, accountId, passwordHash, ...person } = operator;
  const stamps = { createdAt: at, updatedAt: at };
  try {
    const made = await changedOr(db, used, [
      db.insert(tenants).values(tenant).onConflictDoNothing(),
      db.insert(users).values({ id, realm, tenantId, role: 'super_admin', emailVerified: true, ...person, ...stamps }),
      db.insert(accounts).values({
        id: accountId,
        realm,
        userId: id,
        accountId: id,
        providerId: 'credential',
        password: passwordHash,
        ...stamps,
      }),
      ...plans.map((plan) =>
        db
          .insert(pricingPlans)
          .values({ ...plan, tenantId })
          .onConflictDoNothing(),
      ),
      ...settings.map((row) => settingPut(platform, row, 'keep')),
      ...along,
    ]);
    return made === null ? 'refused' : 'made';
  } catch (fault) {
    if (/UNIQUE constraint failed: users/i.test(`${String(fault)} ${String((fault as Error).cause)}`)) return 'taken';
    throw fault;
  } finally {
    forgetTenant(tenantId);
    forgetSettings();
  }
}

/** Removes tokens that ended before an instant; answers how many. */
export async function purgeSetupTokens(platform: Platform, before: number): Promise<number> {
  const old = sql`token_hash IN (SELECT token_hash FROM setup_tokens WHERE ${lt(setupTokens.expiresAt, before)} LIMIT ${PURGE_TOKENS})`;
  const done = await orm(platform).delete(setupTokens).where(old).run();
  return done.meta.changes;
}

/** Plans and settings without an operator, unless they are there: demo data, whose people come by themselves. */
export async function seedBeginning(
  platform: Platform,
  { tenantId, plans, settings }: Pick<Beginning, 'plans' | 'settings'> & { tenantId: TenantId },
): Promise<void> {
  const db = orm(platform);
  const [first, ...others] = [
    ...plans.map((plan) =>
      db
        .insert(pricingPlans)
        .values({ ...plan, tenantId })
        .onConflictDoNothing(),
    ),
    ...settings.map((row) => settingPut(platform, row, 'keep')),
  ];
  if (first !== undefined) await db.batch([first, ...others]);
  forgetSettings();
}

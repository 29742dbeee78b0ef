/** Who is notified about a tenant's money and state: its active owners. Called by notifications. */
import type { TenantId } from '../../../shared/ids.ts';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { isLanguage, type Language, DEFAULT_LANGUAGE } from '../../../shared/i18n/language.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { users } from '../tables/identity.ts';

export interface Owner {
  id: string;
  email: string;
  language: Language;
}

const OWNER_ROLES = ['admin', 'reseller_admin', 'super_admin'];

/** Who is told: owners alone, or whoever leads the day with them. */
export type Told = 'owners' | 'and managers';
const ROLES: Readonly<Record<Told, readonly string[]>> = {
  owners: OWNER_ROLES,
  'and managers': [...OWNER_ROLES, 'manager'],
};

/** Users with the role admin of the tenant (reseller_admin of a reseller), and on request its managers, oldest first. */
export async function ownersOf(
  platform: Platform,
  tenantId: TenantId,
  limit: number,
  told: Told = 'owners',
): Promise<Owner[]> {
  const rows = await drizzleOn(platformD1(platform))
    .select({ id: users.id, email: users.email, language: users.language })
    .from(users)
    .where(
      and(
        eq(users.tenantId, tenantId),
        inArray(users.role, [...ROLES[told]]),
        // A role of the tenant's own may hold less than its name says.
        isNull(users.customRoleId),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(users.id))
    .limit(limit);
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    language: isLanguage(row.language) ? row.language : DEFAULT_LANGUAGE,
  }));
}

/** Roles of a tenant's own on the control plane, beside the users who have them. Called by identity/. */
import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { roles, users } from '../tables/identity.ts';
import type { TenantDb } from '../tenant-db.ts';

export type RoleRow = typeof roles.$inferSelect;
/** A role of the tenant whose handle writes it. */
export type OwnRole = Omit<RoleRow, 'tenantId'>;

/** The role of the tenant's own that a row of `users` names, while it is there. For joins. */
export const ownRoleOfUser = and(
  eq(roles.tenantId, users.tenantId),
  eq(roles.id, users.customRoleId),
  isNull(roles.deletedAt),
);

const mine = (db: TenantDb, where?: SQL): SQL | undefined => and(eq(roles.tenantId, db.tenantId), where);

const inState = (deleted: boolean): SQL => (deleted ? isNotNull(roles.deletedAt) : isNull(roles.deletedAt));

/** Roles of the tenant by name, those that are there or those that were deleted; at most `limit`. */
export const rolesOf = (db: TenantDb, deleted: boolean, limit: number): Promise<RoleRow[]> =>
  controlOf(db)
    .select()
    .from(roles)
    .where(mine(db, inState(deleted)))
    .orderBy(asc(roles.name), asc(roles.id))
    .limit(limit);

/** A role of the tenant, a deleted one too. */
export async function roleOf(db: TenantDb, id: string): Promise<RoleRow | null> {
  const found = await controlOf(db)
    .select()
    .from(roles)
    .where(mine(db, eq(roles.id, id)))
    .limit(1);
  return found[0] ?? null;
}

/**
 * The same with how many users have each role of the tenant, by its id (of ours by their name): one statement, whose only row of our own making
 * brings the counts where a tenant has no role.
 */
export async function countedRolesOf(
  db: TenantDb,
  deleted: boolean,
  limit: number,
): Promise<{ rows: RoleRow[]; counts: ReadonlyMap<string, number> }> {
  const held = sql`SELECT coalesce(custom_role_id, role) AS held, count(*) AS n FROM users WHERE tenant_id = ${db.tenantId} GROUP BY 1`;
  const counts = sql<string>`(SELECT json_group_object(held, n) FROM (${held}))`;
  const found = await controlOf(db)
    .select({ role: roles, counts: counts.as('counts') })
    .from(sql`(SELECT 1) AS once`)
    .leftJoin(roles, mine(db, inState(deleted)))
    .orderBy(asc(roles.name), asc(roles.id))
    .limit(limit);
  const by = JSON.parse(found[0]?.counts ?? '{}') as Record<string, number>;
  return { rows: found.flatMap(({ role }) => role ?? []), counts: new Map(Object.entries(by)) };
}

/** Who has a role, by name. @param id of a role of the tenant's own, else the name of one of ours */
export const usersWithRole = (
  db: TenantDb,
  id: string,
  limit: number,
): Promise<{ id: string; name: string; disabledAt: Date | null }[]> =>
  controlOf(db)
    .select({ id: users.id, name: users.name, disabledAt: users.disabledAt })
    .from(users)
    .where(and(eq(users.tenantId, db.tenantId), sql`coalesce(${users.customRoleId}, ${users.role}) = ${id}`))
    .orderBy(asc(users.name), asc(users.id))
    .limit(limit);

/** Inserts a role; false when its id is taken, and then nothing is written. */
export async function insertRole(db: TenantDb, role: OwnRole, beside: Beside): Promise<boolean> {
  const inserted = controlOf(db)
    .insert(roles)
    .values({ ...role, tenantId: db.tenantId })
    .onConflictDoNothing()
    .returning({ id: roles.id });
  return (await changeOnControl(db, inserted, beside)) !== null;
}

/** True of a row of `roles` that nobody has. */
const isUnused = (db: TenantDb, id: string): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM users WHERE users.tenant_id = ${db.tenantId} AND users.custom_role_id = ${id})`;

/** What a change of a role rests on. */
export interface RoleBasis {
  version: number;
  /** nobody may have it */
  unused?: true;
}

/** Changes a role in this version; null: it is another one by now (or somebody has it), and nothing is written. */
export async function changeRoleRow(
  db: TenantDb,
  id: string,
  set: Partial<Pick<OwnRole, 'name' | 'description' | 'permissions' | 'deletedAt'>>,
  { version, unused }: RoleBasis,
  beside: Beside,
  now: Instant,
): Promise<RoleRow | null> {
  const changed = controlOf(db)
    .update(roles)
    .set({ ...set, updatedAt: now, version: version + 1 })
    .where(mine(db, and(eq(roles.id, id), eq(roles.version, version), unused ? isUnused(db, id) : undefined)))
    .returning();
  return ((await changeOnControl(db, changed, beside))?.[0] as RoleRow | undefined) ?? null;
}

/** True where the role is there in this version: what giving it rests on. For the condition of a change of `users`. */
export const roleStands = (db: TenantDb, role: Pick<RoleRow, 'id' | 'version'>): SQL =>
  sql`EXISTS (SELECT 1 FROM roles r WHERE r.tenant_id = ${db.tenantId} AND r.id = ${role.id} AND r.version = ${role.version} AND r.deleted_at IS NULL)`;

/** D1 rows of a business's phone agents, and the directory's rows that lead Retell's ids to them. Called by provisioning/. */
import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { controlOf } from '../control-plane.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { has, type ListSource } from '../resource-list.ts';
import { retellAgents } from '../tables/platform.ts';
import { agents, type Difference, type Twin } from '../tables/provisioning.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type AgentRow = typeof agents.$inferSelect;
export type { Difference, Twin };

export const agentList: ListSource<typeof agents> = {
  table: agents,
  sorts: { created_at: { by: agents.createdAt, of: (row) => row.createdAt, kind: 'number' } },
  filters: { branch_id: has(agents.branchId, true), state: has(agents.state, true) },
};

const LIVE = sql`deleted_at IS NULL`;

export const agentOf = (db: TenantDb, id: string): Promise<AgentRow | null> =>
  db.row(agents, and(eq(agents.id, id), LIVE) as SQL);

/** The agent that has this id at Retell. */
export const agentByRemote = (db: TenantDb, agentId: string): Promise<AgentRow | null> =>
  db.row(agents, and(eq(agents.agentId, agentId), LIVE) as SQL);

export const countAgents = (db: TenantDb): Promise<number> => db.count(agents, LIVE);

/** Agents of a branch, oldest first; those that are being deleted are none of it any more. */
export const agentsOfBranch = (db: TenantDb, branchId: string): Promise<AgentRow[]> =>
  db.rows(agents, {
    where: and(eq(agents.branchId, branchId), sql`${agents.state} <> 'removing'`, LIVE),
    orderBy: asc(agents.createdAt),
    limit: 20,
  });

/** What background work learnt of an agent: no new version, because nothing that a person typed has changed. */
export const agentLearnt = (
  db: TenantDb,
  id: string,
  set: Partial<AgentRow>,
  along: readonly Write[] = [],
): Promise<AgentRow[] | null> => db.change(agents, set, and(eq(agents.id, id), LIVE) as SQL, along);

/** Nothing of it stands at Retell any more. */
export const agentGone = (db: TenantDb, id: string, now: number): Write =>
  db.updateOf(
    agents,
    { deletedAt: now, updatedAt: now, reason: null, differences: [], twins: [], version: sql`${agents.version} + 1` },
    eq(agents.id, id),
  );

/** The job that works on an agent from now on; the batch fails when another one was named since the row was read. */
export function agentTakenOf(
  db: TenantDb,
  row: Pick<AgentRow, 'id' | 'jobId'>,
  set: Partial<AgentRow>,
): [Write, Write] {
  const seen = row.jobId === null ? sql`${agents.jobId} IS NULL` : eq(agents.jobId, row.jobId);
  return [
    db.guardOf(agents, and(eq(agents.id, row.id), seen, LIVE) as SQL),
    db.updateOf(agents, set, eq(agents.id, row.id)),
  ];
}

// ---- directory

/** Leads an id of Retell's to the tenant; an older one of the same agent leads nowhere any more. */
export async function routeAgent(
  db: TenantDb,
  agent: Pick<typeof retellAgents.$inferSelect, 'agentId' | 'branchId' | 'language' | 'firstSentence' | 'recording'>,
): Promise<void> {
  const row = { ...agent, tenantId: db.tenantId, active: true };
  await controlOf(db)
    .insert(retellAgents)
    .values(row)
    .onConflictDoUpdate({ target: [retellAgents.tenantId, retellAgents.agentId], set: row });
}

/** Calls of an agent that no longer exists at Retell have no tenant. */
export async function unrouteAgent(db: TenantDb, agentId: string): Promise<void> {
  await controlOf(db)
    .delete(retellAgents)
    .where(and(eq(retellAgents.tenantId, db.tenantId), eq(retellAgents.agentId, agentId)));
}

/** Active agents of all tenants behind a cursor, by tenant and id: the look at all of them goes in this order. */
export async function routedAgents(
  platform: Platform,
  after: { tenantId: string; agentId: string } | null,
  limit: number,
): Promise<{ tenantId: TenantId; agentId: string }[]> {
  return drizzleOn(platformD1(platform))
    .select({ tenantId: retellAgents.tenantId, agentId: retellAgents.agentId })
    .from(retellAgents)
    .where(
      and(
        eq(retellAgents.active, true),
        after === null
          ? undefined
          : sql`(${retellAgents.tenantId}, ${retellAgents.agentId}) > (${after.tenantId}, ${after.agentId})`,
      ),
    )
    .orderBy(asc(retellAgents.tenantId), asc(retellAgents.agentId))
    .limit(limit);
}

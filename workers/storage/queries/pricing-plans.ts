/** D1 rows of pricing plans: a tenant's list, and one by its id alone wherever it lies. Called by instance/. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Platform } from '../../env.ts';
import { allShards, drizzleOn } from '../d1.ts';
import { nameContains } from '../name-contains.ts';
import type { ListSource } from '../resource-list.ts';
import { pricingPlans } from '../tables/instance.ts';

export type PricingPlanRow = typeof pricingPlans.$inferSelect;

export const planList: ListSource<typeof pricingPlans> = {
  table: pricingPlans,
  sorts: {
    name: { by: pricingPlans.name, of: (row) => row.name, kind: 'text' },
    created_at: { by: pricingPlans.createdAt, of: (row) => row.createdAt, kind: 'number' },
  },
  filters: { q: (text) => ({ where: nameContains(pricingPlans.name, text), indexed: false }) },
};

/** A plan that may be given to tenants, of whomever; null: there is none, or it is archived. */
export async function livePlan(platform: Platform, id: string): Promise<PricingPlanRow | null> {
  for (const shard of allShards(platform)) {
    const [row] = await drizzleOn(shard)
      .select()
      .from(pricingPlans)
      .where(and(eq(pricingPlans.id, id), isNull(pricingPlans.deletedAt)))
      .limit(1);
    if (row !== undefined) return row;
  }
  return null;
}

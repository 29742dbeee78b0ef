/** D1 rows of calendar sync. Called by calendar-sync/ and by the webhook's candidate look-up. */
import type { TenantId } from '../../../shared/ids.ts';
import { and, eq, sql } from 'drizzle-orm';
import type { Platform } from '../../env.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { calcomEventMaps, calcomRoutes } from '../tables/calendar-sync.ts';
import type { TenantDb } from '../tenant-db.ts';

type EventMapRow = typeof calcomEventMaps.$inferSelect;

/** Takes the appointment's lease (one push at a time), making its row if needed; null while another push holds it. */
export async function leaseEventMap(
  db: TenantDb,
  appointmentId: string,
  by: string,
  now: number,
  leaseMs: number,
): Promise<(EventMapRow & { isNew: boolean }) | null> {
  const isNew = await db.insertIfNew(calcomEventMaps, { appointmentId, status: 'pending', updatedAt: now });
  const leased = await db.update(
    calcomEventMaps,
    { leaseUntil: now + leaseMs, leaseBy: by },
    sql`${calcomEventMaps.appointmentId} = ${appointmentId} AND (${calcomEventMaps.leaseUntil} <= ${now} OR ${calcomEventMaps.leaseBy} = ${by})`,
  );
  return leased[0] ? { ...leased[0], isNew } : null;
}

export async function saveEventMap(
  db: TenantDb,
  appointmentId: string,
  set: Partial<
    Pick<EventMapRow, 'uid' | 'pushedVersion' | 'status' | 'creating' | 'replacingUid' | 'lastError' | 'leaseUntil'>
  >,
  now: number,
): Promise<void> {
  await db.update(calcomEventMaps, { ...set, updatedAt: now }, eq(calcomEventMaps.appointmentId, appointmentId));
}

/** An id at Cal.com that says whose a webhook is. */
export interface CalcomId {
  kind: 'event_type' | 'uid';
  value: string;
}

/** Stores the tenant of an id at Cal.com. Several tenants may share an event type by mistake: then it identifies none. */
export async function saveCalcomRoutes(
  platform: Platform,
  tenantId: TenantId,
  routes: readonly CalcomId[],
): Promise<void> {
  const rows = routes.map((route) => ({ ...route, tenantId }));
  for (let i = 0; i < rows.length; i += 30) {
    await drizzleOn(platformD1(platform))
      .insert(calcomRoutes)
      .values(rows.slice(i, i + 30))
      .onConflictDoNothing();
  }
}

/** The tenant a Cal.com id belongs to; null when unknown or claimed by more than one. */
export async function tenantOfCalcom(
  platform: Platform,
  kind: 'event_type' | 'uid',
  value: string,
): Promise<TenantId | null> {
  const rows = await drizzleOn(platformD1(platform))
    .select({ tenantId: calcomRoutes.tenantId })
    .from(calcomRoutes)
    .where(and(eq(calcomRoutes.kind, kind), eq(calcomRoutes.value, value)))
    .limit(2);
  return rows.length === 1 ? (rows[0]?.tenantId ?? null) : null;
}

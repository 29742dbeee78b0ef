/** Our appointments beside Cal.com's bookings, and which tenant a Cal.com id belongs to. */
import type { TenantId } from '../../../shared/ids.ts';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { PUSH_STATUSES } from '../../../shared/appointment-status.ts';

/** One row per appointment that was or will be pushed. */
export const calcomEventMaps = sqliteTable(
  'calcom_event_maps',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    appointmentId: text('appointment_id').notNull(),
    uid: text('uid'),
    pushedVersion: integer('pushed_version').notNull().default(0),
    status: text('status', { enum: PUSH_STATUSES }).notNull(),
    /** one push at a time per appointment: until then the holder of the lease works on it */
    leaseUntil: integer('lease_until').notNull().default(0),
    leaseBy: text('lease_by'),
    /** a create was handed to Cal.com and its answer is not known: look before creating again */
    creating: integer('creating', { mode: 'boolean' }).notNull().default(false),
    /** a booking that a new one takes the place of: it is cancelled before the new one is made */
    replacingUid: text('replacing_uid'),
    lastError: text('last_error'),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.appointmentId] }),
    index('calcom_event_maps_uid').on(t.tenantId, t.uid),
    index('calcom_event_maps_status').on(t.tenantId, t.status, t.updatedAt),
  ],
);

/** Control plane: event type or booking uid at Cal.com → tenant, so that a webhook without tenant in its path finds its own. */
export const calcomRoutes = sqliteTable(
  'calcom_routes',
  {
    kind: text('kind', { enum: ['event_type', 'uid'] }).notNull(),
    value: text('value').notNull(),
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.value, t.tenantId] }), index('calcom_routes_tenant').on(t.tenantId)],
);

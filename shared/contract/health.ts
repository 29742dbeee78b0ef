/** Is it up. Read by workers/operations/health.ts and tests. */
import { z } from 'zod';
import { HEALTH_STATUSES } from '../tenant-status.ts';

const status = z.enum(HEALTH_STATUSES);
const count = z.number().nullable();
const at = z.string().nullable();

export const healthResponse = z.object({ status: z.literal('ok'), timestamp: z.string(), version: z.string() });

export const detailedHealthResponse = z.object({
  status,
  timestamp: z.string(),
  version: z.string(),
  checks: z.object({
    database: z.object({ status, latency_ms: count }),
    cache: z.object({ status, driver: z.literal('kv') }),
    queue: z.object({ status, pending_jobs: count, parked_jobs: count }),
    storage: z.object({ status, disk_usage: count }),
    durable_objects: z.object({ status }),
  }),
  integrations: z.object({
    cal_com: z.object({ status, last_sync: at }),
    retell: z.object({ status, last_call: at }),
    stripe: z.object({ status, last_payment: at }),
  }),
  metrics: z.object({
    calls_today: count,
    appointments_today: count,
    customers_active: count,
    queue_jobs_pending: count,
  }),
});
export type DetailedHealthResponse = z.infer<typeof detailedHealthResponse>;

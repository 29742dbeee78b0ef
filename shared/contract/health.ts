/** Is it up. Read by workers/operations/health.ts and tests. */
import { z } from 'zod';
import { ALARM_KINDS } from '../alarm-kinds.ts';
import { HEALTH_STATUSES } from '../tenant-status.ts';
import { VENDOR_STATUSES } from '../vendors.ts';

const status = z.enum(HEALTH_STATUSES);
const count = z.number().nullable();
const at = z.string().nullable();
const rate = z.number().min(0).max(1).nullable().meta({ description: 'a share; null: too few to say' });
/** As real calls ended; `unknown`: it was never called. */
const vendor = { status: z.enum(VENDOR_STATUSES), last_success: at, last_failure: at };

export const healthResponse = z.object({ status: z.literal('ok'), timestamp: z.string(), version: z.string() });

export const detailedHealthResponse = z.object({
  status,
  timestamp: z.string(),
  version: z.string(),
  checks: z.object({
    database: z.object({ status, latency_ms: count }),
    cache: z.object({ status, driver: z.literal('kv') }),
    queue: z.object({ status, pending_jobs: count, parked_jobs: count }),
    storage: z.object({
      status,
      disk_usage: z
        .string()
        .regex(/^\d+%$/)
        .nullable()
        .meta({ description: 'of what a database may hold; of several, the fullest', example: '45%' }),
      disk_usage_bytes: count.meta({ description: 'of all databases together' }),
    }),
    durable_objects: z.object({ status }),
    webhooks: z.object({ status, received: count, success_rate: rate }),
    requests: z.object({ status, error_rate: rate }),
    alarms: z.object({ status, open: count, kinds: z.array(z.enum(ALARM_KINDS)) }),
  }),
  integrations: z.object({
    cal_com: z.object({ ...vendor, last_sync: at }),
    retell: z.object({
      ...vendor,
      last_call: at,
      refused_requests: count.meta({
        description: 'from addresses that are not Retell’s, within the hour; of the platform alone',
      }),
    }),
    stripe: z.object({ ...vendor, last_payment: at }),
    sms: z.object(vendor),
    mail: z.object(vendor),
  }),
  metrics: z.object({
    calls_today: count,
    appointments_today: count,
    customers_active: count,
    queue_jobs_pending: count,
  }),
});
export type DetailedHealthResponse = z.infer<typeof detailedHealthResponse>;

/** What jobs and crons work with; made from the bindings by workers/cron.ts, so that this module knows no `env` and no other module. */
import type { TenantId } from '../../shared/ids.ts';
import type { Alarm } from '../alarms/raise.ts';
import type { CronStore } from '../storage/cron-db.ts';
import type { TenantDb } from '../storage/tenant-db.ts';
import type { Cron, JobKind } from './types.ts';

/** The tenant that the operator's own jobs belong to. */
export const PLATFORM_TENANT = 'platform' as TenantId;

export interface JobWorld {
  crons: readonly Cron[];
  kinds: readonly JobKind[];
  store: CronStore;
  db(tenantId: TenantId): TenantDb;
  /** Sends the job's message, so that it goes on; a lost message is found by the cron `wake_jobs`. */
  wake(tenantId: TenantId, id: string, afterMs: number): Promise<void>;
  /** A person has to know (alarms/raise.ts); never throws. */
  raise(alarm: Alarm): Promise<unknown>;
  /** The clock was set back: what was stored while it stood ahead becomes due (storage/clock-step.ts). Answers how many rows. */
  clockSetBack(now: number): Promise<number>;
  /** What was wrong is well again; never throws. */
  clear(alarm: Pick<Alarm, 'kind' | 'subject'>, by: string): Promise<unknown>;
  /** development: crons of every minute run at each tick, leases are short because processes are killed on purpose */
  isDevelopment: boolean;
}

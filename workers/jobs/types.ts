/** What modules register in their `jobs.ts`: crons and kinds of jobs. Types only, so that every module may import them. */
import type { Instant } from '../../shared/clock.ts';
import type { CatchUp, JobReach } from '../../shared/job-status.ts';
import type { TenantId } from '../../shared/ids.ts';

/** Figures of a run by name, for people: `{ effects: 3, webhooks: 0 }`. */
export type Counts = Readonly<Record<string, number>>;

export interface JobRequest {
  tenantId: TenantId;
  kind: string;
  reach: JobReach;
  /** ids only: they are shown, logged and kept for 90 days */
  params?: Readonly<Record<string, string>>;
  /** writes nothing and lists what it would change */
  dry?: boolean;
  /** who wants it, as `causerOf` says: `user:usr_…`, `cron:verify_ledgers` */
  by: string;
}

interface CronContext {
  /** the due time this run is for; a run caught up is for one in the past */
  due: Instant;
  now: Instant;
  /** Begins a job of the platform, unless one of its kind is under way. Answers 1 when it began. */
  startJob(kind: string): Promise<number>;
}

export interface Cron {
  name: string;
  /** `minute hour day-of-month month day-of-week` in UTC (schedule.ts) */
  schedule: string;
  catchUp: CatchUp;
  /** ms after which a run that has not ended is taken for dead; longer than any run takes */
  leaseMs: number;
  /** Bounded: what does not end within the lease is a job. Throws when the world fails; the next due time tries again. */
  run(context: CronContext): Promise<Counts>;
}

export interface StepContext {
  tenantId: TenantId;
  reach: JobReach;
  params: Readonly<Record<string, string>>;
  /** true: write nothing, name what would be done */
  dry: boolean;
  now: Instant;
}

export interface ItemNote {
  item: string;
  /** code-like or a sentence without personal data */
  reason: string;
}

export interface Handled {
  /** items that could not be done; they are kept and can be run again by themselves */
  failed?: readonly ItemNote[];
  /** dry run: items that would have been changed */
  planned?: readonly ItemNote[];
  /** added up over all pages */
  counts?: Counts;
}

/** One part of a job. A page is worked on as a whole or again from its start: `handle` must be idempotent. */
export interface JobStep {
  name: string;
  /** How many items there are, where counting is cheap. */
  total?(context: StepContext): Promise<number | null>;
  /** The page of items that begins after `cursor` (null: the first); `next` null: it was the last. Reads only. */
  list(context: StepContext, cursor: string | null): Promise<{ items: readonly string[]; next: string | null }>;
  /** Works on these items. Throws when the world fails (the page is tried again); an item that fails alone is in `failed`. */
  handle(context: StepContext, items: readonly string[]): Promise<Handled>;
}

export interface JobKind {
  kind: string;
  /** who may begin it over HTTP: no one (crons do), the operator for all tenants, or also a tenant for itself */
  byHand: 'nobody' | 'operator' | 'tenant';
  steps: readonly JobStep[];
}

/** The rows of crons, and the reads of jobs over all tenants that the runner needs. Platform's: no tenant's module opens it. Called by jobs/ through `JobWorld`. */
import { and, desc, eq, inArray, lt, lte, or, sql } from 'drizzle-orm';
import type { CronOutcome, CronTrigger } from '../../shared/job-status.ts';
import type { TenantId } from '../../shared/ids.ts';
import { assert } from '../../shared/result.ts';
import type { Platform } from '../env.ts';
import { allShards, changedOr, drizzleOn, platformD1, tenantD1 } from './d1.ts';
import { cronRuns, cronStates, jobItems, jobs } from './tables/jobs.ts';
import type { Write } from './tenant-db.ts';

export type CronStateRow = typeof cronStates.$inferSelect;
export type CronRunRow = typeof cronRuns.$inferSelect;

/** Rows removed per table and call: cron comes again in an hour, and a day writes fewer than a day of calls removes. */
const PURGE_RUNS = 5_000;
const PURGE_ITEMS = 5_000;
const PURGE_JOBS = 500;
/** A statement of D1 binds a hundred values, a row here four. */
const STATES_A_STATEMENT = 20;

export interface ClaimedRun {
  name: string;
  claim: number;
  dueAt: number;
}

/** Access to cron rows of one environment. */
export class CronStore {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  get #orm() {
    return drizzleOn(platformD1(this.#platform));
  }

  /** Where each cron stands; names that were never seen get a row that has met no due time yet. */
  async states(names: readonly string[]): Promise<Map<string, CronStateRow>> {
    const known = await this.#orm.select().from(cronStates).where(inArray(cronStates.name, names));
    const states = new Map(known.map((row) => [row.name, row]));
    const missing = names
      .filter((name) => !states.has(name))
      .map((name) => ({ name, claim: 0, leaseUntil: 0, attempts: 0 }));
    if (missing.length > 0) {
      for (let i = 0; i < missing.length; i += STATES_A_STATEMENT)
        await this.#orm
          .insert(cronStates)
          .values(missing.slice(i, i + STATES_A_STATEMENT))
          .onConflictDoNothing();
      for (const row of missing)
        states.set(row.name, { ...row, lastDueAt: null, runningDueAt: null, lastRunDueAt: null, pausedAt: null });
    }
    return states;
  }

  /**
   * Compare-and-swap: null when another isolate was faster, somebody paused it, or it runs. The run's row is written with it.
   * @param along writes of the operator's audit row when fired by hand; they lie in the same database
   */
  async claim(
    run: { id: string; name: string; dueAt: number; trigger: CronTrigger; attempt: number },
    state: { claim: number },
    now: number,
    leaseMs: number,
    along: readonly Write[] = [],
  ): Promise<ClaimedRun | null> {
    const { id, name, dueAt, trigger, attempt } = run;
    const isScheduled = trigger === 'schedule';
    const orm = this.#orm;
    const claimed = await changedOr(
      orm,
      orm
        .update(cronStates)
        .set({
          claim: state.claim + 1,
          runningDueAt: dueAt,
          lastRunDueAt: dueAt,
          leaseUntil: now + leaseMs,
          attempts: attempt,
          ...(isScheduled && attempt === 1 ? { lastDueAt: dueAt } : {}),
        })
        .where(
          and(
            eq(cronStates.name, name),
            eq(cronStates.claim, state.claim),
            lte(cronStates.leaseUntil, now),
            isScheduled ? sql`${cronStates.pausedAt} IS NULL` : undefined,
          ),
        )
        .returning({ claim: cronStates.claim }),
      [
        orm
          .insert(cronRuns)
          .values({ id, name, dueAt, trigger, startedAt: now, outcome: 'running', attempts: attempt })
          .onConflictDoUpdate({
            target: [cronRuns.name, cronRuns.dueAt],
            set: { startedAt: now, endedAt: null, outcome: 'running', attempts: attempt, error: null },
          }),
        ...along,
      ],
    );
    return claimed === null ? null : { name, claim: state.claim + 1, dueAt };
  }

  /** Writes how a run ended; false when its lease ran out and somebody took it over. */
  async finish(
    run: ClaimedRun,
    end: { at: number; outcome: CronOutcome; counts?: Record<string, number>; error?: string },
  ): Promise<boolean> {
    const orm = this.#orm;
    const done = await changedOr(
      orm,
      orm
        .update(cronStates)
        .set({ runningDueAt: null, leaseUntil: 0, attempts: 0 })
        .where(and(eq(cronStates.name, run.name), eq(cronStates.claim, run.claim)))
        .returning({ claim: cronStates.claim }),
      [
        orm
          .update(cronRuns)
          .set({ endedAt: end.at, outcome: end.outcome, counts: end.counts ?? null, error: end.error ?? null })
          .where(and(eq(cronRuns.name, run.name), eq(cronRuns.dueAt, run.dueAt))),
      ],
    );
    return done !== null;
  }

  /** A run that died and is not taken over. */
  async lose(name: string, claim: number, dueAt: number, at: number): Promise<void> {
    const orm = this.#orm;
    await orm.batch([
      orm
        .update(cronStates)
        .set({ runningDueAt: null, attempts: 0 })
        .where(and(eq(cronStates.name, name), eq(cronStates.claim, claim))),
      orm
        .update(cronRuns)
        .set({ outcome: 'lost', endedAt: at })
        .where(and(eq(cronRuns.name, name), eq(cronRuns.dueAt, dueAt), eq(cronRuns.outcome, 'running'))),
    ]);
  }

  /** From this due time on the cron counts: it was never seen before. */
  async baseline(name: string, claim: number, dueAt: number): Promise<void> {
    await this.#orm
      .update(cronStates)
      .set({ lastDueAt: dueAt })
      .where(and(eq(cronStates.name, name), eq(cronStates.claim, claim)));
  }

  /** Pauses or goes on; false when it is so already (or unknown), and then no audit row is written either. */
  async setPaused(name: string, pausedAt: number | null, along: readonly Write[]): Promise<boolean> {
    const orm = this.#orm;
    const changed = await changedOr(
      orm,
      orm
        .update(cronStates)
        .set({ pausedAt })
        .where(
          and(
            eq(cronStates.name, name),
            pausedAt === null ? sql`${cronStates.pausedAt} IS NOT NULL` : sql`${cronStates.pausedAt} IS NULL`,
          ),
        )
        .returning({ name: cronStates.name }),
      along,
    );
    return changed !== null;
  }

  /** The operator's audit rows share a transaction with the platform's rows: both lie on the first shard. */
  assertSameDatabase(operatorTenantId: TenantId): void {
    assert(
      tenantD1(this.#platform, operatorTenantId) === platformD1(this.#platform),
      'an operator lives on the platform shard',
    );
  }

  /** The newest run of each cron. */
  async lastRuns(states: Iterable<CronStateRow>): Promise<Map<string, CronRunRow>> {
    const keys = [...states].flatMap((s) => (s.lastRunDueAt === null ? [] : [{ n: s.name, d: s.lastRunDueAt }]));
    if (keys.length === 0) return new Map();
    const rows = await this.#orm
      .select()
      .from(cronRuns)
      .where(
        sql`(${cronRuns.name}, ${cronRuns.dueAt}) IN (SELECT value ->> '$.n', value ->> '$.d' FROM json_each(${JSON.stringify(keys)}))`,
      );
    return new Map(rows.map((row) => [row.name, row]));
  }

  /** A page of a cron's runs, newest due time first. */
  runsPage(name: string, before: number | null, limit: number): Promise<CronRunRow[]> {
    return this.runsQuery(name, before, limit).all();
  }
  runsQuery(name: string, before: number | null, limit: number) {
    return this.#orm
      .select()
      .from(cronRuns)
      .where(and(eq(cronRuns.name, name), before === null ? undefined : lt(cronRuns.dueAt, before)))
      .orderBy(desc(cronRuns.dueAt))
      .limit(limit);
  }

  /** Jobs of all tenants that wait longer than they should: their message was lost, or their wake died. */
  async waitingJobs(now: number, queuedBefore: number, limit: number): Promise<{ tenantId: TenantId; id: string }[]> {
    const found: { tenantId: TenantId; id: string }[] = [];
    for (const shard of allShards(this.#platform))
      found.push(...(await this.waitingQuery(shard, now, queuedBefore, limit).all()));
    return found;
  }
  waitingQuery(shard: D1Database, now: number, queuedBefore: number, limit: number) {
    return drizzleOn(shard)
      .select({ tenantId: jobs.tenantId, id: jobs.id })
      .from(jobs)
      .where(
        or(
          and(eq(jobs.state, 'queued'), lte(jobs.notBefore, queuedBefore), lte(jobs.leaseUntil, now)),
          and(eq(jobs.state, 'running'), lte(jobs.notBefore, now), lte(jobs.leaseUntil, now)),
        ),
      )
      .limit(limit);
  }

  /** Pushes the waiting time of jobs whose messages were just sent, so that a long backlog is not filled with twins. */
  async markSent(sent: readonly { tenantId: TenantId; id: string }[], now: number): Promise<void> {
    if (sent.length === 0) return;
    const keys = JSON.stringify(sent.map(({ tenantId, id }) => ({ t: tenantId, i: id })));
    for (const shard of allShards(this.#platform))
      await drizzleOn(shard)
        .update(jobs)
        .set({ notBefore: now })
        .where(
          and(
            eq(jobs.state, 'queued'),
            sql`(${jobs.tenantId}, ${jobs.id}) IN (SELECT value ->> '$.t', value ->> '$.i' FROM json_each(${keys}))`,
          ),
        );
  }

  /** Removes runs and ended jobs older than `before`, in bounded pages on every shard; a job's items go before it. */
  async purge(before: number): Promise<{ runs: number; jobs: number }> {
    const runs = await this.#orm
      .delete(cronRuns)
      .where(sql`rowid IN (SELECT rowid FROM cron_runs WHERE started_at < ${before} LIMIT ${PURGE_RUNS})`)
      .returning({ id: cronRuns.id });
    let gone = 0;
    for (const shard of allShards(this.#platform)) {
      const orm = drizzleOn(shard);
      const ended = sql`SELECT tenant_id, id FROM jobs WHERE ended_at < ${before} ORDER BY ended_at LIMIT ${PURGE_JOBS}`;
      const [, removed] = await orm.batch([
        orm
          .delete(jobItems)
          .where(
            sql`rowid IN (SELECT i.rowid FROM (${ended}) j JOIN job_items i ON i.tenant_id = j.tenant_id AND i.job_id = j.id LIMIT ${PURGE_ITEMS})`,
          ),
        orm
          .delete(jobs)
          .where(
            sql`(tenant_id, id) IN (${ended}) AND NOT EXISTS (SELECT 1 FROM job_items i WHERE i.tenant_id = jobs.tenant_id AND i.job_id = jobs.id)`,
          )
          .returning({ id: jobs.id }),
      ]);
      gone += removed.length;
    }
    return { runs: runs.length, jobs: gone };
  }
}

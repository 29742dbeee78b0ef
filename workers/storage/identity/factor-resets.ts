/** The way back of an only owner without their factors, on the control plane. Called by identity/ and tenants/. */
import { and, asc, desc, eq, isNotNull, isNull, lte, type SQL } from 'drizzle-orm';
import type { Instant } from '../../../shared/clock.ts';
import type { FactorResetEnd } from '../../../shared/ways-in.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { factorResets } from '../tables/identity.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type FactorResetRow = typeof factorResets.$inferSelect;
export type NewFactorReset = Omit<FactorResetRow, 'tenantId' | 'confirmedAt' | 'endedAt' | 'endedBy'>;

const isOpen = (db: TenantDb, userId: string) =>
  and(eq(factorResets.tenantId, db.tenantId), eq(factorResets.userId, userId), isNull(factorResets.endedAt));

/** Keeps one that was asked for, with `more` (the link). False: one of this person is open, and nothing is written. */
export async function insertFactorReset(
  db: TenantDb,
  row: NewFactorReset,
  more: readonly Write[],
  beside: Beside,
): Promise<boolean> {
  const made = controlOf(db)
    .insert(factorResets)
    .values({ ...row, tenantId: db.tenantId })
    .onConflictDoNothing()
    .returning({ id: factorResets.id });
  return (await changeOnControl(db, made, beside, more)) !== null;
}

/** The open one of a person; null: there is none. */
export async function openFactorReset(db: TenantDb, userId: string): Promise<FactorResetRow | null> {
  const [row] = await controlOf(db).select().from(factorResets).where(isOpen(db, userId)).limit(1);
  return row ?? null;
}

/** The latest of the tenant, whatever became of it. */
export async function lastFactorReset(db: TenantDb): Promise<FactorResetRow | null> {
  const [row] = await controlOf(db)
    .select()
    .from(factorResets)
    .where(eq(factorResets.tenantId, db.tenantId))
    .orderBy(desc(factorResets.id))
    .limit(1);
  return row ?? null;
}

/** Its person has confirmed the open one: from now on it waits. For a batch with the link that is used up. */
export const confirmFactorResetOf = (db: TenantDb, userId: string, at: Instant, dueAt: Instant): Write =>
  controlOf(db)
    .update(factorResets)
    .set({ confirmedAt: at, dueAt })
    .where(and(isOpen(db, userId), isNull(factorResets.confirmedAt)));

/**
 * Ends the open one of a person, with `more`. Null: none is open (any more), or it is not in the state that is meant; then nothing is written.
 * @param state `due`: it was confirmed and its time has come; `late`: nobody confirmed it in time
 */
export async function endFactorReset(
  db: TenantDb,
  userId: string,
  { by, at, state }: { by: FactorResetEnd; at: Instant; state?: 'due' | 'late' },
  more: readonly Write[],
  beside: Beside,
): Promise<boolean> {
  const meant: SQL | undefined =
    state === undefined
      ? undefined
      : and(
          lte(factorResets.dueAt, at),
          state === 'due' ? isNotNull(factorResets.confirmedAt) : isNull(factorResets.confirmedAt),
        );
  const ended = controlOf(db)
    .update(factorResets)
    .set({ endedAt: at, endedBy: by })
    .where(and(isOpen(db, userId), meant))
    .returning({ id: factorResets.id });
  return (await changeOnControl(db, ended, beside, more)) !== null;
}

/** Entry point of the cron: those whose time has come, of all tenants, earliest first. */
export const dueFactorResets = (platform: Platform, now: Instant, limit: number): Promise<FactorResetRow[]> =>
  drizzleOn(platformD1(platform))
    .select()
    .from(factorResets)
    .where(and(isNull(factorResets.endedAt), lte(factorResets.dueAt, now)))
    .orderBy(asc(factorResets.dueAt))
    .limit(limit);

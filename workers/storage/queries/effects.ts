/** D1 rows of effects and dead letters: settle, park (claim and end of a batch: platform-db.ts). Called by operations/effects.ts. */
import { desc, eq, isNull, sql } from 'drizzle-orm';
import { deadLetters, effects } from '../tables/delivery.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type EffectRow = typeof effects.$inferSelect;
type DeadLetterRow = typeof deadLetters.$inferSelect;

/** Only the attempt that holds the claim may settle it: a lease that ran out belongs to the next one. */
const held = (effect: EffectRow) => sql`${effects.id} = ${effect.id} AND ${effects.attempts} = ${effect.attempts}`;

/** A pending effect unless one with its id exists, for a batch with what causes it. */
export const pendingEffectOf = (
  db: TenantDb,
  spec: { id: string; queue: EffectRow['queue']; kind: string; ref: unknown; notBefore?: number },
  now: number,
): Write =>
  db.insertIfNewOf(effects, {
    id: spec.id,
    queue: spec.queue,
    kind: spec.kind,
    ref: JSON.stringify(spec.ref),
    state: 'pending',
    attempts: 0,
    notBefore: spec.notBefore ?? now,
    leaseUntil: 0,
    createdAt: now,
  });

export async function effectWaits(
  db: TenantDb,
  effect: EffectRow,
  notBefore: number,
  reason: string,
  attempts: number,
): Promise<void> {
  await db.update(
    effects,
    { state: 'pending', attempts, notBefore, leaseUntil: 0, lastError: reason.slice(0, 500) },
    held(effect),
  );
}

export async function parkEffect(
  db: TenantDb,
  letter: { id: string; queue: string; message: string; reason: string; at: number },
): Promise<void> {
  const row = { ...letter, message: letter.message.slice(0, 2_000), reason: letter.reason.slice(0, 500) };
  await db.batch([
    db.updateOf(effects, { state: 'parked', leaseUntil: 0, lastError: row.reason }, eq(effects.id, letter.id)),
    db.upsertOf(deadLetters, row, [deadLetters.id], { ...row, settledAt: null, settledBy: null, note: null }),
  ]);
}

/** Puts a parked effect back (a person's decision), in one transaction with `along`, its audit row; null, and nothing is written, when it is not parked. */
export async function releaseParked(
  db: TenantDb,
  id: string,
  now: number,
  along: readonly Write[],
): Promise<EffectRow | null> {
  const released = await db.change(
    effects,
    { state: 'pending', attempts: 0, notBefore: now, lastError: null },
    sql`${effects.id} = ${id} AND ${effects.state} = 'parked'`,
    [db.removeOf(deadLetters, eq(deadLetters.id, id)), ...along],
  );
  return released?.[0] ?? null;
}

/** Says of a parked effect that nothing is left to do; false, and nothing is written, when its letter waits for nobody. */
export async function settleParked(
  db: TenantDb,
  id: string,
  said: { at: number; by: string; note: string },
): Promise<boolean> {
  const settled = await db.change(
    deadLetters,
    { settledAt: said.at, settledBy: said.by, note: said.note },
    sql`${deadLetters.id} = ${id} AND ${deadLetters.settledAt} IS NULL`,
    [
      db.updateOf(
        effects,
        { state: 'done', doneAt: said.at },
        sql`${effects.id} = ${id} AND ${effects.state} = 'parked'`,
      ),
    ],
  );
  return settled !== null;
}

/** Takes away the letter of what is no effect (a stored webhook, which works on by itself); false when there is none. */
export async function forgetLetter(db: TenantDb, id: string): Promise<boolean> {
  if ((await deadLetter(db, id)) === null) return false;
  await db.remove(deadLetters, eq(deadLetters.id, id));
  return true;
}

export const deadLetter = (db: TenantDb, id: string): Promise<DeadLetterRow | null> =>
  db.row(deadLetters, sql`${deadLetters.id} = ${id} AND ${deadLetters.settledAt} IS NULL`);

/** Whether anything of the tenant waits for a person. */
export const hasDeadLetters = async (db: TenantDb): Promise<boolean> =>
  (await db.rows(deadLetters, { where: isNull(deadLetters.settledAt), limit: 1 })).length > 0;

export const deadLettersOf = (db: TenantDb, limit: number): Promise<DeadLetterRow[]> =>
  db.rows(deadLetters, { where: isNull(deadLetters.settledAt), orderBy: desc(deadLetters.at), limit });

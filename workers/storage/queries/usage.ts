/** Calls and appointments as the usage API counts them: bounded, by indexes that hold what is counted. Called by workers/billing/queries/. */
import { isNull, sql } from 'drizzle-orm';
import { allOf } from '../resource-list.ts';
import { appointments } from '../tables/calendar.ts';
import { calls } from '../tables/calls.ts';
import type { TenantDb } from '../tenant-db.ts';

/** Time zones differ by quarters of an hour, so a quarter belongs to one hour and day of each. */
export const QUARTER = 900_000;
/** Rows of one question: a year of a business with a thousand calls a day. */
const MAX_ROWS = 400_000;
/** Quarters of a year, of a few branches. */
const MAX_KEYS = 100_000;

interface CallQuarter {
  /** quarters of an hour since 1970 */
  quarter: number;
  calls: number;
  seconds: number;
  /** of the branch that was called; null: none is known */
  timeZone: string | null;
}

/** Calls that began within, by quarter of an hour and zone. */
export async function callQuarters(db: TenantDb, from: number, until: number): Promise<CallQuarter[]> {
  const zone = sql`(SELECT json_extract(item.body, '$.timeZone') FROM schedule_items AS item WHERE item.tenant_id = ${calls.tenantId} AND item.kind = 'branch' AND item.id = ${calls.branchId})`;
  const { found = [] } = await db.groups(
    new Map([
      [
        'found',
        {
          table: calls,
          where: allOf(isNull(calls.deletedAt), sql`${calls.startedAt} >= ${from}`, sql`${calls.startedAt} < ${until}`),
          newest: sql`${calls.startedAt}`,
          key: sql`(${calls.startedAt} / ${sql.raw(String(QUARTER))}) || '|' || coalesce(${zone}, '')`,
          sums: [sql`coalesce(${calls.durationMs}, 0) / 1000`],
          most: MAX_ROWS,
          keys: MAX_KEYS,
        },
      ],
    ]),
  );
  return found.map(({ key, rows, values: [seconds = 0] }) => {
    const [quarter = '0', timeZone = ''] = key.split('|');
    return { quarter: Number(quarter), calls: rows, seconds, timeZone: timeZone === '' ? null : timeZone };
  });
}

/** Appointments that begin within: how many callers made themselves, and what became of those that are over. */
export async function appointmentCounts(
  db: TenantDb,
  { from, until, now }: { from: number; until: number; now: number },
): Promise<{ aiBooked: number; completed: number; ended: number }> {
  const isOver = sql`${appointments.endsAt} <= ${now}`;
  const { found = [] } = await db.groups(
    new Map([
      [
        'found',
        {
          table: appointments,
          where: allOf(
            isNull(appointments.deletedAt),
            sql`${appointments.startsAt} >= ${from}`,
            sql`${appointments.startsAt} < ${until}`,
          ),
          newest: sql`${appointments.startsAt}`,
          key: sql`'all'`,
          sums: [
            sql`${appointments.source} = 'phone_ai'`,
            sql`${isOver} AND ${appointments.status} = 'completed'`,
            sql`${isOver} AND ${appointments.status} IN ('completed', 'cancelled', 'no_show')`,
          ],
          most: MAX_ROWS,
          keys: 1,
        },
      ],
    ]),
  );
  const [aiBooked = 0, completed = 0, ended = 0] = found[0]?.values ?? [];
  return { aiBooked, completed, ended };
}

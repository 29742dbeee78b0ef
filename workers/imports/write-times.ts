/**
 * What the run does with a calendar: its times are put into the calendar object a part at a time, and take the place of those before at
 * once. Killed anywhere and begun again, every step replaces itself. Called by jobs.ts.
 */
import { causerParts } from '../../shared/actor.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type ActorRef, MAX_BATCH_ITEMS } from '../calendar/types.ts';
import { type ImportRow, timeRows } from '../storage/queries/imports.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { minutesOf, timeOf } from './times.ts';

/** Whoever ran the import, as the calendar names them. */
function actorOf({ createdBy }: ImportRow): ActorRef {
  const { causerType: kind, causerId: id, impersonatorId } = causerParts(createdBy);
  if (kind !== 'user' && kind !== 'api_key') return { kind: 'system', id: 'import' };
  return { kind, id, ...(impersonatorId === null ? {} : { impersonatorId }) };
}

/** Refusals: NOT_FOUND (the person has gone), LIMIT_REACHED, WOULD_STRAND (somebody booked since it was agreed to). */
export async function writeTimes(
  scope: TenantScope,
  one: ImportRow,
): Promise<Result<{ times: number; stranded: number }>> {
  const { id: importId, staffId, sourceId, runJob, source, keepsTitles, confirmedSet } = one;
  if (staffId === null || sourceId === null || runJob === null) return err({ code: 'NOT_FOUND', entity: 'staff' });
  const actor = actorOf(one);
  const all = (await timeRows(scope.db, importId)).flatMap((row) => timeOf(row) ?? []);
  const command = { now: scope.now, actor, importId, staffId };
  for (let part = 0; part * MAX_BATCH_ITEMS < all.length; part++) {
    const some = all.slice(part * MAX_BATCH_ITEMS, (part + 1) * MAX_BATCH_ITEMS);
    const { result } = await scope.calendar.putBusyTimes({
      ...command,
      key: `import:${runJob}:times:${part}`,
      part,
      times: some.map(minutesOf),
      titles: keepsTitles ? some.map(({ title }) => title) : null,
    });
    if (!result.ok) return result;
  }
  const { result } = await scope.calendar.replaceBusySource({
    ...command,
    key: `import:${runJob}:replace`,
    sourceId,
    name: source ?? '',
    times: all.length,
    confirmSet: confirmedSet,
  });
  return result.ok ? ok(result.value) : result;
}

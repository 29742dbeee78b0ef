/** Times of an imported calendar are put beside those that count, a part at a time (workers/imports/write-times.ts). */
import { err, ok } from '../../../shared/result.ts';
import { MAX_BATCH_ITEMS } from '../bounds.ts';
import { MAX_BUSY_MINUTES } from '../store/busy-sources-table.ts';
import { calendarCommand } from './command.ts';
import type { PutBusyTimes } from './inputs.ts';

/** Refusals: NOT_FOUND (`staff`), VALIDATION_ERROR (`times`: so many, whole minutes, none empty or too long). */
export const putBusyTimes = calendarCommand<PutBusyTimes, { put: number }>({
  name: 'putBusyTimes',
  // Titles are private: a restore brings times back without them.
  unrecorded: ['titles'],
  decide(store, { staffId, importId, part, times, titles }, now) {
    if (!store.schedule.current().staff.has(staffId)) return err({ code: 'NOT_FOUND', entity: 'staff' });
    const fits = ([from, to]: readonly [number, number]): boolean =>
      Number.isInteger(from) && Number.isInteger(to) && from < to && to - from <= MAX_BUSY_MINUTES;
    if (times.length > MAX_BATCH_ITEMS || !times.every(fits))
      return err({ code: 'VALIDATION_ERROR', errors: { times: [`at most ${MAX_BATCH_ITEMS}`] } });
    store.busySources.put(
      { importId, staffId, part, now },
      times.map(([from, to], i) => [from, to, titles?.[i] ?? null] as const),
    );
    return ok({ value: { put: times.length }, events: [] });
  },
  restore: (command) => ({ ...command, titles: null }),
});

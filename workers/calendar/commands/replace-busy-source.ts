/** What an imported calendar says takes the place of what it said before, at once: whoever asks sees the one or the other. */
import type { Instant } from '../../../shared/clock.ts';
import { asInstant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { MINUTE } from '../../../shared/time.ts';
import { MAX_BUSY_SOURCES } from '../bounds.ts';
import { envelope } from '../events.ts';
import { type BusyTimes, strandedIn, stretchesOf } from '../rules/busy-source.ts';
import { EXTERNAL_OWNER } from '../rules/slot-decision.ts';
import type { CalendarStore } from '../store/store.ts';
import { calendarCommand } from './command.ts';
import type { ReplaceBusySource, ReplacedBusySource } from './inputs.ts';
import { ANY_SET, confirmedWith } from './schedule-items.ts';

export const ownerOfSource = (sourceId: string): string => `${EXTERNAL_OWNER}${sourceId}`;

/** How many future appointments lie in an import's times and did not before. Refusal: WOULD_STRAND unless exactly they were confirmed. */
export function strandedByTimes(
  store: CalendarStore,
  {
    staffId,
    sourceId,
    times,
    confirmSet = null,
  }: { staffId: string; sourceId: string; times: BusyTimes; confirmSet?: string | null },
  now: Instant,
): Result<number> {
  const known = store.busySources.find(sourceId);
  const before = known === null ? [] : store.busySources.times(known.importId);
  const stranded = strandedIn(store.appointments.futureOpen(now), staffId, { before, after: times });
  return confirmedWith(stranded, `busy/${sourceId}`, confirmSet);
}

/** Refusals: NOT_FOUND (`staff`; `import`: its times are not there), LIMIT_REACHED, WOULD_STRAND. */
export const replaceBusySource = calendarCommand<ReplaceBusySource, ReplacedBusySource>({
  name: 'replaceBusySource',
  // Calendars are often called by somebody's address.
  unrecorded: ['name'],
  decide(store, { sourceId, staffId, name, importId, times: wanted, confirmSet }, now) {
    if (!store.schedule.current().staff.has(staffId)) return err({ code: 'NOT_FOUND', entity: 'staff' });
    const known = store.busySources.find(sourceId);
    if (known === null && store.busySources.of(staffId).length >= MAX_BUSY_SOURCES)
      return err({ code: 'LIMIT_REACHED', limit: 'busy_sources', max: MAX_BUSY_SOURCES });
    const times = store.busySources.times(importId);
    if (times.length !== wanted) return err({ code: 'NOT_FOUND', entity: 'import' });
    const stranded = strandedByTimes(store, { staffId, sourceId, times, confirmSet: confirmSet ?? null }, now);
    if (!stranded.ok) return stranded;
    const last = Math.max(...times.map(([, to]) => to));
    store.busy.replaceExternal(staffId, ownerOfSource(sourceId), stretchesOf(times));
    store.busySources.save({
      id: sourceId,
      staffId,
      importId,
      name: name ?? null,
      times: times.length,
      untilAt: times.length === 0 ? null : asInstant(last * MINUTE),
      importedAt: now,
    });
    return ok({
      value: { times: times.length, stranded: stranded.value },
      events: [
        envelope({
          type: 'busy_source.replaced',
          sourceId,
          staffId,
          importId,
          times: times.length,
          before: known?.times ?? 0,
        }),
      ],
    });
  },
  // It was accepted once: nobody is asked again.
  restore: (command) => ({ ...command, confirmSet: ANY_SET }),
});

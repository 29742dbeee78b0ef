/** What the dry run says of a calendar's entries: which times are there already, and which appointments lie in them. Called by jobs.ts. */
import type { ImportRow, NewImportedRow } from '../storage/queries/imports.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { CalendarEntry } from './rules/read-calendar.ts';
import { minutesOf } from './times.ts';

/** An entry with its place in the import: the number of its row. */
export type NumberedEntry = CalendarEntry & { row: number };

/** The rows as they are stored; nothing is written here. Titles go into rows only where they are kept. */
export async function checkTimes(
  scope: TenantScope,
  { id, staffId, sourceId, keepsTitles }: ImportRow,
  entries: readonly NumberedEntry[],
): Promise<NewImportedRow[]> {
  const timed = entries.flatMap((entry) => ('time' in entry ? [entry] : []));
  const asked = { staffId: staffId ?? '', sourceId: sourceId ?? '', times: timed.map(({ time }) => minutesOf(time)) };
  const { result } = await scope.calendar.busyMeets({ ...asked, now: scope.now });
  const met = new Map(timed.map(({ row }, i) => [row, result.ok ? result.value[i] : undefined]));
  return entries.map((entry) => {
    const { row, line } = entry;
    const common = {
      importId: id,
      row,
      e164: null,
      email: null,
      nameKey: null,
      sameAs: null,
      choice: null,
      result: null,
      customerId: null,
      createdAt: scope.now,
    };
    if (!('time' in entry)) {
      const { fault, property, value } = entry;
      const cells = [String(line), property, value];
      const problems = [{ column: property === '' ? null : 1, fault }];
      return { ...common, cells, problems, outcome: 'refused' as const, by: null, read: null, matches: [] };
    }
    const { present = false, appointments = [] } = met.get(row) ?? {};
    return {
      ...common,
      cells: [String(line)],
      problems: [],
      outcome: present ? ('duplicate' as const) : ('new' as const),
      by: present ? ('time' as const) : null,
      read: { ...entry.time, title: keepsTitles ? entry.time.title : null, met: appointments },
      matches: appointments.map((one) => one.id),
    };
  });
}

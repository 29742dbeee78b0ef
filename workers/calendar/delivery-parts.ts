/**
 * What the calendar object needs to deliver its events and to be rebuilt: projects, audits, reactions and dump. Loaded with the first
 * delivery or dump: no command reads it, and the Worker's start stays small. Called by calendar-object.ts.
 */
import type { TenantId } from '../../shared/ids.ts';
import { processNow } from '../../shared/clock.ts';
import type { Sink } from '../object-runtime/drain.ts';
import type { Platform } from '../env.ts';
import { projectionSink } from '../projection/apply.ts';
import { auditorOf } from '../projection/audit.ts';
import { effectsSink } from '../projection/effects.ts';
import { projectorOf } from '../projection/project.ts';
import { dumpedRows, type Position } from '../projection/rows.ts';
import { CALENDAR_AUDITS, CALENDAR_DUMP, CALENDAR_PROJECTS, lookupsOf } from './projects.ts';
import { CALENDAR_REACTIONS } from './reactions.ts';
import type { CalendarStore } from './store/store.ts';
import type { DumpPage } from './reads.ts';

export { knownHead } from '../projection/apply.ts';
export { drainedTexts } from '../storage/queries/drained-texts.ts';

const MAX_DUMP_ROWS = 500;
const CALENDAR_AUDITOR = auditorOf('calendar', CALENDAR_AUDITS);

/** Where events go: D1 with the activity log, then effects. */
export const sinksOf = (platform: Platform, tenantId: TenantId, store: CalendarStore) =>
  ({
    project: projectionSink(
      platform,
      tenantId,
      'calendar',
      projectorOf(CALENDAR_PROJECTS, lookupsOf(store)),
      CALENDAR_AUDITOR,
      { now: processNow },
    ),
    effects: effectsSink(platform, tenantId, CALENDAR_REACTIONS, processNow),
  }) satisfies Record<string, Sink>;

/** Present rows as D1 should have them, at the object's head; a cursor is `section|last key`. */
export function dumpPage(store: CalendarStore, cursor: string | null, asked: number, at: Position): DumpPage {
  const limit = Math.min(Math.max(1, asked), MAX_DUMP_ROWS);
  const sections = Object.keys(CALENDAR_DUMP);
  const [section = '', ...rest] = (cursor ?? `${sections[0]}|`).split('|');
  const dump = CALENDAR_DUMP[section];
  if (dump === undefined) return { tables: [], next: null };
  const found = dump.page(store, rest.join('|'), limit);
  const following = sections[sections.indexOf(section) + 1];
  const last = found.length === limit ? found.at(-1) : undefined;
  return {
    tables: [
      dumpedRows(
        dump.table,
        found.map(({ row }) => row(at)),
      ),
    ],
    next: last ? `${section}|${last.key}` : following ? `${following}|` : null,
  };
}

/** A page of events as rows, by the declaration of the module that wrote them. Pure; called by the objects' projection sinks. */
import { getTableName } from 'drizzle-orm';
import { type EventType, readOf, tell } from '../events/catalogue.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import type { Projected, Projector, Projects, TableRows } from './rows.ts';

/** The projector of a module's declaration. Events that only a later deploy knows are skipped: that deploy rebuilds. */
export const projectorOf =
  <K extends EventType, Lookups>(projects: Projects<K, Lookups>, lookups: Lookups): Projector =>
  (events: readonly OutboxEvent[]): TableRows[] => {
    const tables = new Map<string, TableRows>();
    const newest = new Map<string, Extract<Projected, { last: string }>>();
    const tableOf = ({ table }: Projected): TableRows => {
      const name = getTableName(table);
      const known = tables.get(name) ?? { table, rows: [] };
      tables.set(name, known);
      return known;
    };
    for (const stored of events) {
      const event = readOf<K>(projects, stored);
      if (event === null) continue;
      for (const projected of tell<K, [Lookups], readonly Projected[]>(projects, event, lookups)) {
        if ('row' in projected) tableOf(projected).rows.push(projected.row);
        else if ('gone' in projected) {
          const taken = tableOf(projected);
          taken.gone = [...(taken.gone ?? []), projected.gone];
        } else newest.set(`${getTableName(projected.table)} ${projected.last}`, projected);
      }
    }
    for (const snapshot of newest.values()) {
      const row = snapshot.make();
      if (row !== null) tableOf(snapshot).rows.push(row);
    }
    return [...tables.values()];
  };

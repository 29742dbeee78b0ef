/** Which rows of a list are chosen, by id, as their reader has seen them; another question begins anew. Called by the index page. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KitRow } from './view.ts';

/** More are not changed at once. */
export const MAX_CHOSEN_ROWS = 1_000;

export interface RowChoice<R> {
  chosen: ReadonlyMap<string, R>;
  has: (row: R) => boolean;
  /** @param isRange all between the row before and this one, too */
  toggle: (row: R, isRange?: boolean) => void;
  /** of the rows that are loaded */
  state: 'none' | 'some' | 'all';
  toggleAll: () => void;
  choose: (rows: readonly R[]) => void;
}

/** @param question of the list: what was chosen of another one is let go of */
export function useChoice<R extends KitRow>(rows: readonly R[] | null, question: string): RowChoice<R> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, R>>(new Map());
  const last = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question, another choice
  useEffect(() => {
    setChosen((before) => (before.size === 0 ? before : new Map()));
    last.current = null;
  }, [question]);
  // A row that was changed meanwhile is chosen as it is now.
  useEffect(() => {
    if (rows === null) return;
    setChosen((before) => {
      const newer = rows.filter((row) => before.has(row.id) && before.get(row.id) !== row);
      return newer.length === 0 ? before : new Map([...before, ...newer.map((row) => [row.id, row] as const)]);
    });
  }, [rows]);
  const choose = useCallback((some: readonly R[]): void => {
    setChosen(new Map(some.slice(0, MAX_CHOSEN_ROWS).map((row) => [row.id, row])));
  }, []);
  return useMemo(() => {
    const loaded = rows ?? [];
    const count = loaded.filter((row) => chosen.has(row.id)).length;
    return {
      chosen,
      choose,
      has: (row) => chosen.has(row.id),
      toggle: (row, isRange = false) => {
        const on = !chosen.has(row.id);
        const [a, b] = [last.current, row.id].map((id) => loaded.findIndex((one) => one.id === id)) as [number, number];
        const some = isRange && a >= 0 && b >= 0 ? loaded.slice(Math.min(a, b), Math.max(a, b) + 1) : [row];
        last.current = row.id;
        const next = new Map(chosen);
        for (const one of some) {
          if (!on) next.delete(one.id);
          else if (next.size < MAX_CHOSEN_ROWS) next.set(one.id, one);
        }
        setChosen(next);
      },
      state: count === 0 ? 'none' : count === loaded.length ? 'all' : 'some',
      toggleAll: () => choose(count === loaded.length ? [] : loaded),
    };
  }, [rows, chosen, choose]);
}

/** Numbers of the counted widgets: those that have come into view within a moment are asked for together, and again every few minutes. Called by widget-board.tsx. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { WidgetsResponse, WidgetView } from '../../../shared/contract/widgets.ts';
import { type CountedName, MAX_WIDGETS_ASKED } from '../../../shared/widget-names.ts';
import { useAdmin } from '../admin-context.tsx';

const PATH = '/api/v1/widgets';
/** Widgets that come into view within it are one request. */
const GATHER_MS = 60;
/** Far below the quarter of an hour that a widget may be old. */
const EVERY_MS = 5 * 60_000;

export interface WidgetNumbers {
  /** undefined: not here yet; null: they could not be counted */
  of: (name: CountedName) => WidgetView | null | undefined;
  want: (name: CountedName) => void;
}

export function useWidgetNumbers(): WidgetNumbers {
  const { api } = useAdmin();
  const [numbers, setNumbers] = useState<ReadonlyMap<CountedName, WidgetView | null>>(new Map());
  const wanted = useRef(new Set<CountedName>());
  const waiting = useRef(new Set<CountedName>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const ask = useCallback(
    async (names: readonly CountedName[]): Promise<void> => {
      const answer = await api.get<WidgetsResponse>(PATH, { names: names.join(',') });
      setNumbers((before) => {
        const after = new Map(before);
        for (const name of names) {
          const counted = answer.ok ? answer.body.data.find((one) => one.name === name) : undefined;
          // What was there stays until there is something newer.
          if (counted !== undefined || !after.get(name)) after.set(name, counted ?? null);
        }
        return after;
      });
    },
    [api],
  );
  const askAll = useCallback(
    (names: readonly CountedName[]): void => {
      for (let at = 0; at < names.length; at += MAX_WIDGETS_ASKED) void ask(names.slice(at, at + MAX_WIDGETS_ASKED));
    },
    [ask],
  );
  const want = useCallback(
    (name: CountedName): void => {
      if (wanted.current.has(name)) return;
      wanted.current.add(name);
      waiting.current.add(name);
      timer.current ??= setTimeout(() => {
        timer.current = null;
        askAll([...waiting.current]);
        waiting.current.clear();
      }, GATHER_MS);
    },
    [askAll],
  );
  useEffect(() => {
    const each = setInterval(() => {
      if (document.visibilityState === 'visible') askAll([...wanted.current]);
    }, EVERY_MS);
    return () => {
      clearInterval(each);
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
      // Whatever was not sent is wanted anew by the next one.
      for (const name of waiting.current) wanted.current.delete(name);
      waiting.current.clear();
    };
  }, [askAll]);
  const of = useCallback((name: CountedName) => numbers.get(name), [numbers]);
  return { of, want };
}

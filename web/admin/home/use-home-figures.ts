/** What the day's page counts: one request for all, as of now, again when something changed and each minute. Called by home-page.tsx. */
import { useEffect, useMemo, useRef } from 'react';
import type { FiguresResponse, FigureView } from '../../../shared/contract/figures.ts';
import type { FigureName } from '../../../shared/figure-names.ts';
import { FIGURES, HOME_FIGURES_ASKED } from '../../../shared/home-asked.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useLiveEvents, useWords } from '../admin-context.tsx';

/** Changes that arrive within it are counted once. */
const GATHER_MS = 700;
/** What is due becomes so by itself. */
const EVERY_MS = 60_000;

export interface HomeFigures {
  /** null: not counted yet */
  of: ReadonlyMap<FigureName, FigureView> | null;
  fault: ApiFault | null;
  /** counts what is there now */
  recount: () => void;
}

export function useHomeFigures(): HomeFigures {
  const { language } = useWords();
  const { api } = useAdmin();
  const asked = { path: FIGURES, query: HOME_FIGURES_ASKED };
  const { body, fault, reload } = useAnswer<FiguresResponse>(
    'home',
    (signal) => api.get(asked.path, asked.query, signal),
    { language, asked },
  );
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const recount = useMemo(
    () => (): void => {
      if (timer.current !== null) return;
      timer.current = setTimeout(() => {
        timer.current = null;
        void reload();
      }, GATHER_MS);
    },
    [reload],
  );
  useLiveEvents(({ about }) => {
    if (about !== 'lines') recount();
  });
  useEffect(() => {
    const each = setInterval(() => {
      if (document.visibilityState === 'visible') recount();
    }, EVERY_MS);
    return () => {
      clearInterval(each);
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [recount]);
  const of = useMemo(() => (body === null ? null : new Map(body.data.map((one) => [one.name, one]))), [body]);
  return { of, fault, recount };
}

/** How much waits behind the entries of the navigation: one request for all of them, asked again each minute while somebody looks. Called by the shell. */
import { useEffect, useMemo, useState } from 'react';
import type { FiguresResponse } from '../../../shared/contract/figures.ts';
import type { FigureName } from '../../../shared/figure-names.ts';
import { useAdmin } from '../admin-context.tsx';
import type { NavigationGroup } from './navigation.ts';

const EVERY_MS = 60_000;
/** What the page itself asks comes first. */
const AFTER_MS = 1_500;

/** Answers nothing for what could not be counted. */
export function useWaiting(groups: readonly NavigationGroup[]): Partial<Record<FigureName, number>> {
  const { api } = useAdmin();
  const [waiting, setWaiting] = useState<Partial<Record<FigureName, number>>>({});
  const names = useMemo(
    () => groups.flatMap(({ entries }) => entries.flatMap(({ waits }) => waits ?? [])).join(','),
    [groups],
  );
  useEffect(() => {
    if (names === '') return;
    let isOver = false;
    const ask = async (): Promise<void> => {
      if (document.visibilityState === 'hidden') return;
      const answer = await api.get<FiguresResponse>('/api/v1/figures', { names });
      if (isOver || !answer.ok) return;
      setWaiting(Object.fromEntries(answer.body.data.map(({ name, value }) => [name, value ?? 0])));
    };
    const first = setTimeout(() => void ask(), AFTER_MS);
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => {
      isOver = true;
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [api, names]);
  return waiting;
}

/**
 * A page of its own chunk, together with the words of its areas: both can be there before the first render, so that the first paint already holds
 * them, and no page is drawn without its words. Called by routes.tsx and by pages with parts of their own chunk.
 */
import { type ComponentType, createElement, lazy, type ReactNode, use, useMemo, useState } from 'react';
import { PAGE_WORDS, type PanelArea, type PanelPage } from '../../shared/panel-words.ts';
import { createTranslate } from '../ui/i18n.ts';
import { useWords, WordsContext } from './admin-context.tsx';
import { areaWords, loadAreas } from './area-words.ts';
import type { AdminCatalogue } from './catalogues.ts';

export interface LazyPage<P extends object> {
  Page: ComponentType<P>;
  /** Loads the chunk; afterwards the page is drawn without waiting. */
  preload: () => Promise<void>;
}

/** Below it the words know those of the areas. */
function AreaWords({ areas, children }: { areas: readonly PanelArea[]; children: ReactNode }) {
  const words = useWords();
  const found = useMemo(() => areaWords(areas, words.language), [areas, words.language]);
  // Only where the language was switched while the page was on its way.
  const own = found instanceof Promise ? use(found) : found;
  const all = useMemo(() => {
    const catalogue = { ...words.catalogue, ...own } as AdminCatalogue;
    return { ...words, catalogue, t: createTranslate(catalogue) };
  }, [words, own]);
  return <WordsContext value={all}>{children}</WordsContext>;
}

/** @param name of the chunk, which is that of the page's file */
export function lazyPage<P extends object>(
  name: PanelPage,
  load: () => Promise<{ default: ComponentType<P> }>,
): LazyPage<P> {
  const areas = PAGE_WORDS[name];
  let loaded: ComponentType<P> | null = null;
  const keep = async (): Promise<{ default: ComponentType<P> }> => {
    const [module] = await Promise.all([load(), loadAreas(areas)]);
    const Spoken = (props: P) => <AreaWords areas={areas}>{createElement(module.default, props)}</AreaWords>;
    loaded ??= Spoken;
    return { default: loaded };
  };
  const Waiting = lazy(keep) as ComponentType<P>;
  function Page(props: P) {
    // Chosen once: another kind of component later would throw away what the page holds.
    const [Shown] = useState<ComponentType<P>>(() => loaded ?? Waiting);
    return <Shown {...props} />;
  }
  return {
    Page,
    preload: async () => {
      await keep();
    },
  };
}

/** A page of its own chunk that can be there before the first render, so that the first paint already holds it. Called by routes.tsx. */
import { type ComponentType, lazy, useState } from 'react';

export interface LazyPage<P extends object> {
  Page: ComponentType<P>;
  /** Loads the chunk; afterwards the page is drawn without waiting. */
  preload: () => Promise<void>;
}

export function lazyPage<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): LazyPage<P> {
  let loaded: ComponentType<P> | null = null;
  const keep = async (): Promise<{ default: ComponentType<P> }> => {
    const module = await load();
    loaded = module.default;
    return module;
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

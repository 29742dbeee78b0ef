/**
 * Modules that load with their first use and are kept. On Workers every `import()` costs a turn of the event loop, also of what is loaded;
 * what is kept is the module, never the promise of it: that belongs to the request that began it, and dies with it.
 */

const loads: (() => unknown)[] = [];

/** @returns a getter: the module when it is there, else the promise of it. A failed load is tried again with the next use. */
export function lazy<M>(load: () => Promise<M>): () => M | Promise<M> {
  let loaded: M | null = null;
  const get = () =>
    loaded ??
    load().then((module) => {
      loaded = module;
      return module;
    });
  loads.push(get);
  return get;
}

/** Loads everything declared lazy, also what is declared meanwhile. For runtimes in which no request may begin to load (tests). */
export async function loadAll(): Promise<void> {
  for (let i = 0; i < loads.length; i++) await loads[i]?.();
}

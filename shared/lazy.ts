/** A module that loads with its first use and is kept. On Workers every `import()` costs a turn of the event loop, also of what is loaded. */
export function lazy<M>(load: () => Promise<M>): () => M | Promise<M> {
  let loaded: M | null = null;
  return () =>
    loaded ??
    load().then((module) => {
      loaded = module;
      return module;
    });
}

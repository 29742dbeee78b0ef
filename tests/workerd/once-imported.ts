/**
 * Every call of an object and every batch of a queue asks the plugin for the Worker's main module, and the plugin asks vitest's process
 * where it lies: a round trip of milliseconds, tens of thousands of times in a run. The main module that was imported once is handed out
 * from here. It does not go stale: one run of vitest has one runtime, and a changed file starts a new one. Called by setup.ts.
 */
interface Importer {
  import(specifier: string): Promise<unknown>;
}

const shortened = new WeakSet<Importer>();

/** @param main the path of the main module; everything else (test files run every time) is imported as before */
export function importOnce(main: RegExp): void {
  // Internal to vitest: without it everything works, as slowly as it did.
  const { __vitest_mocker__: mocker } = globalThis as { __vitest_mocker__?: { moduleRunner?: Importer } };
  const importer = mocker?.moduleRunner;
  if (importer === undefined || shortened.has(importer)) return;
  shortened.add(importer);
  const imported = new Map<string, unknown>();
  const load = importer.import.bind(importer);
  importer.import = async (specifier) => {
    if (imported.has(specifier)) return imported.get(specifier);
    const module = await load(specifier);
    if (main.test(specifier)) imported.set(specifier, module);
    return module;
  };
}

/** How every bench serves: the production bundle with floors beside it, no cron, limits out of the way. Called by bench.ts, serve.ts and memory.ts. */
import type { ServerOptions } from '../server/server.ts';

export const benchServer = (folder: string): Pick<ServerOptions, 'workerFolder' | 'extraObjects' | 'variables'> => ({
  workerFolder: folder,
  extraObjects: { BENCH: 'BenchObject' },
  variables: { RATE_LIMIT_SCALE: '100000' },
});

/**
 * One side of a paired bench: builds and serves the commit that lies in a folder, with that commit's own tools. Started by side.ts as
 * `node dev/bench/serve.ts <folder> <port> <state> [background]`,
 * `BENCH_D1_MS` in the environment (entry.ts); says `ready` when requests are answered and ends with its standard input.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { benchServer } from './bench-server.ts';

const D1_MS = process.env.BENCH_D1_MS;
const [folder = '', port = '', state = '', how = ''] = process.argv.slice(2);
const load = <T>(file: string): Promise<T> => import(pathToFileURL(path.join(folder, file)).href) as Promise<T>;

const { ensureDevVars } = await load<typeof import('../server/variables.ts')>('dev/server/variables.ts');
const { BENCH_FOLDER, buildProduct } = await load<typeof import('../build.ts')>('dev/build.ts');
const { startAskPro } = await load<typeof import('../server/server.ts')>('dev/server/server.ts');

ensureDevVars();
await buildProduct(['bench'], (line) => console.log(line));
const served = benchServer(BENCH_FOLDER);
const server = await startAskPro({
  port: Number(port),
  directPort: Number(port) + 3,
  state,
  cron: false,
  background: how === 'background',
  ...served,
  variables: { ...served.variables, ...(D1_MS !== undefined && { BENCH_D1_MS: D1_MS }) },
});
console.log('ready');
process.stdin.resume();
process.stdin.once('end', () => {
  void server.close().finally(() => process.exit(0));
});

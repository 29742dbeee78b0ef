/**
 * Runs the built Worker in Miniflare with its real bindings (D1, objects, KV, R2, queues, assets), the sandbox of third
 * parties beside it, and a cron that ticks. Called by dev/start.ts, the outside tests and the bench.
 */
import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { D1Database } from '@cloudflare/workers-types';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { unstable_getMiniflareWorkerOptions, unstable_splitSqlQuery } from 'wrangler';
import { tryLock } from '../bootstrap/lock.mjs';
import { CLIENT_FOLDER, WORKER_FOLDER } from '../build.ts';
import { newSetupToken, setupAddress } from '../deploy/setup-token.ts';
import { recordingOutbound } from './outbound.ts';
import { developmentVariables } from './variables.ts';

// wrangler would say "Using secrets defined in .dev.vars" on every start
process.env.WRANGLER_LOG ??= 'error';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const WORKER_NAME = 'askproai';
/** All loopback: a development instance has public secrets and must not be reachable from the network. */
const HOST = '127.0.0.1';
/** Cadence of the every-minute cron in development: waiting effects are swept while a person watches. */
const CRON_TICK_MS = 5_000;
const MINUTELY_CRON = '* * * * *';
/** Longest wait for a clean shutdown before the process gives up on it. */
const CLOSE_TIMEOUT_MS = 5_000;

export interface ServerOptions {
  port: number;
  /** Folder of all state; made when missing. Two servers on one folder are refused. */
  state: string;
  /** Default: port + 1. */
  sandboxPort?: number;
  /** Default: port + 2. */
  smtpPort?: number;
  /** False: no sandbox is started here (a test runs its own on these ports). */
  sandbox?: boolean;
  /** False: no cron (the bench). */
  cron?: boolean;
  /** False: the database stays empty. */
  demoData?: boolean;
  /** Worker variables that win over .dev.vars and the environment. */
  variables?: Record<string, string>;
  /** Folder of the built Worker; the bench has its own. */
  workerFolder?: string;
  /** A port on which workerd itself listens, without Miniflare's entry Worker; assets are off then (the bench). */
  directPort?: number;
  /** False: queues take messages and deliver none, and the Worker's log is thrown away (the bench measures the path of a request). */
  background?: boolean;
  /** Object classes of the built Worker beside those of wrangler.toml: binding name -> class name (the bench). */
  extraObjects?: Record<string, string>;
  /** Where workerd's own inspector listens: heap of every isolate (dev/prove/memory.ts). */
  inspectorPort?: number;
  /** True: every host the Worker calls is written to `outbound.log` in the state folder, foreign ones are refused. */
  recordOutbound?: boolean;
  /** One line for a person; silent when absent. */
  log?: (line: string) => void;
}

export interface RunningServer {
  url: string;
  sandboxUrl: string;
  /** Where the first operator is made: of an empty instance without demo data. */
  setupUrl: string | null;
  /** Serves the newly built Worker without a restart of the process. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** A failure of the start that one sentence explains to a person. */
export class StartRefused extends Error {}

interface Sandbox {
  close(): Promise<void>;
}

/** Starts everything and resolves when requests are answered. Refuses (StartRefused) a busy port or a state folder in use. */
export async function startAskPro(options: ServerOptions): Promise<RunningServer> {
  const sandboxPort = options.sandboxPort ?? options.port + 1;
  const smtpPort = options.smtpPort ?? options.port + 2;
  const log = options.log ?? (() => {});
  mkdirSync(options.state, { recursive: true });

  const ownPorts = [options.port, ...(options.sandbox === false ? [] : [sandboxPort, smtpPort])];
  for (const port of ownPorts) await assertPortFree(port);
  const stateLock = path.join(options.state, '.in-use');
  if (!tryLock(stateLock) && !tryLock(stateLock)) {
    throw new StartRefused(
      `The state folder ${options.state} is in use by another instance. Set ASKPRO_STATE to another folder.`,
    );
  }

  const closers: (() => Promise<void>)[] = [async () => rmSync(stateLock, { recursive: true, force: true })];
  const close = once(async () => {
    for (const closer of closers.reverse()) await withTimeout(closer(), CLOSE_TIMEOUT_MS);
  });
  try {
    const url = `http://localhost:${options.port}`;
    if (options.sandbox !== false) {
      const sandbox = await startSandboxIfPresent(sandboxPort, smtpPort, `http://${HOST}:${options.port}`);
      if (sandbox !== null) closers.push(() => sandbox.close());
    }

    const logFile = createWriteStream(path.join(options.state, 'worker.log'), { flags: 'w' });
    closers.push(() => new Promise((resolve) => logFile.end(resolve)));
    const settings = () =>
      miniflareOptions({ ...options, sandboxPort, smtpPort }, (line) => logFile.write(`${line}\n`));
    const miniflare = new Miniflare(settings());
    closers.push(() => miniflare.dispose());
    await miniflare.ready;
    const database = (await miniflare.getD1Database('DB', WORKER_NAME)) as unknown as D1Database;
    const applied = await applyMigrations(database);
    if (applied > 0) log(`database: ${applied} migration${applied === 1 ? '' : 's'} applied`);

    const setupUrl = options.demoData === false ? await setupLink(database, url) : null;
    if (options.demoData !== false) await loadDemoData(options.state, `http://${HOST}:${options.port}`, log);
    if (options.cron !== false) closers.push(startCron(miniflare));
    return {
      url,
      sandboxUrl: `http://localhost:${sandboxPort}`,
      setupUrl,
      reload: async () => {
        await miniflare.setOptions(settings());
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

type FullOptions = ServerOptions & { sandboxPort: number; smtpPort: number };

function miniflareOptions(options: FullOptions, writeLog: (line: string) => void) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(path.join(root, 'wrangler.toml'));
  // the rules belong to wrangler's bundler, and wrangler's vars would be strings of production
  const { assets, modulesRules, ...bindings } = workerOptions as typeof workerOptions & Record<string, unknown>;
  const durableObjects = bindings['durableObjects'] as Record<string, unknown>;
  const folder = options.workerFolder ?? WORKER_FOLDER;
  const withAssets = options.directPort === undefined && existsSync(CLIENT_FOLDER);
  return convertV4MiniflareOptions({
    host: HOST,
    port: options.port,
    cf: false,
    log: new Log(LogLevel.NONE),
    logRequests: false,
    unsafeObservability: false,
    unsafeTriggerHandlers: true,
    ...(options.inspectorPort !== undefined && { inspectorPort: options.inspectorPort }),
    ...(options.background !== false && {
      handleStructuredLogs: ({ level, message }: { level: string; message: string }) => {
        writeLog(message);
        if (level === 'error' && options.log) options.log(message);
      },
    }),
    resourcePersistencePath: path.join(options.state, 'v3'),
    workers: [
      {
        ...bindings,
        ...(withAssets && assets !== undefined ? { assets } : {}),
        ...(options.background === false && { queueConsumers: {} }),
        ...(options.extraObjects && { durableObjects: { ...durableObjects, ...objectBindings(options.extraObjects) } }),
        name: WORKER_NAME,
        modulesRoot: folder,
        modules: workerModules(folder),
        bindings: developmentVariables({
          port: options.port,
          sandboxPort: options.sandboxPort,
          smtpPort: options.smtpPort,
          ...(options.variables && { overrides: options.variables }),
        }),
        ...(options.recordOutbound && { outboundService: recordingOutbound(path.join(options.state, 'outbound.log')) }),
        ...(options.directPort !== undefined && {
          unsafeDirectSockets: [{ host: HOST, port: options.directPort, proxy: false }],
        }),
      },
    ],
  } as unknown as Parameters<typeof convertV4MiniflareOptions>[0]);
}

const objectBindings = (classes: Record<string, string>) =>
  Object.fromEntries(Object.entries(classes).map(([name, className]) => [name, { className, useSQLite: true }]));

/** The entry first, then every chunk of the build. */
function workerModules(folder: string): { type: 'ESModule'; path: string }[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile() && found.name.endsWith('.js'))
    .map((found) => path.join(found.parentPath, found.name));
  const entry = path.join(folder, 'index.js');
  return [entry, ...files.filter((file) => file !== entry).sort()].map((file) => ({ type: 'ESModule', path: file }));
}

/** Applies what is missing of migrations/*.sql, each with its record in one batch, so that a kill in between repeats nothing. */
async function applyMigrations(database: D1Database, folder = path.join(root, 'migrations')): Promise<number> {
  // the table of wrangler, so that `wrangler d1 migrations` agrees with us
  await database
    .prepare(
      'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
    )
    .run();
  const { results } = await database.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  let count = 0;
  for (const name of files) {
    if (!name.endsWith('.sql') || applied.has(name)) continue;
    const statements = unstable_splitSqlQuery(readFileSync(path.join(folder, name), 'utf8'));
    await database.batch([
      ...statements.filter((sql) => sql.replace(/--.*$/gm, '').trim() !== '').map((sql) => database.prepare(sql)),
      database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
    ]);
    count++;
  }
  return count;
}

/** An instance nobody runs yet gets a link that makes its operator; links of earlier starts end with it. Null: somebody runs it. */
async function setupLink(database: D1Database, url: string): Promise<string | null> {
  const platform = await database.prepare("SELECT 1 FROM tenants WHERE type = 'platform' LIMIT 1").first();
  if (platform !== null) return null;
  const { token, statements } = newSetupToken(Date.now());
  await database.batch(statements.map((sql) => database.prepare(sql)));
  return setupAddress(url, token);
}

/** The marker is written after a whole load, so that a load cut short by a kill is done again. */
async function loadDemoData(state: string, baseUrl: string, log: (line: string) => void): Promise<void> {
  const marker = path.join(state, 'demo-data.json');
  const loader = path.join(root, 'dev', 'demo-data', 'load.ts');
  if (existsSync(marker) || !existsSync(loader)) return;
  const startedAt = Date.now();
  log('demo data: loading (first start only)');
  const module = (await import(pathToFileURL(loader).href)) as { default: (baseUrl: string) => Promise<void> };
  await module.default(baseUrl);
  writeFileSync(marker, JSON.stringify({ loaded_at: new Date().toISOString() }));
  log(`demo data: loaded in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

async function startSandboxIfPresent(port: number, smtpPort: number, askproBaseUrl: string): Promise<Sandbox | null> {
  const file = path.join(root, 'dev', 'sandbox', 'sandbox.ts');
  if (!existsSync(file)) return null;
  const module = (await import(pathToFileURL(file).href)) as {
    startSandbox(options: {
      port: number;
      smtpPort: number;
      askproBaseUrl: string;
      calcom: { eventTypes: Record<string, unknown>[] };
    }): Promise<Sandbox>;
  };
  const demo = (await import(pathToFileURL(path.join(root, 'dev', 'demo-data', 'calcom.ts')).href)) as {
    demoEventTypes(): Record<string, unknown>[];
  };
  return module.startSandbox({ port, smtpPort, askproBaseUrl, calcom: { eventTypes: demo.demoEventTypes() } });
}

/** Fires the schedules of wrangler.toml; a tick waits for the one before it. @returns what stops it */
function startCron(miniflare: Miniflare): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  const fire = (cron: string) => {
    running = running.then(async () => {
      if (stopped) return;
      try {
        const worker = await miniflare.getWorker(WORKER_NAME);
        await worker.scheduled({ cron, scheduledTime: new Date() });
      } catch (error) {
        if (!stopped) console.error(`cron ${cron}: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
  };
  const timer = setInterval(() => fire(MINUTELY_CRON), CRON_TICK_MS);
  return async () => {
    stopped = true;
    clearInterval(timer);
    await running;
  };
}

async function assertPortFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new StartRefused(`Port ${port} is in use. Stop what runs there, or choose another: PORT=9000 npm start`)
          : error,
      ),
    );
    probe.listen(port, HOST, () => probe.close(() => resolve()));
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

async function withTimeout(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work.catch((error: unknown) => console.error(error)), limit]);
  clearTimeout(timer);
}

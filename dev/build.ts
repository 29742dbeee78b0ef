/**
 * `npm run build`: texts compiled, the Worker into dist/worker and the web apps into dist/client. What has not changed is not built again.
 * Also called by dev/start.ts, the outside tests and the bench.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, type InlineConfig } from 'vite';
import { WEB_APPS, type WebAppName, webAppBuild, workerBuild } from '../vite.config.ts';
import { withLock } from './bootstrap/lock.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.stamp.json');

export const WORKER_FOLDER = path.join(dist, 'worker');
export const CLIENT_FOLDER = path.join(dist, 'client');
export const BENCH_FOLDER = path.join(dist, 'bench');

type PartName = 'worker' | 'bench' | WebAppName;
interface Part {
  name: PartName;
  /** Built only when this file exists. */
  entry: string;
  sources: string[];
  outDir: string;
  config: InlineConfig;
}

/** Files that change how every part is built. */
const BUILD_FILES = ['package-lock.json', 'vite.config.ts', 'dev/build.ts'];

function part(name: PartName): Part {
  if (name !== 'worker' && name !== 'bench') {
    const outDir = path.join(dist, `app-${name}`);
    return {
      name,
      entry: `web/${name}/index.html`,
      sources: ['web', 'shared'],
      outDir,
      config: webAppBuild(name, outDir),
    };
  }
  const entry = name === 'worker' ? 'workers/index.ts' : 'dev/bench/entry.ts';
  const outDir = name === 'worker' ? WORKER_FOLDER : BENCH_FOLDER;
  const sources = name === 'worker' ? ['workers', 'shared'] : ['workers', 'shared', 'dev/bench'];
  return { name, entry, sources, outDir, config: workerBuild(path.join(root, entry), outDir) };
}

/** sha256 over the names and contents of everything the part is made of; tests are no part of it. */
function hashOf(sources: string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    const folder = path.join(root, source);
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((found) => found.isFile() && !/\.test\.tsx?$/.test(found.name))
      .map((found) => path.join(found.parentPath, found.name))
      .sort()) {
      hash.update(path.relative(root, entry)).update('\0').update(readFileSync(entry)).update('\0');
    }
  }
  for (const file of BUILD_FILES) hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function readStamps(): Partial<Record<PartName, string>> {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')) as Partial<Record<PartName, string>>;
  } catch {
    return {}; // no stamp, or one cut short by a kill: build
  }
}

/**
 * Builds what has changed, once for all processes of this folder.
 * @param log one line per part that was built; @returns the names of the parts built
 */
export async function buildProduct(
  names: PartName[] = ['worker', ...WEB_APPS],
  log: (line: string) => void = () => {},
): Promise<PartName[]> {
  mkdirSync(dist, { recursive: true });
  return withLock(
    path.join(dist, '.lock'),
    () => log('another process builds, waiting for it'),
    async () => {
      await compileTexts();
      const stamps = readStamps();
      const parts = names.map(part).filter((candidate) => existsSync(path.join(root, candidate.entry)));
      const hashes = new Map(parts.map((candidate) => [candidate.name, hashOf(candidate.sources)]));
      const changed = parts.filter(
        (candidate) => stamps[candidate.name] !== hashes.get(candidate.name) || !existsSync(candidate.outDir),
      );
      await inProduction(() =>
        Promise.all(
          changed.map(async (candidate) => {
            const startedAt = Date.now();
            await build(candidate.config);
            log(`${candidate.name} built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
          }),
        ),
      );
      if (changed.some(({ name }) => name !== 'worker' && name !== 'bench') || !existsSync(CLIENT_FOLDER))
        assembleWebApps();
      for (const { name } of changed) stamps[name] = hashes.get(name) ?? '';
      writeFileSync(stampFile, JSON.stringify(stamps));
      return changed.map(({ name }) => name);
    },
  );
}

/** `npm run messages`, in a process of its own: one that watches keeps the catalogues of before in its module cache. */
async function compileTexts(): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(root, 'dev/messages/compile.ts')], { cwd: root });
}

/** Packages choose their development half by NODE_ENV, which vitest sets to `test`. */
async function inProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

/** Static files are sent without the Worker: what it says of every answer (workers/http/security-headers.ts) stands here for them. Their names change with their contents. */
const ASSET_HEADERS = `/assets/*
  X-Content-Type-Options: nosniff
  Content-Security-Policy: default-src 'none'; frame-ancestors 'none'
  Referrer-Policy: strict-origin-when-cross-origin
  Cache-Control: public, max-age=31536000, immutable
`;

/** The web apps share one folder of static files, because the Worker has one assets binding. */
function assembleWebApps(): void {
  rmSync(CLIENT_FOLDER, { recursive: true, force: true });
  mkdirSync(CLIENT_FOLDER, { recursive: true });
  for (const webApp of WEB_APPS) {
    const { outDir } = part(webApp);
    if (existsSync(outDir)) cpSync(outDir, CLIENT_FOLDER, { recursive: true });
  }
  writeFileSync(path.join(CLIENT_FOLDER, '_headers'), ASSET_HEADERS);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const built = await buildProduct(undefined, (line) => console.log(`build: ${line}`));
  if (built.length === 0) console.log('build: everything is up to date');
}

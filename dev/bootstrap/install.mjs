/**
 * Installs the dependencies when they are missing or older than the lock. Called before start, demo and test by npm,
 * on the host's own Node (>= 20), before anything is installed: node: built-ins only, plain JavaScript. With `--installed` (npm's
 * postinstall) it only notes that npm has just installed them, so that an `npm ci` by hand counts too.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const modules = path.join(root, 'node_modules');
const stampFile = path.join(modules, '.bootstrap-stamp');
/** Beside node_modules, because `npm ci` deletes that folder. */
const lockFolder = path.join(root, '.bootstrap-lock');
const MINIMUM_NODE_MAJOR = 20;

const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex');

function isInstalled() {
  // A link leads to somebody else's folder: `npm ci` would empty that.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) return true;
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === wanted;
}

const noteInstalled = () => writeFileSync(stampFile, `${wanted}\n`);

function install() {
  const startedAt = Date.now();
  console.log('bootstrap: installing dependencies with npm ci (about half a minute, only when the lock changes)');
  // npm_execpath is the very npm that runs us; called through node it needs no shell, so that spaces in paths are safe
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (run.status !== 0) throw new Error(`npm ci failed (exit ${run.status ?? run.signal ?? run.error?.message}).`);
  noteInstalled();
  console.log(`bootstrap: installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

async function main() {
  if (Number(process.versions.node.split('.')[0]) < MINIMUM_NODE_MAJOR) {
    throw new Error(`Node ${MINIMUM_NODE_MAJOR} or newer is needed, this is ${process.version}.`);
  }
  if (process.argv.includes('--installed')) {
    if (existsSync(modules)) noteInstalled();
    return;
  }
  if (isInstalled()) return;
  await withLock(
    lockFolder,
    () => console.log('bootstrap: another process installs, waiting for it'),
    async () => {
      if (!isInstalled()) install();
    },
  );
}

main().catch((error) => {
  console.error(`bootstrap: ${error.message}`);
  process.exit(1);
});

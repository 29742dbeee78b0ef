/** Finds a Chromium for the browser tests, or installs Debian's. Called by dev/test.ts and the outside tests. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** A mirror that does not answer must not eat the whole run. */
const INSTALL_TIMEOUT_MS = 5 * 60_000;

/** @returns the path of an installed browser (`CHROMIUM_PATH` wins), or null */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  return CANDIDATES.find((candidate) => existsSync(candidate)) ?? null;
}

/** Installs Debian's chromium where that is possible (root, apt-get). @returns its path, or null */
export function installChromium(log: (line: string) => void): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  log('no Chromium found, installing the one of Debian (apt-get)');
  const options = {
    stdio: 'ignore' as const,
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], options);
  return findChromium();
}

/** A lock folder between processes: one installs or builds, the others wait. Used by install.mjs and dev/build.ts; node: built-ins only. */
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Longest a holder may take before its lock counts as stale: a slow line needs minutes, not a quarter of an hour. */
const STALE_LOCK_MS = 15 * 60_000;
/** Time a fresh lock folder may stand without its pid file (the two are not written at once). */
const PID_GRACE_MS = 5_000;
const LOCK_POLL_MS = 200;

/** True when the process that took the lock is gone, or the lock is too old to be honest. */
function lockIsStale(folder) {
  try {
    const ageMs = Date.now() - statSync(folder).mtimeMs;
    if (ageMs > STALE_LOCK_MS) return true;
    const ownerFile = path.join(folder, 'pid');
    if (!existsSync(ownerFile)) return ageMs > PID_GRACE_MS;
    process.kill(Number(readFileSync(ownerFile, 'utf8')), 0);
    return false;
  } catch (error) {
    // ESRCH: the owner died; ENOENT: the lock has just been given back and the next mkdir decides
    return error.code === 'ESRCH';
  }
}

/** @returns true when this call made the folder, i.e. holds the lock */
export function tryLock(folder) {
  try {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (lockIsStale(folder)) rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

/** Runs `work` alone among all processes that use the same folder; `onWait` is called once when another holds it. */
export async function withLock(folder, onWait, work) {
  let waited = false;
  while (!tryLock(folder)) {
    if (!waited) onWait();
    waited = true;
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

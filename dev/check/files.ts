/** Which files belong to the project, as git sees them. Called by the checks of this folder. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** A listing of a big repository must fit; beyond it execFileSync throws. */
const MAX_LISTING_BYTES = 16_000_000;

/** Tracked files and new ones that are not ignored; paths from the root with forward slashes. */
export function projectFiles(): string[] {
  const listing = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: MAX_LISTING_BYTES,
  });
  return [...new Set(listing.split('\0').filter(Boolean))];
}

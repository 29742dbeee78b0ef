/** No secret, machine path, private host or registry address in any file of the project. Called by check.ts. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectFiles, root } from './files.ts';

/** Text files above this are generated (locks, fixtures of vendors) and are still read; binaries are recognised by their file ending. */
const MAX_BYTES = 3_000_000;
const BINARY = /\.(png|jpe?g|gif|webp|ico|woff2?|ttf|otf|pdf|gz|zip|sqlite)$/;

const FORBIDDEN: { pattern: RegExp; what: string; allowedIn?: RegExp }[] = [
  { pattern: /\b(sk|rk)_live_[A-Za-z0-9]{8,}/, what: 'a live Stripe key' },
  { pattern: /\bAKIA[0-9A-Z]{16}\b/, what: 'an AWS key' },
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/, what: 'a private key' },
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}/, what: 'a GitHub token' },
  { pattern: /\bxox[abprs]-[A-Za-z0-9-]{20,}/, what: 'a Slack token' },
  { pattern: /(?<![\w.])\/(root|home\/[a-z]+|Users\/[A-Za-z]+|work)\/[\w.]/, what: 'a path of one machine' },
  { pattern: /https?:\/\/registry\.[\w.-]+|"resolved":\s*"http/, what: 'the address of a package registry' },
  { pattern: /\bhttps?:\/\/(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+/, what: 'a host of one network' },
];

/** @returns what was found, as `file:line: what`; the text itself is not repeated */
export function forbiddenText(): string[] {
  const found: string[] = [];
  for (const file of projectFiles()) {
    const absolute = path.join(root, file);
    const size = statSync(absolute, { throwIfNoEntry: false })?.size;
    if (size === undefined || size > MAX_BYTES || BINARY.test(file)) continue;
    found.push(...forbiddenIn(file, readFileSync(absolute, 'utf8')));
  }
  return found;
}

export function forbiddenIn(file: string, text: string): string[] {
  const found: string[] = [];
  // this folder holds the patterns themselves
  if (file.startsWith('dev/check/')) return found;
  for (const { pattern, what, allowedIn } of FORBIDDEN) {
    const at = text.search(pattern);
    if (at !== -1 && !allowedIn?.test(file)) found.push(`${file}:${text.slice(0, at).split('\n').length}: ${what}`);
  }
  return found;
}

/** The Worker's entry with everything it imports statically, gzipped, as built in dist/worker. Called by check.ts and the outside tests. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { root } from './files.ts';

/** A start-up budget: Cloudflare parses all of it before the first request (law: under 300 kB). */
export const MAX_STARTUP_BYTES = 300_000;

interface StartupSize {
  bytes: number;
  files: string[];
}

/** @returns null when nothing is built */
export function startupSize(folder = path.join(root, 'dist', 'worker')): StartupSize | null {
  const entry = path.join(folder, 'index.js');
  if (!existsSync(entry)) return null;
  const seen = new Set<string>();
  const waiting = [entry];
  let bytes = 0;
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const code = readFileSync(file, 'utf8');
    bytes += gzipSync(code, { level: 9 }).length;
    const { module } = parseSync(file, code);
    const targets = [
      ...module.staticImports.map((found) => found.moduleRequest.value),
      ...module.staticExports.flatMap((found) => found.entries.map((one) => one.moduleRequest?.value ?? '')),
    ];
    for (const target of targets) if (target.startsWith('.')) waiting.push(path.join(path.dirname(file), target));
  }
  return { bytes, files: [...seen].map((file) => path.relative(folder, file)) };
}

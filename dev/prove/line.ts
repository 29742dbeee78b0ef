/** A line of docs/proofs.md: what was proven on which commit. Called by prove.ts and the paired bench. */
import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../check/files.ts';

const PROOFS = path.join(root, 'docs', 'proofs.md');

/** What a measurement itself writes: a commit of these alone proves nothing else. */
const LINES = [':!docs/proofs.md', ':!docs/bench.md'];

/** The last commit up to `ref` that changed more than lines of proofs. */
export const commit = (ref = 'HEAD'): string =>
  execFileSync('git', ['log', '-1', '--format=%h', ref, '--', '.', ...LINES], { cwd: root })
    .toString()
    .trim();

/** Prints the line and appends it. */
export function writeProof(name: string, outcome: { seed: string; counts: string; seconds: number }): void {
  const today = new Date().toISOString().slice(0, 10);
  const line = `| ${today} | ${commit()} | ${name} | ${outcome.seed} | ${outcome.counts} | ${outcome.seconds} s |`;
  console.log(line);
  appendFileSync(PROOFS, `${line}\n`);
}

/**
 * No log line of the Worker carries a fault as it was thrown: its message and stack hold bound values, numbers and addresses. Called by
 * check.ts; what to write instead is `log(level, event, { fault })` of workers/log.ts.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFiles, root } from './files.ts';

const LOG_CALL = /\b(?:console\s*\.\s*(?:log|info|warn|error|debug)|log)\s*\(/g;
/** A text made of a fault, also inside a template. */
const RAW_FAULT = /\bString\s*\(|\.message\b|\$\{\s*(?:fault|error|err|cause|defect|reason)\s*\}/;
const STACK = /\.stack\b/;
/** A log line is a few hundred characters of code; a parenthesis that never closes ends the look here. */
const MAX_CALL = 2_000;

/** @returns `file:line: …` for each log line that would write a fault as it is */
export const rawFaults = (): string[] =>
  projectFiles()
    .filter((file) => /^workers\/.*\.ts$/.test(file) && !/\.test\.ts$/.test(file))
    .flatMap((file) => rawFaultsIn(file, readFileSync(path.join(root, file), 'utf8')));

export function rawFaultsIn(file: string, text: string): string[] {
  const found = new Set<number>();
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
  for (const call of text.matchAll(LOG_CALL)) {
    if (RAW_FAULT.test(callFrom(text, call.index + call[0].length))) found.add(lineOf(call.index));
  }
  // The stack repeats the message and has no other reader than a log.
  for (const [n, line] of text.split('\n').entries()) if (STACK.test(line)) found.add(n + 1);
  return [...found]
    .sort((a, b) => a - b)
    .map((line) => `${file}:${line}: write \`log(level, event, { fault })\` (workers/log.ts), not the fault itself`);
}

/** The arguments of a call, up to its closing parenthesis; parentheses in quoted texts do not count. */
function callFrom(text: string, start: number): string {
  let depth = 1;
  for (const part of text.slice(start, start + MAX_CALL).matchAll(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|[()]/g)) {
    if (part[0] === '(') depth++;
    else if (part[0] === ')' && --depth === 0) return text.slice(start, start + part.index);
  }
  return text.slice(start, start + MAX_CALL);
}

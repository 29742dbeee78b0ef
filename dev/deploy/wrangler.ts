/** Runs wrangler of this repository; everything it says comes back as text. Called by the set-up script and by deploying. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { root } from './deployment.ts';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}
/** Runs one command of wrangler. Tests put an account of their own behind it. */
export type Wrangler = (args: readonly string[]) => Promise<Ran>;

/** Longer than the slowest command: uploading some hundred modules. */
const TIMEOUT_MS = 5 * 60_000;

/**
 * @param showing what it says is printed as it comes, too. Asked nothing: no question is answered by guessing, and the throw-away account
 * that wrangler offers who is signed out (`--temporary`) is never taken.
 */
export const runWrangler =
  (showing = false): Wrangler =>
  (args) =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [path.join(root, 'node_modules/wrangler/bin/wrangler.js'), ...args], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          CI: '1',
          NO_COLOR: '1',
          FORCE_COLOR: '0',
          // Whoever has silenced it elsewhere would hear no warning here.
          WRANGLER_LOG: 'log',
          WRANGLER_SEND_METRICS: 'false',
          WRANGLER_HIDE_BANNER: 'true',
        },
      });
      const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
        if (showing) process.stdout.write(chunk);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString();
        if (showing) process.stderr.write(chunk);
      });
      child.once('error', reject);
      child.once('close', (code) => {
        clearTimeout(timer);
        resolve({ code: code ?? 1, stdout, stderr });
      });
    });

/** A command that must work. @throws with what wrangler said */
export async function mustRun(wrangler: Wrangler, args: readonly string[]): Promise<string> {
  const ran = await wrangler(args);
  if (ran.code !== 0) throw new Error(`wrangler ${args.join(' ')}:\n${`${ran.stdout}\n${ran.stderr}`.trim()}`);
  return ran.stdout;
}

/** The JSON that a command prints, whatever it says around it. */
export function jsonOf<T>(text: string): T {
  const start = text.search(/[[{]/);
  if (start < 0) throw new Error(`wrangler printed no JSON: ${text.slice(0, 200)}`);
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'));
  return JSON.parse(text.slice(start, end + 1)) as T;
}

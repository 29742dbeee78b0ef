/** Two commits served at the same time: folder, process and page of figures. Called by paired.ts and background.ts. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../check/files.ts';

const READY_MS = 300_000;
const PAGE = path.join(root, 'docs', 'bench.md');

export interface Side {
  /** workerd's own socket */
  port: number;
  /** of the sandbox of third parties */
  sandboxPort: number;
  /** folder of all state */
  state: string;
  /** the process that serves; workerd is a child of it */
  pid: number;
  stop(): Promise<void>;
}

export interface Served {
  name: string;
  folder: string;
  port: number;
  /** whether queues deliver; default: no */
  background?: boolean;
  /** ms that a statement of a consumer waits (entry.ts) */
  d1Ms?: number;
}

interface Tree {
  folder: string;
  remove: () => void;
}

/** The commit as a folder of its own, with the packages of its own lock file. */
function checkOut(ref: string): Tree {
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'askpro-against-')), 'tree');
  execFileSync('git', ['worktree', 'add', '--detach', folder, ref], { cwd: root, stdio: 'ignore' });
  const lock = (of: string): string => readFileSync(path.join(of, 'package-lock.json'), 'utf8');
  if (lock(folder) === lock(root)) symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  else {
    console.log(`${ref} has other packages: installing them`);
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' });
  }
  // Both are measured through the same entry point.
  cpSync(path.join(import.meta.dirname, 'entry.ts'), path.join(folder, 'dev', 'bench', 'entry.ts'));
  return {
    folder,
    remove: () => {
      execFileSync('git', ['worktree', 'remove', '--force', folder], { cwd: root, stdio: 'ignore' });
      rmSync(path.dirname(folder), { recursive: true, force: true });
    },
  };
}

/** Serves a folder in a process of its own. */
async function serve({ name, folder, port, background = false, d1Ms }: Served): Promise<Side> {
  const state = mkdtempSync(path.join(os.tmpdir(), 'askpro-bench-'));
  const script = path.join(import.meta.dirname, 'serve.ts');
  const child = spawn(process.execPath, [script, folder, String(port), state, background ? 'background' : 'quiet'], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...(d1Ms !== undefined && { BENCH_D1_MS: String(d1Ms) }) },
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null) {
      child.stdin.end();
      await ended;
    }
    rmSync(state, { recursive: true, force: true });
  };
  try {
    await ready(name, child);
    return { port: port + 3, sandboxPort: port + 1, state, pid: child.pid ?? 0, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** Serves what `open` opens and ends all of it, also when it is interrupted. */
export async function served<T>(
  ref: string,
  work: (open: (how: Served) => Promise<Side>, tree: Tree) => Promise<T>,
): Promise<T> {
  const tree = checkOut(ref);
  const sides: Side[] = [];
  const cleanUp = async (): Promise<void> => {
    for (const side of sides.splice(0)) await side.stop();
    tree.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  try {
    return await work(async (how) => {
      const side = await serve(how);
      sides.push(side);
      return side;
    }, tree);
  } finally {
    await cleanUp();
  }
}

/** A port that leaves room for the servers of a bench: ten each. */
export const somePort = (): number => 20_000 + Math.floor(Math.random() * 12_000);

/** Replaces one section of docs/bench.md, or appends it. @param lines the heading first */
export function writeSection(lines: readonly [string, ...string[]]): void {
  const [heading] = lines;
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '# Bench\n';
  const start = page.indexOf(heading);
  const end = start === -1 ? -1 : page.indexOf('\n## ', start + 1);
  const rest = start === -1 ? '' : end === -1 ? '' : page.slice(end + 1);
  const head = start === -1 ? `${page.trimEnd()}\n\n` : page.slice(0, start);
  writeFileSync(PAGE, `${head}${lines.join('\n')}\n${rest === '' ? '' : `\n${rest}`}`);
}

function ready(name: string, child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${name} was not ready in time`)), READY_MS);
    child.stdout?.on('data', (data: Buffer) => {
      for (const line of data.toString().trim().split('\n')) {
        if (line === 'ready') {
          clearTimeout(late);
          resolve();
        } else console.log(`${name}: ${line}`);
      }
    });
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
}

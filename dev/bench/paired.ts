/**
 * `npm run bench -- --against <ref>`: this tree and another commit side by side, each built and served by its own tools, every hot path
 * measured on both in turn. The ratio of a round is now ÷ before, more is better; a path whose 90 % interval lies wholly below 0.95 fails,
 * one wider than ± 10 % is reported only. Writes docs/bench.md and a line of docs/proofs.md. Called by bench.ts.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../check/files.ts';
import { commit, writeProof } from '../prove/line.ts';
import { type Interval, judge, type Judgement, medianInterval } from './interval.ts';
import { measure, type Measurement } from './load.ts';
import { askOn, type HotPath, type Next, post, prepare } from './paths.ts';

/** BENCH_ROUNDS raises it; fewer than fifteen say too little. */
const ROUNDS = Math.max(15, Number(process.env.BENCH_ROUNDS ?? 15));
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 600);
const WARM_UP_MS = Math.min(100, ROUND_MS);
const CONNECTIONS = 16;
const READY_MS = 300_000;
const PAGE = path.join(root, 'docs', 'bench.md');
const HEADING = '## Beside another commit';

interface Side {
  port: number;
  paths: readonly HotPath[];
  stop(): Promise<void>;
}

interface Line {
  name: string;
  load: string;
  before: number;
  now: number;
  interval: Interval;
  verdict: Judgement;
  failures: number;
}

/** The commit as a folder of its own, with the packages of its own lock file. */
function checkOut(ref: string): { folder: string; remove: () => void } {
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'askpro-against-')), 'tree');
  execFileSync('git', ['worktree', 'add', '--detach', folder, ref], { cwd: root, stdio: 'ignore' });
  const lock = (of: string): string => readFileSync(path.join(of, 'package-lock.json'), 'utf8');
  if (lock(folder) === lock(root)) symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  else {
    console.log(`${ref} has other packages: installing them`);
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' });
  }
  return {
    folder,
    remove: () => {
      execFileSync('git', ['worktree', 'remove', '--force', folder], { cwd: root, stdio: 'ignore' });
      rmSync(path.dirname(folder), { recursive: true, force: true });
    },
  };
}

/** Serves a folder in a process of its own. */
async function serve(name: string, folder: string, port: number): Promise<Side> {
  const state = mkdtempSync(path.join(os.tmpdir(), 'askpro-bench-'));
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'serve.ts'), folder, String(port), state], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
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
    const prepared = await prepare(port + 3);
    const floors = [
      { name: 'floor: empty Hono route', next: prepared.floors.empty },
      { name: 'floor: one insert in an object', next: prepared.floors.insert },
    ];
    return { port: port + 3, paths: [...floors, ...prepared.paths], stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
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

/** At most so many requests of a round, so that what a path uses up lasts for all rounds of both loads. */
function portion({ next, bounded }: HotPath): Next {
  if (bounded === undefined) return next;
  let left = Math.floor(bounded / (2 * ROUNDS));
  return () => (left-- > 0 ? next() : null);
}

async function round(side: Side, hotPath: HotPath, connections: number): Promise<Measurement> {
  // Deliveries left over from the case before belong to that case.
  await askOn(side.port)(post('/api/dev/flush', {}));
  return measure({
    port: side.port,
    connections,
    milliseconds: ROUND_MS,
    warmUpMilliseconds: hotPath.bounded === undefined ? WARM_UP_MS : 0,
    next: portion(hotPath),
    ...(hotPath.accept && { accept: hotPath.accept }),
  });
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(now: Side, before: Side, index: number, connections: number): Promise<Line> {
  const [mine, theirs] = [now.paths[index], before.paths[index]];
  if (!mine || !theirs) throw new Error('both sides have the same hot paths');
  // On one connection the latency counts, with many connections the throughput.
  const figure = (m: Measurement): number => (connections === 1 ? 1 / m.p50 : m.perSecond);
  const ratios: number[] = [];
  const figures: { now: number[]; before: number[] } = { now: [], before: [] };
  let failures = 0;
  let lost = 0;
  for (let n = 0; n < ROUNDS; n++) {
    // Who is first changes with the round: what one leaves behind meets both.
    const measured: Record<'now' | 'before', Measurement | null> = { now: null, before: null };
    for (const side of n % 2 === 0 ? (['now', 'before'] as const) : (['before', 'now'] as const))
      measured[side] = await round(side === 'now' ? now : before, side === 'now' ? mine : theirs, connections);
    if (!measured.now || !measured.before) continue;
    failures += measured.now.failures + measured.before.failures;
    const failure = measured.now.firstFailure ?? measured.before.firstFailure;
    if (failure !== null) throw new Error(`${mine.name}: ${failure}`);
    if (measured.now.requests === 0 || measured.before.requests === 0) {
      // The machine gave a round nothing, or what the path uses up is used up.
      if (++lost > ROUNDS) throw new Error(`${mine.name}: too many rounds in which nothing was answered`);
      n--;
      continue;
    }
    figures.now.push(figure(measured.now));
    figures.before.push(figure(measured.before));
    ratios.push(figure(measured.now) / figure(measured.before));
  }
  const interval = medianInterval(ratios);
  const shown = (value: number): number => (connections === 1 ? 1 / value : value);
  return {
    name: mine.name.trim(),
    load: connections === 1 ? 'p50 ms' : 'req/s',
    before: shown(median(figures.before)),
    now: shown(median(figures.now)),
    interval,
    verdict: judge(interval),
    failures,
  };
}

const VERDICTS: Readonly<Record<Judgement, string>> = { kept: 'kept', slower: 'SLOWER', wide: 'too wide to judge' };

const cells = ({ name, load, before, now, interval, verdict }: Line): string[] => [
  name,
  load,
  before.toFixed(load === 'req/s' ? 0 : 2),
  now.toFixed(load === 'req/s' ? 0 : 2),
  interval.median.toFixed(3),
  `${interval.low.toFixed(3)} – ${interval.high.toFixed(3)}`,
  VERDICTS[verdict],
];

function writePage(lines: readonly Line[], ref: string): void {
  const table = [
    HEADING,
    '',
    `${new Date().toISOString().slice(0, 10)}, ${commit()} beside ${commit(ref)}: \`npm run bench -- --against ${ref}\`, both served at the same time, ${ROUNDS} paired rounds a line, who is first changing with the round. Ratio: now ÷ before, more is better (of latencies before ÷ now); the interval holds the true median with 90 % (order statistics). An interval wholly below 0.95 fails; one wider than ± 10 % is not judged.`,
    '',
    '| path | load | before | now | ratio | 90 % interval | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${cells(line).join(' | ')} |`),
    '',
  ].join('\n');
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '# Bench\n';
  const start = page.indexOf(HEADING);
  const end = start === -1 ? -1 : page.indexOf('\n## ', start + 1);
  const rest = start === -1 ? '' : end === -1 ? '' : page.slice(end + 1);
  const head = start === -1 ? `${page.trimEnd()}\n\n` : page.slice(0, start);
  writeFileSync(PAGE, `${head}${table}${rest === '' ? '' : `\n${rest}`}`);
}

/** Compares this tree with a commit. Answers whether no hot path became slower. */
export async function against(ref: string): Promise<boolean> {
  const started = performance.now();
  const name = commit(ref);
  const tree = checkOut(ref);
  const port = 20_000 + Math.floor(Math.random() * 12_000);
  const sides: Side[] = [];
  const cleanUp = async (): Promise<void> => {
    for (const side of sides.splice(0)) await side.stop();
    tree.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
  try {
    const before = await serve(name, tree.folder, port);
    sides.push(before);
    const now = await serve('now', root, port + 10);
    sides.push(now);
    const lines: Line[] = [];
    for (let index = 0; index < now.paths.length; index++) {
      for (const connections of [1, CONNECTIONS]) {
        const line = await compare(now, before, index, connections);
        lines.push(line);
        const [path_ = '', load = '', ...figures] = cells(line);
        console.log(`${path_.padEnd(34)} ${load.padEnd(7)} ${figures.map((one) => one.padStart(15)).join(' ')}`);
      }
    }
    writePage(lines, ref);
    const of = (verdict: Judgement): number => lines.filter((line) => line.verdict === verdict).length;
    writeProof(`bench against ${name}`, {
      seed: '–',
      counts: `${lines.length} lines of ${ROUNDS} paired rounds: ${of('kept')} kept, ${of('slower')} slower, ${of('wide')} too wide to judge`,
      seconds: Math.round((performance.now() - started) / 1000),
    });
    return of('slower') === 0;
  } finally {
    await cleanUp();
  }
}

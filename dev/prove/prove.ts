/**
 * `npm run prove [name] [count]`: the large counts that an issue asks for and `npm test` has no time for. Runs in chunks, each with a seed of
 * its own, and goes on where it was stopped on the same commit; at the end it writes a line to docs/proofs.md.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../check/files.ts';
import { introductions, JUDGING, sentences } from '../emergencies/train.ts';
import { readEmergency } from '../../workers/telephony/emergency.ts';
import { commit, writeProof } from './line.ts';

const STATE = path.join(root, '.wrangler', 'prove');
const FIRST_SEED = 20_261_121;
/** Runs of one chunk: what an interruption may cost. */
const CHUNK = 200;

interface Outcome {
  seed: string;
  counts: string;
  /** false: the line reports a failure, and the command exits with one */
  ok?: boolean;
}
interface Progress {
  commit: string;
  count: number;
  chunks: number;
  calls: number;
  requests: number;
  seconds: number;
}

/** One run of vitest; its output, and whether it was green. */
function vitest(filter: string, environment: Record<string, string>): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(root, 'node_modules', '.bin', 'vitest'), ['run', '--project', 'workerd', filter], {
      cwd: root,
      env: { ...process.env, ...environment },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data.toString();
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Random calls of unknown callers (workers/telephony/strangers.workerd.test.ts). */
async function strangers(count: number): Promise<Outcome> {
  mkdirSync(STATE, { recursive: true });
  const file = path.join(STATE, 'strangers.json');
  const fresh: Progress = { commit: commit(), count, chunks: 0, calls: 0, requests: 0, seconds: 0 };
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : fresh;
  const progress = stored.commit === fresh.commit && stored.count === count ? stored : fresh;
  while (progress.chunks * CHUNK < count) {
    const seed = FIRST_SEED + progress.chunks;
    const runs = Math.min(CHUNK, count - progress.chunks * CHUNK);
    const started = Date.now();
    const { ok, output } = await vitest('workers/telephony/strangers.workerd.test.ts', {
      FC_RUNS: String(runs),
      FC_SEED: String(seed),
    });
    const told = /strangers: seed \d+, (\d+) calls, (\d+) function requests/.exec(output);
    if (!ok || !told) throw new Error(`seed ${seed}, ${runs} runs:\n${output.slice(-4_000)}`);
    progress.chunks++;
    progress.calls += Number(told[1]);
    progress.requests += Number(told[2]);
    progress.seconds += Math.round((Date.now() - started) / 1000);
    writeFileSync(file, JSON.stringify(progress));
    console.log(`seed ${seed}: ${progress.calls} calls, ${progress.requests} function requests, ${progress.seconds} s`);
  }
  rmSync(file);
  return {
    seed: `${FIRST_SEED}–${FIRST_SEED + progress.chunks - 1}`,
    counts: `${progress.calls} calls, ${progress.requests} function requests: 0 disclosures, 0 changes`,
  };
}

/** Sentences of tests/fixtures/emergencies: how many are read as expected, without printing one. */
function emergencies(): Outcome {
  const figures = ['seen', ...JUDGING].map((name) => {
    const rows = sentences(name);
    const real = rows.filter((row) => row.expected === 'emergency');
    const harmless = rows.filter((row) => row.expected === 'harmless');
    const heard = real.filter((row) => readEmergency(row.text) !== null).length;
    const wrong = harmless.filter((row) => readEmergency(row.text) !== null).length;
    return `${name} ${heard}/${real.length} recognised, ${wrong}/${harmless.length} false`;
  });
  const names = introductions('judging', 20_000);
  figures.push(`names ${names.filter((text) => readEmergency(text) !== null).length}/${names.length} false`);
  return { seed: '–', counts: figures.join(' · ') };
}

interface FlakyProgress {
  commit: string;
  count: number;
  runs: { passed: number; failed: number; skipped: number; seconds: number }[];
}

/** A process that keeps one core busy until it is ended. */
const busy = (): { stop: () => void } => {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  return { stop: () => void child.kill('SIGKILL') };
};

/** Whole runs of the test suite while two other processes take what they can get: a test that needs a quiet machine fails here. */
async function flaky(count: number): Promise<Outcome> {
  mkdirSync(STATE, { recursive: true });
  const file = path.join(STATE, 'flaky.json');
  const fresh: FlakyProgress = { commit: commit(), count, runs: [] };
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FlakyProgress) : fresh;
  const progress = stored.commit === fresh.commit && stored.count === count ? stored : fresh;
  while (progress.runs.length < count) {
    const started = Date.now();
    const loops = [busy(), busy()];
    const { output, code } = await wholeSuite().finally(() => {
      for (const loop of loops) loop.stop();
    });
    const log = path.join(STATE, `flaky-${progress.runs.length + 1}.log`);
    writeFileSync(log, output);
    const told = /(\d+) passed, (\d+) failed, (\d+) skipped\s*$/.exec(output);
    if (!told) throw new Error(`the suite ended with ${code} and told no totals: ${log}`);
    const [passed = 0, failed = 0, skipped = 0] = told.slice(1).map(Number);
    const run = { passed, failed, skipped, seconds: Math.round((Date.now() - started) / 1000) };
    progress.runs.push(run);
    writeFileSync(file, JSON.stringify(progress));
    console.log(`run ${progress.runs.length} of ${count}: ${JSON.stringify(run)}${failed > 0 ? ` (${log})` : ''}`);
  }
  rmSync(file);
  const sum = (of: (run: FlakyProgress['runs'][number]) => number): number =>
    progress.runs.reduce((total, run) => total + of(run), 0);
  return {
    seed: 'the suite’s own',
    counts: `${count} whole runs beside two busy loops (${progress.runs.map((run) => `${run.seconds} s`).join(', ')}): ${sum((run) => run.passed)} passed, ${sum((run) => run.failed)} failed, ${sum((run) => run.skipped)} skipped`,
    ok: sum((run) => run.failed) === 0,
  };
}

function wholeSuite(): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, 'dev', 'test.ts')], { cwd: root });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data.toString();
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

const PROVERS: Readonly<Record<string, { run: (count: number) => Promise<Outcome> | Outcome; count: number }>> = {
  strangers: { run: strangers, count: 2_000 },
  emergencies: { run: emergencies, count: 1 },
  flaky: { run: flaky, count: 5 },
  // Loaded when it is asked for: it brings the product's routes along.
  lists: { run: async () => (await import('./lists.ts')).lists(), count: 1 },
};

async function prove(name: string, count: number | undefined): Promise<void> {
  const prover = PROVERS[name];
  if (!prover) throw new Error(`unknown proof ${name}: ${Object.keys(PROVERS).join(', ')}`);
  const started = Date.now();
  const { seed, counts, ok = true } = await prover.run(count ?? prover.count);
  const seconds = Math.round((Date.now() - started) / 1000);
  writeProof(name, { seed, counts, seconds });
  if (!ok) process.exitCode = 1;
}

const [wanted, count] = process.argv.slice(2);
for (const name of wanted === undefined ? Object.keys(PROVERS) : [wanted])
  await prove(name, count === undefined ? undefined : Number(count));

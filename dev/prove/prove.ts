/**
 * `npm run prove [name] [count]`: the large counts that an issue asks for and `npm test` has no time for. Runs in chunks, each with a seed of
 * its own, and goes on where it was stopped on the same commit; at the end it writes a line to docs/proofs.md.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../check/files.ts';
import { introductions, JUDGING, sentences } from '../emergencies/train.ts';
import { readEmergency } from '../../workers/telephony/emergency.ts';
import { type Proof, type ProofName, PROOFS } from '../../tests/counts.ts';
import { commit, writeProof } from './line.ts';
import { ingestOutcome } from './usage-ingest.ts';

const STATE = path.join(root, '.wrangler', 'prove');
const FIRST_SEED = 20_261_121;

interface Outcome {
  seed: string;
  counts: string;
  /** false: the line reports a failure, and the command exits with one */
  ok?: boolean;
  /** of all parts, where a proof went on from an earlier one; default: since the command began */
  seconds?: number;
}
interface Progress {
  commit: string;
  count: number;
  chunks: number;
  done: number;
  /** what the chunks told, added up */
  sums: number[];
  seconds: number;
}

/** One run of vitest; its output, and whether it was green. @param isTold show it as it comes: a run of an hour */
function vitest(
  proof: Pick<Proof, 'project' | 'file'>,
  environment: Record<string, string>,
  isTold = false,
): Promise<{ ok: boolean; output: string }> {
  return new Promise((resolve, reject) => {
    const arguments_ = ['run', '--project', proof.project, proof.file];
    const child = spawn(path.join(root, 'node_modules', '.bin', 'vitest'), arguments_, {
      cwd: root,
      env: { ...process.env, ...environment },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data.toString();
        if (isTold) process.stdout.write(data);
      });
    child.once('error', reject);
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** What a proof prints of itself, to be added up: `strangers: seed 1, 200 calls, 1609 function requests, …`. */
const TOLD: Partial<Record<ProofName, { line: RegExp; counts: (sums: readonly number[]) => string }>> = {
  strangers: {
    line: /strangers: seed \d+, (\d+) calls, (\d+) function requests/,
    counts: ([calls = 0, requests = 0]) => `${calls} calls, ${requests} function requests: 0 disclosures, 0 changes`,
  },
  transfers: {
    line: /transfers: seed \d+, (\d+) steps, (\d+) arrived, (\d+) came back/,
    counts: ([steps = 0, arrived = 0, back = 0]) =>
      `${steps} steps, ${arrived} transfers arrived, ${back} came back: conserved in each ledger and over all`,
  },
  kill: {
    line: /kill: (\d+) rounds, (\d+) bookings, (\d+) top-ups, (\d+) calls acknowledged/,
    counts: ([rounds = 0, bookings = 0, topups = 0, calls = 0]) =>
      `${rounds} kills, ${bookings} bookings, ${topups} top-ups, ${calls} calls acknowledged: all there, once`,
  },
};

/** A proof of tests/counts.ts at its full count, in chunks with a seed each. @throws with the output of the chunk that was red */
async function chunked(name: ProofName, count: number): Promise<Outcome> {
  const proof = PROOFS[name];
  const told = TOLD[name];
  mkdirSync(STATE, { recursive: true });
  const file = path.join(STATE, `${name}.json`);
  const fresh: Progress = { commit: commit(), count, done: 0, sums: [], seconds: 0, chunks: 0 };
  const stored = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Progress) : fresh;
  const progress = stored.commit === fresh.commit && stored.count === count ? stored : fresh;
  while (progress.done < count) {
    const seed = FIRST_SEED + progress.chunks;
    const runs = Math.min(proof.chunk, count - progress.done);
    const started = Date.now();
    const { ok, output } = await vitest(proof, { FC_RUNS: String(runs), FC_SEED: String(seed) });
    const figures = told === undefined ? [] : told.line.exec(output)?.slice(1).map(Number);
    if (!ok || figures === undefined) throw new Error(`seed ${seed}, ${runs} runs:\n${output.slice(-4_000)}`);
    progress.chunks++;
    progress.done += runs;
    progress.sums = figures.map((figure, index) => figure + (progress.sums[index] ?? 0));
    progress.seconds += Math.round((Date.now() - started) / 1000);
    writeFileSync(file, JSON.stringify(progress));
    console.log(`seed ${seed}: ${progress.done} of ${count}, ${progress.seconds} s`);
  }
  rmSync(file);
  return {
    seed: proof.project === 'outside' ? '–' : `${FIRST_SEED}–${FIRST_SEED + progress.chunks - 1}`,
    counts: told?.counts(progress.sums) ?? `${progress.done} ${proof.of}: green`,
    seconds: progress.seconds,
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

/** Rates and sizes of one run: they are no sums of chunks. */
async function usageIngest(count: number): Promise<Outcome> {
  const environment = { FC_RUNS: String(count), FC_SEED: String(FIRST_SEED) };
  const { ok, output } = await vitest(PROOFS['usage-ingest'], environment);
  if (!ok) throw new Error(output.slice(-4_000));
  return ingestOutcome(output);
}

/** Every browser test at all widths, schemes and languages; `npm test` takes two of the four looks. */
async function looks(): Promise<Outcome> {
  const { ok, output } = await vitest({ project: 'outside', file: 'tests/outside' }, { LOOKS: 'all' }, true);
  const [, passed = '0'] = /Tests .*?(\d+) passed/.exec(stripVTControlCharacters(output)) ?? [];
  if (!ok) throw new Error(output.slice(-4_000));
  return { seed: '–', counts: `${passed} tests from outside at four looks: green` };
}

const PROVERS: Readonly<Record<string, { run: (count: number) => Promise<Outcome> | Outcome; count: number }>> = {
  ...Object.fromEntries(
    (Object.keys(PROOFS) as ProofName[]).map((name) => [
      name,
      { run: (count: number) => chunked(name, count), count: PROOFS[name].full },
    ]),
  ),
  'usage-ingest': { run: usageIngest, count: PROOFS['usage-ingest'].full },
  emergencies: { run: emergencies, count: 1 },
  flaky: { run: flaky, count: 5 },
  looks: { run: looks, count: 1 },
  // Loaded when it is asked for: it brings the product's routes along.
  lists: { run: async () => (await import('./lists.ts')).lists(), count: 1 },
  imports: { run: async (count) => (await import('./imports.ts')).imports(count), count: 20_000 },
  phrases: { run: async () => (await import('./phrases.ts')).phrases(), count: 1 },
  noise: { run: async (count) => (await import('./noise.ts')).noise(count), count: 20_000 },
  memory: { run: async (count) => (await import('./memory.ts')).memory(count), count: 1_200 },
  'large-tenant': { run: async () => (await import('./large-tenant.ts')).largeTenant(), count: 1 },
  paint: { run: async () => (await import('./paint.ts')).paint(), count: 1 },
  lighthouse: { run: async (count) => (await import('./lighthouse.ts')).lighthouse(count), count: 5 },
  pace: { run: async (count) => (await import('./pace.ts')).pace(count), count: 15 },
  colleagues: { run: async (count) => (await import('./colleagues.ts')).colleagues(count), count: 40 },
};

async function prove(name: string, count: number | undefined): Promise<void> {
  const prover = PROVERS[name];
  if (!prover) throw new Error(`unknown proof ${name}: ${Object.keys(PROVERS).join(', ')}`);
  const started = Date.now();
  const { seed, counts, ok = true, seconds } = await prover.run(count ?? prover.count);
  writeProof(name, { seed, counts, seconds: seconds ?? Math.round((Date.now() - started) / 1000) });
  if (!ok) process.exitCode = 1;
}

const [wanted, count] = process.argv.slice(2);
for (const name of wanted === undefined ? Object.keys(PROVERS) : [wanted])
  await prove(name, count === undefined ? undefined : Number(count));

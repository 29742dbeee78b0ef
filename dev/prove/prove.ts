/**
 * `npm run prove [name] [count]`: the large counts that an issue asks for and `npm test` has no time for. Runs in chunks, each with a seed of
 * its own, and goes on where it was stopped on the same commit; at the end it writes a line to docs/proofs.md.
 */
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../check/files.ts';
import { introductions, JUDGING, sentences } from '../emergencies/train.ts';
import { readEmergency } from '../../workers/telephony/emergency.ts';

const PROOFS = path.join(root, 'docs', 'proofs.md');
const STATE = path.join(root, '.wrangler', 'prove');
const FIRST_SEED = 20_261_121;
/** Runs of one chunk: what an interruption may cost. */
const CHUNK = 200;

interface Outcome {
  seed: string;
  counts: string;
}
interface Progress {
  commit: string;
  count: number;
  chunks: number;
  calls: number;
  requests: number;
  seconds: number;
}

const commit = (): string => execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim();

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

/** Calls of strangers at random (workers/telephony/strangers.workerd.test.ts). */
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

const PROVERS: Readonly<Record<string, { run: (count: number) => Promise<Outcome> | Outcome; count: number }>> = {
  strangers: { run: strangers, count: 2_000 },
  emergencies: { run: emergencies, count: 1 },
  // Loaded when it is asked for: it brings the product's routes along.
  lists: { run: async () => (await import('./lists.ts')).lists(), count: 1 },
};

async function prove(name: string, count: number | undefined): Promise<void> {
  const prover = PROVERS[name];
  if (!prover) throw new Error(`unknown proof ${name}: ${Object.keys(PROVERS).join(', ')}`);
  const started = Date.now();
  const { seed, counts } = await prover.run(count ?? prover.count);
  const seconds = Math.round((Date.now() - started) / 1000);
  const line = `| ${new Date().toISOString().slice(0, 10)} | ${commit()} | ${name} | ${seed} | ${counts} | ${seconds} s |`;
  console.log(line);
  appendFileSync(PROOFS, `${line}\n`);
}

const [wanted, count] = process.argv.slice(2);
for (const name of wanted === undefined ? Object.keys(PROVERS) : [wanted])
  await prove(name, count === undefined ? undefined : Number(count));

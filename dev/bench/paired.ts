/**
 * `npm run bench -- --against <ref>`: this tree and another commit side by side, each built and served by its own tools, every hot path
 * measured on both in turn. The ratio of a round is now ÷ before, more is better; a path whose 90 % interval lies wholly below 0.95 fails,
 * one wider than ± 10 % is reported only. Writes docs/bench.md and a line of docs/proofs.md. Called by bench.ts.
 */
import { root } from '../check/files.ts';
import { commit, writeProof } from '../prove/line.ts';
import { type Interval, judge, type Judgement, medianInterval } from './interval.ts';
import { measure, type Measurement } from './load.ts';
import { askOn, type HotPath, type Next, post, prepare } from './paths.ts';
import { served, type Side, somePort, writeSection } from './side.ts';

/** BENCH_ROUNDS raises it; fewer than fifteen say too little. */
const ROUNDS = Math.max(15, Number(process.env.BENCH_ROUNDS ?? 15));
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 600);
const WARM_UP_MS = Math.min(100, ROUND_MS);
const CONNECTIONS = 16;
const HEADING = '## Beside another commit';

interface Measurable {
  port: number;
  paths: readonly HotPath[];
}

async function measurable({ port }: Side): Promise<Measurable> {
  const { floors, paths } = await prepare(port);
  return {
    port,
    paths: [
      { name: 'floor: empty Hono route', next: floors.empty },
      { name: 'floor: one insert in an object', next: floors.insert },
      ...paths,
    ],
  };
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

/** At most so many requests of a round, so that what a path uses up lasts for all rounds of both loads. */
function portion({ next, bounded }: HotPath): Next {
  if (bounded === undefined) return next;
  let left = Math.floor(bounded / (2 * ROUNDS));
  return () => (left-- > 0 ? next() : null);
}

async function round(side: Measurable, hotPath: HotPath, connections: number): Promise<Measurement> {
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

async function compare(now: Measurable, before: Measurable, index: number, connections: number): Promise<Line> {
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
  writeSection([
    HEADING,
    '',
    `${new Date().toISOString().slice(0, 10)}, ${commit()} beside ${commit(ref)}: \`npm run bench -- --against ${ref}\`, both served at the same time, ${ROUNDS} paired rounds a line, who is first changing with the round. Ratio: now ÷ before, more is better (of latencies before ÷ now); the interval holds the true median with 90 % (order statistics). An interval wholly below 0.95 fails; one wider than ± 10 % is not judged.`,
    '',
    '| path | load | before | now | ratio | 90 % interval | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines.map((line) => `| ${cells(line).join(' | ')} |`),
  ]);
}

/** Compares this tree with a commit. Answers whether no hot path became slower. */
export async function against(ref: string): Promise<boolean> {
  const started = performance.now();
  const name = commit(ref);
  return served(ref, async (open, tree) => {
    const port = somePort();
    const before = await measurable(await open({ name, folder: tree.folder, port }));
    const now = await measurable(await open({ name: 'now', folder: root, port: port + 10 }));
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
  });
}

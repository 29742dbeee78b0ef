/**
 * `npm run bench`: the hot paths of the built Worker beside the floors of the same run (empty route, object echo, one insert), and the
 * hard lines. Ratios are what counts: absolute numbers move with the machine. `npm run bench -- --against <ref>` compares two commits
 * (paired.ts), `-- --background <ref>` what goes on behind a booking (background.ts).
 */
import { benchServer } from './bench-server.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { BENCH_FOLDER, buildProduct } from '../build.ts';
import { behindBookings } from './background.ts';
import { startAskPro } from '../server/server.ts';
import { ensureDevVars } from '../server/variables.ts';
import { engineMeasures } from './engine.ts';
import { type Measurement, measure, quantile } from './load.ts';
import { against } from './paired.ts';
import { API_KEY, askOn, type HotPath, type Next, post, prepare } from './paths.ts';
import { writeSection } from './side.ts';
import { commit, writeProof } from '../prove/line.ts';
import { readingMeasures, readingRatio } from './reading.ts';

/** How long each case is measured; BENCH_MS shortens it. */
const MEASURE_MS = Number(process.env.BENCH_MS ?? 3_000);
const CONNECTIONS = 16;
/**
 * A hard line is judged by the median of this many short rounds, floor and case in turn: other work on the machine then meets both, and
 * a round in which the disk paused (SQLite's checkpoints do that every second or so) weighs no more than another.
 */
const ROUNDS = 15;
const ROUND_MS = MEASURE_MS / 5;
const STREAM_EVENTS = 60;
/** Bookings of the part in which queues deliver. */
const BUSY_BOOKINGS = 1_500;

const port = 20_000 + Math.floor(Math.random() * 12_000);
const directPort = port + 3;
const ask = askOn(directPort);

interface Line {
  name: string;
  one: Measurement;
  many: Measurement;
}
interface Verdict {
  line: string;
  ok: boolean;
}

/** Measures one case on one connection (latency) and with 16 connections (throughput). */
async function run({ name, next, accept }: HotPath): Promise<Line> {
  const options = { port: directPort, milliseconds: MEASURE_MS, next, ...(accept && { accept }) };
  const one = await measure({ ...options, connections: 1 });
  const many = await measure({ ...options, connections: CONNECTIONS });
  const line = { name, one, many };
  print(line);
  return line;
}

/** Floor and case in turn; the median over the rounds of what `judge` makes of each pair. */
async function paired(
  connections: number,
  floorNext: Next,
  caseNext: Next,
  judge: (floor: Measurement, measured: Measurement) => number,
): Promise<number> {
  const figures: number[] = [];
  const options = { port: directPort, connections, milliseconds: ROUND_MS, warmUpMilliseconds: 100 };
  for (let round = 0; round < ROUNDS; round++) {
    // Deliveries left over from the case before belong to that case.
    await ask(post('/api/dev/flush', {}));
    const floorMeasured = await measure({ ...options, next: floorNext });
    figures.push(judge(floorMeasured, await measure({ ...options, next: caseNext })));
  }
  return quantile(
    figures.sort((a, b) => a - b),
    0.5,
  );
}
const times = (floorMeasured: Measurement, measured: Measurement) => measured.p50 / floorMeasured.p50;
const tails = (floorMeasured: Measurement, measured: Measurement) => measured.p99 / floorMeasured.p99;
const share = (floorMeasured: Measurement, measured: Measurement) => measured.perSecond / floorMeasured.perSecond;

/** What docs/bench.md shows: quiet, and with queues that deliver. */
const quietRows: string[][] = [];
const busy: string[][] = [];

function writePage(verdicts: readonly Verdict[]): void {
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] =>
    [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  writeSection([
    '## Hot paths',
    '',
    `${new Date().toISOString().slice(0, 10)}, ${commit()}: \`npm run bench\`. Times are this machine's; what is judged are ratios to what was measured beside them, with room for another machine.`,
    '',
    ...table(
      ['path', 'p50 ms, 1 conn', 'p99', `req/s, ${CONNECTIONS} conn`, 'p50 ms', 'p99', ': empty route', 'failed'],
      quietRows,
    ),
    '',
    'While queues deliver, and every booking causes its effects:',
    '',
    ...table(['path', 'p50 ms', 'p99', 'req/s'], busy),
    '',
    ...verdicts.map(({ line, ok }) => `- ${ok ? 'met' : '**missed**'}: ${line}`),
  ]);
}

let floor = 0;
function print({ name, one, many }: Line): void {
  if (floor === 0) floor = many.perSecond;
  const cells = [
    one.p50.toFixed(2),
    one.p99.toFixed(2),
    many.perSecond.toFixed(0),
    many.p50.toFixed(2),
    many.p99.toFixed(2),
    (many.perSecond / floor).toFixed(3),
    String(one.failures + many.failures),
  ];
  console.log([name.padEnd(34), ...cells.map((cell) => cell.padStart(8))].join(' '));
  quietRows.push([name.trim(), ...cells]);
  const failure = one.firstFailure ?? many.firstFailure;
  if (failure !== null) console.log(`    first failure: ${failure}`);
  const reconnects = one.reconnects + many.reconnects;
  if (reconnects > 0) console.log(`    connections closed between two requests and opened anew: ${reconnects}`);
}

async function main(): Promise<Verdict[]> {
  ensureDevVars();
  await buildProduct(['bench'], (line) => console.log(`build: ${line}`));
  return [...(await served(false, measureAll)), ...(await served(true, measureWithConsumers))];
}

/** @param background whether queues deliver */
async function served<T>(background: boolean, work: () => Promise<T>): Promise<T> {
  const state = mkdtempSync(path.join(os.tmpdir(), 'askpro-bench-'));
  const server = await startAskPro({
    port,
    directPort,
    state,
    cron: false,
    background,
    ...benchServer(BENCH_FOLDER),
    log: (line) => console.log(line),
  });
  try {
    return await work();
  } finally {
    await server.close();
    rmSync(state, { recursive: true, force: true });
  }
}

/** What a person meets while bookings come in and everything behind them is worked on. */
async function measureWithConsumers(): Promise<Verdict[]> {
  const { paths } = await prepare(directPort, { bookings: BUSY_BOOKINGS, topups: 0 });
  const nextOf = named(paths);
  const options = { port: directPort, milliseconds: MEASURE_MS };
  const quiet = await measure({ ...options, connections: 1, next: nextOf('who am I') });
  const [book, asked] = await Promise.all([
    measure({ ...options, connections: 4, warmUpMilliseconds: 0, next: nextOf('book-appointment') }),
    measure({ ...options, connections: 1, next: nextOf('who am I') }),
  ]);
  const figures = (name: string, { p50, p99, perSecond }: Measurement): string[] => [
    name,
    p50.toFixed(2),
    p99.toFixed(2),
    perSecond.toFixed(0),
  ];
  const rows = [
    figures('book-appointment, 4 connections, queues deliver', book),
    figures('who am I meanwhile, 1 connection', asked),
    figures('who am I before', quiet),
  ];
  busy.push(...rows);
  for (const row of rows) console.log(row.join('  '));
  return [
    timesLine('who am I while bookings and their effects are worked on : before', asked.p50 / quiet.p50, 30),
    { line: `bookings with queues that deliver: ${book.failures} of ${book.requests} failed`, ok: book.failures === 0 },
  ];
}

const named =
  (paths: readonly HotPath[]) =>
  (name: string): Next => {
    const found = paths.find((one) => one.name === name);
    if (!found) throw new Error(`no hot path ${name}`);
    return found.next;
  };

async function measureAll(): Promise<Verdict[]> {
  const { floors, paths, charge } = await prepare(directPort);
  console.log(`\n${''.padEnd(34)}  1 connection      ${CONNECTIONS} connections`);
  console.log(`${'case'.padEnd(34)}   p50 ms   p99 ms     req/s   p50 ms   p99 ms   ratio failed`);
  await run({ name: 'floor: empty Hono route', next: floors.empty });
  await run({ name: 'floor: object echo', next: floors.echo });
  await run({ name: 'floor: one insert in an object', next: floors.insert });
  for (const hotPath of paths) await run(hotPath);
  const nextOf = named(paths);

  const delays = await streamDelays(charge);
  const p50 = quantile(delays, 0.5);
  console.log(
    `${'SSE: command sent → event read'.padEnd(34)} ${p50.toFixed(2).padStart(8)} ${quantile(delays, 0.99).toFixed(2).padStart(8)}   (${delays.length} events)`,
  );

  const sentence = readingRatio();
  return [
    ...[...engineMeasures(), ...readingMeasures()].map(({ name, p50Ms, limitMs, ok }) => ({
      line: `${name}: ${p50Ms.toFixed(3)} ms (≤ ${limitMs})`,
      ok,
    })),
    timesLine(sentence.name, sentence.ratio, sentence.limit),
    shareLine(
      'book-appointment : one insert',
      await paired(CONNECTIONS, floors.insert, nextOf('book-appointment'), share),
      0.1,
    ),
    timesLine(
      'check-availability, 1 staff, 1 day : echo',
      await paired(1, floors.echo, nextOf('check-availability: 1 staff, 1 day'), times),
      12,
    ),
    timesLine(
      'check-availability, 20 staff, a booked day : echo',
      await paired(1, floors.echo, nextOf('check-availability: booked day'), times),
      20,
    ),
    timesLine(
      'availability, 20 staff, 30 days : echo',
      await paired(1, floors.echo, nextOf('availability: 20 staff, 30 days'), times),
      25,
    ),
    timesLine('balance : who am I', await paired(1, nextOf('who am I'), nextOf('balance'), times), 2),
    timesLine(
      'transactions page : who am I',
      await paired(1, nextOf('who am I'), nextOf('transactions page'), times),
      // Twenty-five rows are read, shown and written as JSON; on one machine 4 to 6.
      10,
    ),
    timesLine(
      'book-appointment : one insert, p99 of 16 connections',
      await paired(CONNECTIONS, floors.insert, nextOf('book-appointment'), tails),
      15,
    ),
    { line: `SSE p50 ${p50.toFixed(1)} ms (< 50)`, ok: delays.length > 0 && p50 < 50 },
  ];
}

const shareLine = (name: string, ratio: number, least: number): Verdict => ({
  line: `${name}: ${ratio.toFixed(2)} (≥ ${least})`,
  ok: ratio >= least,
});
const timesLine = (name: string, ratio: number, most: number): Verdict => ({
  line: `${name}: ${ratio.toFixed(1)} × (≤ ${most})`,
  ok: ratio <= most,
});

/** Time from sending a command until its event is read from the open balance stream. */
async function streamDelays(command: (index: number) => Promise<void>): Promise<number[]> {
  const delays: number[] = [];
  let sentAt = 0;
  let seen: (() => void) | null = null;
  const request = http.get({
    host: '127.0.0.1',
    port: directPort,
    path: '/customer/balance/stream',
    headers: { host: `localhost:${directPort}`, authorization: `Bearer ${API_KEY}`, accept: 'text/event-stream' },
  });
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`balance stream: ${response.statusCode}`);
  response.on('data', (chunk: Buffer) => {
    if (/^event: (transaction|balance|usage)/m.test(chunk.toString()) && sentAt > 0) {
      delays.push(performance.now() - sentAt);
      sentAt = 0;
      seen?.();
    }
  });
  const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  await pause(500);
  for (let index = 0; index < STREAM_EVENTS; index++) {
    const arrived = new Promise<void>((resolve) => {
      seen = resolve;
    });
    sentAt = performance.now();
    await command(index);
    await Promise.race([arrived, pause(2_000)]);
    sentAt = 0;
    await pause(20);
  }
  request.destroy();
  return delays.sort((a, b) => a - b);
}

const COMPARISONS = { '--against': against, '--background': behindBookings };
for (const [option, compare] of Object.entries(COMPARISONS)) {
  const at = process.argv.indexOf(option);
  if (at === -1) continue;
  const ref = process.argv[at + 1];
  if (ref === undefined) throw new Error(`beside what? npm run bench -- ${option} <commit>`);
  process.exit((await compare(ref)) ? 0 : 1);
}
const started = performance.now();
const verdicts = await main();
console.log('\nhard lines');
for (const { line, ok } of verdicts) console.log(`${ok ? 'ok  ' : 'FAIL'}  ${line}`);
writePage(verdicts);
writeProof('bench', {
  seed: '–',
  counts: `${verdicts.filter(({ ok }) => ok).length} of ${verdicts.length} lines met: ${verdicts.map(({ line }) => line).join(' · ')}`,
  seconds: Math.round((performance.now() - started) / 1000),
});
process.exit(verdicts.every(({ ok }) => ok) ? 0 : 1);

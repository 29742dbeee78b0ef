/**
 * `npm run bench -- --background <ref>`: what a booking costs behind its answer, beside another commit. Both are served with their queue
 * consumers on and once more with them off; what workerd computes for the same bookings with them, less what it computes without them, is the
 * background's. Ratio of a round: now ÷ before, less is better. Writes docs/bench.md and a line of docs/proofs.md. Called by bench.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { root } from '../check/files.ts';
import { commit, writeProof } from '../prove/line.ts';
import { medianInterval } from './interval.ts';
import { measure, quantile } from './load.ts';
import { askOn, type Next, prepare } from './paths.ts';
import { type Served, served, type Side, somePort, writeSection } from './side.ts';

const ROUNDS = Math.max(5, Number(process.env.BENCH_ROUNDS ?? 9));
/** Bookings of one round; a round of each of the six servers. */
const BOOKINGS = Number(process.env.BENCH_BACKGROUND ?? 300);
const CONNECTIONS = 16;
/** What the issue allows: computing behind a booking, and how many effects one consumer ends in the same time. */
const MOST_COMPUTING = 0.45;
const LEAST_SPEED = 4;
/** How long a provider of messages takes to answer: what a consumer waits for. */
const VENDOR_MS = 100;
/** How long a consumer waits for a statement of D1 that lies in another place. */
const D1_MS = 20;
const LOOK_MS = 250;
/** Nothing changed for so long: nothing is left to do. */
const QUIET_MS = 1_000;
const LONGEST_MS = 120_000;
/** of the kernel's clock a second */
const TICKS = 100;
const HEADING = '## Behind a booking';

interface Round {
  /** ms of processor time of workerd, per booking */
  computing: number;
  /** effects ended per second, from the first booking to the last end */
  perSecond: number;
  /** of one booking */
  effects: number;
}

/** What one tree came to in one round: computing behind a booking, and the round with D1 far away. */
interface Sample {
  computing: number;
  far: Round;
}

/** One tree with its consumers on, or off. */
class Server {
  readonly #side: Side;
  readonly #next: Next;
  readonly #workerd: number;

  private constructor(side: Side, next: Next) {
    this.#side = side;
    this.#next = next;
    this.#workerd = workerdOf(side.pid);
  }

  static async open(side: Side): Promise<Server> {
    const { paths } = await prepare(side.port, { bookings: (ROUNDS + 1) * BOOKINGS, topups: 0 });
    const slow = await fetch(`http://127.0.0.1:${side.sandboxPort}/_sandbox/twilio/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode: 'slow', delay_ms: VENDOR_MS, times: (ROUNDS + 1) * BOOKINGS }),
    });
    if (!slow.ok) throw new Error(`the sandbox takes no delay: ${slow.status} ${await slow.text()}`);
    const book = paths.find(({ name }) => name === 'book-appointment');
    if (book === undefined) throw new Error('no path book-appointment');
    return new Server(side, book.next);
  }

  /** Books and waits until nothing changes any more. @param consumed whether its queues deliver */
  async round(consumed: boolean): Promise<Round> {
    const before = await this.#effects();
    let left = BOOKINGS;
    const computed = this.#computed();
    const since = performance.now();
    const { failures, firstFailure } = await measure({
      port: this.#side.port,
      connections: CONNECTIONS,
      milliseconds: LONGEST_MS,
      warmUpMilliseconds: 0,
      next: () => (left-- > 0 ? this.#next() : null),
      accept: (status, body) => status === 200 && body.includes('"success":true'),
    });
    if (failures > 0) throw new Error(`a booking failed: ${firstFailure}`);
    let last = before;
    let changedAt = since;
    for (;;) {
      const now = await this.#effects();
      if (now.waiting !== last.waiting || now.done !== last.done) {
        last = now;
        changedAt = performance.now();
      }
      const caused = now.waiting + now.done - before.waiting - before.done;
      const isOver = caused >= BOOKINGS && (!consumed || now.waiting === 0);
      if (isOver && performance.now() - changedAt > QUIET_MS) {
        return {
          computing: (this.#computed() - computed) / BOOKINGS,
          perSecond: ((now.done - before.done) / (changedAt - since)) * 1000,
          effects: caused / BOOKINGS,
        };
      }
      if (performance.now() - since > LONGEST_MS) throw new Error(`effects wait for ever: ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async #effects(): Promise<{ waiting: number; done: number }> {
    const { pending, running, done } = (await askOn(this.#side.port)({
      method: 'GET',
      path: '/api/dev/effects',
      headers: {},
    })) as { pending: number; running: number; done: number };
    return { waiting: pending + running, done };
  }

  /** ms of processor time of workerd since it began */
  #computed(): number {
    const stat = readFileSync(`/proc/${this.#workerd}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * (1000 / TICKS);
  }
}

/** The runtime that a served folder's process started. */
function workerdOf(parent: number): number {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(ppid) === parent && stat.includes('(workerd)')) return Number(name);
    } catch {
      // ended meanwhile
    }
  }
  throw new Error('workerd does not run; its processor time is read from /proc, so this bench needs Linux');
}

/** Compares what goes on behind a booking with a commit. Answers whether both bounds hold. */
export async function behindBookings(ref: string): Promise<boolean> {
  const started = performance.now();
  const name = commit(ref);
  return served(ref, async (open, tree) => {
    const port = somePort();
    const server = async (
      side: 'before' | 'now',
      at: number,
      how: Pick<Served, 'background' | 'd1Ms'>,
    ): Promise<Server> =>
      Server.open(
        await open({
          name: side === 'now' ? 'now' : name,
          folder: side === 'now' ? root : tree.folder,
          port: port + at,
          ...how,
        }),
      );
    const three = async (side: 'before' | 'now', at: number) => ({
      off: await server(side, at, {}),
      on: await server(side, at + 10, { background: true }),
      /** the consumers' D1 lies as far away as deployed */
      far: await server(side, at + 20, { background: true, d1Ms: D1_MS }),
    });
    const servers = { before: await three('before', 0), now: await three('now', 30) };
    const rounds: Record<'before' | 'now', Sample[]> = { before: [], now: [] };
    for (let n = -1; n < ROUNDS; n++) {
      for (const side of n % 2 === 0 ? (['now', 'before'] as const) : (['before', 'now'] as const)) {
        const off = await servers[side].off.round(false);
        const on = await servers[side].on.round(true);
        const far = await servers[side].far.round(true);
        const told = [on.computing - off.computing, off.computing, far.perSecond, far.effects];
        console.log(`${side.padEnd(6)} ${told.map((one) => one.toFixed(1).padStart(8)).join(' ')}`);
        // The first round loads what is loaded late.
        if (n >= 0) rounds[side].push({ computing: on.computing - off.computing, far });
      }
    }
    const of = (side: 'before' | 'now', figure: (round: Sample) => number): number =>
      quantile(
        rounds[side].map(figure).sort((a, b) => a - b),
        0.5,
      );
    const ratios = (figure: (round: Sample) => number) =>
      medianInterval(rounds.now.map((now, n) => figure(now) / figure(rounds.before[n] ?? now)));
    const lines = [
      {
        what: 'processor time of workerd behind a booking, ms',
        figure: (r: Sample) => r.computing,
        isMet: (ratio: number) => ratio <= MOST_COMPUTING,
        bound: `≤ ${MOST_COMPUTING}`,
      },
      {
        what: 'effects a second of one consumer',
        figure: (r: Sample) => r.far.perSecond,
        isMet: (ratio: number) => ratio >= LEAST_SPEED,
        bound: `≥ ${LEAST_SPEED}`,
      },
    ].map(({ what, figure, isMet, bound }) => {
      const { median, low, high } = ratios(figure);
      return {
        cells: [
          what,
          of('before', figure).toFixed(1),
          of('now', figure).toFixed(1),
          median.toFixed(2),
          `${low.toFixed(2)} – ${high.toFixed(2)}`,
          bound,
        ],
        median,
        ok: isMet(median),
      };
    });
    for (const { cells, ok } of lines) console.log(`${ok ? 'ok  ' : 'FAIL'}  ${cells.join('  ')}`);
    writeSection([
      HEADING,
      '',
      `${new Date().toISOString().slice(0, 10)}, ${commit()} beside ${name}: \`npm run bench -- --background ${ref}\`, ${ROUNDS} rounds of ${BOOKINGS} bookings over ${CONNECTIONS} connections, each tree served with its queue consumers on and once more with them off; the difference of workerd's processor time (its D1 and its queues run in it) is the background's. Effects a second: from the first booking to the last end, with a provider of messages that takes ${VENDOR_MS} ms and a D1 that takes ${D1_MS} ms a statement, as it does over a network. A booking causes ${of('now', (r) => r.far.effects).toFixed(1)} effects. Ratio: now ÷ before, the interval holds the true median with 90 %.`,
      '',
      '| | before | now | ratio | 90 % interval | bound |',
      '| --- | --- | --- | --- | --- | --- |',
      ...lines.map(({ cells }) => `| ${cells.join(' | ')} |`),
    ]);
    writeProof(`background beside ${name}`, {
      seed: '–',
      counts: `${ROUNDS} rounds of ${BOOKINGS} bookings: processor time behind a booking × ${lines[0]?.median.toFixed(2)}, effects a second × ${lines[1]?.median.toFixed(2)}`,
      seconds: Math.round((performance.now() - started) / 1000),
    });
    return lines.every(({ ok }) => ok);
  });
}

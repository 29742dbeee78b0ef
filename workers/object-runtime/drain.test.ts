/** Guarantees of the drain's pure core: order, bounds, back-off, and that nothing escapes as an exception. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';
import {
  type Delivery,
  type DrainDependencies,
  drainSink,
  PAGE_ROWS,
  PAGES_PER_WAKE,
  type SinkState,
} from './drain.ts';
import { BrokenRow, formatHead, type OutboxEvent, parseHeads } from './events.ts';
import { canonicalJson } from './hash.ts';
import { RateWindows } from './rate.ts';

const event = (seq: number): OutboxEvent => ({
  epoch: 1,
  seq,
  id: `k${seq}#0`,
  type: 't',
  v: 1,
  entity: 'e',
  at: 0,
  commandKey: `k${seq}`,
  commandName: 'c',
  command: null,
  inputHash: '',
  causer: null,
  body: {},
});
const start: SinkState = { name: 's', cursor: 0, attempts: 0, nextAt: 0, lastError: null, stopped: false };

function world(rows: number, answers: (page: readonly OutboxEvent[]) => Delivery | Error) {
  const delivered: number[] = [];
  const saved: SinkState[] = [];
  let clock = 1_000;
  return {
    delivered,
    saved,
    tick: (ms: number) => {
      clock += ms;
    },
    run: (state: SinkState, readPage?: DrainDependencies['readPage']) =>
      drainSink(
        {
          name: 's',
          async deliver(page) {
            const answer = answers(page);
            if (answer instanceof Error) throw answer;
            if (answer.kind === 'done') delivered.push(...page.map((e) => e.seq));
            return answer;
          },
        },
        state,
        {
          now: () => clock,
          jitter: () => 1,
          readPage:
            readPage ??
            ((after, max) =>
              Array.from({ length: Math.max(0, Math.min(max, rows - after)) }, (_, i) => event(after + 1 + i))),
          save: (s) => saved.push(s),
          onBehind: () => undefined,
        },
      ),
  };
}

describe('drainSink', () => {
  it('delivers every row once, in order, in bounded pages', async () => {
    const w = world(1_234, () => ({ kind: 'done' }));
    const { state, more } = await w.run(start);
    expect(more).toBe(false);
    expect(state.cursor).toBe(1_234);
    expect(w.delivered).toEqual(Array.from({ length: 1_234 }, (_, i) => i + 1));
    expect(w.saved.map((s) => s.cursor)).toEqual([500, 1000, 1234]);
  });
  it('stops after its bound of pages and says that more waits', async () => {
    const w = world(PAGE_ROWS * PAGES_PER_WAKE + 1, () => ({ kind: 'done' }));
    expect((await w.run(start)).more).toBe(true);
  });
  it('keeps the cursor of a page that failed, waits, and then goes on from there', async () => {
    let sick = true;
    const w = world(3, () => (sick ? { kind: 'retry', error: 'down' } : { kind: 'done' }));
    const first = await w.run(start);
    expect(first.state).toMatchObject({ cursor: 0, attempts: 1, lastError: 'down', nextAt: 2_000 });
    sick = false;
    expect((await w.run(first.state)).state.cursor).toBe(0);
    w.tick(1_000);
    expect((await w.run(first.state)).state).toMatchObject({ cursor: 3, attempts: 0, lastError: null });
  });
  it('takes an exception of a sink for a fault of the world', async () => {
    const w = world(1, () => new Error('socket'));
    expect((await w.run(start)).state).toMatchObject({ attempts: 1, lastError: 'socket' });
  });
  it('keeps no number, address or bound value of a fault on the row', async () => {
    const w = world(1, () => new Error('insert failed for +49 151 5555 4444, eva@example.org\nparams: Eva'));
    expect((await w.run(start)).state.lastError).toBe('insert failed for …, …@…');
  });
  it('finds the one event that is poison: those before it are delivered, and it is named', async () => {
    const w = world(700, (page) =>
      page.some(({ seq }) => seq === 437)
        ? { kind: 'poison', seq: page[0]?.seq ?? 0, error: 'shape' }
        : { kind: 'done' },
    );
    const { state } = await w.run(start);
    expect(state).toMatchObject({ stopped: true, cursor: 436, lastError: 'event 437: shape' });
    expect(w.delivered).toEqual(Array.from({ length: 436 }, (_, i) => i + 1));
  });
  it('stops at a row that nobody can read, and does not try it again and again', async () => {
    const w = world(3, () => ({ kind: 'done' }));
    const { state } = await w.run(start, (after) => {
      throw new BrokenRow(after + 1, new Error('no JSON'));
    });
    expect(state).toMatchObject({ stopped: true, lastError: 'event 1: event 1 cannot be read' });
  });
  it('waits when rows cannot be read for another reason', async () => {
    const w = world(3, () => ({ kind: 'done' }));
    const { state } = await w.run(start, () => {
      throw new Error('disk');
    });
    expect(state).toMatchObject({ stopped: false, attempts: 1, lastError: 'disk' });
    expect(state.nextAt).toBeGreaterThan(0);
  });
  it('goes on at once when the clock, which stood ahead, is set back', async () => {
    let sick = true;
    const w = world(2, () => (sick ? { kind: 'retry', error: 'down' } : { kind: 'done' }));
    w.tick(40 * 86_400_000);
    const { state } = await w.run(start);
    w.tick(-40 * 86_400_000);
    sick = false;
    expect(state.nextAt).toBeGreaterThan(39 * 86_400_000);
    expect((await w.run(state)).state).toMatchObject({ cursor: 2, attempts: 0 });
  });
  it('stops at a poison event until a person acts', async () => {
    const w = world(2, () => ({ kind: 'poison', seq: 1, error: 'shape' }));
    const { state } = await w.run(start);
    expect(state).toMatchObject({ stopped: true, lastError: 'event 1: shape' });
    w.tick(1e9);
    expect((await w.run(state)).state.cursor).toBe(0);
  });
});

describe('back-off', () => {
  it('grows to a minute and never beyond, never below half a step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, jitter) => {
        const wait = backoffMs(attempt, jitter);
        expect(wait).toBeGreaterThanOrEqual(500);
        expect(wait).toBeLessThanOrEqual(60_000);
      }),
    );
  });
});

describe('heads', () => {
  it('are written and read in one form; garbage is ignored', () => {
    expect(parseHeads(`${formatHead({ kind: 'ledger', epoch: 2, seq: 42 })}, calendar:1.7`)).toEqual({
      ledger: { kind: 'ledger', epoch: 2, seq: 42 },
      calendar: { kind: 'calendar', epoch: 1, seq: 7 },
    });
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseHeads(text)).not.toThrow();
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('is the same for equal values whatever order they were built in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('rate windows', () => {
  it('allow exactly the limit in a window and say when it ends', () => {
    const windows = new RateWindows();
    const rule = { name: 'r', limit: 3, windowMs: 60_000 };
    const taken = Array.from({ length: 5 }, () => windows.take(rule, 'k', 90_000));
    expect(taken.map((t) => [t.allowed, t.remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
      [false, 0],
    ]);
    expect(taken[4]).toMatchObject({ resetAt: 120, retryAfter: 30 });
    expect(windows.take(rule, 'other', 90_000).allowed).toBe(true);
    expect(windows.take(rule, 'k', 120_000).allowed).toBe(true);
  });
});

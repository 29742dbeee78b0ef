import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSseParser, openStream, reconnectDelayMs, type ServerEvent, type StreamState } from './sse.ts';

const STREAM =
  'retry: 700\n\n: heartbeat\n\nid: 1.7\nevent: balance\ndata: {"balance_cents":1}\n\nid: 1.8\r\nevent: transaction\r\ndata: a\r\ndata: b\r\n\r\ndata: plain\n\n';
const EVENTS: ServerEvent[] = [
  { id: '1.7', event: 'balance', data: '{"balance_cents":1}' },
  { id: '1.8', event: 'transaction', data: 'a\nb' },
  { id: '1.8', event: 'message', data: 'plain' },
];

describe('the parser', () => {
  it('reads events, comments, retry and both line ends', () => {
    const parser = createSseParser();
    expect(parser.push(STREAM)).toEqual(EVENTS);
    expect(parser.retryMs()).toBe(700);
    expect(parser.lastEventId()).toBe('1.8');
  });

  it('gives the same events however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: STREAM.length - 1 }), { maxLength: 12 }), (cuts) => {
        const parser = createSseParser();
        const at = [0, ...[...cuts].sort((a, b) => a - b), STREAM.length];
        const got = at.slice(1).flatMap((end, n) => parser.push(STREAM.slice(at[n], end)));
        expect(got).toEqual(EVENTS);
      }),
    );
  });

  it('keeps the last id over a reconnection and does not deliver half an event', () => {
    const parser = createSseParser('1.41');
    expect(parser.push('event: balance\ndata: {')).toEqual([]);
    expect(parser.lastEventId()).toBe('1.41');
  });

  it('counts an id from the end of its event, with or without data, so that half an event is asked for again', () => {
    const parser = createSseParser('1.41');
    expect(parser.push('id: 1.42\ndata: half')).toEqual([]);
    expect(parser.lastEventId()).toBe('1.41');
    parser.push('\n\nid: 1.43\n\n');
    expect(parser.lastEventId()).toBe('1.43');
    parser.push('id: 1.4\u00004\ndata: x\n\n');
    expect(parser.lastEventId()).toBe('1.43');
  });

  it('drops a byte order mark, and gives up on an event that does not end', () => {
    const parser = createSseParser();
    expect(parser.push('\ufeffdata: x\n\n')).toEqual([{ id: '', event: 'message', data: 'x' }]);
    expect(() => {
      for (let i = 0; i < 20; i++) parser.push(`data: ${'x'.repeat(100_000)}\n`);
    }).toThrow('without an end');
  });
});

describe('the pause before a reconnection', () => {
  it('doubles, stays within half and whole, and never exceeds thirty seconds', () => {
    expect(reconnectDelayMs(0, 0)).toBe(500);
    expect(reconnectDelayMs(0, 1)).toBe(1_000);
    expect(reconnectDelayMs(3, 1)).toBe(8_000);
    expect(reconnectDelayMs(50, 1)).toBe(30_000);
  });

  it('starts from what the server asked for', () => {
    expect(reconnectDelayMs(1, 1, 3_000)).toBe(6_000);
  });
});

interface Scripted {
  status: number;
  body?: string;
}

/** Plays the answers in turn, then closes the stream; tells what was sent, seen and waited. */
async function play(answers: Scripted[]) {
  const sent: (string | null)[] = [];
  const states: StreamState[] = [];
  const events: ServerEvent[] = [];
  const pauses: number[] = [];
  await new Promise<void>((resolve) => {
    const stream = openStream({
      url: '/stream',
      random: () => 1,
      onState: (state) => {
        states.push(state);
        if (state === 'signed_out') resolve();
      },
      onEvent: (event) => events.push(event),
      pause: async (ms) => {
        pauses.push(ms);
      },
      untilShown: async () => {
        pauses.push(0);
      },
      fetch: async (_url, init) => {
        sent.push(new Headers(init?.headers).get('last-event-id'));
        const answer = answers.shift();
        if (!answer) {
          stream.close();
          resolve();
          return new Response(null, { status: 204 });
        }
        return new Response(answer.body ?? null, { status: answer.status });
      },
    });
  });
  return { sent, states, events, pauses };
}

describe('the connection', () => {
  it('names the last event when it comes back', async () => {
    const { sent, events } = await play([
      { status: 200, body: 'id: 1.5\ndata: x\n\n' },
      { status: 200, body: 'id: 1.6\ndata: y\n\n' },
    ]);
    expect(events.map((e) => e.data)).toEqual(['x', 'y']);
    expect(sent).toEqual([null, '1.5', '1.6']);
  });

  it('backs off while the server refuses and starts small again after a success', async () => {
    const { pauses, states } = await play([
      { status: 503 },
      { status: 503 },
      { status: 503 },
      { status: 200, body: 'data: x\n\n' },
      { status: 503 },
    ]);
    expect(pauses).toEqual([1_000, 2_000, 4_000, 1_000, 2_000]);
    expect(states).toContain('live');
    expect(states.at(-1)).toBe('disconnected');
  });

  it('says that the page has to ask after three tries in vain, until it is back', async () => {
    const { states } = await play([
      { status: 503 },
      { status: 503 },
      { status: 503 },
      { status: 503 },
      { status: 200, body: 'data: x\n\n' },
    ]);
    expect(states.slice(0, 6)).toEqual([
      'connecting',
      'disconnected',
      'disconnected',
      'disconnected',
      'polling',
      'live',
    ]);
  });

  it('gives way to younger streams of the same person, and comes back with the last event when it is looked at', async () => {
    const { sent, states, events, pauses } = await play([
      { status: 200, body: 'id: 1.5\ndata: x\n\nevent: superseded\ndata: {}\n\nid: 1.6\ndata: late\n\n' },
      { status: 200, body: 'id: 1.6\ndata: y\n\n' },
    ]);
    expect(events.map((e) => e.data)).toEqual(['x', 'y']);
    expect(states.slice(0, 4)).toEqual(['connecting', 'live', 'polling', 'live']);
    expect(pauses[0]).toBe(0);
    expect(sent.slice(0, 2)).toEqual([null, '1.6']);
  });

  it('stops at a 401 and says so', async () => {
    const { sent, states } = await play([{ status: 401 }, { status: 200 }]);
    expect(sent).toHaveLength(1);
    expect(states).toEqual(['connecting', 'signed_out']);
  });
});

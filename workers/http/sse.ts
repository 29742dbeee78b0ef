/** An object's WebSocket as a Server-Sent Events response. Called by the live routes. */
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type Actor, causerOf } from '../../shared/actor.ts';
import { type Listener, parsePosition, type StreamMessage, type StreamPosition } from '../object-runtime/streams.ts';
import { refuse } from './problem.ts';
import type { AppEnv } from './module-routes.ts';

export interface SseTimes {
  /** comment line that keeps proxies and the client's watchdog content */
  heartbeatMs: number;
  /** then the client comes back and is judged again (session, permission) */
  lifeMs: number;
}

const SSE_TIMES: SseTimes = { heartbeatMs: 15_000, lifeMs: 15 * 60_000 };
/** A reader this many messages behind is gone or hopeless: it is cut off and may resume with its last event id. */
const MAX_PENDING = 1_000;
/** Reconnects are spread over this window, so that a deploy does not bring everybody back at once. */
const RETRY_MS = { least: 1_000, spread: 4_000 };

/** Position of the client's last event; browsers that can't set the header send it in the query. */
export const lastPosition = (c: Context<AppEnv>): StreamPosition | null =>
  parsePosition(c.req.header('Last-Event-ID') ?? c.req.query('last_event_id'));

/** Who listens: a person by session, a program by its key. */
export function listenerOf(actor: Actor): Listener {
  const name = causerOf(actor);
  return { actor: name, session: actor.kind === 'user' ? actor.sessionId : name };
}

/** What a subscriber receives of a message of the object; null: nothing. */
type Heard = (message: StreamMessage) => StreamMessage | null;
const everything: Heard = (message) => message;

/** Answers with the object's stream. At the socket limit the answer is 503 and the page polls. */
export const liveAnswer = (c: Context<AppEnv>, upstream: Response, heard: Heard = everything): Response =>
  upstream.webSocket
    ? sseOf(upstream.webSocket, c.req.raw.signal, { heard })
    : refuse(c, { code: 'UPSTREAM_UNAVAILABLE', service: 'stream' });

/** The route's answer as the document shows it. */
export const eventStream = { description: 'events', content: { 'text/event-stream': { schema: z.string() } } };

/**
 * Forwards messages until either side ends. Three ways to notice a reader that left: the request's signal, a failed write, and the readable
 * side being cancelled; each ends the socket too.
 */
export function sseOf(
  socket: WebSocket,
  signal: AbortSignal,
  { times = SSE_TIMES, heard = everything }: { times?: SseTimes; heard?: Heard } = {},
): Response {
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  let pending = 0;
  let ended = false;

  const end = (code: number, reason: string): void => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    clearTimeout(life);
    signal.removeEventListener('abort', aborted);
    try {
      socket.close(code, reason);
    } catch {
      // closed already
    }
    // A reader that left can't take the rest; a reader that is there gets a clean end.
    void (code === 1000 && !signal.aborted ? writer.close() : writer.abort(reason)).catch(() => undefined);
  };
  const aborted = (): void => end(1001, 'client left');
  const write = (text: string): void => {
    if (ended) return;
    if (++pending > MAX_PENDING) {
      end(1013, 'reader too slow');
      return;
    }
    writer.write(encoder.encode(text)).then(
      () => {
        pending--;
      },
      () => end(1001, 'write failed'),
    );
  };

  const heartbeat = setInterval(() => write(': \n\n'), times.heartbeatMs);
  const life = setTimeout(() => end(1000, 'renew'), times.lifeMs);
  signal.addEventListener('abort', aborted);
  writer.closed.catch(() => end(1001, 'reader gone'));
  socket.addEventListener('message', (event) => {
    if (typeof event.data !== 'string') return;
    const message = JSON.parse(event.data) as StreamMessage;
    const told = heard(message);
    if (told !== null) write(frameOf(told));
  });
  socket.addEventListener('close', () => end(1000, 'object closed'));
  socket.addEventListener('error', () => end(1011, 'object failed'));
  write(`retry: ${RETRY_MS.least + Math.floor(Math.random() * RETRY_MS.spread)}\n\n`);
  socket.accept();
  if (signal.aborted) aborted();

  return new Response(readable, {
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
    },
  });
}

/** One event in wire form; data is one line of JSON. */
const frameOf = (message: StreamMessage): string =>
  `${message.id === undefined ? '' : `id: ${message.id}\n`}event: ${message.event}\ndata: ${JSON.stringify(message.data)}\n\n`;

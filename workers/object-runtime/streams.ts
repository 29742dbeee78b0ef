/**
 * Live streams of an object: hibernating WebSockets that only the Worker opens (it turns them into SSE). The object may sleep
 * between messages; sockets are bounded per object and never carry commands.
 */
import { realNow } from '../../shared/clock.ts';

/** Per object: every person of a large business with several tabs each. */
export const MAX_SOCKETS = 500;
/** Of one person or key; a further one takes the place of their oldest, so that a forgotten tab shuts nobody out. */
export const MAX_OF_ACTOR = 6;

/** Who listens, as the edge knows them. */
export interface Listener {
  /** counted: `user:usr_…`, `api_key:key_…` */
  actor: string;
  /** the stream ends with it (`endStreams`): a session's id, or the key's */
  session: string;
}

export interface StreamMessage {
  /** SSE event name */
  event: string;
  /** `epoch.seq`, absent for messages outside the history (presence, call notices) */
  id?: string;
  data: unknown;
}

/** The last message a listener received. What `seq` counts is its object's affair (events, entries). */
export interface StreamPosition {
  epoch: number;
  seq: number;
}

/** `1.42`: the id of a message, which comes back as `Last-Event-ID`. */
export const formatPosition = ({ epoch, seq }: StreamPosition): string => `${epoch}.${seq}`;

/** Reads `epoch.seq`; null for anything else (the listener then starts with the present). */
export function parsePosition(text: string | null | undefined): StreamPosition | null {
  const match = /^(\d{1,9})\.(\d{1,15})$/.exec(text ?? '');
  return match ? { epoch: Number(match[1]), seq: Number(match[2]) } : null;
}

/** Asks an object for its stream; the object reads the question with `streamAsked`. */
export function openStream(
  object: Pick<Fetcher, 'fetch'>,
  after: StreamPosition | null,
  listener: Listener,
): Promise<Response> {
  const asked = new URLSearchParams({ ...listener });
  if (after !== null) asked.set('after', formatPosition(after));
  return object.fetch(`https://object/stream?${asked}`, { headers: { Upgrade: 'websocket' } });
}

interface AskedStream {
  after: StreamPosition | null;
  listener: Listener;
}

/** Where the asked stream starts and for whom; a request that is no upgrade is answered 426, because commands come by RPC only. */
export function streamAsked(request: Request): AskedStream | Response {
  if (request.headers.get('Upgrade') !== 'websocket') return new Response('streams only', { status: 426 });
  const { searchParams: asked } = new URL(request.url);
  return {
    after: parsePosition(asked.get('after')),
    listener: { actor: asked.get('actor') ?? '', session: asked.get('session') ?? '' },
  };
}

const actorTag = (actor: string): string => `actor ${actor}`;
const sessionTag = (session: string): string => `session ${session}`;
const isOpen = (socket: WebSocket): boolean => socket.readyState === WebSocket.READY_STATE_OPEN;
const sinceOf = (socket: WebSocket): number => (socket.deserializeAttachment() as { since: number } | null)?.since ?? 0;

/**
 * Accepts a socket under a tag, or answers 503 when the object has its fill. A listener who has as many streams as one may is told on the
 * oldest of them (`superseded`: its page polls) and loses it.
 * @param backlog messages the new listener gets first, in order
 */
export function acceptStream(
  ctx: DurableObjectState,
  tag: string,
  { listener }: AskedStream,
  backlog: readonly StreamMessage[],
): Response {
  const own = ctx.getWebSockets(actorTag(listener.actor)).filter(isOpen);
  const others = ctx.getWebSockets().filter(isOpen).length - own.length;
  if (others + Math.min(own.length, MAX_OF_ACTOR - 1) >= MAX_SOCKETS)
    return new Response('too many streams', { status: 503 });
  const byAge = own.toSorted((a, b) => sinceOf(a) - sinceOf(b));
  for (const socket of byAge.slice(0, Math.max(0, own.length - (MAX_OF_ACTOR - 1)))) {
    try {
      socket.send(JSON.stringify({ event: 'superseded', data: {} } satisfies StreamMessage));
    } catch {
      // gone already
    }
    closeQuietly(socket, 4_001, 'superseded');
  }
  const pair = new WebSocketPair();
  ctx.acceptWebSocket(pair[1], [tag, actorTag(listener.actor), sessionTag(listener.session)]);
  // Two streams of one millisecond are as old as each other; either may go first.
  pair[1].serializeAttachment({ since: realNow() });
  for (const message of backlog) pair[1].send(JSON.stringify(message));
  return new Response(null, { status: 101, webSocket: pair[0] });
}

/** Ends what a session or key listens to: it has ended itself. */
export function endStreams(ctx: DurableObjectState, session: string): void {
  for (const socket of ctx.getWebSockets(sessionTag(session))) closeQuietly(socket, 4_003, 'session ended');
}

/** Sends to every listener of the tag; a dead socket is closed, never an error of the commit that broadcasts. */
export function broadcast(ctx: DurableObjectState, tag: string, messages: readonly StreamMessage[]): void {
  const sockets = ctx.getWebSockets(tag);
  if (sockets.length === 0) return;
  const texts = messages.map((message) => JSON.stringify(message));
  for (const socket of sockets) {
    try {
      for (const text of texts) socket.send(text);
    } catch {
      closeQuietly(socket, 1011, 'send failed');
    }
  }
}

/** What an object's three WebSocket handlers do: listeners don't talk, and a close is answered with a code that may be sent. */
export const STREAM_HANDLERS = {
  message: (socket: WebSocket): void => closeQuietly(socket, 1003, 'streams only speak one way'),
  close: (socket: WebSocket, code: number): void =>
    closeQuietly(socket, code === 1005 || code === 1006 ? 1000 : code, 'bye'),
  error: (socket: WebSocket): void => closeQuietly(socket, 1011, 'error'),
};

function closeQuietly(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason);
  } catch {
    // already closed: that is what we wanted
  }
}

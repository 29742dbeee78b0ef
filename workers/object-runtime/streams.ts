/**
 * Live streams of an object: hibernating WebSockets that only the Worker opens (it turns them into SSE). The object may sleep
 * between messages; sockets are bounded per object and never carry commands.
 */

/** Per tenant; the panel of a 50-person business with several tabs each stays below it. */
const MAX_SOCKETS = 50;

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
export const openStream = (object: Pick<Fetcher, 'fetch'>, after: StreamPosition | null): Promise<Response> =>
  object.fetch(`https://object/stream${after ? `?after=${formatPosition(after)}` : ''}`, {
    headers: { Upgrade: 'websocket' },
  });

/** Where the asked stream starts; a request that is no upgrade is answered 426, because commands come by RPC only. */
export function streamAsked(request: Request): { after: StreamPosition | null } | Response {
  if (request.headers.get('Upgrade') !== 'websocket') return new Response('streams only', { status: 426 });
  return { after: parsePosition(new URL(request.url).searchParams.get('after')) };
}

/**
 * Accepts a socket under a tag, or answers 503 when the object has its fill.
 * @param backlog messages the new listener gets first, in order
 */
export function acceptStream(ctx: DurableObjectState, tag: string, backlog: readonly StreamMessage[]): Response {
  if (ctx.getWebSockets().length >= MAX_SOCKETS) return new Response('too many streams', { status: 503 });
  const pair = new WebSocketPair();
  ctx.acceptWebSocket(pair[1], [tag]);
  for (const message of backlog) pair[1].send(JSON.stringify(message));
  return new Response(null, { status: 101, webSocket: pair[0] });
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

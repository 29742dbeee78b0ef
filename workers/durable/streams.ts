/**
 * Live streams of an object: hibernating WebSockets that only the Worker opens (it turns them into SSE). The object may sleep
 * between messages; sockets are bounded per object and never carry commands.
 */

/** Per tenant; the panel of a 50-person business with several tabs each stays below it. */
const MAX_SOCKETS = 50;

export interface StreamMessage {
  /** SSE event name */
  event: string;
  /** `epoch.sequence`, absent for messages outside the history (presence, call notices) */
  id?: string;
  data: unknown;
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

export function closeQuietly(socket: WebSocket, code: number, reason: string): void {
  try {
    socket.close(code, reason);
  } catch {
    // already closed: that is what we wanted
  }
}

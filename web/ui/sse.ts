/**
 * Server-Sent Events over fetch: parser, back-off and connection loop. Over fetch and not EventSource because we must see a 401,
 * set our own back-off, notice a silent connection, and name the last event when we come back. Called by use-live-stream.
 */

export interface ServerEvent {
  /** last id seen so far, as the standard says: it stays until a later event sets another */
  id: string;
  event: string;
  data: string;
}

export interface SseParser {
  /** Feeds text as it arrives, cut anywhere; returns the events completed by it. */
  push(chunk: string): ServerEvent[];
  /** The server's `retry:` in milliseconds, null until given. */
  retryMs(): number | null;
  lastEventId(): string;
}

/** A stream that sends this much without a line end is broken or hostile. */
const MAX_BUFFER_CHARS = 1_000_000;

/** Parser of the event-stream format (WHATWG HTML § 9.2.6). `lastEventId` carries over a reconnection. */
export function createSseParser(lastEventId = ''): SseParser {
  let buffer = '';
  let id = lastEventId;
  let event = '';
  let lines: string[] = [];
  let retry: number | null = null;

  function takeLine(line: string, out: ServerEvent[]): void {
    if (line === '') {
      if (lines.length > 0) out.push({ id, event: event === '' ? 'message' : event, data: lines.join('\n') });
      event = '';
      lines = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return; // comment: the heartbeat
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') lines.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) retry = Number(value);
  }

  return {
    push(chunk) {
      buffer += chunk;
      if (buffer.length > MAX_BUFFER_CHARS) throw new Error('event stream without line ends');
      const out: ServerEvent[] = [];
      for (let match = /\r\n|\n|\r(?!$)/.exec(buffer); match; match = /\r\n|\n|\r(?!$)/.exec(buffer)) {
        takeLine(buffer.slice(0, match.index), out);
        buffer = buffer.slice(match.index + match[0].length);
      }
      return out;
    },
    retryMs: () => retry,
    lastEventId: () => id,
  };
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/**
 * Pause before attempt n (0 = the first after a loss): 1 s · 2ⁿ, at most 30 s, half of it random so that a restarted server
 * is not hit by everybody in the same second.
 * @param random 0..1
 */
export function reconnectDelayMs(attempt: number, random: number, serverRetryMs: number | null = null): number {
  const base = Math.min(LONGEST_DELAY_MS, (serverRetryMs ?? FIRST_DELAY_MS) * 2 ** Math.min(attempt, 10));
  return Math.round(base / 2 + (base / 2) * random);
}

/** `live`: bytes arrived lately; `disconnected`: lost, trying again; `signed_out`: 401, not trying again. */
export type StreamState = 'connecting' | 'live' | 'disconnected' | 'signed_out';

export interface StreamOptions {
  url: string;
  onEvent(event: ServerEvent): void;
  onState(state: StreamState): void;
  fetch?: typeof globalThis.fetch;
  random?: () => number;
  /** waits; resolves early when aborted or when the browser is online again */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Three missed heartbeats (15 s each): the connection is dead although nobody said so. */
const SILENCE_MS = 45_000;

/** Opens the stream and keeps it open until `close`. */
export function openStream(options: StreamOptions): { close(): void } {
  const whole = new AbortController();
  void run(options, whole.signal);
  return { close: () => whole.abort() };
}

async function run(options: StreamOptions, stop: AbortSignal): Promise<void> {
  const pause = options.pause ?? pauseUntilOnline;
  const random = options.random ?? Math.random;
  let lastEventId = '';
  let attempt = 0;
  options.onState('connecting');
  while (!stop.aborted) {
    const parser = createSseParser(lastEventId);
    const outcome = await readOnce(options, parser, lastEventId, stop);
    lastEventId = parser.lastEventId();
    if (stop.aborted) return;
    if (outcome === 'signed_out') return options.onState('signed_out');
    if (outcome === 'was_live') attempt = 0;
    options.onState('disconnected');
    await pause(reconnectDelayMs(attempt, random(), parser.retryMs()), stop);
    attempt += 1;
  }
}

async function readOnce(
  options: StreamOptions,
  parser: SseParser,
  lastEventId: string,
  stop: AbortSignal,
): Promise<'signed_out' | 'was_live' | 'refused'> {
  const connection = new AbortController();
  const abort = (): void => connection.abort();
  stop.addEventListener('abort', abort, { once: true });
  let watchdog = setTimeout(abort, SILENCE_MS);
  let live = false;
  try {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (lastEventId !== '') headers['last-event-id'] = lastEventId;
    const doFetch = options.fetch ?? ((input: RequestInfo | URL, init?: RequestInit) => globalThis.fetch(input, init));
    const response = await doFetch(options.url, {
      headers,
      signal: connection.signal,
      cache: 'no-store',
      credentials: 'same-origin',
    });
    if (response.status === 401) return 'signed_out';
    if (!response.ok || !response.body) return 'refused';
    live = true;
    options.onState('live');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'was_live';
      clearTimeout(watchdog);
      watchdog = setTimeout(abort, SILENCE_MS);
      for (const event of parser.push(value)) options.onEvent(event);
    }
  } catch {
    return live ? 'was_live' : 'refused';
  } finally {
    clearTimeout(watchdog);
    stop.removeEventListener('abort', abort);
    connection.abort();
  }
}

function pauseUntilOnline(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      globalThis.removeEventListener?.('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    globalThis.addEventListener?.('online', end);
  });
}

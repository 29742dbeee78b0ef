/**
 * Server-Sent Events over fetch: reading, back-off and connection loop. Over fetch and not EventSource because we must see a 401,
 * set our own back-off, notice a silent connection, and name the last event when we come back. Called by use-live-stream.
 */
import { createParser } from 'eventsource-parser';

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

/** An event of this many characters is broken or hostile. */
const MAX_BUFFER_CHARS = 1_000_000;

/**
 * The event-stream format by eventsource-parser, with what the standard leaves to its reader: an id stays until a later event sets
 * another, and an event without a name is a `message`. An id counts from the end of its event, so that half of one is sent again.
 * @param lastEventId carried over a reconnection
 */
export function createSseParser(lastEventId = ''): SseParser {
  let id = lastEventId;
  let retry: number | null = null;
  let out: ServerEvent[] = [];
  const parser = createParser({
    maxBufferSize: MAX_BUFFER_CHARS,
    onId: (given) => {
      id = given;
    },
    onEvent: ({ event, data }) => out.push({ id, event: event ?? 'message', data }),
    onRetry: (ms) => {
      retry = ms;
    },
    onError: (fault) => {
      if (fault.type === 'max-buffer-size-exceeded') throw new Error('event stream without an end of its event');
    },
  });
  return {
    push(chunk) {
      out = [];
      parser.feed(chunk);
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

/**
 * `live`: bytes arrived lately; `disconnected`: lost, trying again; `polling`: not to be had for now, so the page asks every half minute
 * beside further tries; `signed_out`: 401, not trying again.
 */
export type StreamState = 'connecting' | 'live' | 'disconnected' | 'polling' | 'signed_out';

export interface StreamOptions {
  url: string;
  onEvent(event: ServerEvent): void;
  onState(state: StreamState): void;
  fetch?: typeof globalThis.fetch;
  random?: () => number;
  /** waits; resolves early when aborted or when the browser is online again */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** waits until the page is brought to the front again; resolves early when aborted */
  untilShown?: (signal: AbortSignal) => Promise<void>;
}

/** So many tries in vain, and the page asks instead of waiting. */
const TRIES_BEFORE_POLLING = 3;

/** Three missed heartbeats (15 s each): the connection is dead although no close arrived. */
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
    if (outcome === 'superseded') {
      // Six younger streams of the same person are open: this tab takes its place again when somebody looks at it.
      options.onState('polling');
      await (options.untilShown ?? untilShown)(stop);
      continue;
    }
    if (outcome === 'was_live') attempt = 0;
    options.onState(attempt < TRIES_BEFORE_POLLING ? 'disconnected' : 'polling');
    await pause(reconnectDelayMs(attempt, random(), parser.retryMs()), stop);
    attempt += 1;
  }
}

async function readOnce(
  options: StreamOptions,
  parser: SseParser,
  lastEventId: string,
  stop: AbortSignal,
): Promise<'signed_out' | 'was_live' | 'refused' | 'superseded'> {
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
      for (const event of parser.push(value)) {
        if (event.event === 'superseded') return 'superseded';
        options.onEvent(event);
      }
    }
  } catch {
    return live ? 'was_live' : 'refused';
  } finally {
    clearTimeout(watchdog);
    stop.removeEventListener('abort', abort);
    connection.abort();
  }
}

function untilShown(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      if (!signal.aborted && document.visibilityState !== 'visible') return;
      signal.removeEventListener('abort', end);
      document.removeEventListener('visibilitychange', end);
      globalThis.removeEventListener('focus', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    document.addEventListener('visibilitychange', end);
    globalThis.addEventListener('focus', end);
  });
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

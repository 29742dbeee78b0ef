/** React hook around an event stream: keeps it open while the page is shown and returns its state. Called by shells and pages. */
import { useEffect, useRef, useState } from 'react';
import { noteReached } from './connection.ts';
import { firstAnswers } from './page-data.ts';
import { openStream, type ServerEvent, type StreamState } from './sse.ts';

export interface LiveStream {
  state: StreamState;
  /** when the last event or (re)connection was seen, epoch ms; null before the first */
  lastSeenAt: number | null;
}

/** How often a page asks while there is no stream to be had. */
const POLL_MS = 30_000;

/** The page's first stream. */
let isFirst = true;

/**
 * Opens `url` (null: nothing yet) and calls `onEvent` with the name and parsed body of each event. After a loss, and every half minute
 * while the stream is not to be had, the page must re-fetch: the hook signals it with an event `reconnected`, which no server sends.
 */
export function useLiveStream(url: string | null, onEvent: (name: string, body: unknown) => void): LiveStream {
  const [stream, setStream] = useState<LiveStream>({ state: 'connecting', lastSeenAt: null });
  const listener = useRef(onEvent);
  listener.current = onEvent;

  useEffect(() => {
    if (url === null) return;
    // What came along with the page was read before the stream was open: something may have happened between.
    let wasLost = isFirst && firstAnswers().me !== null;
    isFirst = false;
    const connection = openStream({
      url,
      onState: (state) => {
        if (state === 'live') noteReached(true);
        setStream((before) => ({ state, lastSeenAt: state === 'live' ? Date.now() : before.lastSeenAt }));
        if (state === 'live' && wasLost) listener.current('reconnected', null);
        wasLost = state === 'disconnected' || state === 'polling';
      },
      onEvent: (event) => {
        setStream({ state: 'live', lastSeenAt: Date.now() });
        listener.current(event.event, bodyOf(event));
      },
    });
    return () => connection.close();
  }, [url]);

  const { state } = stream;
  useEffect(() => {
    if (state !== 'polling') return;
    const ask = (): void => {
      setStream((before) => ({ ...before, lastSeenAt: Date.now() }));
      listener.current('reconnected', null);
    };
    ask();
    const timer = setInterval(ask, POLL_MS);
    return () => clearInterval(timer);
  }, [state]);

  return stream;
}

function bodyOf(event: ServerEvent): unknown {
  try {
    return JSON.parse(event.data);
  } catch {
    return null;
  }
}

/** Loads one API answer for a page: first load, reload with the old content kept, and failure. Called by pages of both web apps. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ApiAnswer, ApiFault } from './api-client.ts';

export interface Loaded<T> {
  /** the last good answer; stays while a newer one is fetched */
  body: T | null;
  /** why the last attempt failed; null after a success */
  fault: ApiFault | null;
  isLoading: boolean;
  reload: () => Promise<void>;
}

/**
 * Calls `load` when `key` changes and on `reload`. A late answer to an older question is dropped; `key` null waits.
 */
export function useAnswer<T>(key: string | null, load: (signal: AbortSignal) => Promise<ApiAnswer<T>>): Loaded<T> {
  const [state, setState] = useState<{
    key: string | null;
    body: T | null;
    fault: ApiFault | null;
    isLoading: boolean;
  }>({ key: null, body: null, fault: null, isLoading: true });
  const latest = useRef(load);
  latest.current = load;
  const running = useRef<AbortController | null>(null);

  const start = useCallback(async (): Promise<void> => {
    if (key === null) return;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState((before) => ({ ...before, isLoading: true }));
    const answer = await latest.current(controller.signal);
    if (controller.signal.aborted) return;
    setState((before) =>
      answer.ok
        ? { key, body: answer.body, fault: null, isLoading: false }
        : { key, body: before.key === key ? before.body : null, fault: answer.fault, isLoading: false },
    );
  }, [key]);

  useEffect(() => {
    void start();
    return () => running.current?.abort();
  }, [start]);

  const isCurrent = state.key === key;
  return {
    body: isCurrent ? state.body : null,
    fault: isCurrent ? state.fault : null,
    isLoading: state.isLoading || !isCurrent,
    reload: start,
  };
}

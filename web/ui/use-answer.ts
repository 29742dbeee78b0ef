/** Loads one API answer for a page: first load, reload with the old content kept, and failure. Called by pages of both web apps. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ApiAnswer, ApiFault } from './api-client.ts';
import { firstAnswers } from './page-data.ts';

export interface Loaded<T> {
  /** the last good answer; stays while a newer one is fetched */
  body: T | null;
  /** why the last attempt failed; null after a success */
  fault: ApiFault | null;
  isLoading: boolean;
  reload: () => Promise<void>;
}

interface Kept<T> {
  key: string | null;
  body: T | null;
  fault: ApiFault | null;
  isLoading: boolean;
}

/** The question's own address, where its answer may have come along with the page. */
export interface Asked {
  path: string;
  query?: Readonly<Record<string, unknown>>;
}

/**
 * Calls `load` when `key` changes and on `reload`. A late answer to an older question is dropped; `key` null waits. The reader's language is
 * part of the question: answers hold sentences. @param asked drawn in the first render when the page brought its answer
 */
export function useAnswer<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<ApiAnswer<T>>,
  { language, asked }: { language: string; asked?: Asked },
): Loaded<T> {
  const question = key === null ? null : `${language} ${key}`;
  const [state, setState] = useState<Kept<T>>(() => {
    const inlined = question === null || !asked ? null : firstAnswers().peek(asked.path, asked.query);
    return inlined === null
      ? { key: null, body: null, fault: null, isLoading: true }
      : { key: question, body: inlined.body as T, fault: null, isLoading: false };
  });
  const latest = useRef(load);
  latest.current = load;
  const running = useRef<AbortController | null>(null);

  const start = useCallback(async (): Promise<void> => {
    if (question === null) return;
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState((before) => ({ ...before, isLoading: true }));
    const answer = await latest.current(controller.signal);
    if (controller.signal.aborted) return;
    setState((before) =>
      answer.ok
        ? { key: question, body: answer.body, fault: null, isLoading: false }
        : {
            key: question,
            body: before.key === question ? before.body : null,
            fault: answer.fault,
            isLoading: false,
          },
    );
  }, [question]);

  useEffect(() => {
    void start();
    return () => running.current?.abort();
  }, [start]);

  const isCurrent = state.key === question;
  return {
    body: isCurrent ? state.body : null,
    fault: isCurrent ? state.fault : null,
    isLoading: state.isLoading || !isCurrent,
    reload: start,
  };
}

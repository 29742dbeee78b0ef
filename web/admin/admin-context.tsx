/** What every page of the panel needs: API, words, the person, what changes live. Provided once by the app. */
import type { SignedInMe } from '../ui/use-session.ts';
import { createContext, useContext, useEffect, useRef } from 'react';
import type { ApiClient } from '../ui/api-client.ts';
import type { LiveChange } from '../ui/live-change.ts';
import type { LiveStream } from '../ui/use-live-stream.ts';
import type { AppTexts } from '../ui/use-app-texts.ts';
import type { AdminCatalogue } from './catalogues.ts';

export type Words = AppTexts<AdminCatalogue>;

export type LiveListener = (change: LiveChange) => void;

export interface AdminContext {
  api: ApiClient;
  words: Words;
  me: SignedInMe;
  /** returns the unsubscription */
  listen: (listener: LiveListener) => () => void;
}

export const WordsContext = createContext<Words | null>(null);
/** Beside the rest, because it says something with every event: whoever draws it reads it here. null: this role receives no live updates. */
export const StreamContext = createContext<LiveStream | null>(null);
export const AdminContextProvider = createContext<AdminContext | null>(null);

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords outside the app');
  return words;
}

export function useAdmin(): AdminContext {
  const admin = useContext(AdminContextProvider);
  if (!admin) throw new Error('useAdmin outside the signed-in app');
  return admin;
}

/** Calls `listener` for every live change while the component is shown. */
export function useLiveEvents(listener: LiveListener): void {
  const { listen } = useAdmin();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => listen((change) => latest.current(change)), [listen]);
}

/** The permission asked for, of the signed-in person. */
export const useMay = (permission: string): boolean => useAdmin().me.permissions.includes(permission);

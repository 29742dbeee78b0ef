/** What every page of the portal needs: API, words, formats, the person, the live balance. Provided once by the app. */
import type { SignedInMe } from '../ui/use-session.ts';
import { createContext, useContext } from 'react';
import type { BalanceMessage } from '../../shared/contract/live.ts';
import type { Balance } from '../../shared/contract/money.ts';
import type { ApiClient, ApiFault } from '../ui/api-client.ts';
import type { StreamState } from '../ui/sse.ts';
import type { AppTexts } from '../ui/use-app-texts.ts';
import type { PortalCatalogue } from './catalogues.ts';

export type Words = AppTexts<PortalCatalogue>;

export interface Live {
  state: StreamState;
  lastSeenAt: number | null;
  /** not part of the stream: it comes with the first answer */
  balance: (BalanceMessage & Partial<Balance>) | null;
  /** why the balance could not be loaded at all */
  fault: ApiFault | null;
  reload: () => Promise<void>;
  /** grows with every transaction the stream reports; pages watch it to re-fetch */
  transactionsSeen: number;
  /** grows with every top-up event */
  topupsSeen: number;
}

interface PortalContext {
  api: ApiClient;
  words: Words;
  me: SignedInMe;
  live: Live;
}

export const WordsContext = createContext<Words | null>(null);
export const PortalContextProvider = createContext<PortalContext | null>(null);

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords outside the app');
  return words;
}

export function usePortal(): PortalContext {
  const portal = useContext(PortalContextProvider);
  if (!portal) throw new Error('usePortal outside the signed-in app');
  return portal;
}

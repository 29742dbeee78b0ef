/**
 * Whether the server can be reached, and when it last was: the browser says when its network is gone, requests and streams say what arrived.
 * Written by the API client's owner and the live stream, read by both shells.
 */
import { useEffect, useState } from 'react';

export interface Connection {
  isOffline: boolean;
  /** epoch ms */
  lastReachedAt: number;
}

let present: Connection = { isOffline: !navigator.onLine, lastReachedAt: Date.now() };
const listeners = new Set<() => void>();

function set(next: Connection): void {
  const changed = next.isOffline !== present.isOffline;
  present = next;
  if (changed) for (const listener of listeners) listener();
}

/** An answer arrived, of whatever kind; or none did. */
export const noteReached = (reached: boolean): void =>
  set(reached ? { isOffline: false, lastReachedAt: Date.now() } : { ...present, isOffline: true });

addEventListener('offline', () => set({ ...present, isOffline: true }));
addEventListener('online', () => set({ ...present, isOffline: false }));

export function useConnection(): Connection {
  const [connection, setConnection] = useState(present);
  useEffect(() => {
    const follow = (): void => setConnection(present);
    follow();
    listeners.add(follow);
    return () => {
      listeners.delete(follow);
    };
  }, []);
  return connection;
}

/** What the address of a page says, and how a part of it is changed without losing the others. Called by calendar, calls and the kit's lists. */
import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export interface Address {
  query: URLSearchParams;
  /** Writes parts of the address; null or nothing takes one out. Not a step to go back to. */
  change: (parts: Readonly<Record<string, string | null>>) => void;
}

export function useAddress(): Address {
  const [query, setQuery] = useSearchParams();
  const change = useCallback(
    (parts: Readonly<Record<string, string | null>>): void =>
      setQuery(
        () => {
          // From the browser's own address: a change right after another one would else begin at what was drawn before both.
          const next = new URLSearchParams(location.search);
          for (const [name, value] of Object.entries(parts)) {
            if (value === null || value === '') next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setQuery],
  );
  return { query, change };
}

/** The portal's router: real paths, the history API, links that behave like links. A library would outweigh the whole portal. */
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';

interface Place {
  path: string;
  query: URLSearchParams;
}

const CHANGED = 'portal:navigated';

const here = (): Place => ({
  path: location.pathname.replace(/\/+$/, '') || '/',
  query: new URLSearchParams(location.search),
});

/** Goes to a path of the portal; `replace` for filter changes, which are no steps to go back to. */
export function navigate(to: string, replace = false): void {
  if (replace) history.replaceState(null, '', to);
  else {
    history.pushState(null, '', to);
    scrollTo(0, 0);
  }
  dispatchEvent(new Event(CHANGED));
}

/** The present place; follows back, forward and `navigate`. */
export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const follow = (): void => setPlace(here());
    addEventListener('popstate', follow);
    addEventListener(CHANGED, follow);
    return () => {
      removeEventListener('popstate', follow);
      removeEventListener(CHANGED, follow);
    };
  }, []);
  return place;
}

interface LinkProps {
  to: string;
  children: ReactNode;
  className?: string;
  isCurrent?: boolean;
}

export function Link({ to, children, className, isCurrent }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} className={className} aria-current={isCurrent ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}

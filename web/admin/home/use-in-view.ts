/** Whether something has come near the screen. Called by what is loaded only then. */
import { type RefObject, useEffect, useRef, useState } from 'react';

/** So far below the screen it is fetched already. */
const AHEAD = '200px';

/** @param afterMs what stands above it may not have its height before */
export function useInView<E extends HTMLElement>(afterMs = 0): { ref: RefObject<E | null>; isNear: boolean } {
  const ref = useRef<E>(null);
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null || isNear) return;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: AHEAD },
    );
    const timer = setTimeout(() => observer.observe(element), afterMs);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [isNear, afterMs]);
  return { ref, isNear };
}

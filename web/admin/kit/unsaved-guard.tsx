/** Asks before a page with unsaved changes is left: by a link or Back here, by the browser's own question otherwise. */
import { lazy, Suspense, useEffect } from 'react';
import { useBlocker } from 'react-router';

const load = () => import('./leave-dialog.tsx');
const LeaveDialog = lazy(load);

export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isDirty) return;
    // Whoever has typed may leave: the question must stand at once, without a network too.
    void load().catch(() => undefined);
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
  return (
    isDirty && (
      <Suspense fallback={null}>
        <LeaveDialog
          isOpen={blocker.state === 'blocked'}
          onLeave={() => blocker.proceed?.()}
          onStay={() => blocker.reset?.()}
        />
      </Suspense>
    )
  );
}

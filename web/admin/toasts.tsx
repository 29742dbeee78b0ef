/** Short messages at the bottom of the panel. Their code comes with the first thing a person does: no page needs it to be painted. Rendered by app.tsx. */
import { useNotifications } from '@mantine/notifications';
import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';

const load = (): Promise<{ default: ComponentType }> => import('./toast-list.tsx');
// Where it does not come, what was done stands on the page all the same.
const ToastList = lazy(() => load().catch(() => ({ default: () => null })));

export function Toasts() {
  const { notifications } = useNotifications();
  const [isNeeded, setNeeded] = useState(false);
  if (!isNeeded && notifications.length > 0) setNeeded(true);
  useEffect(() => {
    const fetch = (): void => void load().catch(() => undefined);
    const once = { once: true, passive: true };
    addEventListener('pointerdown', fetch, once);
    addEventListener('keydown', fetch, once);
    return () => {
      removeEventListener('pointerdown', fetch);
      removeEventListener('keydown', fetch);
    };
  }, []);
  return (
    isNeeded && (
      <Suspense fallback={null}>
        <ToastList />
      </Suspense>
    )
  );
}

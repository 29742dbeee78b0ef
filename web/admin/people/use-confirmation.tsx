/** The panel's API client with the question for the password, and the dialog that asks it. Called by the app, once. */
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import type { ApiClient } from '../../ui/api-client.ts';
import { withConfirmation } from '../../ui/with-confirmation.ts';

const Dialog = lazy(() => import('./confirm-password.tsx'));

export function useConfirmation(api: ApiClient): { confirmed: ApiClient; dialog: ReactNode } {
  const [isAsked, setAsked] = useState(false);
  /** whoever waits for the answer: requests beside each other wait for the same one */
  const waiting = useRef<((isConfirmed: boolean) => void)[]>([]);
  const confirmed = useMemo(
    () =>
      withConfirmation(
        api,
        () =>
          new Promise((resolve) => {
            waiting.current.push(resolve);
            setAsked(true);
          }),
      ),
    [api],
  );
  const onEnd = (isConfirmed: boolean): void => {
    setAsked(false);
    for (const resolve of waiting.current.splice(0)) resolve(isConfirmed);
  };
  const dialog = isAsked ? (
    <Suspense fallback={null}>
      <Dialog api={api} onEnd={onEnd} />
    </Suspense>
  ) : null;
  return { confirmed, dialog };
}

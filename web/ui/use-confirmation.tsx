/** An app's API client with the question for the password, and the dialog that asks it. Called by the panel once and by the portal's pages about the own account. */
import { type ComponentType, type ReactNode, Suspense, useMemo, useState } from 'react';
import type { ApiClient } from './api-client.ts';
import { withConfirmation } from './with-confirmation.ts';

export interface ConfirmPasswordProps {
  api: ApiClient;
  onEnd: (isConfirmed: boolean) => void;
}

/** @param Dialog asks for the password; may be loaded when it is needed */
export function useConfirmation(
  plain: ApiClient,
  Dialog: ComponentType<ConfirmPasswordProps>,
): { api: ApiClient; dialog: ReactNode } {
  const [answer, setAnswer] = useState<((isConfirmed: boolean) => void) | null>(null);
  const api = useMemo(() => withConfirmation(plain, () => new Promise((resolve) => setAnswer(() => resolve))), [plain]);
  const dialog = answer !== null && (
    <Suspense fallback={null}>
      <Dialog
        api={plain}
        onEnd={(isConfirmed) => {
          setAnswer(null);
          answer(isConfirmed);
        }}
      />
    </Suspense>
  );
  return { api, dialog };
}

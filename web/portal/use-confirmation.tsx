/** The portal's API client with the question for the password, and the dialog that asks it. Called by the pages about the own account. */
import { type ReactNode, useMemo, useState } from 'react';
import type { ApiClient } from '../ui/api-client.ts';
import { withConfirmation } from '../ui/with-confirmation.ts';
import { ConfirmPassword } from './confirm-password.tsx';

export function useConfirmation(plain: ApiClient): { api: ApiClient; dialog: ReactNode } {
  const [answer, setAnswer] = useState<((isConfirmed: boolean) => void) | null>(null);
  const api = useMemo(() => withConfirmation(plain, () => new Promise((resolve) => setAnswer(() => resolve))), [plain]);
  const dialog = answer !== null && (
    <ConfirmPassword
      api={plain}
      onEnd={(isConfirmed) => {
        setAnswer(null);
        answer(isConfirmed);
      }}
    />
  );
  return { api, dialog };
}

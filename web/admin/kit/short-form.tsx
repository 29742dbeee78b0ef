/** A short form within a page (a note, a message, a consent): what is typed, its key, sending it, and the two buttons at its end. */
import { Button, Group, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

interface ShortFormState<V> {
  values: V;
  /** Takes what was typed; what the server said of the state before is gone. */
  set: (change: Partial<V>) => void;
  fault: ApiFault | null;
  isBusy: boolean;
  /** Sends under the key of what is typed; `done` hears the answer of a success. */
  send: <T>(ask: (key: string) => Promise<ApiAnswer<T>>, done: (body: T) => unknown) => Promise<void>;
}

export function useShortForm<V extends object>(start: V): ShortFormState<V> {
  const [values, setValues] = useState(start);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  // One key for what is typed: sent again after a lost answer it is written once.
  const [key, setKey] = useState(newKey);
  const set = (change: Partial<V>): void => {
    setFault(null);
    setKey(newKey());
    setValues((before) => ({ ...before, ...change }));
  };
  async function send<T>(ask: (key: string) => Promise<ApiAnswer<T>>, done: (body: T) => unknown): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await ask(key);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    await done(answer.body);
  }
  return { values, set, fault, isBusy, send };
}

interface ShortFormProps {
  form: Pick<ShortFormState<unknown>, 'fault' | 'isBusy'>;
  /** of the button that sends */
  label: string;
  isReady?: boolean;
  /** how a refusal is shown where it is more than one sentence */
  refused?: (fault: ApiFault) => ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function ShortForm({ form, label, isReady = true, refused, onSubmit, onClose, children }: ShortFormProps) {
  const { t } = useWords();
  const { fault, isBusy } = form;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <Stack gap="sm">
        {children}
        {fault && (refused?.(fault) ?? <FaultAlert fault={fault} />)}
        <Group grow>
          <Button variant="default" onClick={onClose}>
            {t('action.back')}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

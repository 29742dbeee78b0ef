/** Importing numbers into the operator's pool, and taking one out. Drawn on the pool's pages. */
import { Button, NativeSelect, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { type FormEvent, useRef, useState } from 'react';
import { SIP_TRANSPORTS } from '../../../shared/agent-sets.ts';
import type { Imported, PoolNumberView } from '../../../shared/contract/numbers.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { SecretInput } from '../kit/secret-input.tsx';
import { linesOf } from '../kit/lines-of.ts';

/** Numbers that the server could not read, by their place in the list. */
const badOf = (fault: ApiFault | null, numbers: readonly string[]): string[] =>
  Object.keys(fault?.errors ?? {}).flatMap((field) => {
    const index = /^numbers\.(\d+)$/.exec(field)?.[1];
    return index === undefined ? [] : [numbers[Number(index)] ?? ''];
  });

export function ImportNumbers() {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const mayImport = useMay('create_number_pool');
  const [isOpen, setOpen] = useState(false);
  const [numbers, setNumbers] = useState('');
  const [uri, setUri] = useState('');
  const [transport, setTransport] = useState<string>('TLS');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const key = useRef(newKey());
  if (!mayImport) return null;

  const given = linesOf(numbers);
  const bad = badOf(fault, given);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || given.length === 0 || uri.trim() === '') return;
    setBusy(true);
    setFault(null);
    const answer = await api.post<{ data: Imported }>(
      '/api/v1/number-pool',
      {
        numbers: given,
        termination_uri: uri,
        transport,
        sip_username: user === '' ? null : user,
        sip_password: password === '' ? null : password,
      },
      key.current,
    );
    setBusy(false);
    key.current = newKey();
    if (!answer.ok) return setFault(answer.fault);
    const { imported, known, settled } = answer.body.data;
    notifications.show({ message: t('pool.imported', { count: imported.length, settled }) });
    if (known.length > 0) notifications.show({ message: t('pool.known', { count: known.length }) });
    setNumbers('');
    setPassword('');
    setOpen(false);
    refresh();
  }

  if (!isOpen)
    return (
      <div>
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setOpen(true)}>
          {t('pool.import')}
        </Button>
      </div>
    );
  return (
    <Paper withBorder p="md">
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="md" maw={560}>
          <Title order={2}>{t('pool.import')}</Title>
          <Textarea
            label={t('pool.numbers')}
            description={t('pool.numbers_hint')}
            value={numbers}
            onChange={(event) => setNumbers(event.currentTarget.value)}
            error={bad.length > 0 ? t('pool.bad', { numbers: bad.join(', ') }) : null}
            autosize
            minRows={3}
            maxRows={10}
            required
            data-autofocus
          />
          <TextInput
            label={t('pool.uri')}
            value={uri}
            onChange={(event) => setUri(event.currentTarget.value)}
            maxLength={200}
            autoComplete="off"
            required
          />
          <NativeSelect
            label={t('pool.transport')}
            data={[...SIP_TRANSPORTS]}
            value={transport}
            onChange={(event) => setTransport(event.currentTarget.value)}
          />
          <TextInput
            label={t('pool.user')}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
            maxLength={120}
            autoComplete="off"
          />
          <SecretInput
            label={t('pool.password')}
            description={t('pool.password_hint')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            maxLength={200}
            autoComplete="new-password"
          />
          {fault !== null && bad.length === 0 && <FaultAlert fault={fault} />}
          <div>
            <Button type="submit" loading={busy} disabled={given.length === 0 || uri.trim() === ''}>
              {t('pool.import')}
            </Button>
          </div>
        </Stack>
      </form>
    </Paper>
  );
}

export function TakeOut({ row }: { row: PoolNumberView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);

  async function remove(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post(`/api/v1/number-pool/${encodeURIComponent(row.id)}/remove`, {}, newKey());
    setBusy(false);
    refresh();
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('pool.removed') });
  }

  return (
    <Stack gap="md" align="flex-start">
      <Text>{t('pool.remove_hint')}</Text>
      <Button
        variant="default"
        leftSection={<Icon name="bin" size={16} />}
        loading={busy}
        onClick={() => void remove()}
      >
        {t('pool.remove')}
      </Button>
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}

/** The dialogs of API keys: a new one, name and addresses, another in its place, its end. Drawn by api-keys-page.tsx. */
import { Button, Group, Modal, NativeSelect, NumberInput, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { ApiKeyView, CreateApiKeyRequest } from '../../../shared/contract/identity.ts';
import { DEFAULT_GRACE_DAYS, DEFAULT_LIFE_DAYS, MAX_GRACE_DAYS, MAX_LIFE_DAYS } from '../../../shared/key-limits.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { ScopeChoice } from './scope-choice.tsx';
import { linesOf } from '../kit/lines-of.ts';

const KEYS = '/api/v1/api-keys';

interface DialogProps {
  onClose: () => void;
  /** @param secret the key itself, to be shown this once; @param message what is said instead */
  onDone: (secret: string | null, message: string | null) => void;
}

/** One address or block a line. */
const isOfAddresses = (fault: ApiFault | null): boolean =>
  Object.keys(fault?.errors ?? {}).some((field) => field.startsWith('ip_allow'));

interface FrameProps {
  title: string;
  submit: string;
  isDangerous?: boolean;
  isReady?: boolean;
  size?: string;
  send: () => Promise<ApiAnswer<unknown>>;
  onDone: (body: unknown) => void;
  onClose: () => void;
  /** faults that stand beside a field already */
  isBesideField?: (fault: ApiFault) => boolean;
  children: (fault: ApiFault | null) => ReactNode;
}

function Frame({
  title,
  submit,
  isDangerous,
  isReady = true,
  size = 'md',
  send,
  onDone,
  onClose,
  isBesideField,
  children,
}: FrameProps) {
  const { t } = useWords();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  async function run(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await send();
    setBusy(false);
    if (answer.ok) onDone(answer.body);
    else setFault(answer.fault);
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <Stack gap="md">
          {children(fault)}
          {fault && isBesideField?.(fault) !== true && <FaultAlert fault={fault} />}
          <Group grow>
            <Button variant="default" onClick={onClose}>
              {t('action.back')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={!isReady} {...(isDangerous && { color: 'red' })}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

const secretOf = (body: unknown): string => (body as { data: { key: string } }).data.key;

export function NewKey({ onClose, onDone }: DialogProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [draft, setDraft] = useState({ name: '', mode: 'live', addresses: '', days: DEFAULT_LIFE_DAYS });
  const [scopes, setScopes] = useState<readonly string[]>([]);
  const set = (change: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...change }));
  return (
    <Frame
      title={t('keys.create')}
      submit={t('keys.create')}
      size="lg"
      isReady={draft.name.trim() !== '' && scopes.length > 0}
      isBesideField={isOfAddresses}
      send={() =>
        api.post(KEYS, {
          name: draft.name.trim(),
          mode: draft.mode === 'test' ? 'test' : 'live',
          scopes: scopes as CreateApiKeyRequest['scopes'],
          ip_allow: linesOf(draft.addresses),
          expires_in_days: draft.days,
        } satisfies CreateApiKeyRequest)
      }
      onDone={(body) => onDone(secretOf(body), null)}
      onClose={onClose}
    >
      {(fault) => (
        <>
          <TextInput
            label={t('keys.name')}
            description={t('keys.name_hint')}
            maxLength={100}
            value={draft.name}
            data-autofocus
            onChange={({ currentTarget: { value } }) => set({ name: value })}
          />
          <Group grow align="flex-start">
            <NativeSelect
              label={t('keys.mode')}
              data={[
                { value: 'live', label: t('keys.mode.live') },
                { value: 'test', label: t('keys.mode.test') },
              ]}
              value={draft.mode}
              onChange={(event) => set({ mode: event.currentTarget.value })}
            />
            <NumberInput
              label={t('keys.days')}
              description={t('keys.days_hint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={1}
              max={MAX_LIFE_DAYS}
              allowDecimal={false}
              value={draft.days}
              onChange={(value) => set({ days: Number(value) || 1 })}
            />
          </Group>
          <ScopeChoice chosen={scopes} onChange={setScopes} />
          <Addresses value={draft.addresses} fault={fault} onChange={(addresses) => set({ addresses })} />
        </>
      )}
    </Frame>
  );
}

interface AddressesProps {
  value: string;
  fault: ApiFault | null;
  onChange: (text: string) => void;
}

/** Where a key may be used from: an address or a block a line. */
function Addresses({ value, fault, onChange }: AddressesProps) {
  const { t } = useWords();
  return (
    <Textarea
      label={t('keys.ip_allow')}
      description={t('keys.ip_allow_hint')}
      error={isOfAddresses(fault) && t('keys.ip_allow_problem')}
      autosize
      minRows={2}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface RowDialogProps extends DialogProps {
  row: ApiKeyView;
}
const pathOf = (row: ApiKeyView): string => `${KEYS}/${encodeURIComponent(row.id)}`;

export function EditKey({ row, onClose, onDone }: RowDialogProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [name, setName] = useState(row.name);
  const before = row.ip_allow.join('\n');
  const [addresses, setAddresses] = useState(before);
  return (
    <Frame
      title={t('keys.edit_title', { name: row.name })}
      submit={t('keys.save')}
      isReady={name.trim() !== ''}
      isBesideField={isOfAddresses}
      send={() =>
        api.patch(pathOf(row), {
          name: name.trim(),
          // Only what was changed: the addresses ask for the password.
          ...(addresses === before ? {} : { ip_allow: linesOf(addresses) }),
        })
      }
      onDone={() => onDone(null, t('keys.saved', { name: name.trim() }))}
      onClose={onClose}
    >
      {(fault) => (
        <>
          <TextInput
            label={t('keys.name')}
            maxLength={100}
            value={name}
            data-autofocus
            onChange={({ currentTarget: { value } }) => setName(value)}
          />
          <Addresses value={addresses} fault={fault} onChange={setAddresses} />
        </>
      )}
    </Frame>
  );
}

export function ReplaceKey({ row, onClose, onDone }: RowDialogProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [days, setDays] = useState<number>(DEFAULT_GRACE_DAYS);
  return (
    <Frame
      title={t('keys.rotate_title', { name: row.name })}
      submit={t('keys.rotate')}
      send={() => api.post(`${pathOf(row)}/rotate`, { grace_days: days })}
      onDone={(body) => onDone(secretOf(body), null)}
      onClose={onClose}
    >
      {() => (
        <>
          <Text>{t('keys.rotate_hint')}</Text>
          <NumberInput
            label={t('keys.rotate_days')}
            min={0}
            max={MAX_GRACE_DAYS}
            allowDecimal={false}
            value={days}
            onChange={(value) => setDays(Number(value) || 0)}
          />
        </>
      )}
    </Frame>
  );
}

export function RevokeKey({ row, onClose, onDone }: RowDialogProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  return (
    <Frame
      title={t('keys.revoke_title', { name: row.name })}
      submit={t('keys.revoke')}
      isDangerous
      send={() => api.delete(pathOf(row))}
      onDone={() => onDone(null, t('keys.revoked', { name: row.name }))}
      onClose={onClose}
    >
      {() => <Text>{t('keys.revoke_hint')}</Text>}
    </Frame>
  );
}

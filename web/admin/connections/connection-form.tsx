/** A vendor's credential, typed in: tested first, saved if the vendor takes it, or all the same. Drawn by the card and by the wizard. */
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { IntegrationView } from '../../../shared/contract/integrations.ts';
import { CONNECTION_FAULTS, type ConnectionFault, type ReplaceWhen } from '../../../shared/integration-sets.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { type Draft, draftOf, INTEGRATIONS, requestOf, storedField, VENDOR_FIELDS } from './vendor-fields.ts';
import { SecretInput } from '../kit/secret-input.tsx';

interface Props {
  row: IntegrationView;
  /** null: of the whole business, or the platform's */
  companyId: string | null;
  onSaved: (row: IntegrationView) => void;
  onCancel?: () => void;
}

/** What the server says of a field that was filled in. */
const WORDS = { required: 'connections.required' } as const;

export function ConnectionForm({ row, companyId, onSaved, onCancel }: Props) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [draft, setDraft] = useState<Draft>(() => draftOf(row));
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [busy, setBusy] = useState<ReplaceWhen | null>(null);
  const failed = fault?.code === 'CONNECTION_FAILED' ? fault : null;

  async function save(when: ReplaceWhen): Promise<void> {
    if (busy !== null) return;
    setBusy(when);
    setFault(null);
    const answer = await api.put<{ data: IntegrationView }>(
      `${INTEGRATIONS}/${row.vendor}`,
      requestOf(row, draft, { companyId, when }),
      row.own?.version ?? 0,
    );
    setBusy(null);
    if (!answer.ok) return setFault(answer.fault);
    onSaved(answer.body.data);
  }
  const problemOf = (name: string): string | undefined => {
    const said = fault?.errors[name];
    if (said === undefined) return undefined;
    const isKept = storedField(row, name) !== null;
    return said[0] === 'required'
      ? t(isKept ? 'connections.again_elsewhere' : WORDS.required)
      : said.join(' ') || t('connections.too_short');
  };

  return (
    <form
      noValidate
      autoComplete="off"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save('tested');
      }}
    >
      <Stack gap="md">
        {VENDOR_FIELDS[row.vendor].map(({ name, label, hint, kind, needed }) => {
          const kept = storedField(row, name);
          const common = {
            label: t(label),
            value: draft[name] ?? '',
            error: problemOf(name),
            required: needed && (kind !== 'secret' || kept === null),
            onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
              setDraft((before) => ({ ...before, [name]: value })),
            ...(hint === undefined ? {} : { description: t(hint) }),
          };
          if (kind !== 'secret')
            return (
              <TextInput
                key={name}
                {...common}
                type={kind === 'email' || kind === 'url' ? kind : 'text'}
                inputMode={kind === 'number' ? 'numeric' : undefined}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
              />
            );
          return (
            <SecretInput
              key={name}
              {...common}
              autoComplete="new-password"
              placeholder={
                kept === null
                  ? undefined
                  : kept.hint === null
                    ? t('connections.keeps_set')
                    : t('connections.keeps', { hint: kept.hint })
              }
            />
          );
        })}
        {failed && <Failed fault={failed} isKept={row.own !== null} />}
        {fault && failed === null && Object.keys(fault.errors).length === 0 && <FaultAlert fault={fault} />}
        <Group justify="flex-end" gap="sm">
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('connections.cancel')}
            </Button>
          )}
          {failed && (
            <Button
              variant="default"
              loading={busy === 'now'}
              disabled={busy === 'tested'}
              onClick={() => void save('now')}
            >
              {t('connections.save_anyway')}
            </Button>
          )}
          <Button type="submit" loading={busy === 'tested'} disabled={busy === 'now'}>
            {t('connections.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export const faultOf = (said: unknown): ConnectionFault => CONNECTION_FAULTS.find((one) => one === said) ?? 'refused';

function Failed({ fault, isKept }: { fault: ApiFault; isKept: boolean }) {
  const { t } = useWords();
  const said = fault.details['said'];
  return (
    <Alert color="red" icon={<Icon name="warning" />} title={t('connections.failed_title')} role="alert">
      <Stack gap="xs">
        <Text>{t(`connections.fault.${faultOf(fault.details['fault'])}`)}</Text>
        {typeof said === 'string' && <Text size="sm">{t('connections.said', { said })}</Text>}
        {isKept && <Text size="sm">{t('connections.failed_hint')}</Text>}
      </Stack>
    </Alert>
  );
}

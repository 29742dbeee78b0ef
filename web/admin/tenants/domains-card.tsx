/** Host names of a tenant: which serve, which wait for their TXT record, and what that record must say. Drawn on a tenant's page. */
import { Button, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { DomainView, TenantView } from '../../../shared/contract/tenants.ts';
import type { DomainStatus } from '../../../shared/tenant-status.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';

const LOOKS: Readonly<Record<DomainStatus, StatusLook>> = {
  pending: { tone: 'warning', icon: 'clock' },
  active: { tone: 'success', icon: 'check' },
  failed: { tone: 'danger', icon: 'cross' },
};

export function DomainsCard({ row }: { row: TenantView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const mayAdd = useMay('create_domains');
  const path = `/api/v1/tenants/${encodeURIComponent(row.id)}/domains`;
  const [domains, setDomains] = useState<readonly DomainView[] | null>(null);
  const [host, setHost] = useState('');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [busy, setBusy] = useState<string | null>(null);

  async function read(): Promise<void> {
    const answer = await api.get<{ data: DomainView[] }>(path);
    if (answer.ok) setDomains(answer.body.data);
    else setFault(answer.fault);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew for another tenant only
  useEffect(() => void read(), [path]);

  async function act(name: string, send: () => Promise<ApiAnswer<unknown>>): Promise<boolean> {
    setBusy(name);
    setFault(null);
    const answer = await send();
    setBusy(null);
    if (answer.ok) await read();
    else setFault(answer.fault);
    return answer.ok;
  }
  const add = async (): Promise<void> => {
    if (await act('', () => api.post(path, { host: host.trim().toLowerCase() }, newKey()))) setHost('');
  };
  const hostProblem = fault?.errors?.['host']?.join(' ');

  return (
    <Stack gap="md">
      {domains?.length === 0 && <Text c="dimmed">{t('tenants.no_domains')}</Text>}
      {domains?.map((domain) => (
        <Domain
          key={domain.host}
          domain={domain}
          isBusy={busy === domain.host}
          onCheck={() =>
            void act(domain.host, () => api.post(`${path}/${encodeURIComponent(domain.host)}/check`, {}, newKey()))
          }
          onRemove={() => void act(domain.host, () => api.delete(`${path}/${encodeURIComponent(domain.host)}`))}
        />
      ))}
      {mayAdd && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <Group align="flex-end" gap="sm">
            <TextInput
              label={t('tenants.domain')}
              placeholder={t('tenants.domain_example')}
              value={host}
              error={hostProblem}
              inputMode="url"
              autoCapitalize="none"
              onChange={({ currentTarget: { value } }) => setHost(value)}
            />
            <Button type="submit" variant="default" loading={busy === ''} disabled={host.trim() === ''}>
              {t('tenants.domain_add')}
            </Button>
          </Group>
        </form>
      )}
      {fault && hostProblem === undefined && <FaultAlert fault={fault} />}
    </Stack>
  );
}

interface DomainProps {
  domain: DomainView;
  isBusy: boolean;
  onCheck: () => void;
  onRemove: () => void;
}

function Domain({ domain, isBusy, onCheck, onRemove }: DomainProps) {
  const { t } = useWords();
  const mayCheck = useMay('create_domains');
  const mayRemove = useMay('delete_domains');
  const { host, status, proof, fault } = domain;
  return (
    <Stack gap="xs" align="flex-start">
      <Group gap="sm">
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {host}
        </Text>
        <StatusBadge look={LOOKS[status]}>{t(`tenants.domain.${status}`)}</StatusBadge>
      </Group>
      {proof && status !== 'active' && (
        <>
          <Text>{t('tenants.domain_proof')}</Text>
          <Record name={t('tenants.domain_name')} text={proof.name} />
          <Record name={t('tenants.domain_value')} text={proof.value} />
        </>
      )}
      {fault && <Text c="dimmed">{t(`tenants.domain_fault.${fault}`)}</Text>}
      <Group gap="sm">
        {mayCheck && proof && (
          <Button variant="default" size="xs" loading={isBusy} onClick={onCheck}>
            {t('tenants.domain_check')}
          </Button>
        )}
        {mayRemove && (
          <Button variant="default" size="xs" color="red" disabled={isBusy} onClick={onRemove}>
            {t('tenants.domain_remove')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Record({ name, text }: { name: string; text: string }) {
  const { t } = useWords();
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Code className="id">{text}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="subtle" size="compact-sm" onClick={copy} aria-label={t('tenants.copy', { name })}>
            <Icon name={copied ? 'check' : 'copy'} size={14} />
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}

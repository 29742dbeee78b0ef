/** One vendor: whether it is connected, with whose credential, how it answered last, and what can be done. Drawn by the page. */
import { Button, Code, CopyButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { ConnectionTest, IntegrationView, Tested } from '../../../shared/contract/integrations.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime, shortInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Fact, FaultAlert, StatusBadge } from '../page-parts.tsx';
import { ShownOnce } from '../kit/shown-once.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { PushEventTypes } from './push-event-types.tsx';
import { INTEGRATIONS, STATE_LOOKS, storedField, VENDOR_FIELDS } from './vendor-fields.ts';
import { Modal } from '../kit/modal.tsx';

interface Props {
  row: IntegrationView;
  companyId: string | null;
  onChanged: () => Promise<void>;
}
type Asked = 'edit' | 'disconnect' | 'secret' | null;

export function ConnectionCard({ row, companyId, onChanged }: Props) {
  const { t } = useWords();
  const { api, me } = useAdmin();
  const mayManage = useMay('manage_integrations');
  const [asked, setAsked] = useState<Asked>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const vendor = t(`connections.vendor.${row.vendor}`);
  const isPlatform = me.tenant.type === 'platform';
  const body = companyId === null ? {} : { company_id: companyId };
  const close = (): void => {
    setAsked(null);
    setFault(null);
  };

  async function test(): Promise<void> {
    setBusy('test');
    setFault(null);
    const answer = await api.post<{ data: Tested }>(`${INTEGRATIONS}/${row.vendor}/test`, body);
    setBusy(null);
    if (!answer.ok) return setFault(answer.fault);
    const { ok, duration_ms: ms, account, fault: why } = answer.body.data;
    const words = { vendor, ms: String(ms) };
    notifications.show(
      ok
        ? {
            message:
              account === null
                ? t('connections.tested_ok', words)
                : t('connections.tested_account', { ...words, account }),
          }
        : { color: 'red', title: vendor, message: t(`connections.fault.${why ?? 'refused'}`) },
    );
    await onChanged();
  }
  async function disconnect(): Promise<void> {
    setBusy('disconnect');
    const answer = await api.delete(`${INTEGRATIONS}/${row.vendor}`, body);
    setBusy(null);
    if (!answer.ok) return setFault(answer.fault);
    close();
    await onChanged();
  }
  async function makeSecret(): Promise<void> {
    setBusy('secret');
    const answer = await api.post<{ data: { webhook_secret: string } }>(
      `${INTEGRATIONS}/${row.vendor}/webhook-secret`,
      body,
    );
    setBusy(null);
    if (!answer.ok) return setFault(answer.fault);
    close();
    setSecret(answer.body.data.webhook_secret);
    await onChanged();
  }

  async function endOld(): Promise<void> {
    setBusy('old');
    const answer = await api.delete(`${INTEGRATIONS}/${row.vendor}/webhook-secret/old`, body);
    setBusy(null);
    if (!answer.ok) return setFault(answer.fault);
    close();
    await onChanged();
  }

  const mayPush = useMay('manage_calcom') && row.vendor === 'calcom' && !isPlatform;
  const isTestable = row.own !== null || (isPlatform && row.in_force !== null);
  return (
    <Paper withBorder component="section" className="connection" aria-labelledby={`connection-${row.vendor}`}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} id={`connection-${row.vendor}`}>
          {vendor}
        </Title>
        <StatusBadge look={STATE_LOOKS[row.state]}>{t(`connections.state.${row.state}`)}</StatusBadge>
      </Group>
      <Text c="dimmed">{t(`connections.${isPlatform ? 'about_platform' : 'about'}.${row.vendor}`)}</Text>
      {row.state === 'unreadable' && (
        <Text c="red" role="status">
          {t(row.own === null ? 'connections.unreadable_above' : 'connections.unreadable_hint')}
        </Text>
      )}
      <Facts row={row} />
      <Webhook
        row={row}
        busy={busy}
        onSecret={storedField(row, 'webhook_secret') ? () => setAsked('secret') : makeSecret}
        onEnd={endOld}
      />
      {fault && asked === null && <FaultAlert fault={fault} />}
      {mayPush && row.in_force !== null && row.state !== 'unreadable' && (
        <Stack gap={4} className="connection-webhook">
          <Text fw={600}>{t('connections.types')}</Text>
          <PushEventTypes companyId={companyId} />
        </Stack>
      )}
      {mayManage && (
        <Group gap="sm" className="connection-foot">
          <Button
            variant={row.own === null ? 'filled' : 'default'}
            onClick={() => setAsked('edit')}
            aria-describedby={`connection-${row.vendor}`}
          >
            {t(row.own === null ? 'connections.connect' : 'connections.replace')}
          </Button>
          {isTestable && (
            <Button
              variant="default"
              loading={busy === 'test'}
              leftSection={<Icon name="refresh" size={16} />}
              onClick={() => void test()}
              aria-describedby={`connection-${row.vendor}`}
            >
              {t('connections.test')}
            </Button>
          )}
          {row.own !== null && (
            <Button
              variant="default"
              color="red"
              onClick={() => setAsked('disconnect')}
              aria-describedby={`connection-${row.vendor}`}
            >
              {t('connections.disconnect')}
            </Button>
          )}
        </Group>
      )}
      <Modal
        opened={asked === 'edit'}
        onClose={close}
        title={vendor}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        centered
      >
        <ConnectionForm
          row={row}
          companyId={companyId}
          onCancel={close}
          onSaved={() => {
            close();
            notifications.show({ message: t('connections.saved', { vendor }) });
            void onChanged();
          }}
        />
      </Modal>
      <Sure
        isOpen={asked === 'disconnect'}
        title={t('connections.disconnect_title', { vendor })}
        hint={t('connections.disconnect_hint')}
        yes={t('connections.disconnect')}
        isBusy={busy === 'disconnect'}
        fault={fault}
        onClose={close}
        onYes={() => void disconnect()}
      />
      <Sure
        isOpen={asked === 'secret'}
        title={t('connections.secret_again_title')}
        hint={t('connections.secret_again_hint')}
        yes={t('connections.secret_again')}
        isBusy={busy === 'secret'}
        fault={fault}
        onClose={close}
        onYes={() => void makeSecret()}
      />
      {secret !== null && (
        <ShownOnce
          title={t('connections.once_title')}
          hint={t('connections.once_hint')}
          copy={t('connections.once_copy')}
          done={t('connections.once_done')}
          secret={secret}
          beside={row.webhook_url ?? ''}
          onClose={() => setSecret(null)}
        />
      )}
    </Paper>
  );
}

function Facts({ row }: { row: IntegrationView }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const at = (instant: string): string => shortInstant(instant, me.tenant.time_zone, language, Date.now());
  const { own } = row;
  const calls = [
    row.last_success !== null && t('connections.last_success', { when: at(row.last_success) }),
    row.last_failure !== null && t('connections.last_failure', { when: at(row.last_failure) }),
  ].filter((text) => text !== false);
  const from =
    own !== null
      ? null
      : row.in_force === null
        ? t('connections.from.none')
        : row.in_force === 'platform'
          ? t(me.tenant.type === 'platform' ? 'connections.from.variables' : 'connections.from.platform')
          : t('connections.from.tenant');
  return (
    <dl className="facts">
      {from !== null && (
        <Fact label={t('connections.stored')} isWide>
          {from}
        </Fact>
      )}
      {own?.fields
        .filter(({ set }) => set)
        .map(({ name, secret, hint }) => (
          <Fact key={name} label={labelOf(row, name, t)}>
            <span className="figures connection-value">
              {!secret ? hint : hint === null ? t('connections.is_set') : t('connections.ends_with', { hint })}
            </span>
          </Fact>
        ))}
      {own?.changed_at && (
        <Fact label={t('connections.changed')}>
          {own.changed_by === null
            ? at(own.changed_at)
            : t('connections.changed_by', { when: at(own.changed_at), name: own.changed_by })}
        </Fact>
      )}
      {own?.test && (
        <Fact label={t('connections.last_test')} isWide>
          <TestWords test={own.test} when={at(own.test.at)} />
        </Fact>
      )}
      {calls.length > 0 && (
        <Fact label={t('connections.calls')} isWide>
          {calls.join(', ')}
        </Fact>
      )}
    </dl>
  );
}

const labelOf = (row: IntegrationView, name: string, t: ReturnType<typeof useWords>['t']): string => {
  const field = VENDOR_FIELDS[row.vendor].find((one) => one.name === name);
  return t(field?.label ?? 'connections.field.webhook_secret');
};

function TestWords({ test, when }: { test: ConnectionTest; when: string }) {
  const { t } = useWords();
  const ms = String(test.duration_ms);
  if (test.ok) return <>{t('connections.test_ok', { when, ms })}</>;
  return (
    <>
      {t('connections.test_failed', { why: t(`connections.fault.${test.fault ?? 'refused'}`), when, ms })}
      {test.said !== null && (
        <Text size="sm" c="dimmed">
          {t('connections.said', { said: test.said })}
        </Text>
      )}
    </>
  );
}

interface WebhookProps {
  row: IntegrationView;
  busy: string | null;
  onSecret: () => void;
  onEnd: () => Promise<void>;
}

function Webhook({ row, busy, onSecret, onEnd }: WebhookProps) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const mayManage = useMay('manage_integrations');
  const { vendor, webhook_url: url } = row;
  // Without a credential of its own there is nothing that a vendor could sign with.
  if (row.own === null && me.tenant.type !== 'platform') return null;
  if (url === null || (vendor !== 'calcom' && vendor !== 'stripe' && vendor !== 'retell')) return null;
  const isSet = storedField(row, 'webhook_secret') !== null;
  const until = row.own?.old_webhook_secret_until ?? null;
  return (
    <Stack gap={4} className="connection-webhook">
      <Text fw={600}>{t('connections.webhook')}</Text>
      <Text size="sm" c="dimmed">
        {t(`connections.webhook_hint.${vendor}`)}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Code className="connection-value">{url}</Code>
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button
              variant="subtle"
              size="compact-sm"
              className="connection-copy"
              onClick={copy}
              aria-label={copied ? t('action.copied') : t('connections.webhook_copy')}
            >
              <Icon name={copied ? 'check' : 'copy'} size={14} />
            </Button>
          )}
        </CopyButton>
      </Group>
      {vendor === 'calcom' && mayManage && (
        <div>
          <Button variant="default" size="xs" loading={busy === 'secret'} onClick={onSecret}>
            {t(isSet ? 'connections.secret_again' : 'connections.secret_make')}
          </Button>
        </div>
      )}
      {until !== null && (
        <div role="status">
          <Text size="sm">
            {t('connections.old_secret', { when: dayAndTime(until, me.tenant.time_zone, language) })}
          </Text>
          {mayManage && (
            <Button variant="default" size="xs" mt={4} loading={busy === 'old'} onClick={() => void onEnd()}>
              {t('connections.old_secret_end')}
            </Button>
          )}
        </div>
      )}
    </Stack>
  );
}

interface SureProps {
  isOpen: boolean;
  title: string;
  hint: string;
  yes: string;
  isBusy: boolean;
  fault: ApiFault | null;
  onClose: () => void;
  onYes: () => void;
}

function Sure({ isOpen, title, hint, yes, isBusy, fault, onClose, onYes }: SureProps) {
  const { t } = useWords();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      <Stack gap="md">
        <Text>{hint}</Text>
        {fault && <FaultAlert fault={fault} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('connections.cancel')}
          </Button>
          <Button color="red" loading={isBusy} onClick={onYes}>
            {yes}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What may be done with an account now: suspended, let in again, closed, opened again; what takes it away says why. Drawn on a tenant's page. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import type { TenantView } from '../../../shared/contract/tenants.ts';
import { type TenantVerb, VERBS_WITH_REASON } from '../../../shared/tenant-status.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { Modal } from '../kit/modal.tsx';

const ICONS: Readonly<Record<TenantVerb, IconName>> = {
  mark_past_due: 'clock',
  suspend: 'absent',
  reactivate: 'check',
  close: 'cross',
  reopen: 'undo',
};
const LEAST_REASON = 3;
const MAX_REASON = 300;

export function StatusSteps({ row }: { row: TenantView }) {
  const { t } = useWords();
  const mayEdit = useMay('edit_tenants');
  const mayClose = useMay('delete_tenants');
  const [verb, setVerb] = useState<TenantVerb | null>(null);
  const verbs = row.verbs.filter((one) => (one === 'close' || one === 'reopen' ? mayClose : mayEdit));
  return (
    <Stack gap="md" align="flex-start">
      <Text>{t(`tenants.now.${row.status}`)}</Text>
      {verbs.length > 0 && (
        <Group gap="sm">
          {verbs.map((one) => (
            <Button
              key={one}
              variant={one === 'reactivate' ? 'filled' : 'default'}
              leftSection={<Icon name={ICONS[one]} size={16} />}
              onClick={() => setVerb(one)}
            >
              {t(`tenants.do.${one}`)}
            </Button>
          ))}
        </Group>
      )}
      <Modal
        opened={verb !== null}
        onClose={() => setVerb(null)}
        title={verb && t(`tenants.do.${verb}`)}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        centered
      >
        {verb && <Step key={verb} row={row} verb={verb} onClose={() => setVerb(null)} />}
      </Modal>
    </Stack>
  );
}

function Step({ row, verb, onClose }: { row: TenantView; verb: TenantVerb; onClose: () => void }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  // One per dialog: a second click does not act twice.
  const [key] = useState(newKey);
  const asksWhy = VERBS_WITH_REASON.has(verb);
  const said = reason.trim();

  async function submit(): Promise<void> {
    setBusy(true);
    setFault(null);
    const path = `/api/v1/tenants/${encodeURIComponent(row.id)}/${verb}`;
    const answer = await api.post(path, asksWhy ? { reason: said } : {}, key);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    refresh();
    notifications.show({ message: t(`tenants.became.${verb}`, { name: row.name }) });
    onClose();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <Text>{t(`tenants.hint.${verb}`)}</Text>
        {asksWhy && (
          <Textarea
            label={t('tenants.reason')}
            description={t('tenants.reason_hint')}
            value={reason}
            maxLength={MAX_REASON}
            autosize
            minRows={2}
            data-autofocus
            onChange={({ currentTarget: { value } }) => setReason(value)}
          />
        )}
        {fault && <FaultAlert fault={fault} />}
        <Group grow>
          <Button variant="default" onClick={onClose}>
            {t('action.back')}
          </Button>
          <Button
            type="submit"
            loading={isBusy}
            disabled={asksWhy && said.length < LEAST_REASON}
            {...(asksWhy && { color: 'red' })}
          >
            {t(`tenants.do.${verb}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

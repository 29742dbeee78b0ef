/** Why somebody looks into an account or lifts its networks. Loaded by support-card.tsx when it is asked. */
import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { BeganSupportResponse, TenantPersonView } from '../../../shared/contract/security.ts';
import { MAX_REASON, MIN_REASON } from '../../../shared/support.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

export type Asked = { kind: 'view'; person: TenantPersonView } | { kind: 'lift' };

interface ReasonDialogProps {
  asked: Asked;
  path: string;
  onClose: () => void;
  onLifted: () => void;
}

/** Both reach far: they ask why. */
export function ReasonDialog({ asked, path, onClose, onLifted }: ReasonDialogProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [reason, setReason] = useState('');
  const [isThere, setThere] = useState(false);
  const [isShort, setShort] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isView = asked.kind === 'view';

  async function submit(): Promise<void> {
    const said = reason.trim();
    setShort(said.length < MIN_REASON);
    if (said.length < MIN_REASON) return;
    setBusy(true);
    setFault(null);
    if (!isView) {
      const answer = await api.post(`${path}/lift-networks`, { reason: said }, newKey());
      setBusy(false);
      return answer.ok ? onLifted() : setFault(answer.fault);
    }
    const answer = await api.post<BeganSupportResponse>(`${path}/sessions`, {
      user_id: asked.person.id,
      reason: said,
      host: isThere ? 'tenant' : 'here',
    });
    // The button stays busy until the next page stands.
    if (answer.ok) return location.assign(answer.body.data.url);
    setBusy(false);
    setFault(answer.fault);
  }

  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={isView ? t('tenants.support_title', { name: asked.person.name }) : t('tenants.networks_lift')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Text>{t(isView ? 'tenants.support_hint' : 'tenants.networks_lift_hint')}</Text>
        <Textarea
          label={t('tenants.support_reason')}
          autosize
          minRows={2}
          maxLength={MAX_REASON}
          data-autofocus
          value={reason}
          error={isShort ? t('tenants.support_reason_problem') : undefined}
          onChange={(event) => setReason(event.currentTarget.value.replaceAll('\n', ' '))}
        />
        {isView && (
          <Checkbox
            label={t('tenants.support_host')}
            checked={isThere}
            onChange={(event) => setThere(event.currentTarget.checked)}
          />
        )}
        {fault && <FaultAlert fault={fault} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('tenants.support_cancel')}
          </Button>
          <Button loading={isBusy} onClick={() => void submit()}>
            {t(isView ? 'tenants.support_begin' : 'tenants.networks_lift')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What may become of a request for absence: granted (appointments in that time are asked about), refused with a reason, taken back. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import { MAX_ABSENCE_TEXT } from '../../../shared/absence-sets.ts';
import type { AbsenceRequestView } from '../../../shared/contract/absences.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { agreed, type Agreement } from '../data-provider.ts';
import { StrandedDialog } from '../kit/stranded-dialog.tsx';
import { strandingOf } from '../kit/stranded.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { Modal } from '../kit/modal.tsx';

type Step = 'grant' | 'refuse' | 'withdraw';

/** @param onDone called after a step that went through; left out: the page is read again */
export function AbsenceSteps({ row, onDone }: { row: AbsenceRequestView; onDone?: () => void }) {
  const { t } = useWords();
  const { api, me } = useAdmin();
  const refresh = useRefresh();
  const mayDecide = useMay('edit_absence_requests');
  const [busy, setBusy] = useState<Step | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const stranding = strandingOf(fault);

  async function run(step: Step, body: object): Promise<void> {
    setBusy(step);
    setFault(null);
    const answer = await api.post(`/api/v1/absence-requests/${encodeURIComponent(row.id)}/${step}`, body, newKey());
    setBusy(null);
    if (!answer.ok) return setFault(answer.fault);
    setRefusing(false);
    notifications.show({ message: t(`absences.became.${step}`) });
    if (onDone === undefined) refresh();
    else onDone();
  }
  const grant = (agreement?: Agreement): Promise<void> => run('grant', agreed(agreement));

  return (
    <Stack gap="sm" align="flex-start">
      <Group gap="sm">
        {mayDecide ? (
          <>
            <Button
              leftSection={<Icon name="check" size={16} />}
              loading={busy === 'grant'}
              disabled={busy !== null && busy !== 'grant'}
              onClick={() => void grant()}
            >
              {t('absences.do.grant')}
            </Button>
            <Button
              variant="default"
              leftSection={<Icon name="cross" size={16} />}
              disabled={busy !== null}
              onClick={() => setRefusing(true)}
            >
              {t('absences.do.refuse')}
            </Button>
          </>
        ) : (
          me.role === 'staff' && (
            <Button
              variant="default"
              leftSection={<Icon name="undo" size={16} />}
              loading={busy === 'withdraw'}
              onClick={() => void run('withdraw', {})}
            >
              {t('absences.do.withdraw')}
            </Button>
          )
        )}
      </Group>
      {fault && !stranding && !isRefusing && <FaultAlert fault={fault} />}
      <StrandedDialog
        props={
          stranding && {
            stranding,
            confirm: t('absences.grant_anyway'),
            isBusy: busy === 'grant',
            onBack: () => setFault(null),
            onConfirm: () => void grant({ confirmToken: stranding.confirm_token }),
          }
        }
      />
      <Modal
        opened={isRefusing}
        onClose={() => setRefusing(false)}
        title={t('absences.refuse_title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        centered
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void run('refuse', { reason });
          }}
        >
          <Stack gap="md">
            <Text>{t('absences.refuse_hint')}</Text>
            <Textarea
              label={t('absences.reason')}
              required
              autosize
              minRows={2}
              maxLength={MAX_ABSENCE_TEXT}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {fault && !stranding && <FaultAlert fault={fault} />}
            <Group grow>
              <Button variant="default" onClick={() => setRefusing(false)}>
                {t('action.back')}
              </Button>
              <Button type="submit" color="red" loading={busy === 'refuse'} disabled={reason.trim() === ''}>
                {t('absences.do.refuse')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Stack>
  );
}

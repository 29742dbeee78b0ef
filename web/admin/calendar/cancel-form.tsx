/** Cancelling: reason, notice to the customer, and the policy's fee or warning before it happens. Called by the drawer. */
import { Alert, Button, Group, Stack, Switch, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { CalendarAppointment } from '../../../shared/contract/appointments.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { money, shortDay, time } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import type { CancelOutcome, CancelInput } from './use-appointment-commands.tsx';

const LONGEST_REASON = 500;

interface CancelFormProps {
  appointment: CalendarAppointment;
  zone: string;
  cancel: (input: CancelInput) => Promise<CancelOutcome>;
  onDone: () => void;
  onBack: () => void;
}

export function CancelForm({ appointment, zone, cancel, onDone, onBack }: CancelFormProps) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const [reason, setReason] = useState('');
  const [notify, setNotify] = useState(true);
  const [feeCents, setFeeCents] = useState<number | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(confirm: boolean): Promise<void> {
    setBusy(true);
    setFault(null);
    const outcome = await cancel({ reason, notify, confirm });
    setBusy(false);
    switch (outcome.kind) {
      case 'cancelled':
        return onDone();
      case 'policy':
        return setFeeCents(outcome.feeCents);
      case 'fault':
        return setFault(outcome.fault);
    }
  }

  const currency = appointment.currency ?? me.tenant.currency;
  return (
    <Stack gap="md">
      <Text>
        {t('cancel.question', {
          customer: appointment.customer?.name ?? t('appointment.erased'),
          day: shortDay(appointment.starts_at, zone, language),
          time: time(appointment.starts_at, zone, language),
        })}
      </Text>
      <Textarea
        label={t('cancel.reason')}
        value={reason}
        maxLength={LONGEST_REASON}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Switch
        label={t('cancel.notify')}
        checked={notify}
        onChange={(event) => setNotify(event.currentTarget.checked)}
      />
      {feeCents !== null && (
        <Alert color="yellow" icon={<Icon name="warning" />} title={t('cancel.policy_title')} role="alert">
          <Text>
            {feeCents > 0
              ? t('cancel.policy_fee', { fee: money(feeCents, currency, language) })
              : t('cancel.policy_warn')}
          </Text>
        </Alert>
      )}
      {fault && <FaultAlert fault={fault} />}
      <Group grow>
        <Button variant="default" onClick={onBack}>
          {t('cancel.keep')}
        </Button>
        <Button color="red" loading={isBusy} onClick={() => void submit(feeCents !== null)}>
          {feeCents === null ? t('cancel.submit') : t('cancel.anyway')}
        </Button>
      </Group>
    </Stack>
  );
}

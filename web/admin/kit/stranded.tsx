/**
 * A change that would cost future appointments their place: which ones, where they are, and the button that makes the change all the same.
 * Shown by forms in place of a summary of errors, and as a dialog (stranded-dialog.tsx) where something was to be deleted or restored.
 */
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useGetMany } from 'ra-core';
import { Link } from 'react-router';
import type { AppointmentView } from '../../../shared/contract/appointments.ts';
import type { Stranding } from '../../../shared/errors.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { appointmentPath } from '../appointment-path.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { RETRY } from '../data-provider.ts';
import { LoadingBlock } from '../loading.tsx';

/** The refusal that can be confirmed, null for every other one. */
export const strandingOf = (fault: ApiFault | null): Stranding | null =>
  fault?.code === 'WOULD_STRAND' ? (fault.details as unknown as Stranding) : null;

export interface StrandedProps {
  stranding: Pick<Stranding, 'appointments' | 'stranded'>;
  /** what the button says */
  confirm: string;
  isBusy: boolean;
  onConfirm: () => void;
  onBack: () => void;
}

export function StrandedAlert(props: StrandedProps) {
  const { t } = useWords();
  return (
    <Alert
      color="yellow"
      icon={<Icon name="warning" />}
      title={t('strand.title', { count: props.stranding.appointments })}
      role="alert"
    >
      <StrandedContent {...props} />
    </Alert>
  );
}

/** What the alert and the dialog hold. */
export function StrandedContent({ stranding, confirm, isBusy, onConfirm, onBack }: StrandedProps) {
  const { t } = useWords();
  const more = stranding.appointments - stranding.stranded.length;
  return (
    <Stack gap="sm">
      <Text>{t('strand.hint', { count: stranding.appointments })}</Text>
      <Appointments stranded={stranding.stranded} />
      {more > 0 && <Text c="dimmed">{t('strand.more', { count: more })}</Text>}
      <Group gap="xs">
        <Button variant="default" disabled={isBusy} onClick={onBack}>
          {t('action.back')}
        </Button>
        <Button color="red" loading={isBusy} onClick={onConfirm}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  );
}

function Appointments({ stranded }: { stranded: Stranding['stranded'] }) {
  const maySee = useMay('view_appointments');
  const { data, isLoading } = useGetMany<AppointmentView>(
    'appointments',
    { ids: stranded.map((one) => one.appointment_id) },
    { ...RETRY, enabled: maySee },
  );
  if (isLoading && maySee) return <LoadingBlock h={24 * stranded.length} />;
  return (
    <ul className="kit-stranded">
      {stranded.map((one) => {
        const row = data?.find((found) => found?.id === one.appointment_id);
        return <li key={one.appointment_id}>{row ? <Row row={row} /> : <When at={one.starts_at} />}</li>;
      })}
    </ul>
  );
}

function When({ at, zone }: { at: string; zone?: string }) {
  const { language } = useWords();
  const { me } = useAdmin();
  return (
    <time dateTime={at} className="figures">
      {dayAndTime(at, zone ?? me.tenant.time_zone, language)}
    </time>
  );
}

function Row({ row }: { row: AppointmentView }) {
  const { t } = useWords();
  return (
    <>
      <Anchor component={Link} to={appointmentPath(row)} className="kit-reach">
        {row.customer_name ?? t('appointment.erased')}
      </Anchor>{' '}
      <When at={row.starts_at} zone={row.time_zone} />
      <Text c="dimmed" size="sm">
        {row.service_name} · {row.staff_name}
      </Text>
    </>
  );
}

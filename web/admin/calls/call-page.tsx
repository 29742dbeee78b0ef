/** /admin/calls/{id}: one call with its conversation, what came of it, and what it cost; live while it goes on. */
import { Alert, Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useGetOne } from 'ra-core';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { CallDetail, CallResponse } from '../../../shared/contract/calls.ts';
import { CALLS } from '../../../shared/page-data.ts';
import { APPOINTMENT_LOOK, SENTIMENT_LOOK } from '../../ui/appointment-status.ts';
import { clockDuration, dayAndTime, shortDay, time } from '../../ui/format.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { firstAnswers } from '../../ui/page-data.ts';
import { useAdmin, useLiveEvents, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { CopyableId, Fact, FaultAlert, NotFoundPage, Section, StatusBadge } from '../page-parts.tsx';
import { CALL_LOOK, callerOf } from './call-words.ts';
import { Receipt } from './receipt.tsx';

export default function CallPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const { id = '' } = useParams();
  // `meta` keeps the key apart from the rows that lists leave in ra-core's cache: those have no transcript.
  // What came along with the page is drawn at once.
  const [initialData] = useState(() => (firstAnswers().peek(`${CALLS}/${id}`)?.body as CallResponse | undefined)?.data);
  const {
    data: call,
    error,
    refetch,
  } = useGetOne<CallDetail>(
    'calls',
    { id, meta: { whole: true } },
    { ...RETRY, ...(initialData?.id === id && { initialData }) },
  );
  useLiveEvents((change) => {
    const isOther = change.about === 'calls' && change.ids.length > 0 && !change.ids.includes(id);
    if (!isOther) void refetch();
  });
  const caller = call ? callerOf(call, t) : null;
  useEffect(() => {
    document.title = `${caller === null ? t('calls.title') : t('call.title', { caller })} · ${me.brand.product_name}`;
  }, [caller, t, me]);

  const fault = error ? faultOfError(error) : null;
  if (fault?.status === 404) return <NotFoundPage />;
  return (
    <div className="call-page">
      <Anchor component={Link} to="/admin/calls" className="back">
        <Icon name="chevron-left" size={16} /> {t('call.back')}
      </Anchor>
      {fault && <FaultAlert fault={fault} onRetry={() => void refetch()} />}
      {call ? <Call call={call} /> : !fault && <CallSkeleton />}
    </div>
  );
}

function CallSkeleton() {
  const { t } = useWords();
  return (
    <div role="status" aria-label={t('call.loading')}>
      <Skeleton h={32} w={280} mb="md" />
      <div className="call-columns">
        <Skeleton h={480} />
        <Skeleton h={480} />
      </div>
    </div>
  );
}

function Call({ call }: { call: CallDetail }) {
  const { t, language } = useWords();
  const maySeeCustomers = useMay('view_customers');
  return (
    <>
      <Group justify="space-between" mb="md" gap="xs">
        <div>
          <Title order={1}>{t('call.title', { caller: callerOf(call, t) })}</Title>
          {call.customer && maySeeCustomers && (
            <Anchor component={Link} to={`/admin/customers/${encodeURIComponent(call.customer.id)}`}>
              {t('call.customer')}
            </Anchor>
          )}
          <Text c="dimmed">
            {dayAndTime(call.started_at, call.time_zone, language)}
            {call.duration_seconds !== null && ` · ${clockDuration(call.duration_seconds)}`}
          </Text>
        </div>
        <Group gap="xs">
          {call.sentiment && call.sentiment !== 'unknown' && (
            <StatusBadge look={SENTIMENT_LOOK[call.sentiment]}>{t(`sentiment.${call.sentiment}`)}</StatusBadge>
          )}
          <StatusBadge look={CALL_LOOK[call.status]}>{t(`calls.status.${call.status}`)}</StatusBadge>
        </Group>
      </Group>
      {call.status === 'ongoing' && (
        <Alert color="accent" mb="md" icon={<Icon name="phone" />} role="status">
          {t('call.ongoing')}
        </Alert>
      )}
      <div className="call-columns">
        <Stack gap="md" className="call-outcome">
          <Section title={t('call.summary')}>
            <Text c={call.summary ? 'inherit' : 'dimmed'} className="pre-line">
              {call.summary ?? t('call.no_summary')}
            </Text>
          </Section>
          {call.appointment && <AppointmentCard appointment={call.appointment} zone={call.time_zone} />}
        </Stack>
        <div className="call-talk">
          <Section title={t('call.transcript')}>
            <Transcript call={call} />
          </Section>
        </div>
        <Stack gap="md" className="call-facts">
          <Receipt call={call} />
          <Facts call={call} />
        </Stack>
      </div>
    </>
  );
}

function Transcript({ call }: { call: CallDetail }) {
  const { t } = useWords();
  if (call.transcript.length === 0) {
    return <Text c="dimmed">{call.status === 'ongoing' ? t('call.no_transcript') : t('call.transcript_erased')}</Text>;
  }
  let said = 0;
  return (
    <ol className="transcript">
      {call.transcript.map((line) => {
        said += 1;
        return (
          <li key={`${said}-${line.at ?? ''}`} data-role={line.role}>
            <span className="transcript-who">
              {t(`call.role.${line.role}`)}
              {line.at !== null && <span className="transcript-at">{clockDuration(line.at)}</span>}
            </span>
            <p>{line.text}</p>
          </li>
        );
      })}
    </ol>
  );
}

function AppointmentCard({ appointment, zone }: { appointment: NonNullable<CallDetail['appointment']>; zone: string }) {
  const { t, language } = useWords();
  const query = new URLSearchParams({ date: appointment.date, appointment: appointment.id });
  if (appointment.branch_id !== null) query.set('branch', appointment.branch_id);
  return (
    <Section title={t('call.appointment')}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <div>
          <Text>{appointment.service?.name ?? t('appointment.title')}</Text>
          <Text c="dimmed">
            {shortDay(appointment.starts_at, zone, language)}, {time(appointment.starts_at, zone, language)}–
            {time(appointment.ends_at, zone, language)}
            {appointment.staff && ` · ${appointment.staff.name}`}
          </Text>
        </div>
        <StatusBadge look={APPOINTMENT_LOOK[appointment.status]}>{t(`status.${appointment.status}`)}</StatusBadge>
      </Group>
      <Button
        component={Link}
        to={`/admin/appointments/calendar?${query}`}
        variant="default"
        size="xs"
        mt="sm"
        leftSection={<Icon name="calendar" size={16} />}
      >
        {t('call.to_calendar')}
      </Button>
    </Section>
  );
}

function Facts({ call }: { call: CallDetail }) {
  const { t, language, catalogue } = useWords();
  const reason = call.disconnection_reason;
  return (
    <Section title={t('call.facts')}>
      <dl className="facts">
        <Fact label={t('call.started')}>{dayAndTime(call.started_at, call.time_zone, language)}</Fact>
        {call.duration_seconds !== null && (
          <Fact label={t('call.duration')}>{clockDuration(call.duration_seconds)}</Fact>
        )}
        <Fact label={t('call.number')}>{call.from_masked ?? t('calls.withheld')}</Fact>
        {call.branch && <Fact label={t('call.branch')}>{call.branch.name}</Fact>}
        {reason && (
          <Fact label={t('call.ended_by')}>{translateIfKnown(catalogue, `call.ended_by.${reason}`) ?? reason}</Fact>
        )}
      </dl>
      <details className="technical">
        <summary>{t('kit.technical')}</summary>
        <dl className="facts">
          {call.agent_id && <Fact label={t('call.agent')}>{call.agent_id}</Fact>}
          <Fact label={t('appointment.id')} isWide>
            <CopyableId id={call.id} />
          </Fact>
        </dl>
      </details>
    </Section>
  );
}

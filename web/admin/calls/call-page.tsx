/** /admin/calls/{id}: one call with what was said and done in it, what came of it, and what it cost; line by line while it goes on. */
import { ActionIcon, Alert, Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { Link, useNavigate, useParams } from 'react-router';
import type { CallDetail } from '../../../shared/contract/calls.ts';
import { APPOINTMENT_LOOK, SENTIMENT_LOOK } from '../../ui/appointment-status.ts';
import { clockDuration, dayAndTime, money, shortDay, time } from '../../ui/format.ts';
import { faultText } from '../../ui/fault-text.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { newAppointmentPath } from '../calendar/new-appointment.ts';
import '../kit/kit.css';
import { useRecordCommands } from '../kit/use-record-commands.tsx';
import { MenuButton } from '../menu-button.tsx';
import { CopyableId, Fact, FaultAlert, NotFoundPage, Section, StatusBadge } from '../page-parts.tsx';
import { CallPerson } from './call-person.tsx';
import { CallRecording } from './call-recording.tsx';
import { outcomeOf } from './call-outcome.ts';
import { callerOf } from './call-words.ts';
import './calls.css';
import { callsView } from './calls.view.ts';
import { Receipt } from './receipt.tsx';
import { RunningTime } from './running-call.tsx';
import { Talk } from './talk.tsx';
import { timelineOf } from './timeline.ts';
import { useCall, type WholeCall } from './use-call.ts';

export default function CallPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const { id = '' } = useParams();
  /** deleted just now: the way back takes a moment, and nothing is read meanwhile */
  const [isGone, setGone] = useState(false);
  const whole = useCall(id, !isGone);
  const { call, fault, reload } = whole;
  const caller = call ? callerOf(call, t) : null;
  useEffect(() => {
    document.title = `${caller === null ? t('calls.title') : t('call.title', { caller })} · ${me.brand.product_name}`;
  }, [caller, t, me]);

  if (fault?.status === 404) return <NotFoundPage />;
  return (
    <div className="kit-page call-page">
      <Anchor component={Link} to="/admin/calls" className="back">
        <Icon name="chevron-left" size={16} /> {t('call.back')}
      </Anchor>
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      {call ? <Call whole={whole} call={call} onGone={() => setGone(true)} /> : !fault && <CallSkeleton />}
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

interface CallProps {
  whole: WholeCall;
  call: CallDetail;
  onGone: () => void;
}

function Call({ whole, call, onGone }: CallProps) {
  const { t } = useWords();
  return (
    <>
      <div className="kit-head kit-record-head call-head">
        <Title order={1} className="kit-record-title">
          {t('call.title', { caller: callerOf(call, t) })}
        </Title>
        <Actions call={call} onChanged={whole.reload} onGone={onGone} />
      </div>
      <KeyFacts call={call} />
      {call.status === 'ongoing' && (
        <Alert color="accent" icon={<Icon name="phone" />} role="status">
          {t('call.ongoing')} <RunningTime since={call.started_at} />
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
          <Promises call={call} />
          <CallPerson call={call} onChanged={whole.reload} />
        </Stack>
        <Stack gap="md" className="call-talk">
          <CallRecording call={call} />
          <Timeline whole={whole} call={call} />
        </Stack>
        <Stack gap="md" className="call-facts">
          <Collected call={call} />
          <Receipt call={call} />
          <Facts call={call} />
        </Stack>
      </div>
    </>
  );
}

/** The four things that people look for first. */
function KeyFacts({ call }: { call: CallDetail }) {
  const { t, language } = useWords();
  const { look, word } = outcomeOf(call);
  return (
    <dl className="kit-facts">
      <Fact label={t('call.started')}>{dayAndTime(call.started_at, call.time_zone, language)}</Fact>
      <Fact label={t('call.duration')}>
        {call.duration_seconds === null ? '–' : clockDuration(call.duration_seconds)}
      </Fact>
      <Fact label={t('call.result')}>
        <Group gap="xs">
          <StatusBadge look={look}>{t(word)}</StatusBadge>
          {call.sentiment && call.sentiment !== 'unknown' && (
            <StatusBadge look={SENTIMENT_LOOK[call.sentiment]}>{t(`sentiment.${call.sentiment}`)}</StatusBadge>
          )}
        </Group>
      </Fact>
      <Fact label={t('call.cost')}>
        {call.charged_cents === null ? '–' : money(call.charged_cents, call.currency, language)}
      </Fact>
    </dl>
  );
}

interface ActionsProps {
  call: CallDetail;
  onChanged: () => void;
  onGone: () => void;
}

function Actions({ call, onChanged, onGone }: ActionsProps) {
  const { t, catalogue } = useWords();
  const { api } = useAdmin();
  const go = useNavigate();
  const commands = useRecordCommands(callsView);
  const maySeeDays = useMay('view_appointments');
  const mayBook = useMay('create_appointments') && maySeeDays;
  const mayMark = useMay('edit_calls');
  const mayDelete = useMay('delete_calls') && call.status !== 'ongoing';
  const [busy, setBusy] = useState(false);
  const isSeen = call.reviewed_at !== null;

  async function mark(reviewed: boolean): Promise<void> {
    setBusy(true);
    const answer = await api.patch(`/api/v1/calls/${encodeURIComponent(call.id)}`, { reviewed });
    setBusy(false);
    if (!answer.ok) return void notifications.show({ color: 'red', message: faultText(catalogue, answer.fault) });
    onChanged();
  }
  const leave = (): void => {
    flushSync(onGone);
    void go('/admin/calls');
  };
  return (
    <Group gap="xs" className="call-actions">
      {commands.dialog}
      {mayBook && (
        <Button
          component={Link}
          to={newAppointmentPath({ call: call.id, customer: call.customer?.id, branch: call.branch?.id })}
          variant={call.appointment_id === null ? 'filled' : 'default'}
          leftSection={<Icon name="plus" size={16} />}
        >
          {t('call.book')}
        </Button>
      )}
      {mayMark && call.status !== 'ongoing' && (
        <Button
          variant="default"
          loading={busy}
          leftSection={<Icon name={isSeen ? 'check-double' : 'eye'} size={16} />}
          onClick={() => void mark(!isSeen)}
        >
          {t(isSeen ? 'call.unsee' : 'call.see')}
        </Button>
      )}
      {mayDelete && (
        <MenuButton
          position="bottom-end"
          parts={() => [
            {
              label: t('kit.delete'),
              icon: 'bin',
              isDangerous: true,
              onPick: () => void commands.remove(call, leave),
            },
          ]}
        >
          <ActionIcon
            variant="default"
            className="control-square"
            aria-label={t('kit.actions_of', { name: callerOf(call, t) })}
          >
            <Icon name="dots" />
          </ActionIcon>
        </MenuButton>
      )}
    </Group>
  );
}

function Timeline({ whole: { turns }, call }: { whole: WholeCall; call: CallDetail }) {
  const { t } = useWords();
  const entries = useMemo(() => timelineOf(call, turns), [call, turns]);
  const { appointment } = call;
  const toAppointment = (id: string): string | null => (appointment?.id === id ? dayPath(appointment) : null);
  return (
    <Section title={t('call.timeline')}>
      {call.transcript_partial && call.status !== 'ongoing' && (
        <Text c="dimmed" mb="sm">
          {t('call.transcript_partial')}
        </Text>
      )}
      {turns.length === 0 && (
        <Text c="dimmed" mb={entries.length > 0 ? 'sm' : 0}>
          {call.status === 'ongoing' ? t('call.lines_soon') : t('call.transcript_erased')}
        </Text>
      )}
      <div {...(call.status === 'ongoing' && { 'aria-live': 'polite' as const })}>
        <Talk entries={entries} toAppointment={toAppointment} />
      </div>
    </Section>
  );
}

function Promises({ call }: { call: CallDetail }) {
  const { t } = useWords();
  if (call.callbacks.length === 0) return null;
  return (
    <Section title={t('call.callbacks')}>
      {call.callbacks.map(({ id }) => (
        <Anchor key={id} component={Link} to={`/admin/callbacks/${encodeURIComponent(id)}`}>
          {t('call.to_callback')}
        </Anchor>
      ))}
    </Section>
  );
}

/** What the analysis found: topics, and what was collected besides. */
function Collected({ call }: { call: CallDetail }) {
  const { t } = useWords();
  return (
    <>
      {call.topics.length > 0 && (
        <Section title={t('call.topics')}>
          <ul className="call-topics">
            {call.topics.map((topic) => (
              <li key={topic}>{topic}</li>
            ))}
          </ul>
        </Section>
      )}
      {call.analysis.length > 0 && (
        <Section title={t('call.collected')}>
          <dl className="facts">
            {call.analysis.map(({ name, value }) => (
              <Fact key={name} label={name.replaceAll('_', ' ')}>
                {value}
              </Fact>
            ))}
          </dl>
        </Section>
      )}
    </>
  );
}

/** The day of an appointment, with it open. */
function dayPath(appointment: NonNullable<CallDetail['appointment']>): string {
  const query = new URLSearchParams({ date: appointment.date, appointment: appointment.id });
  if (appointment.branch_id !== null) query.set('branch', appointment.branch_id);
  return `/admin/appointments/calendar?${query}`;
}

function AppointmentCard({ appointment, zone }: { appointment: NonNullable<CallDetail['appointment']>; zone: string }) {
  const { t, language } = useWords();
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
        to={dayPath(appointment)}
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
  const seenBy = call.reviewed_by?.name ?? null;
  const reason = call.disconnection_reason;
  return (
    <Section title={t('call.facts')}>
      <dl className="facts">
        <Fact label={t('call.number')}>{call.from_masked ?? t('calls.withheld')}</Fact>
        {call.branch && <Fact label={t('call.branch')}>{call.branch.name}</Fact>}
        {reason && (
          <Fact label={t('call.ended_by')}>{translateIfKnown(catalogue, `call.ended_by.${reason}`) ?? reason}</Fact>
        )}
        {call.reviewed_at !== null && (
          <Fact label={t('calls.mark')}>
            {seenBy === null
              ? dayAndTime(call.reviewed_at, call.time_zone, language)
              : t('call.seen_by', { name: seenBy, when: dayAndTime(call.reviewed_at, call.time_zone, language) })}
          </Fact>
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

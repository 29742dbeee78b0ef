/** One appointment opened beside the calendar: particulars, state changes, moving and cancelling; all usable by keyboard. */
import { Alert, Anchor, Button, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { isOpen } from '../../../shared/appointment-status.ts';
import type { CalendarAppointment, CalendarDay } from '../../../shared/contract/appointments.ts';
import type { Customer } from '../../../shared/contract/customers.ts';
import { APPOINTMENT_LOOK, hasStarted, type OfferedAction, offeredActions } from '../../ui/appointment-status.ts';
import { money, shortDay, time } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useNow } from '../../ui/use-now.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { CopyableId, Empty, Fact, StatusBadge } from '../page-parts.tsx';
import { AppointmentNotes } from './appointment-notes.tsx';
import { CancelForm } from './cancel-form.tsx';
import { MoveForm } from './move-form.tsx';
import type { AppointmentCommands, RefusedMove } from './use-appointment-commands.tsx';

interface AppointmentDrawerProps {
  /** null: closed */
  id: string | null;
  day: CalendarDay | null;
  appointments: readonly CalendarAppointment[];
  commands: AppointmentCommands;
  refused: RefusedMove | null;
  onClose: () => void;
}

export default function AppointmentDrawer({
  id,
  day,
  appointments,
  commands,
  refused,
  onClose,
}: AppointmentDrawerProps) {
  const { t } = useWords();
  // On a wide screen one looks at the calendar while choosing another place in it.
  const isBeside = useMediaQuery('(min-width: 75rem)', matchMedia('(min-width: 75rem)').matches);
  const appointment = appointments.find((row) => row.id === id) ?? null;
  // Closed when it is drawn first, so that it knows where the focus was before it opened.
  const [isThere, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  return (
    <Drawer
      opened={id !== null && isThere}
      onClose={onClose}
      position="right"
      size={420}
      withOverlay={!isBeside}
      lockScroll={!isBeside}
      title={
        <Text fw={600} size="lg" component="span">
          {appointment ? (appointment.customer?.name ?? t('appointment.erased')) : t('appointment.title')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {appointment && day ? (
        <Content
          key={appointment.id}
          appointment={appointment}
          day={day}
          commands={commands}
          refused={refused?.appointmentId === appointment.id ? refused : null}
          onClose={onClose}
        />
      ) : day ? (
        <Empty icon="calendar" title={t('appointment.unknown_title')} hint={t('calendar.closed_hint')} />
      ) : (
        <Skeleton h={280} />
      )}
    </Drawer>
  );
}

interface ContentProps {
  appointment: CalendarAppointment;
  day: CalendarDay;
  commands: AppointmentCommands;
  refused: RefusedMove | null;
  onClose: () => void;
}

function Content({ appointment, day, commands, refused, onClose }: ContentProps) {
  const [mode, setMode] = useState<'details' | 'move' | 'cancel'>(refused ? 'move' : 'details');
  useEffect(() => {
    if (refused) setMode('move');
  }, [refused]);
  const back = (): void => setMode('details');
  switch (mode) {
    case 'details':
      return (
        <Stack gap="lg">
          <Details appointment={appointment} day={day} />
          <Actions
            appointment={appointment}
            commands={commands}
            onMove={() => setMode('move')}
            onCancel={() => setMode('cancel')}
          />
          <AppointmentNotes appointmentId={appointment.id} zone={day.time_zone} />
          <Technical appointment={appointment} />
        </Stack>
      );
    case 'move':
      return (
        <MoveForm
          appointment={appointment}
          day={day}
          refused={refused}
          move={(input) => commands.move(appointment, input)}
          onDone={onClose}
          onBack={back}
        />
      );
    case 'cancel':
      return (
        <CancelForm
          appointment={appointment}
          zone={day.time_zone}
          cancel={(input) => commands.cancel(appointment, input)}
          onDone={onClose}
          onBack={back}
        />
      );
  }
}

function Details({ appointment, day }: { appointment: CalendarAppointment; day: CalendarDay }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const zone = day.time_zone;
  const span = (from: string, to: string): string => `${time(from, zone, language)}–${time(to, zone, language)}`;
  const staff = day.staff.find((s) => s.id === appointment.staff_id);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Text>{appointment.service.name}</Text>
          <Text c="dimmed">
            {shortDay(appointment.starts_at, zone, language)}, {span(appointment.starts_at, appointment.ends_at)}
          </Text>
        </div>
        <StatusBadge look={APPOINTMENT_LOOK[appointment.status]}>{t(`status.${appointment.status}`)}</StatusBadge>
      </Group>
      <dl className="facts">
        <Fact label={t('appointment.staff')}>{staff?.name ?? appointment.staff_id}</Fact>
        {appointment.customer && <CustomerFacts customer={appointment.customer} />}
        <Fact label={t('appointment.price')}>
          {money(appointment.price_cents, appointment.currency || me.tenant.currency, language)}
        </Fact>
        <Fact label={t('appointment.source')}>
          {t(`source.${appointment.source}`)}
          {appointment.call_id && (
            <>
              {' · '}
              <Anchor component={Link} to={`/admin/calls/${encodeURIComponent(appointment.call_id)}`}>
                {t('appointment.call')}
              </Anchor>
            </>
          )}
        </Fact>
      </dl>
      {appointment.segments.length > 1 && (
        <div>
          <Text c="dimmed">{t('appointment.segments')}</Text>
          <ol className="segments">
            {appointment.segments.map((segment) => (
              <li key={segment.starts_at} data-kind={segment.kind}>
                <span>{span(segment.starts_at, segment.ends_at)}</span>
                <span>{segment.name ?? t(`appointment.segment.${segment.kind}`)}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
      {appointment.notes && (
        <Fact label={t('appointment.notes')}>
          <span className="pre-line">{appointment.notes}</span>
        </Fact>
      )}
      {appointment.sync_status === 'failed' && (
        <Alert color="yellow" icon={<Icon name="warning" />}>
          {t('sync.failed')}
        </Alert>
      )}
    </Stack>
  );
}

/** Who comes, and how to call them: the whole number for who may read customers, else what tells two people apart. */
function CustomerFacts({ customer }: { customer: NonNullable<CalendarAppointment['customer']> }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayView = useMay('view_customers');
  const path = `/api/v1/customers/${encodeURIComponent(customer.id)}`;
  const { body } = useAnswer(mayView ? path : null, (signal) => api.get<{ data: Customer }>(path, {}, signal), {
    language,
  });
  const lines = body?.data.phones ?? [];
  return (
    <>
      {mayView && (
        <Fact label={t('appointment.customer')}>
          <Anchor component={Link} to={`/admin/customers/${encodeURIComponent(customer.id)}`}>
            {customer.name ?? t('customers.nameless')}
          </Anchor>
        </Fact>
      )}
      {(lines.length > 0 || customer.phone_masked) && (
        <Fact label={t('appointment.phone')}>
          {lines.length === 0
            ? customer.phone_masked
            : lines.map((line) => (
                <Anchor key={line.e164} href={`tel:${line.e164}`} className="phone-line">
                  {line.e164}
                </Anchor>
              ))}
        </Fact>
      )}
    </>
  );
}

/** What only support asks for. */
function Technical({ appointment }: { appointment: CalendarAppointment }) {
  const { t } = useWords();
  return (
    <details className="technical">
      <summary>{t('kit.technical')}</summary>
      <dl className="facts">
        <Fact label={t('appointment.sync')}>{t(`sync.${appointment.sync_status}`)}</Fact>
        <Fact label={t('appointment.id')} isWide>
          <CopyableId id={appointment.id} />
        </Fact>
      </dl>
    </details>
  );
}

interface ActionsProps {
  appointment: CalendarAppointment;
  commands: AppointmentCommands;
  onMove: () => void;
  onCancel: () => void;
}

const ACTION_ICON: Readonly<Record<OfferedAction, IconName>> = {
  confirm: 'check',
  complete: 'check-double',
  'no-show': 'absent',
};

/** Two by two; the first is what one does most at this hour. Nothing that has not happened yet is offered as happened. */
function Actions({ appointment, commands, onMove, onCancel }: ActionsProps) {
  const { t } = useWords();
  const mayUpdate = useMay('edit_appointments');
  const now = useNow(LOOK_AGAIN_MS);
  if (!mayUpdate) return null;
  const open = isOpen(appointment.status);
  const offered = offeredActions(appointment, now);
  const moves = open ? (['move'] as const) : [];
  // Before it starts one moves; from then on one says how it went.
  const ordered = hasStarted(appointment, now)
    ? [...offered, ...moves]
    : [...offered.filter((a) => a === 'confirm'), ...moves];
  if (ordered.length === 0) return null;
  return (
    <div className="drawer-actions">
      {ordered.map((action, n) => (
        <Button
          key={action}
          variant={n === 0 ? 'filled' : 'default'}
          leftSection={<Icon name={action === 'move' ? 'move' : ACTION_ICON[action]} size={16} />}
          onClick={() => (action === 'move' ? onMove() : commands.setStatus(appointment, action))}
        >
          {t(`appointment.${action}`)}
        </Button>
      ))}
      {open && (
        <Button variant="subtle" color="red" leftSection={<Icon name="cross" size={16} />} onClick={onCancel}>
          {t('appointment.cancel')}
        </Button>
      )}
    </div>
  );
}

/** What is offered depends on the hour: looked at again every so often. */
const LOOK_AGAIN_MS = 30_000;

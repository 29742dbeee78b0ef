/** /admin/appointments/calendar: a branch's day in staff columns, live, with everything one does to an appointment. */
import {
  ActionIcon,
  Alert,
  Button,
  Group,
  NativeSelect,
  Paper,
  Popover,
  Skeleton,
  Stack,
  Switch,
  Text,
  Title,
  Tooltip,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CalendarAppointment, CalendarDay, CalendarDayResponse } from '../../../shared/contract/appointments.ts';
import type { Me } from '../../../shared/contract/identity.ts';
import { dayAsked } from '../../../shared/first-requests.ts';
import { CALENDAR_DAY } from '../../../shared/page-data.ts';
import { addDays, dateOf, instantsOf, isWallDate, offsetAt } from '../../../shared/time.ts';
import { DateField } from '../../ui/date-field.tsx';
import { faultText } from '../../ui/fault-text.ts';
import { decimal, fullWallDate, localeOf, shortWallDate } from '../../ui/format.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { concernsDay } from '../../ui/live-change.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useLiveEvents, useMay, useWords } from '../admin-context.tsx';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { useAddress } from '../use-address.ts';
import { AppointmentDrawer } from './appointment-drawer.tsx';
import { BookingCalendar, type BookingCalendarProps, type Drop } from './booking-calendar.tsx';
import { type DayView, spanOf, type ViewChoice, viewOf } from './day-view.ts';
import { applied } from './overlay.ts';
import { type RefusedMove, useAppointmentCommands } from './use-appointment-commands.tsx';

/** Several changes within this time cause one re-read. */
const GATHER_MS = 120;

export default function CalendarPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const maySee = useMay('view_appointments');
  useEffect(() => {
    document.title = `${t('calendar.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  const branch = me.branches[0];
  if (!maySee) return <Notice icon="calendar" title="calendar.forbidden_title" hint="calendar.forbidden_hint" />;
  if (!branch) return <Notice icon="calendar" title="calendar.no_branch_title" hint="calendar.no_branch_hint" />;
  return <DayPage firstBranch={branch} />;
}

interface NoticeProps {
  icon: 'calendar';
  title: 'calendar.forbidden_title' | 'calendar.no_branch_title';
  hint: 'calendar.forbidden_hint' | 'calendar.no_branch_hint';
}

function Notice({ icon, title, hint }: NoticeProps) {
  const { t } = useWords();
  return (
    <Paper withBorder>
      <Title order={1} className="sr-only">
        {t('calendar.title')}
      </Title>
      <Empty icon={icon} title={t(title)} hint={t(hint)} />
    </Paper>
  );
}

/** What the address says: branch, day, open appointment; changes keep the rest. */
function usePlaceInCalendar(firstBranch: Me['branches'][number]) {
  const { me } = useAdmin();
  const { query, change } = useAddress();
  const branch = me.branches.find((b) => b.id === query.get('branch')) ?? firstBranch;
  const today = dateOf(Date.now(), branch.time_zone);
  const date = dayAsked(query, [branch], Date.now())?.date ?? today;
  return {
    branch,
    today,
    date,
    openId: query.get('appointment'),
    choice: { showsCancelled: query.get('cancelled') === '1', staffId: query.get('staff') } satisfies ViewChoice,
    change,
  };
}

function DayPage({ firstBranch }: { firstBranch: Me['branches'][number] }) {
  const words = useWords();
  const { t, language, catalogue } = words;
  const { api } = useAdmin();
  const mayMove = useMay('edit_appointments');
  const place = usePlaceInCalendar(firstBranch);
  const { branch, date, change } = place;
  const { showsCancelled, staffId } = place.choice;
  const asked = { path: CALENDAR_DAY, query: { branch_id: branch.id, date } };
  const loaded = useAnswer<CalendarDayResponse>(
    `${branch.id}/${date}`,
    (signal) => api.get(asked.path, asked.query, signal),
    { language, asked },
  );
  const day = loaded.body?.data ?? null;
  const rows = useMemo<readonly CalendarAppointment[]>(() => day?.appointments ?? [], [day]);
  useDayChanges(branch.id, date, rows, loaded.reload);

  const commands = useAppointmentCommands(branch.time_zone, rows, loaded.reload);
  const appointments = useMemo(() => applied(rows, commands.overlay), [rows, commands.overlay]);
  const [refused, setRefused] = useState<RefusedMove | null>(null);
  const view = useMemo(() => {
    if (!day) return null;
    const isHere = day.staff.some((s) => s.id === staffId);
    return viewOf(day, appointments, { showsCancelled, staffId: isHere ? staffId : null });
  }, [day, appointments, showsCancelled, staffId]);
  const texts = useMemo(() => textsOf(words, day), [words, day]);

  const open = useCallback((id: string): void => change({ appointment: id }), [change]);
  const close = useCallback((): void => {
    setRefused(null);
    change({ appointment: null });
  }, [change]);

  async function drop(where: Drop): Promise<void> {
    const appointment = appointments.find((row) => row.id === where.appointmentId);
    const instant = instantsOf(where.date, where.time, branch.time_zone)[0];
    if (!appointment || instant === undefined) {
      where.revert();
      notifications.show({ color: 'red', message: t('move.no_such_time') });
      return;
    }
    const input = {
      startsAt: new Date(instant).toISOString(),
      staffId: where.staffId,
      reason: t('move.reason_default'),
    };
    const outcome = await commands.move(appointment, input);
    if (outcome.kind === 'moved') return;
    if (outcome.kind === 'fault') {
      notifications.show({
        color: 'red',
        title: t('appointment.rolled_back', { customer: appointment.customer?.name ?? t('appointment.erased') }),
        message: faultText(catalogue, outcome.fault),
        autoClose: 10_000,
      });
      return;
    }
    setRefused({ appointmentId: appointment.id, input, outcome });
    open(appointment.id);
  }

  return (
    <div className="calendar-page">
      <Toolbar place={place} day={day} view={view} />
      {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
      {day && view ? (
        <Day day={day} view={view} place={place}>
          <BookingCalendar
            key={language}
            view={view}
            date={date}
            utcOffset={offsetText(date, branch.time_zone)}
            locale={localeOf(language)}
            label={t('calendar.grid', { date: fullWallDate(date, language), branch: branch.name })}
            canMove={mayMove}
            texts={texts}
            onOpen={open}
            onDrop={(where) => void drop(where)}
          />
        </Day>
      ) : (
        !loaded.fault && (
          <div className="calendar-room" role="status" aria-label={t('calendar.loading')}>
            <Skeleton h="100%" />
          </div>
        )
      )}
      <AppointmentDrawer
        id={place.openId}
        day={day}
        appointments={appointments}
        commands={commands}
        refused={refused}
        onClose={close}
      />
    </div>
  );
}

/** Re-reads the day when something on it changed: by the day named, by an id shown, or when nothing is said. */
function useDayChanges(
  branchId: string,
  date: string,
  rows: readonly CalendarAppointment[],
  reload: () => Promise<void>,
): void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  useLiveEvents((change) => {
    if (!concernsDay(change, { branchId, date, shows: (id) => rows.some((row) => row.id === id) })) return;
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => void reload(), GATHER_MS);
  });
}

/** "+01:00" at the day's noon. */
function offsetText(date: string, zone: string): string {
  const minutes = Math.round(offsetAt(Date.parse(`${date}T12:00:00Z`), zone) / 60_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function textsOf(
  { t, catalogue, language }: ReturnType<typeof useWords>,
  day: CalendarDay | null,
): BookingCalendarProps['texts'] {
  const nameOf = (appointment: CalendarAppointment): string => appointment.customer?.name ?? t('appointment.erased');
  const absence = (reason: string | null): string =>
    translateIfKnown(catalogue, `calendar.absence.${reason ?? ''}`) ?? t('calendar.absent');
  return {
    customer: (block) => nameOf(block.appointment),
    block: (block) =>
      t('calendar.event_label', {
        time: spanOf(block),
        customer: nameOf(block.appointment),
        service: block.appointment.service.name,
        staff: day?.staff.find((s) => s.id === block.staffId)?.name ?? '',
        status: t(`status.${block.appointment.status}`),
      }),
    more: (block) =>
      t('calendar.event_more', {
        time: spanOf(block),
        staff: day?.staff.find((s) => s.id === block.staffId)?.name ?? '',
        status: t(`status.${block.appointment.status}`),
      }),
    column: (column) => {
      if (column.absentAllDay !== null) return absence(column.absentAllDay);
      if (!column.isWorking && column.count === 0) return t('calendar.not_working');
      const count = t('calendar.staff_count', { count: column.count });
      const hours = decimal(column.freeMinutes / 60, language, 1);
      return column.isWorking ? `${count} · ${t('calendar.free_hours', { hours })}` : count;
    },
    shade: (shade) => {
      switch (shade.kind) {
        case 'outside':
          return null;
        case 'absence':
          return absence(shade.reason);
        case 'hold':
          return t('calendar.hold', { time: shade.reason ?? '' });
      }
    },
  };
}

interface DayProps {
  day: CalendarDay;
  view: DayView;
  place: ReturnType<typeof usePlaceInCalendar>;
  children: ReactNode;
}

/** The grid, or why there is none and where to go. */
function Day({ day, view, place, children }: DayProps) {
  const { t, language } = useWords();
  if (day.staff.length === 0) {
    return (
      <Paper withBorder>
        <Empty icon="user" title={t('calendar.no_staff_title')} hint={t('calendar.no_staff_hint')} />
      </Paper>
    );
  }
  if (view.isClosed && day.appointments.length === 0) {
    return (
      <Paper withBorder>
        <Empty
          icon="moon"
          title={t('calendar.closed_title', { date: fullWallDate(day.date, language) })}
          hint={t('calendar.closed_hint')}
        >
          <Button variant="default" onClick={() => place.change({ date: addDays(day.date, 1) })}>
            {t('calendar.next_day')}
          </Button>
        </Empty>
      </Paper>
    );
  }
  return (
    <>
      {view.isClosed && (
        <Alert color="yellow" p="xs" icon={<Icon name="warning" />}>
          {t('calendar.closed_with_appointments')}
        </Alert>
      )}
      {day.appointments.length === 0 && (
        <Text c="dimmed" role="status">
          {t('calendar.empty')}
        </Text>
      )}
      <div className="calendar-room">{children}</div>
    </>
  );
}

interface ToolbarProps {
  place: ReturnType<typeof usePlaceInCalendar>;
  day: CalendarDay | null;
  view: DayView | null;
}

/** One row: where one is in time, what the day says of itself, and what narrows it. On a phone the filters hold the branch too. */
function Toolbar({ place, day, view }: ToolbarProps) {
  const words = useWords();
  const { t, language } = words;
  const { date, today, change } = place;
  const count = view?.columns.reduce((sum, column) => sum + column.count, 0);
  const opening =
    day === null
      ? '\u00a0'
      : day.opens === null || day.closes === null
        ? [t('calendar.closed'), day.holiday].filter(Boolean).join(' · ')
        : t('calendar.opening', { opens: day.opens, closes: day.closes });
  return (
    <div className="calendar-toolbar">
      <div className="calendar-heading">
        <Title order={1}>
          <span className="calendar-full">{fullWallDate(date, language)}</span>
          <span className="calendar-brief">{shortWallDate(date, language)}</span>
        </Title>
        <Text c="dimmed" role="status" truncate>
          {opening}
          {count !== undefined && ` · ${t('calendar.summary', { count })}`}
        </Text>
      </div>
      <div className="calendar-controls">
        <Group gap={4} wrap="nowrap">
          <Step
            label={t('calendar.previous_day')}
            icon="chevron-left"
            onStep={() => change({ date: addDays(date, -1) })}
          />
          <Button variant="default" size="sm" disabled={date === today} onClick={() => change({ date: null })}>
            {t('calendar.today')}
          </Button>
          <Step label={t('calendar.next_day')} icon="chevron-right" onStep={() => change({ date: addDays(date, 1) })} />
        </Group>
        <DateField
          words={words}
          label={t('calendar.date')}
          isBare
          value={date}
          today={today}
          onChange={(picked) => isWallDate(picked) && change({ date: picked })}
        />
        <BranchSelect place={place} className="calendar-branch" />
        <Filters place={place} day={day} />
      </div>
    </div>
  );
}

/** Nothing where there is but one. */
function BranchSelect({
  place,
  className,
  label,
}: Pick<ToolbarProps, 'place'> & { className: string; label?: string }) {
  const { t } = useWords();
  const { me } = useAdmin();
  if (me.branches.length < 2) return null;
  return (
    <NativeSelect
      size="sm"
      className={className}
      {...(label === undefined ? { 'aria-label': t('calendar.branch') } : { label })}
      value={place.branch.id}
      data={me.branches.map((branch) => ({ value: branch.id, label: branch.name }))}
      onChange={(event) => place.change({ branch: event.currentTarget.value, staff: null, appointment: null })}
    />
  );
}

/** What narrows or widens the day, behind one button that says how much does. */
function Filters({ place, day }: Pick<ToolbarProps, 'place' | 'day'>) {
  const { t } = useWords();
  const { choice, change } = place;
  const active = (choice.staffId === null ? 0 : 1) + (choice.showsCancelled ? 1 : 0);
  return (
    <Popover position="bottom-end" width={280} trapFocus withinPortal>
      <Popover.Target>
        <Button variant="default" size="sm" rightSection={<Icon name="chevron-down" size={14} />}>
          {active === 0 ? t('calendar.filters') : t('calendar.filters_active', { count: active })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <BranchSelect place={place} className="calendar-branch-folded" label={t('calendar.branch')} />
          <NativeSelect
            size="sm"
            label={t('calendar.staff')}
            value={choice.staffId ?? ''}
            data={[
              { value: '', label: t('calendar.all_staff') },
              ...(day?.staff ?? []).map((s) => ({ value: s.id, label: s.name })),
            ]}
            onChange={(event) => change({ staff: event.currentTarget.value || null })}
          />
          <Switch
            size="sm"
            label={t('calendar.show_cancelled')}
            checked={choice.showsCancelled}
            onChange={(event) => change({ cancelled: event.currentTarget.checked ? '1' : null })}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function Step({ label, icon, onStep }: { label: string; icon: 'chevron-left' | 'chevron-right'; onStep: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" className="control-square" aria-label={label} onClick={onStep}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}

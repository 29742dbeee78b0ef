/** /admin/appointments/calendar: a branch's day in staff columns, live, with everything one does to an appointment. */
import { useThrottledCallback } from '@mantine/hooks';
import {
  ActionIcon,
  Alert,
  Button,
  Group,
  NativeSelect,
  Paper,
  Skeleton,
  Stack,
  Switch,
  Text,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type {
  CalendarAppointment,
  CalendarDay,
  CalendarDayResponse,
  CalendarRangeResponse,
} from '../../../shared/contract/appointments.ts';
import type { Me } from '../../../shared/contract/identity.ts';
import { MAX_LOOK_DAYS } from '../../../shared/calendar-limits.ts';
import { dayAsked } from '../../../shared/day-asked.ts';
import { CALENDAR_DAY } from '../../../shared/page-data.ts';
import { addDays, dateOf, instantsOf, isWallDate, offsetAt, timeOf } from '../../../shared/time.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { DateField } from '../../ui/date-field.tsx';
import { faultText } from '../../ui/fault-text.ts';
import { decimal, fullWallDate, localeOf, shortWallDate, wallDateRange } from '../../ui/format.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { concernsDay } from '../../ui/live-change.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useNow } from '../../ui/use-now.ts';
import { useAdmin, useLiveEvents, useMay, useWords } from '../admin-context.tsx';
import { onDemand } from '../on-demand.tsx';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { useAddress } from '../use-address.ts';
import { BookingCalendar, type BookingCalendarProps, type Drop } from './booking-calendar.tsx';
import { CLOSED } from './new-appointment.ts';
import type { Draft } from './booking-form.tsx';
import type { Drawn } from './time-off.tsx';
import { CALENDAR_VIEWS, asView, daysShown, daysView, isSpan, roomsView, stepped } from './span-view.ts';
import { type Block, type DayView, spanOf, type ViewChoice, viewOf } from './day-view.ts';
import { applied } from './overlay.ts';
import { type MoveInput, type RefusedMove, useAppointmentCommands } from './use-appointment-commands.tsx';

/** What opens beside or above the calendar comes with the first appointment that is opened, or with the filters. */
const AppointmentDrawer = lazy(() => import('./appointment-drawer.tsx'));
const BookingForm = lazy(() => import('./booking-form.tsx'));
const TimeOff = lazy(() => import('./time-off.tsx'));
/** Who else is there is of interest to whoever stays: it comes when the page has stood for a moment. */
const Presence = lazy(() => import('./presence.tsx'));
const PRESENCE_AFTER_MS = 1_000;
const Month = lazy(async () => ({ default: (await import('./span-lists.tsx')).Month }));
const PeopleFilter = lazy(async () => ({ default: (await import('./people-filter.tsx')).PeopleFilter }));
const Agenda = lazy(async () => ({ default: (await import('./span-lists.tsx')).Agenda }));
/** The grid's own day where its columns are days: none on which it could be now. */
const NO_DAY = '2001-01-01';
/** How often the line of now is drawn anew there. */
const TICK_MS = 60_000;
/** Divides people in the address. */
const COMMA = ',';
const FilterButton = onDemand('dialog', () => import('./open-filters.tsx'));

/** The first change is read at once, those within this time after it together. */
const GATHER_MS = 250;

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
  const people = query.get('staff') ?? '';
  const staffIds = useMemo(() => people.split(COMMA).filter(Boolean), [people]);
  return {
    branch,
    today,
    date,
    openId: query.get('appointment'),
    isBooking: query.get('new') === '1',
    view: asView(query.get('view')),
    choice: {
      showsCancelled: query.get('cancelled') === '1',
      staffIds,
      serviceId: query.get('only'),
    } satisfies ViewChoice,
    change,
  };
}

/** What answers while something is dragged; fetched with the first sign of a pointer. */
function useDrops(): typeof import('./drop-answer.ts') | null {
  const [drops, setDrops] = useState<typeof import('./drop-answer.ts') | null>(null);
  useEffect(() => {
    const load = (): void => void import('./drop-answer.ts').then(setDrops, () => undefined);
    const signs = ['pointermove', 'pointerdown'] as const;
    for (const sign of signs) addEventListener(sign, load, { once: true, passive: true });
    return () => {
      for (const sign of signs) removeEventListener(sign, load);
    };
  }, []);
  return drops;
}

function DayPage({ firstBranch }: { firstBranch: Me['branches'][number] }) {
  const words = useWords();
  const { t, language, catalogue } = words;
  const mayMove = useMay('edit_appointments');
  const place = usePlaceInCalendar(firstBranch);
  const { branch, date, change } = place;
  const { showsCancelled, staffIds, serviceId } = place.choice;
  /** the one person who is looked at */
  const staffId = staffIds.length === 1 ? (staffIds[0] ?? null) : null;
  const shown = useDays(place, language);
  const { days, loaded } = shown;
  const day = days.find((one) => one.date === date) ?? null;
  const rows = useMemo<readonly CalendarAppointment[]>(
    () => [...new Map(days.flatMap((one) => one.appointments).map((row) => [row.id, row])).values()],
    [days],
  );
  useDayChanges(branch.id, days, rows, loaded.reload);

  const commands = useAppointmentCommands(branch.time_zone, rows, loaded.reload);
  const appointments = useMemo(() => applied(rows, commands.overlay), [rows, commands.overlay]);
  const [refused, setRefused] = useState<RefusedMove | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const drops = useDrops();
  const isRooms = place.view === 'rooms';
  const isSpanned = isSpan(place.view);
  const now = useNow(TICK_MS);
  // One day has the engine's own line: nothing is drawn anew there.
  const wallNow = isSpanned ? timeOf(now, branch.time_zone) : '';
  const view = useMemo(() => {
    if (days.length === 0) return null;
    // Whoever works elsewhere narrows nothing here.
    const here = staffIds.filter((id) => days.some((one) => one.staff.some((s) => s.id === id)));
    const choice = { showsCancelled, staffIds: here, serviceId };
    if (isSpanned)
      return daysView(days, appointments, choice, {
        column: (one) => shortWallDate(one.date, language),
        now: { date: place.today, time: wallNow },
      });
    return !day ? null : isRooms ? roomsView(day, appointments, choice) : viewOf(day, appointments, choice, draft);
  }, [
    days,
    day,
    isSpanned,
    isRooms,
    appointments,
    showsCancelled,
    staffIds,
    serviceId,
    draft,
    language,
    place.today,
    wallNow,
  ]);
  const texts = useMemo(() => textsOf(words, days), [words, days]);

  // It stays for its way out, once it has been there.
  const [wasOpened, setOpened] = useState(false);
  if (place.openId !== null && !wasOpened) setOpened(true);
  const open = useCallback(
    (id: string): void => {
      const on = days.find((one) => one.appointments.some((row) => row.id === id));
      change({ ...CLOSED, appointment: id, ...(on && { date: on.date }) });
    },
    [change, days],
  );
  const close = useCallback((): void => {
    setRefused(null);
    change({ appointment: null });
  }, [change]);

  const [hasBooked, setBooked] = useState(false);
  if (place.isBooking && !hasBooked) setBooked(true);
  const mayBook = useMay('create_appointments');
  const book = useCallback(
    (at: { time?: string; staffId?: string } = {}): void =>
      change({
        appointment: null,
        new: '1',
        ...(at.time !== undefined && { time: at.time }),
        // Of several days the column is the day, and the person whoever is looked at.
        ...(at.staffId !== undefined &&
          (isSpanned ? { date: at.staffId, with: staffId } : isRooms ? {} : { with: at.staffId })),
      }),
    [change, isSpanned, isRooms, staffId],
  );
  const mayEnter = useMay('create_exceptions') && !isRooms && (!isSpanned || staffId !== null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  function draw({ staffId: column, from, to }: { staffId: string; from: string; to: string }): void {
    const on = isSpanned ? days.find((one) => one.date === column) : day;
    const person = on?.staff.find((one) => one.id === (isSpanned ? staffId : column));
    if (on && person)
      setDrawn({ staffId: person.id, name: person.name, branchId: on.branch.id, date: on.date, from, to });
  }
  useKey('c', mayBook && !place.isBooking ? book : null);

  async function tryMove(appointment: CalendarAppointment, input: MoveInput): Promise<void> {
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

  async function resize({
    appointmentId,
    minutes,
    revert,
  }: {
    appointmentId: string;
    minutes: number;
    revert: () => void;
  }) {
    const appointment = appointments.find((row) => row.id === appointmentId);
    if (!appointment) return revert();
    await tryMove(appointment, {
      startsAt: appointment.starts_at,
      staffId: appointment.staff_id,
      reason: t('move.reason_default'),
      minutes,
    });
  }

  async function drop(where: Drop): Promise<void> {
    const appointment = appointments.find((row) => row.id === where.appointmentId);
    const instant = instantsOf(isSpanned ? where.staffId : date, where.time, branch.time_zone)[0];
    if (!appointment || instant === undefined) {
      where.revert();
      notifications.show({ color: 'red', message: t('move.no_such_time') });
      return;
    }
    await tryMove(appointment, {
      startsAt: new Date(instant).toISOString(),
      staffId: isSpanned && appointment ? appointment.staff_id : where.staffId,
      reason: t('move.reason_default'),
    });
  }

  return (
    <div className="calendar-page" data-beside={place.isBooking || undefined}>
      <Toolbar place={place} days={days} view={view} onBook={mayBook ? book : null} />
      {isSpanned &&
        (days.length > 0 ? (
          <People place={place} days={days} className="calendar-people" />
        ) : (
          <PeopleRoom className="calendar-people" />
        ))}
      {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
      {shown.next !== null && (
        <Alert color="yellow" p="xs" icon={<Icon name="warning" />}>
          {t('calendar.cut', { date: shortWallDate(shown.next, language) })}
        </Alert>
      )}
      {view && days.length > 0 ? (
        <Shown place={place} days={days} rows={appointments} view={view} open={open}>
          <BookingCalendar
            key={`${language} ${place.view}`}
            view={view}
            date={isSpanned ? NO_DAY : date}
            {...(isSpanned && { firstColumn: date })}
            utcOffset={offsetText(date, branch.time_zone)}
            locale={localeOf(language)}
            label={t('calendar.grid', { date: fullWallDate(days[0]?.date ?? date, language), branch: branch.name })}
            canMove={mayMove && !isRooms}
            texts={texts}
            onOpen={open}
            onDrop={(where) => void drop(where)}
            onResize={(where) => void resize(where)}
            {...(mayBook && { onPlace: book })}
            {...(mayEnter && { onStretch: draw })}
            placeText={(time) => `+ ${time}`}
            cannot={({ appointment }) => (day && !isSpanned ? (drops?.cannotServe(day, appointment) ?? []) : [])}
            answer={({ appointment }, at) => {
              const on = isSpanned ? days.find((one) => one.date === at.staffId) : day;
              const person = isSpanned ? appointment.staff_id : at.staffId;
              const why =
                on && drops?.dropRefusal(on, appointments, appointment, { ...at, staffId: person }, Date.now());
              return why ? t(`drop.${why}`) : null;
            }}
          />
        </Shown>
      ) : (
        !loaded.fault && (
          <div className="calendar-room" role="status" aria-label={t('calendar.loading')}>
            <Skeleton h="100%" />
          </div>
        )
      )}
      {hasBooked && (
        <Suspense fallback={null}>
          <BookingForm
            isOpen={place.isBooking}
            day={day}
            date={date}
            today={place.today}
            onDraft={setDraft}
            onClose={() => change(CLOSED)}
            onChanged={() => void loaded.reload()}
          />
        </Suspense>
      )}
      {drawn && (
        <Suspense fallback={null}>
          <TimeOff
            drawn={drawn}
            onBook={
              mayBook
                ? () => {
                    setDrawn(null);
                    change({
                      ...CLOSED,
                      appointment: null,
                      new: '1',
                      date: drawn.date,
                      time: drawn.from,
                      with: drawn.staffId,
                    });
                  }
                : null
            }
            onClose={() => setDrawn(null)}
            onChanged={() => void loaded.reload()}
          />
        </Suspense>
      )}
      {wasOpened && (
        <Suspense fallback={null}>
          <AppointmentDrawer
            id={place.openId}
            day={day}
            appointments={appointments}
            commands={commands}
            refused={refused}
            onClose={close}
          />
        </Suspense>
      )}
    </div>
  );
}

const NOTHING: readonly CalendarDay[] = [];

/** The days of the view: one from the page's own answer, several in one look. `next`: the first that was left out. */
function useDays(
  { branch, date, view }: ReturnType<typeof usePlaceInCalendar>,
  language: string,
): {
  days: readonly CalendarDay[];
  next: string | null;
  loaded: { fault: ApiFault | null; reload: () => Promise<void> };
} {
  const { api } = useAdmin();
  const several = isSpan(view);
  const asked = { path: CALENDAR_DAY, query: { branch_id: branch.id, date } };
  const one = useAnswer<CalendarDayResponse>(
    several ? null : `${branch.id}/${date}`,
    (signal) => api.get(asked.path, asked.query, signal),
    { language, asked },
  );
  const { from, days } = daysShown(view, date);
  const span = useAnswer<CalendarRangeResponse>(
    several ? `${branch.id}/${from}/${days}` : null,
    (signal) => api.get('/api/v1/calendar/range', { branch_id: branch.id, from, days }, signal),
    { language },
  );
  const single = useMemo(() => (one.body ? [one.body.data] : NOTHING), [one.body]);
  return several
    ? { days: span.body?.data.days ?? NOTHING, next: span.body?.data.next_from ?? null, loaded: span }
    : { days: single, next: null, loaded: one };
}

/** Re-reads the days when something on them changed: by the day named, by an id shown, or when nothing is said. */
function useDayChanges(
  branchId: string,
  days: readonly CalendarDay[],
  rows: readonly CalendarAppointment[],
  reload: () => Promise<void>,
): void {
  const read = useThrottledCallback(() => void reload(), GATHER_MS);
  useLiveEvents((change) => {
    const shows = (id: string): boolean => rows.some((row) => row.id === id);
    if (!days.some(({ date }) => concernsDay(change, { branchId, date, shows }))) return;
    read();
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
  days: readonly CalendarDay[],
): BookingCalendarProps['texts'] {
  const personOf = ({ appointment }: Block): string =>
    days[0]?.staff.find((s) => s.id === appointment.staff_id)?.name ?? '';
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
        staff: personOf(block),
        status: t(`status.${block.appointment.status}`),
      }),
    more: (block) =>
      t('calendar.event_more', {
        time: spanOf(block),
        staff: personOf(block),
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
        case 'now':
          return null;
        case 'absence':
          return shade.title ?? absence(shade.reason);
        case 'hold':
          return t('calendar.hold', { time: shade.reason ?? '' });
        case 'busy':
          return t('calendar.busy');
        case 'draft':
          return t('booking.draft', { time: shade.reason ?? '' });
      }
    },
  };
}

interface ShownProps {
  place: ReturnType<typeof usePlaceInCalendar>;
  days: readonly CalendarDay[];
  rows: readonly CalendarAppointment[];
  view: DayView;
  open: (id: string) => void;
  children: ReactNode;
}

/** The days as the address wants them: grid, month or list. */
function Shown({ place, days, rows, view, open, children }: ShownProps) {
  const { t } = useWords();
  const { change, choice, date, today } = place;
  const [day] = days;
  const lists = { days, rows, choice, onOpen: open, onDay: (on: string) => change({ view: null, date: on }) };
  switch (place.view) {
    case 'month':
      return (
        <Suspense fallback={<Skeleton className="calendar-room" />}>
          <Month {...lists} date={date} today={today} />
        </Suspense>
      );
    case 'list':
      return (
        <Suspense fallback={<Skeleton className="calendar-room" />}>
          <Agenda {...lists} />
        </Suspense>
      );
    case 'rooms':
      if (day?.resources.length === 0)
        return (
          <Paper withBorder>
            <Empty icon="calendar" title={t('calendar.no_rooms_title')} hint={t('calendar.no_rooms_hint')} />
          </Paper>
        );
      return <div className="calendar-room">{children}</div>;
    case 'three':
    case 'week':
      return <div className="calendar-room">{children}</div>;
    case 'day':
      return day ? (
        <Day day={day} view={view} place={place}>
          {children}
        </Day>
      ) : null;
  }
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

/** A key of the page, where nothing else is being typed or asked. null: not now */
function useKey(key: string, act: (() => void) | null): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
        return;
      const at = event.target as HTMLElement | null;
      if (at?.closest('input, textarea, select, [contenteditable], [role="dialog"]')) return;
      if (latest.current === null) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [key]);
}

interface ToolbarProps {
  place: ReturnType<typeof usePlaceInCalendar>;
  days: readonly CalendarDay[];
  view: DayView | null;
  /** null: may not book */
  onBook: (() => void) | null;
}

/** One row: where one is in time, what the day says of itself, and what narrows it. On a phone the filters hold the branch too. */
function Toolbar({ place, days, view, onBook }: ToolbarProps) {
  const words = useWords();
  const { t, language } = words;
  const { date, today, change } = place;
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), PRESENCE_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const looked = daysShown(place.view, date);
  const [day = null] = days;
  const last = days.at(-1);
  const several = isSpan(place.view) && day && last;
  const count = view?.columns.reduce((sum, column) => sum + column.count, 0);
  const opening =
    day === null || several
      ? null
      : day.opens === null || day.closes === null
        ? [t('calendar.closed'), day.holiday].filter(Boolean).join(' · ')
        : t('calendar.opening', { opens: day.opens, closes: day.closes });
  return (
    <div className="calendar-toolbar">
      <div className="calendar-heading">
        <Title order={1}>
          <span className="calendar-full">
            {several ? spanText(place, days, language) : fullWallDate(date, language)}
          </span>
          <span className="calendar-brief">
            {several ? spanText(place, days, language, yearOf(date) !== yearOf(today)) : shortWallDate(date, language)}
          </span>
        </Title>
        <div className="calendar-below">
          {isSettled && looked.days <= MAX_LOOK_DAYS && (
            <Suspense>
              <Presence branchId={place.branch.id} date={looked.from} days={looked.days} />
            </Suspense>
          )}
          <Text c="dimmed" role="status" truncate>
            {[count === undefined ? null : t('calendar.summary', { count }), opening].filter(Boolean).join(' · ') ||
              '\u00a0'}
          </Text>
        </div>
      </div>
      <div className="calendar-controls">
        <Group gap={4} wrap="nowrap">
          <Step
            label={t(isSpan(place.view) ? 'calendar.back' : 'calendar.previous_day')}
            icon="chevron-left"
            onStep={() => change({ date: stepped(place.view, date, -1) })}
          />
          <Button
            variant="default"
            size="sm"
            className="calendar-today"
            disabled={date === today}
            onClick={() => change({ date: null })}
          >
            {t('calendar.today')}
          </Button>
          <Step
            label={t(isSpan(place.view) ? 'calendar.on' : 'calendar.next_day')}
            icon="chevron-right"
            onStep={() => change({ date: stepped(place.view, date, 1) })}
          />
        </Group>
        <DateField
          words={words}
          label={t('calendar.date')}
          isBare
          value={date}
          today={today}
          onChange={(picked) => isWallDate(picked) && change({ date: picked })}
        />
        <ViewSelect place={place} className="calendar-view" />
        <BranchSelect place={place} className="calendar-branch" />
        <Filters place={place} days={days} />
        {onBook && (
          <Button
            size="sm"
            className="calendar-new"
            title={t('booking.new_hint')}
            aria-label={t('booking.title')}
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => onBook()}
          >
            <span className="calendar-label">{t('booking.new')}</span>
          </Button>
        )}
      </div>
    </div>
  );
}

const yearOf = (date: string): string => date.slice(0, 4);

/** "23.–29. November": the days of the view, or its month. Where room is short this year goes without saying. */
function spanText(
  { view, date }: ToolbarProps['place'],
  days: readonly CalendarDay[],
  language: string,
  isYearSaid = true,
): string {
  if (view === 'month')
    return new Intl.DateTimeFormat(localeOf(language), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
      Date.parse(`${date}T12:00:00Z`),
    );
  return wallDateRange(days[0]?.date ?? date, days.at(-1)?.date ?? date, language, isYearSaid);
}

/** Which days, and in which shape. */
function ViewSelect({ place, className, label }: Pick<ToolbarProps, 'place'> & { className: string; label?: string }) {
  const { t } = useWords();
  return (
    <NativeSelect
      size="sm"
      className={className}
      {...(label === undefined ? { 'aria-label': t('calendar.view') } : { label })}
      value={place.view}
      data={CALENDAR_VIEWS.map((one) => ({ value: one, label: t(`calendar.view.${one}`) }))}
      onChange={({ currentTarget: { value } }) => place.change({ view: value === 'day' ? null : value })}
    />
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

/** Keeps the place of the people until they are known: the days below do not jump. */
function PeopleRoom({ className = '' }: { className?: string | undefined }) {
  return <div className={`people-room ${className}`} />;
}

/** Everybody who works in the branch on one of the days. */
function People({ place, days, className }: Pick<ToolbarProps, 'place' | 'days'> & { className?: string }) {
  const people = new Map(days.flatMap((day) => day.staff.map((one) => [one.id, one] as const)));
  if (people.size < 2) return null;
  return (
    <Suspense fallback={<PeopleRoom className={className} />}>
      <PeopleFilter
        people={[...people.values()]}
        chosen={place.choice.staffIds}
        onChoose={(ids) => place.change({ staff: ids.length === 0 ? null : ids.join(COMMA) })}
        {...(className !== undefined && { className })}
      />
    </Suspense>
  );
}

/** What narrows or widens the day, behind one button that says how much does. */
function Filters({ place, days }: Pick<ToolbarProps, 'place' | 'days'>) {
  const { t } = useWords();
  const { choice, change } = place;
  const active = [choice.staffIds.length > 0, choice.serviceId !== null, choice.showsCancelled].filter(Boolean).length;
  const services = new Map(
    days.flatMap((day) => day.appointments.map(({ service }) => [service.id, service.name] as const)),
  );
  return (
    <FilterButton
      content={
        <Stack gap="sm">
          <ViewSelect place={place} className="calendar-view-folded" label={t('calendar.view')} />
          <BranchSelect place={place} className="calendar-branch-folded" label={t('calendar.branch')} />
          <People place={place} days={days} />
          <NativeSelect
            size="sm"
            label={t('booking.service')}
            value={choice.serviceId ?? ''}
            data={[
              { value: '', label: t('calendar.all_services') },
              ...[...services].map(([value, label]) => ({ value, label })),
              // What the address asks for stays, also where nothing of it is on these days.
              ...(choice.serviceId !== null && !services.has(choice.serviceId)
                ? [{ value: choice.serviceId, label: '…' }]
                : []),
            ]}
            onChange={(event) => change({ only: event.currentTarget.value || null })}
          />
          <Switch
            size="sm"
            label={t('calendar.show_cancelled')}
            checked={choice.showsCancelled}
            onChange={(event) => change({ cancelled: event.currentTarget.checked ? '1' : null })}
          />
        </Stack>
      }
    >
      <Button
        className="calendar-filter"
        variant="default"
        size="sm"
        rightSection={<Icon name="chevron-down" size={14} />}
      >
        {active === 0 ? t('calendar.filters') : t('calendar.filters_active', { count: active })}
      </Button>
    </FilterButton>
  );
}

function Step({ label, icon, onStep }: { label: string; icon: 'chevron-left' | 'chevron-right'; onStep: () => void }) {
  return (
    <ActionIcon variant="default" className="control-square" aria-label={label} title={label} onClick={onStep}>
      <Icon name={icon} />
    </ActionIcon>
  );
}

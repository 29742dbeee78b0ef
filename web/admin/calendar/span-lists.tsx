/** Month and list of the calendar: what stands on which day, each a link to its day or appointment. Drawn by the calendar page. */
import { Paper, Text } from '@mantine/core';
import type { CalendarAppointment, CalendarDay } from '../../../shared/contract/appointments.ts';
import { APPOINTMENT_LOOK } from '../../ui/appointment-status.ts';
import { fullWallDate, shortWallDate, time } from '../../ui/format.ts';
import { useWords } from '../admin-context.tsx';
import { StatusBadge } from '../page-parts.tsx';
import { isAmong, isDropped, type ViewChoice } from './day-view.ts';

/** Names shown in a day of the month; the others are a number. */
const MOST_NAMES = 3;

interface SpanListProps {
  days: readonly CalendarDay[];
  rows: readonly CalendarAppointment[];
  choice: ViewChoice;
  onOpen: (id: string, date: string) => void;
  onDay: (date: string) => void;
}

const startsOn = (row: CalendarAppointment, day: CalendarDay): boolean =>
  day.appointments.some(({ id }) => id === row.id);

function shownOf({ rows, choice }: Pick<SpanListProps, 'rows' | 'choice'>, day: CalendarDay): CalendarAppointment[] {
  return rows.filter(
    (row) =>
      startsOn(row, day) &&
      (choice.showsCancelled || row.status !== 'cancelled') &&
      isAmong(choice, row.staff_id) &&
      (choice.serviceId == null || row.service.id === choice.serviceId),
  );
}

export function Month({ days, date, today, onDay, ...of }: SpanListProps & { date: string; today: string }) {
  const { t, language } = useWords();
  const month = date.slice(0, 7);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <Paper withBorder className="calendar-month">
      {days.slice(0, 7).map((day) => (
        <div key={day.date} className="month-head" aria-hidden="true">
          {weekday.format(Date.parse(`${day.date}T12:00:00Z`))}
        </div>
      ))}
      {days.map((day) => {
        const shown = shownOf(of, day);
        const count = shown.filter((row) => !isDropped(row)).length;
        const isClosed = day.opens === null;
        return (
          <button
            key={day.date}
            type="button"
            className="month-day"
            data-outside={!day.date.startsWith(month) || undefined}
            data-closed={isClosed || undefined}
            aria-current={day.date === today ? 'date' : undefined}
            onClick={() => onDay(day.date)}
          >
            <span className="sr-only">
              {[
                fullWallDate(day.date, language),
                isClosed && day.holiday === null ? t('calendar.closed') : null,
                t('calendar.summary', { count }),
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
            <span className="month-number" aria-hidden="true">
              {Number(day.date.slice(8))}
            </span>
            {day.holiday !== null && <span className="month-line">{day.holiday}</span>}
            {shown.slice(0, MOST_NAMES).map((row) => (
              <span key={row.id} className="month-line">
                {time(row.starts_at, day.time_zone, language)} {row.customer?.name ?? t('appointment.erased')}
              </span>
            ))}
            {shown.length > MOST_NAMES && (
              <span className="month-more">{t('calendar.more', { count: shown.length - MOST_NAMES })}</span>
            )}
          </button>
        );
      })}
    </Paper>
  );
}

export function Agenda({ days, onOpen, onDay, ...of }: SpanListProps) {
  const { t, language } = useWords();
  return (
    <Paper withBorder className="calendar-agenda">
      {days.map((day) => {
        const shown = shownOf(of, day);
        return (
          <section key={day.date} aria-label={fullWallDate(day.date, language)}>
            <h2>
              <button type="button" className="agenda-day" onClick={() => onDay(day.date)}>
                {shortWallDate(day.date, language)}
              </button>
            </h2>
            {shown.length === 0 && (
              <Text c="dimmed" size="sm" px="md" py={6}>
                {day.opens === null ? (day.holiday ?? t('calendar.closed')) : t('calendar.none')}
              </Text>
            )}
            {shown.map((row) => (
              <button key={row.id} type="button" className="agenda-row" onClick={() => onOpen(row.id, day.date)}>
                <span className="figures">
                  {time(row.starts_at, day.time_zone, language)}–{time(row.ends_at, day.time_zone, language)}
                </span>
                <span className="agenda-who">{row.customer?.name ?? t('appointment.erased')}</span>
                <span className="agenda-what">
                  {row.service.name} · {day.staff.find((one) => one.id === row.staff_id)?.name ?? ''}
                </span>
                <StatusBadge look={APPOINTMENT_LOOK[row.status]}>{t(`status.${row.status}`)}</StatusBadge>
              </button>
            ))}
          </section>
        );
      })}
    </Paper>
  );
}

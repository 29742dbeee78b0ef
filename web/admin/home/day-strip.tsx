/** Today as one strip a person: who works when, what is booked, where the day stands. Each leads to the calendar. Drawn by home-page.tsx. */
import { useThrottledCallback } from '@mantine/hooks';
import { Anchor, NativeSelect, Paper, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Link } from 'react-router';
import type { CalendarDayResponse } from '../../../shared/contract/appointments.ts';
import { dayAsked } from '../../../shared/day-asked.ts';
import { CALENDAR_DAY } from '../../../shared/page-data.ts';
import { fullWallDate, time, wallDateIn } from '../../ui/format.ts';
import { concernsDay } from '../../ui/live-change.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useNow } from '../../ui/use-now.ts';
import { useAdmin, useLiveEvents, useWords } from '../admin-context.tsx';
import { CALENDAR_PATH } from '../calendar/new-appointment.ts';
import { FaultAlert } from '../page-parts.tsx';
import { useAddress } from '../use-address.ts';
import { type Strip, type StripBlock, type StripPerson, stripOf } from './strip.ts';
import { LoadingBlock } from '../loading.tsx';

/** Changes that arrive within it are read once. */
const GATHER_MS = 250;
/** How often the line of now is drawn anew. */
const TICK_MS = 60_000;

export function DayStrip() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const { query, change } = useAddress();
  const now = useNow(TICK_MS);
  const day = dayAsked(query, me.branches, now);
  const asked = { path: CALENDAR_DAY, query: { branch_id: day?.branch_id, date: day?.date } };
  const { body, fault, reload } = useAnswer<CalendarDayResponse>(
    day === null ? null : `${day.branch_id}/${day.date}`,
    (signal) => api.get(asked.path, asked.query, signal),
    { language, asked },
  );
  const shown = body?.data ?? null;
  const strip = useMemo(() => (shown === null ? null : stripOf(shown, now)), [shown, now]);
  const read = useThrottledCallback(() => void reload(), GATHER_MS);
  useLiveEvents((one) => {
    if (day === null) return;
    const shows = (id: string): boolean => shown?.appointments.some((row) => row.id === id) === true;
    if (!concernsDay(one, { branchId: day.branch_id, date: day.date, shows })) return;
    read();
  });
  if (day === null) return null;
  const isToday = day.date === wallDateIn(now, me.tenant.time_zone);
  const toDay = (more: Readonly<Record<string, string>> = {}): string =>
    `${CALENDAR_PATH}?${new URLSearchParams({ branch: day.branch_id, date: day.date, ...more })}`;
  return (
    <Paper withBorder component="section" className="home-card" aria-labelledby="home-strip">
      <div className="home-card-head">
        <Title order={2} id="home-strip">
          {/* the address may name another day, as that of the calendar does */}
          {isToday ? t('today.strip') : fullWallDate(day.date, language)}
        </Title>
        {me.branches.length > 1 && (
          <NativeSelect
            size="sm"
            aria-label={t('today.strip_branch')}
            value={day.branch_id}
            data={me.branches.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => change({ branch: event.currentTarget.value })}
          />
        )}
        <Anchor component={Link} to={toDay()} className="home-card-all">
          {t('today.strip_to')}
        </Anchor>
      </div>
      {fault && shown === null && <FaultAlert fault={fault} onRetry={reload} />}
      {shown === null && !fault && <LoadingBlock h={132} />}
      {shown !== null && strip !== null && strip.people.length === 0 && (
        <Text c="dimmed">
          {shown.holiday === null ? t('today.strip_empty') : t('today.strip_closed', { reason: shown.holiday })}
        </Text>
      )}
      {shown !== null && strip !== null && strip.people.length > 0 && (
        <People strip={strip} zone={shown.time_zone} toDay={toDay} />
      )}
    </Paper>
  );
}

interface PeopleProps {
  strip: Strip;
  zone: string;
  toDay: (more?: Readonly<Record<string, string>>) => string;
}

const at = ({ left, width }: { left: number; width: number }) => ({ left: `${left}%`, width: `${width}%` });

function People({ strip, zone, toDay }: PeopleProps) {
  return (
    <div className="strip-day">
      <div className="strip-hours figures" aria-hidden="true">
        {strip.labels.map(({ left, text }) => (
          <span key={text} style={{ left: `${left}%` }}>
            {text}
          </span>
        ))}
      </div>
      <ul>
        {strip.people.map((person) => (
          <Person key={person.id} person={person} now={strip.now} zone={zone} toDay={toDay} />
        ))}
      </ul>
    </div>
  );
}

interface PersonProps extends Omit<PeopleProps, 'strip'> {
  person: StripPerson;
  now: number | null;
}

function Person({ person, now, zone, toDay }: PersonProps) {
  const { t } = useWords();
  const { name, working, busy, blocks } = person;
  return (
    <li className="strip-person">
      <Link to={toDay({ staff: person.id })} className="strip-name">
        {/* the blank parts the two for who hears them */}
        <span>{name}</span>{' '}
        <span className="strip-count figures">{t('today.strip_count', { count: blocks.length })}</span>
      </Link>
      <div className="strip-lane">
        {working.map((one) => (
          <span key={one.left} className="strip-working" style={at(one)} />
        ))}
        {busy.map((one) => (
          <span key={`${one.left}-${one.width}`} className="strip-busy" style={at(one)} />
        ))}
        {blocks.map((block) => (
          <Block key={block.id} block={block} zone={zone} to={toDay({ appointment: block.id })} />
        ))}
        {now !== null && <span className="strip-now" style={{ left: `${now}%` }} />}
      </div>
    </li>
  );
}

/** For pointers; by keyboard one goes by the person's name. */
function Block({ block, zone, to }: { block: StripBlock; zone: string; to: string }) {
  const { t, language } = useWords();
  const when = `${time(block.startsAt, zone, language)}–${time(block.endsAt, zone, language)}`;
  const who = block.customer ?? t('today.nameless');
  const what = `${when} · ${who} · ${block.service} · ${t(`status.${block.status}`)}`;
  return (
    <Link
      to={to}
      className="strip-block"
      data-status={block.status}
      data-appointment={block.id}
      style={at(block)}
      title={what}
      aria-label={what}
      tabIndex={-1}
    >
      <span>{who}</span>
    </Link>
  );
}

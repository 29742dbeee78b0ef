/**
 * What comes of hours, exceptions and holidays on the next fourteen days, as the calendar itself works it out. Drawn below the form of a week; a
 * room has no such days: it is there whenever its branch is open.
 */
import { Paper, Text, Title } from '@mantine/core';
import type { CalendarDay, CalendarRangeResponse } from '../../../shared/contract/appointments.ts';
import type { HoursView } from '../../../shared/contract/hours.ts';
import { EXCEPTION_KINDS } from '../../../shared/schedule-sets.ts';
import { addDays } from '../../../shared/time.ts';
import { shortWallDate, wallDateIn } from '../../ui/format.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useLiveEvents, useWords, type Words } from '../admin-context.tsx';
import { useNames } from '../kit/references.tsx';
import { LoadingBlock } from '../loading.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { branchReference } from './references.ts';

const DAYS = 14;

interface HoursPreviewProps {
  /** null: the branch's own opening hours */
  staffId: string | null;
  branchIds: readonly string[];
  /** the stored hours: other ones are another question */
  stored: readonly HoursView[];
}

export function HoursPreview({ staffId, branchIds, stored }: HoursPreviewProps) {
  const { t } = useWords();
  const names = useNames();
  const version = stored.map(({ id, version: of }) => `${id}.${of}`).join();
  return (
    <Paper withBorder p="md" component="section">
      <Title order={2}>{t('hours.preview')}</Title>
      <Text c="dimmed" size="sm">
        {t('hours.preview_hint')}
      </Text>
      {branchIds.map((branchId) => (
        <div key={branchId}>
          {branchIds.length > 1 && (
            <Text fw={600} mt="sm">
              {names(branchReference, branchId) ?? '…'}
            </Text>
          )}
          <Days staffId={staffId} branchId={branchId} version={version} />
        </div>
      ))}
    </Paper>
  );
}

function Days({ staffId, branchId, version }: { staffId: string | null; branchId: string; version: string }) {
  const words = useWords();
  const { language, t } = words;
  const { api, me } = useAdmin();
  const from = wallDateIn(Date.now(), me.tenant.time_zone);
  const asked = useAnswer<CalendarRangeResponse>(
    `${branchId} ${staffId ?? ''} ${from} ${version}`,
    (signal) =>
      api.get(
        '/api/v1/calendar/range',
        { branch_id: branchId, from, days: DAYS, ...(staffId !== null && { staff_id: staffId }) },
        signal,
      ),
    { language },
  );
  useLiveEvents((change) => {
    if (change.about === 'everything' || (change.about === 'calendar' && change.days === null)) void asked.reload();
  });
  const days = asked.body?.data.days;
  if (asked.fault && !days) return <FaultAlert fault={asked.fault} onRetry={() => void asked.reload()} />;
  if (!days) return <LoadingBlock h={180} />;
  return (
    <ol className="hours-preview">
      {days.map((day) => {
        const text = spansOf(day, staffId);
        return (
          <li key={day.date} data-off={text === '' || undefined}>
            <span className="figures">{shortWallDate(day.date, language)}</span>
            <span className="figures">
              {text === '' ? t(staffId === null ? 'calendar.closed' : 'hours.closed') : text}
              <WhyOtherwise day={day} staffId={staffId} words={words} />
            </span>
          </li>
        );
      })}
      {days.length < DAYS && (
        <li>{t('hours.preview_until', { date: shortWallDate(addDays(from, days.length), language) })}</li>
      )}
    </ol>
  );
}

function spansOf(day: CalendarDay, staffId: string | null): string {
  const spans = staffId === null ? day.open : (day.staff.find(({ id }) => id === staffId)?.working ?? []);
  return spans.map(({ from, to }) => `${from}–${to}`).join(', ');
}

/** The holiday, and why a person is away. */
function WhyOtherwise({ day, staffId, words: { t } }: { day: CalendarDay; staffId: string | null; words: Words }) {
  const absences = staffId === null ? [] : (day.staff.find(({ id }) => id === staffId)?.absences ?? []);
  const reasons = absences.map(({ reason, from, to }) => {
    const word = isKind(reason) ? t(`exceptions.kind.${reason}`) : t('hours.preview_busy');
    return from === '00:00' && to === '24:00' ? word : `${word} ${from}–${to}`;
  });
  const all = [...(day.holiday === null ? [] : [day.holiday]), ...new Set(reasons)];
  return all.length === 0 ? null : <span className="step-notes">{all.join(' · ')}</span>;
}

const isKind = (reason: string | null): reason is (typeof EXCEPTION_KINDS)[number] =>
  reason !== null && (EXCEPTION_KINDS as readonly string[]).includes(reason);

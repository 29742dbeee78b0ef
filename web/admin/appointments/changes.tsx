/** What was changed in an appointment, newest first: who, when, from what to what. A section of its page. */
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteGetList } from 'ra-core';
import type { AppointmentView } from '../../../shared/contract/appointments.ts';
import type { ModificationView } from '../../../shared/contract/appointment-changes.ts';
import { dayAndTime, shortInstant } from '../../ui/format.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { useLiveEvents, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { FaultAlert } from '../page-parts.tsx';

const ROWS = 10;

export function Changes({ row }: { row: AppointmentView }) {
  const { t } = useWords();
  const list = useInfiniteGetList<ModificationView>(
    `appointments/${encodeURIComponent(row.id)}/modifications`,
    { filter: {}, pagination: { page: 1, perPage: ROWS } },
    RETRY,
  );
  const { refetch } = list;
  useLiveEvents((change) => {
    if (change.about === 'everything' || change.ids.includes(row.id)) void refetch();
  });
  const fault = list.error ? faultOfError(list.error) : null;
  const changes = list.data?.pages.flatMap((page) => page.data);
  if (fault) return <FaultAlert fault={fault} onRetry={() => void refetch()} />;
  if (changes === undefined) return <Skeleton h={72} />;
  if (changes.length === 0) return <Text c="dimmed">{t('appointments.no_changes')}</Text>;
  return (
    <Stack gap="sm" align="flex-start">
      <ol className="kit-record-list">
        {changes.map((change) => (
          <li key={change.id}>
            <Change change={change} zone={row.time_zone} />
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('action.more')}
        </Button>
      )}
    </Stack>
  );
}

function Change({ change, zone }: { change: ModificationView; zone: string }) {
  const { t, language, catalogue } = useWords();
  const at = (instant: string | null): string => (instant === null ? '–' : dayAndTime(instant, zone, language));
  const what = ((): string => {
    switch (change.type) {
      case 'reschedule':
      case 'external_reschedule':
        return t(`appointments.change.${change.type}`, {
          from: at(change.old_starts_at),
          to: at(change.new_starts_at),
        });
      case 'status':
        return t('appointments.change.status', {
          from: t(`status.${change.old_status}`),
          to: t(`status.${change.new_status}`),
        });
      case 'cancel':
      case 'restore':
      case 'external_cancel':
        return t(`appointments.change.${change.type}`);
    }
  })();
  const isOther = change.new_staff_name !== null && change.new_staff_name !== change.old_staff_name;
  const by = change.actor_name ?? translateIfKnown(catalogue, `appointments.by.${change.actor_kind}`) ?? '';
  return (
    <>
      <Text>
        {what}
        {isOther && `, ${t('appointments.change.staff', { name: change.new_staff_name ?? '' })}`}
      </Text>
      {change.reason !== null && change.reason !== '' && <Text c="dimmed">{change.reason}</Text>}
      <Text size="sm" c="dimmed">
        {`${shortInstant(change.at, zone, language, Date.now())} · ${by}`}
      </Text>
    </>
  );
}

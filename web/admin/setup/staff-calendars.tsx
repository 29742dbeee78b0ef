/** Imported calendars that make a person busy: when each was imported last, and the button that takes it away. Drawn on the person's page. */
import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Link } from 'react-router';
import type { BusySourceView } from '../../../shared/contract/busy-sources.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { shortDay, shortInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

export function StaffCalendars({ row }: { row: StaffView }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const maySee = useMay('view_exceptions');
  const mayImport = useMay('create_imports');
  const path = `/api/v1/staff/${encodeURIComponent(row.id)}/busy-sources`;
  const loaded = useAnswer<{ data: BusySourceView[] }>(path, (signal) => api.get(path, {}, signal), { language });
  if (!maySee) return <Text c="dimmed">{t('error.PERMISSION_DENIED')}</Text>;
  const sources = loaded.body?.data ?? null;
  return (
    <Stack gap="sm">
      {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
      {sources === null && !loaded.fault && (
        <div role="status" aria-label={t('kit.loading')} aria-busy="true">
          <Skeleton h={48} />
        </div>
      )}
      {sources?.length === 0 && <Text c="dimmed">{t('staff.calendars_none')}</Text>}
      {sources?.map((source) => (
        <Source key={source.id} source={source} path={path} onGone={loaded.reload} />
      ))}
      {mayImport && (
        <Group>
          <Button
            component={Link}
            to={`/admin/imports?staff=${encodeURIComponent(row.id)}`}
            variant="default"
            size="xs"
            leftSection={<Icon name="upload" size={16} />}
          >
            {t('staff.calendars_import')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Source({ source, path, onGone }: { source: BusySourceView; path: string; onGone: () => void }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayRemove = useMay('delete_exceptions');
  const maySeeImports = useMay('view_imports');
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const zone = me.tenant.time_zone;
  const name = source.name ?? t('staff.calendar_unnamed');
  const facts = [
    t('staff.calendar_times', { count: source.times }),
    ...(source.until === null ? [] : [t('staff.calendar_until', { date: shortDay(source.until, zone, language) })]),
    t('staff.calendar_imported', { when: shortInstant(source.imported_at, zone, language, Date.now()) }),
  ];
  const remove = async (): Promise<void> => {
    setBusy(true);
    const answer = await api.delete(`${path}/${encodeURIComponent(source.id)}`);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('staff.calendar_removed') });
    onGone();
  };
  return (
    <div className="staff-calendar">
      <div>
        {maySeeImports ? (
          <Anchor component={Link} to={`/admin/imports/${encodeURIComponent(source.import_id)}`}>
            {name}
          </Anchor>
        ) : (
          <Text>{name}</Text>
        )}
        <Text size="sm" c="dimmed" className="figures">
          {facts.join(' · ')}
        </Text>
      </div>
      {fault && <FaultAlert fault={fault} />}
      {mayRemove &&
        (isAsked ? (
          <Stack gap="xs">
            <Text size="sm">{t('staff.calendar_remove_hint')}</Text>
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={() => setAsked(false)}>
                {t('action.back')}
              </Button>
              <Button size="xs" color="red" loading={isBusy} onClick={() => void remove()}>
                {t('staff.calendar_remove_yes')}
              </Button>
            </Group>
          </Stack>
        ) : (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={t('staff.calendar_remove', { name })}
            onClick={() => setAsked(true)}
          >
            {t('staff.calendar_remove_yes')}
          </Button>
        ))}
    </div>
  );
}

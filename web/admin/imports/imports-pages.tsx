/** /admin/imports: what was imported and a new file; /admin/imports/{id}: the steps of one, each where it was left. */
import { Anchor, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link, Route, Routes, useLocation, useNavigate } from 'react-router';
import type { ImportItem } from '../../../shared/contract/imports.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { shortInstant } from '../../ui/format.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Empty, FaultAlert, Section, StatusBadge } from '../page-parts.tsx';
import { ACCEPTED, ChooseFile } from './choose-file.tsx';
import { ImportPage } from './import-page.tsx';
import './imports.css';
import { Loading } from '../loading.tsx';

const IMPORTS = '/api/v1/imports';
const LOOK: Readonly<Record<ImportItem['state'], StatusLook>> = {
  empty: { tone: 'gray', icon: 'question' },
  read: { tone: 'info', icon: 'pen' },
  checking: { tone: 'info', icon: 'clock' },
  checked: { tone: 'warning', icon: 'check' },
  writing: { tone: 'info', icon: 'clock' },
  written: { tone: 'success', icon: 'check-double' },
  broken: { tone: 'danger', icon: 'warning' },
  abandoned: { tone: 'gray', icon: 'cross' },
  expired: { tone: 'gray', icon: 'clock' },
};

export default function ImportsPages() {
  const { t } = useWords();
  const maySee = useMay('view_imports');
  if (!maySee)
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('imports.title')}
        </Title>
        <Empty icon="upload" title={t('imports.forbidden')} hint={t('error.PERMISSION_DENIED')} />
      </Paper>
    );
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path=":id" element={<ImportPage />} />
    </Routes>
  );
}

function Overview() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayCreate = useMay('create_imports');
  const mayEnter = useMay('create_exceptions');
  const mayImportCalendars = mayCreate && mayEnter;
  // Whose calendar it is, where somebody came from that person's page.
  const { search } = useLocation();
  const navigate = useNavigate();
  const loaded = useAnswer<{ data: ImportItem[] }>(IMPORTS, (signal) => api.get(IMPORTS, { limit: 25 }, signal), {
    language,
  });
  useEffect(() => {
    document.title = `${t('imports.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  const rows = loaded.body?.data ?? null;
  return (
    <Stack gap="md" className="imports-page">
      <Title order={1}>{t('imports.title')}</Title>
      {mayCreate && (
        <Section title={t('imports.customers')}>
          <Stack gap="md">
            <Text c="dimmed">{t('imports.customers_hint')}</Text>
            <ChooseFile
              begin={{ kind: 'customers' }}
              kind="customers"
              accept={ACCEPTED.customers}
              onSent={({ id }) => void navigate(`/admin/imports/${id}`)}
            />
          </Stack>
        </Section>
      )}
      {mayImportCalendars && (
        <Section title={t('imports.busy_times')}>
          <Stack gap="md">
            <Text c="dimmed">{t('imports.calendar_hint')}</Text>
            <ChooseFile
              begin={{ kind: 'busy_times' }}
              kind="busy_times"
              accept={ACCEPTED.busy_times}
              onSent={({ id }) => void navigate(`/admin/imports/${id}${search}`)}
            />
          </Stack>
        </Section>
      )}
      <Section title={t('imports.recent')}>
        {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
        {rows === null && !loaded.fault && (
          <Loading>
            <Skeleton h={120} />
          </Loading>
        )}
        {rows?.length === 0 && <Text c="dimmed">{t('imports.none')}</Text>}
        {rows !== null && rows.length > 0 && (
          <ul className="kit-plain imports-list">
            {rows.map((row) => (
              <li key={row.id}>
                <div>
                  <Anchor component={Link} to={`/admin/imports/${row.id}`} className="imports-name">
                    {row.file_name === '' ? t('imports.no_name') : row.file_name}
                  </Anchor>
                  <Text size="sm" c="dimmed">
                    {t(`imports.${row.kind}`)}
                  </Text>
                </div>
                <StatusBadge look={LOOK[row.state]}>
                  {t(
                    row.kind === 'busy_times' && row.state === 'read'
                      ? 'imports.state.read_calendar'
                      : `imports.state.${row.state}`,
                  )}
                </StatusBadge>
                <Text size="sm" c="dimmed" className="figures">
                  {shortInstant(row.created_at, me.tenant.time_zone, language, Date.now())}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </Stack>
  );
}

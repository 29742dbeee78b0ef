/** /admin/settings: what holds for the whole instance. One record, saved where it stands. */
import { Alert, Paper, Skeleton, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { SystemSettingsView } from '../../../shared/contract/settings.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import '../kit/kit.css';
import { FilledForm, FormLoading } from '../kit/form-page.tsx';
import type { Saved } from '../kit/use-record-commands.tsx';
import type { Key } from '../kit/view.ts';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { byMember, requestOf, rowOf, SETTINGS_FORM, type SettingsRow } from './settings-form.ts';

const BonusTiersCard = lazy(async () => ({ default: (await import('./bonus-tiers-card.tsx')).BonusTiersCard }));

const SETTINGS = '/api/v1/settings';
/** The platform sells in it. */
const CURRENCY = 'EUR';

type Answer = ApiAnswer<{ data: SystemSettingsView }>;

export default function SettingsPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const may = useMay('edit_settings');
  // A business has settings of its own elsewhere; these are the operator's.
  if (!may || me.tenant.type !== 'platform')
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('settings.title')}
        </Title>
        <Empty icon="sliders" title={t('settings.title')} hint={t('settings.forbidden')} />
      </Paper>
    );
  return <Settings />;
}

function Settings() {
  const { t } = useWords();
  const { api } = useAdmin();
  const [row, setRow] = useState<SettingsRow | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);

  const read = useCallback((answer: Answer): Saved<SettingsRow> => {
    if (!answer.ok) return { ok: false, fault: byMember(answer.fault) };
    const found = rowOf(answer.body.data, CURRENCY);
    setRow(found);
    return { ok: true, row: found };
  }, []);
  const load = useCallback(async (): Promise<SettingsRow | null> => {
    const found = read(await api.get(SETTINGS));
    setFault(found.ok ? null : found.fault);
    return found.ok ? found.row : null;
  }, [api, read]);
  useEffect(() => void load(), [load]);

  if (row === null && fault !== null) return <FaultAlert fault={fault} onRetry={() => void load()} />;
  if (row === null) return <FormLoading />;
  return (
    <>
      <FilledForm
        view={{ form: SETTINGS_FORM }}
        row={row}
        title={t('settings.title')}
        back={null}
        reload={load}
        notice={
          <>
            {row.lacks.length > 0 && <Incomplete lacks={row.lacks} />}
            {row.refused.count > 0 && <Refused {...row.refused} />}
          </>
        }
        save={async (base, body, { key }) => {
          const saved = read(await api.patch(SETTINGS, requestOf(body), key, base?.version));
          if (saved.ok) notifications.show({ message: t('settings.saved') });
          return saved;
        }}
      />
      <Suspense fallback={<Skeleton h={160} />}>
        <BonusTiersCard key={row.version} tiers={row.tiers} version={row.version ?? 0} onSaved={load} />
      </Suspense>
    </>
  );
}

/** Why no money can be taken yet. */
function Incomplete({ lacks }: { lacks: readonly string[] }) {
  const { t, language } = useWords();
  const missing = new Intl.ListFormat(language).format(lacks.map((one) => t(`settings.lacks.${one}` as Key)));
  return (
    <Alert color="yellow" icon={<Icon name="warning" />} title={t('settings.incomplete_title')} role="status">
      {t('settings.incomplete_hint', { missing })}
    </Alert>
  );
}

/** Somebody asks Retell's paths from elsewhere: a stranger, or Retell has moved. */
function Refused({ count, last_address: address }: SystemSettingsView['refused_sources']) {
  const { t } = useWords();
  return (
    <Alert color="yellow" icon={<Icon name="warning" />} title={t('settings.refused_title')} role="status">
      {t('settings.refused_hint', { count, address: address ?? '' })}
    </Alert>
  );
}

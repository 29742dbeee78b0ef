/** /admin/connections: vendors and the credentials they are called with; of the business or one of its companies, for the operator of the platform. */
import { NativeSelect, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CompanyView } from '../../../shared/contract/companies.ts';
import type { IntegrationView } from '../../../shared/contract/integrations.ts';
import { CREDENTIALS } from '../../../shared/integration-sets.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { ConnectionCard } from './connection-card.tsx';
import './connections.css';
import { MasterKeyCard } from './master-key-card.tsx';
import { INTEGRATIONS } from './vendor-fields.ts';
import { Loading } from '../loading.tsx';

export default function ConnectionsPage() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const maySee = useMay('view_integrations');
  const isPlatform = me.tenant.type === 'platform';
  const [companyId, setCompanyId] = useState<string | null>(null);
  const companies = useAnswer<{ data: CompanyView[] }>(
    maySee && !isPlatform ? 'companies' : null,
    (signal) => api.get('/api/v1/companies', {}, signal),
    { language },
  );
  const loaded = useAnswer<{ data: IntegrationView[] }>(
    maySee ? `${INTEGRATIONS} ${companyId ?? ''}` : null,
    (signal) => api.get(INTEGRATIONS, { company_id: companyId }, signal),
    { language },
  );
  useEffect(() => {
    document.title = `${t('connections.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!maySee)
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('connections.title')}
        </Title>
        <Empty icon="link" title={t('connections.forbidden')} hint={t('error.PERMISSION_DENIED')} />
      </Paper>
    );
  const all = companies.body?.data ?? [];
  const rows = (loaded.body?.data ?? []).filter(({ vendor }) => companyId === null || CREDENTIALS[vendor].ofCompany);
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>{t('connections.title')}</Title>
        <Text c="dimmed">{t(isPlatform ? 'connections.intro_platform' : 'connections.intro')}</Text>
      </div>
      {all.length > 1 && (
        <NativeSelect
          label={t('connections.for')}
          maw={360}
          value={companyId ?? ''}
          data={[
            { value: '', label: t('connections.for_all') },
            ...all.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value } }) => setCompanyId(value === '' ? null : value)}
        />
      )}
      {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
      {loaded.body === null && !loaded.fault && (
        <Loading className="connections">
          <Skeleton h={260} />
          <Skeleton h={260} />
        </Loading>
      )}
      <div className="connections">
        {rows.map((row) => (
          <ConnectionCard
            // A card of another level holds nothing of this one: no draft, no question.
            key={`${row.vendor} ${companyId ?? ''}`}
            row={row}
            companyId={companyId}
            onChanged={loaded.reload}
          />
        ))}
        {isPlatform && <MasterKeyCard />}
      </div>
    </Stack>
  );
}

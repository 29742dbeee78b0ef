/** Below whom a business hangs, and how the operator moves it to somebody else. Drawn on a tenant's page. */
import { Button, Group, NativeSelect, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import type { TenantRow, TenantView } from '../../../shared/contract/tenants.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

const PLATFORM = 'platform';

export function ParentCard({ row }: { row: TenantView }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const mayEdit = useMay('edit_tenants');
  const present = row.parent_id ?? PLATFORM;
  const [chosen, setChosen] = useState(present);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const resellers = useAnswer<{ data: TenantRow[] }>(
    'resellers',
    (signal) => api.get('/api/v1/tenants', { type: 'reseller', limit: 100 }, signal),
    { language },
  );
  if (resellers.fault) return <FaultAlert fault={resellers.fault} onRetry={resellers.reload} />;
  if (resellers.body === null) return <Skeleton h={48} />;
  const open = resellers.body.data.filter(({ status, id }) => status !== 'closed' || id === present);

  async function move(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.patch(
      `/api/v1/tenants/${encodeURIComponent(row.id)}`,
      { parent_id: chosen },
      newKey(),
      row.version,
    );
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('tenants.moved', { name: row.name }) });
    refresh();
  }
  const problem = Object.values(fault?.errors ?? {})
    .flat()
    .join(' ');
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t('tenants.parent_hint')}</Text>
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('tenants.parent')}
          value={chosen}
          disabled={!mayEdit}
          data={[
            { value: PLATFORM, label: t('tenants.no_parent') },
            ...open.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={({ currentTarget: { value } }) => setChosen(value)}
        />
        {mayEdit && (
          <Button variant="default" loading={isBusy} disabled={chosen === present} onClick={() => void move()}>
            {t('tenants.move')}
          </Button>
        )}
      </Group>
      {problem !== '' ? <Text c="red">{problem}</Text> : fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}

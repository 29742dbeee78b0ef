/** What a reseller earns of each company of a customer, where it differs from what it earns elsewhere; the operator sets it. Drawn on a tenant's page. */
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { CompanyCommission, TenantView } from '../../../shared/contract/tenants.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { decimal } from '../../ui/format.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { NumberInput } from '../kit/number-input.tsx';
import { FaultAlert } from '../page-parts.tsx';

/** Basis points of a percent. */
const PERCENT = 100;

export function CommissionsCard({ row }: { row: TenantView }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const path = `/api/v1/tenants/${encodeURIComponent(row.id)}/companies`;
  const loaded = useAnswer<{ data: CompanyCommission[] }>(path, (signal) => api.get(path, {}, signal), { language });
  if (loaded.fault) return <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />;
  if (loaded.body === null) return <Skeleton h={120} />;
  const { data } = loaded.body;
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('tenants.commissions_hint')}
      </Text>
      {data.length === 0 && <Text c="dimmed">{t('tenants.no_companies')}</Text>}
      {data.map((one) => (
        <Company key={`${one.company_id} ${one.version}`} one={one} path={path} onSaved={loaded.reload} />
      ))}
    </Stack>
  );
}

interface Props {
  one: CompanyCommission;
  path: string;
  onSaved: () => Promise<void>;
}

function Company({ one, path, onSaved }: Props) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayEdit = useMay('edit_commissions');
  const { rate_basis_points: rate } = one;
  const [value, setValue] = useState<number | ''>(rate === null ? '' : rate / PERCENT);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const wanted = value === '' ? null : Math.round(value * PERCENT);

  async function save(): Promise<void> {
    setBusy(true);
    setFault(null);
    const target = `${path}/${encodeURIComponent(one.company_id)}/commission`;
    const answer = await api.put(target, { rate_basis_points: wanted }, one.version);
    setBusy(false);
    if (!answer.ok) {
      setFault(answer.fault);
      return;
    }
    notifications.show({ message: t('tenants.commission_saved') });
    await onSaved();
  }

  if (!mayEdit)
    return (
      <Group justify="space-between" gap="sm">
        <Text>{one.name}</Text>
        <Text className="figures">
          {rate === null ? t('tenants.commission_usual') : `${decimal(rate / PERCENT, language)} %`}
        </Text>
      </Group>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Group align="flex-end" gap="sm">
        <NumberInput
          label={one.name}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={2}
          decimalSeparator={language === 'de' ? ',' : '.'}
          placeholder={t('tenants.commission_usual')}
          value={value}
          onChange={(next) => setValue(typeof next === 'number' ? next : '')}
        />
        <Button type="submit" variant="default" loading={isBusy} disabled={wanted === rate}>
          {t('tenants.commission_save')}
        </Button>
      </Group>
      {fault && <FaultAlert fault={fault} />}
    </form>
  );
}

/** A tenant's VAT id and what the EU's register said of it, with a button that asks once more. Drawn on a tenant's page. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import type { TenantView } from '../../../shared/contract/tenants.ts';
import type { VatState } from '../../../shared/tenant-status.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';

const LOOKS: Readonly<Record<VatState, StatusLook>> = {
  valid: { tone: 'success', icon: 'check' },
  invalid: { tone: 'danger', icon: 'cross' },
  unchecked: { tone: 'warning', icon: 'clock' },
};

export function VatCard({ row }: { row: TenantView }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const refresh = useRefresh();
  const mayEdit = useMay('edit_tenants');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { vat_id: id, vat_check: check } = row;
  const state = check?.state ?? 'unchecked';
  // Theirs are checked by form only: the register of the EU does not know them.
  const isInRegister = row.country !== 'CH' && row.country !== 'LI';

  async function ask(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post(`/api/v1/tenants/${encodeURIComponent(row.id)}/vat-check`, {}, newKey());
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    refresh();
  }

  // Of a row of the list, until the whole record is there, nothing is known.
  if (id == null) return <Text c="dimmed">{t('tenants.no_vat_id')}</Text>;
  return (
    <Stack gap="sm" align="flex-start">
      <Group gap="sm">
        <Text className="figures">{id}</Text>
        {isInRegister && <StatusBadge look={LOOKS[state]}>{t(`tenants.vat.${state}`)}</StatusBadge>}
      </Group>
      {!isInRegister ? (
        <Text c="dimmed">{t('tenants.vat_no_register')}</Text>
      ) : (
        check && (
          <>
            {check.name !== null && <Text>{[check.name, check.address].filter(Boolean).join(', ')}</Text>}
            <Text c="dimmed" size="sm">
              {t('tenants.vat_checked', { when: dayAndTime(check.checked_at, me.tenant.time_zone, language) })}
            </Text>
          </>
        )
      )}
      {mayEdit && isInRegister && (
        <Button
          variant="default"
          loading={isBusy}
          leftSection={<Icon name="refresh" size={16} />}
          onClick={() => void ask()}
        >
          {t('tenants.vat_ask')}
        </Button>
      )}
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}

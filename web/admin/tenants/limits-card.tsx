/** How much of everything that is limited an account has and may have; whoever stands above it sets its own limits. Drawn on a tenant's page. */
import { Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { TenantUse, TenantUses, TenantView } from '../../../shared/contract/tenants.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { decimal, megabytes } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { NumberInput } from '../kit/number-input.tsx';
import { FaultAlert } from '../page-parts.tsx';

const MAX_LIMIT = 1_000_000;

export function LimitsCard({ row }: { row: TenantView }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const path = `/api/v1/tenants/${encodeURIComponent(row.id)}/limits`;
  const loaded = useAnswer<TenantUses>(path, (signal) => api.get(path, {}, signal), { language });
  if (loaded.fault) return <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />;
  if (loaded.body === null) return <Skeleton h={160} />;
  const { data, recordings } = loaded.body;
  return (
    <Stack gap="sm">
      <Limits id={row.id} rows={data} onSaved={loaded.reload} />
      {recordings !== null && (
        <Text>
          {t('kit.recordings_stored', {
            count: recordings.recordings,
            megabytes: decimal(megabytes(recordings.bytes), language),
          })}
        </Text>
      )}
    </Stack>
  );
}

function Limits({ id, rows, onSaved }: { id: string; rows: readonly TenantUse[]; onSaved: () => Promise<void> }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayEdit = useMay('edit_tenants');
  const [isEditing, setEditing] = useState(false);
  const [draft, setDraft] = useState<Partial<Record<TenantUse['limit'], number | ''>>>({});
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function save(): Promise<void> {
    setBusy(true);
    setFault(null);
    // What is empty has no limit of its own: the default holds.
    const limits = Object.fromEntries(Object.entries(draft).filter(([, value]) => typeof value === 'number'));
    const answer = await api.patch(`/api/v1/tenants/${encodeURIComponent(id)}`, { limits }, newKey());
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setEditing(false);
    notifications.show({ message: t('tenants.limits_saved') });
    await onSaved();
  }
  const begin = (): void => {
    setDraft(Object.fromEntries(rows.map(({ limit, own }) => [limit, own ?? ''])));
    setEditing(true);
  };
  const problem = fault?.errors['limits']?.join(' ');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm" align="flex-start">
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('tenants.limit')}</Table.Th>
              <Table.Th>{t('tenants.limit_used')}</Table.Th>
              <Table.Th>{t('tenants.limit_max')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ limit, used, max, own }) => (
              <Table.Tr key={limit}>
                <Table.Td>{t(`tenants.limit.${limit}`)}</Table.Td>
                <Table.Td className="figures">{decimal(used, language)}</Table.Td>
                <Table.Td>
                  {isEditing ? (
                    <NumberInput
                      aria-label={t(`tenants.limit.${limit}`)}
                      placeholder={own === null && max !== null ? String(max) : t('tenants.limit_default')}
                      value={draft[limit] ?? ''}
                      min={0}
                      max={MAX_LIMIT}
                      allowDecimal={false}
                      hideControls
                      onChange={(value) =>
                        setDraft((held) => ({ ...held, [limit]: value === '' ? '' : Number(value) }))
                      }
                    />
                  ) : (
                    <>
                      {max === null ? t('tenants.limit_none') : decimal(max, language)}
                      {own === null && max !== null && (
                        <Text span c="dimmed">{` ${t('tenants.limit_by_default')}`}</Text>
                      )}
                    </>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {isEditing && <Text c="dimmed">{t('tenants.limits_hint')}</Text>}
        {problem !== undefined && <Text c="red">{problem}</Text>}
        {fault && problem === undefined && <FaultAlert fault={fault} />}
        {mayEdit &&
          (isEditing ? (
            <Group gap="sm">
              <Button variant="default" onClick={() => setEditing(false)}>
                {t('kit.discard')}
              </Button>
              <Button type="submit" loading={isBusy}>
                {t('kit.save')}
              </Button>
            </Group>
          ) : (
            <Button variant="default" onClick={begin}>
              {t('tenants.limits_change')}
            </Button>
          ))}
      </Stack>
    </form>
  );
}

/** Bonus tiers of the instance: from which top-up how much is given on top. Rows of their own, saved together. Drawn on the operator's settings page. */
import {
  ActionIcon,
  Button,
  Group,
  NativeSelect,
  NumberInput,
  Paper,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { SystemSettingsView } from '../../../shared/contract/settings.ts';
import { BONUS_KINDS } from '../../../shared/money-status.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

type Tier = SystemSettingsView['bonus_tiers'][number];
/** Amounts are kept in minor units, percentages in basis points: both are a hundredth of what people type. */
const UNITS = 100;
const MAX_TIERS = 20;

interface CardProps {
  tiers: readonly Tier[];
  /** the settings' version as it was read */
  version: number;
  onSaved: () => Promise<unknown>;
}

export function BonusTiersCard({ tiers, version, onSaved }: CardProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const mayEdit = useMay('edit_settings');
  const [rows, setRows] = useState<readonly Tier[]>(tiers);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isDirty = JSON.stringify(rows) !== JSON.stringify(tiers);
  const change = (at: number, set: Partial<Tier>): void =>
    setRows((held) => held.map((row, n) => (n === at ? { ...row, ...set } : row)));
  const add = (): void => {
    const last = rows.at(-1);
    const id = `tier_${Date.now().toString(36)}`;
    setRows([...rows, { id, name: '', from_cents: (last?.from_cents ?? 0) * 2, kind: 'percentage', value: 500 }]);
  };

  async function save(): Promise<void> {
    setBusy(true);
    setFault(null);
    const sorted = [...rows].sort((a, b) => a.from_cents - b.from_cents);
    const answer = await api.patch('/api/v1/settings', { bonus_tiers: sorted }, newKey(), version);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('settings.saved') });
    await onSaved();
  }

  return (
    <Paper withBorder p="md" component="section" aria-labelledby="bonus-tiers">
      <Stack gap="sm">
        <Title order={2} id="bonus-tiers">
          {t('bonus.title')}
        </Title>
        <Text c="dimmed">{t('bonus.hint')}</Text>
        {rows.length === 0 && <Text c="dimmed">{t('bonus.none')}</Text>}
        {rows.map((row, at) => (
          <Group key={row.id} gap="sm" align="flex-end" role="group" aria-label={row.name || t('bonus.new')}>
            <TextInput
              label={t('bonus.name')}
              value={row.name}
              maxLength={40}
              disabled={!mayEdit}
              onChange={({ currentTarget: { value } }) => change(at, { name: value })}
            />
            <NumberInput
              label={t('bonus.from')}
              value={row.from_cents / UNITS}
              min={0}
              max={1_000_000}
              decimalScale={2}
              decimalSeparator={t('bonus.decimal')}
              hideControls
              disabled={!mayEdit}
              onChange={(value) => change(at, { from_cents: Math.round(Number(value) * UNITS) })}
            />
            <NativeSelect
              label={t('bonus.kind')}
              value={row.kind}
              disabled={!mayEdit}
              data={BONUS_KINDS.map((value) => ({ value, label: t(`bonus.kind.${value}`) }))}
              onChange={({ currentTarget: { value } }) => change(at, { kind: value as Tier['kind'] })}
            />
            <NumberInput
              label={t(row.kind === 'percentage' ? 'bonus.percent' : 'bonus.amount')}
              value={row.value / UNITS}
              min={0}
              max={row.kind === 'percentage' ? 100 : 1_000}
              decimalScale={2}
              decimalSeparator={t('bonus.decimal')}
              hideControls
              disabled={!mayEdit}
              onChange={(value) => change(at, { value: Math.round(Number(value) * UNITS) })}
            />
            {mayEdit && (
              <ActionIcon
                variant="default"
                size="lg"
                aria-label={t('bonus.remove', { name: row.name || t('bonus.new') })}
                onClick={() => setRows(rows.filter((_, n) => n !== at))}
              >
                <Icon name="bin" size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {fault && <FaultAlert fault={fault} />}
        {mayEdit && (
          <Group gap="sm">
            <Button variant="default" disabled={rows.length >= MAX_TIERS} onClick={add}>
              {t('bonus.add')}
            </Button>
            <Button
              loading={isBusy}
              disabled={!isDirty || rows.some(({ name }) => name.trim() === '')}
              onClick={() => void save()}
            >
              {t('bonus.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

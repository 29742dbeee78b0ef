/** A customer topped up from the own balance, and what was sent so far. Drawn on a tenant's page for a reseller. */
import { Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BalanceResponse } from '../../../shared/contract/money.ts';
import type { TenantView } from '../../../shared/contract/tenants.ts';
import type { TransferView } from '../../../shared/contract/transfers.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime, minorDigitsOf, money } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

export function TransfersCard({ row }: { row: TenantView }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayCreate = useMay('create_transfers');
  const path = `/api/v1/tenants/${encodeURIComponent(row.id)}/transfers`;
  const sent = useAnswer<{ data: TransferView[] }>(path, (signal) => api.get(path, {}, signal), { language });
  const own = useAnswer<BalanceResponse>('/customer/balance', (signal) => api.get('/customer/balance', {}, signal), {
    language,
  });
  const [amount, setAmount] = useState<number | ''>('');
  // The same key until it has been answered: a second click is the same transfer.
  const [key, setKey] = useState(newKey);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const digits = minorDigitsOf(row.currency);
  const cents = amount === '' ? 0 : Math.round(amount * 10 ** digits);
  const balance = own.body?.data;

  async function send(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post<{ data: TransferView }>(path, { amount_cents: cents }, key);
    setBusy(false);
    if (!answer.ok) {
      setFault(answer.fault);
      return;
    }
    setAmount('');
    setKey(newKey());
    notifications.show({ message: t('tenants.transfer_sent', { amount: money(cents, row.currency, language) }) });
    await Promise.all([sent.reload(), own.reload()]);
  }

  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('tenants.transfers_hint')}
      </Text>
      {balance && (
        <Text>{t('tenants.transfer_own', { amount: money(balance.prepaid_cents, balance.currency, language) })}</Text>
      )}
      {mayCreate && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <Group align="flex-end" gap="sm">
            <NumberInput
              label={t('tenants.transfer_amount', { currency: row.currency })}
              min={0}
              decimalScale={digits}
              decimalSeparator={language === 'de' ? ',' : '.'}
              thousandSeparator={language === 'de' ? '.' : ','}
              value={amount}
              onChange={(next) => setAmount(typeof next === 'number' ? next : '')}
            />
            <Button type="submit" variant="default" loading={isBusy} disabled={cents <= 0}>
              {t('tenants.transfer_send')}
            </Button>
          </Group>
          {fault && <FaultAlert fault={fault} />}
        </form>
      )}
      {sent.fault && <FaultAlert fault={sent.fault} onRetry={sent.reload} />}
      {sent.body?.data.length === 0 && <Text c="dimmed">{t('tenants.no_transfers')}</Text>}
      {sent.body && sent.body.data.length > 0 && (
        <Stack component="ul" gap="xs" className="plain-list" aria-label={t('tenants.transfers')}>
          {sent.body.data.map((one) => (
            <Group component="li" key={one.id} justify="space-between" gap="xs">
              <Text>{`${dayAndTime(one.sent_at, me.tenant.time_zone, language)} · ${t(`tenants.transfer.${one.state}`)}`}</Text>
              <Text className="figures">{money(one.amount_cents, one.currency, language)}</Text>
            </Group>
          ))}
        </Stack>
      )}
    </Stack>
  );
}

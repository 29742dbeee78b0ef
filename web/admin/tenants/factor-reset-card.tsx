/** The way back of an account's only owner who has lost phone and recovery codes: asked for with a reason, how far it is, withdrawn. Drawn on a tenant's page. */
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FactorResetView } from '../../../shared/contract/security.ts';
import type { TenantView } from '../../../shared/contract/tenants.ts';
import { MAX_REASON, MIN_REASON } from '../../../shared/support.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

type Last = NonNullable<FactorResetView['last']>;

export function FactorResetCard({ row }: { row: TenantView }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const mayEdit = useMay('edit_tenants');
  const path = `/api/v1/tenants/${encodeURIComponent(row.id)}/factor-reset`;
  const loaded = useAnswer<{ data: FactorResetView }>(path, (signal) => api.get(path, {}, signal), { language });
  const [reason, setReason] = useState('');
  const [isShort, setShort] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const found = loaded.body?.data;
  if (loaded.fault) return <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />;
  if (found === undefined) return null;
  const { owner, last } = found;
  const isOpen = last !== null && last.ended_at === null;

  async function send(isAsked: boolean): Promise<void> {
    const said = reason.trim();
    setShort(isAsked && said.length < MIN_REASON);
    if (isAsked && said.length < MIN_REASON) return;
    setBusy(true);
    setFault(null);
    const answer = isAsked ? await api.post(path, { reason: said }, newKey()) : await api.delete(path);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setReason('');
    void loaded.reload();
  }
  const when = (at: string): string => dayAndTime(at, me.tenant.time_zone, language);
  const stateOf = (one: Last): string => {
    if (one.ended_at !== null && one.ended_by !== null)
      return t(`tenants.reset_ended.${one.ended_by}`, { when: when(one.ended_at) });
    return t(one.confirmed_at === null ? 'tenants.reset_waits_for_owner' : 'tenants.reset_waits', {
      due: when(one.due_at),
    });
  };

  return (
    <Stack gap="md">
      <Text c="dimmed">{t('tenants.reset_hint')}</Text>
      {last !== null && (
        <div role="status">
          <Text fw={600}>{stateOf(last)}</Text>
          <Text size="sm">
            {t('tenants.reset_asked', { name: last.asked_by, when: when(last.asked_at), reason: last.reason })}
          </Text>
        </div>
      )}
      {isOpen && mayEdit && (
        <Group>
          <Button variant="default" loading={isBusy} onClick={() => void send(false)}>
            {t('tenants.reset_withdraw')}
          </Button>
        </Group>
      )}
      {!isOpen && owner === null && <Text>{t('tenants.reset_nobody')}</Text>}
      {!isOpen && owner !== null && mayEdit && (
        <>
          <Text className="wrap-anywhere">{t('tenants.reset_owner', { name: owner.name, email: owner.email })}</Text>
          <Textarea
            label={t('tenants.support_reason')}
            autosize
            minRows={2}
            maxLength={MAX_REASON}
            maw={480}
            value={reason}
            error={isShort ? t('tenants.support_reason_problem') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group>
            <Button variant="default" loading={isBusy} onClick={() => void send(true)}>
              {t('tenants.reset_ask')}
            </Button>
          </Group>
        </>
      )}
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}

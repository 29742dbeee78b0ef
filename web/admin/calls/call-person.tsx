/** Whose call it was: the customer, and for who may, another one or nobody. Drawn on the call's page. */
import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { CallDetail } from '../../../shared/contract/calls.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert, Section } from '../page-parts.tsx';
import { callerOf } from './call-words.ts';

// What draws lists under a field comes when somebody links: a call is read by many and linked by few.
const PersonFilter = lazy(async () => ({ default: (await import('./person-filter.tsx')).PersonFilter }));

interface CallPersonProps {
  call: CallDetail;
  /** what stands there is read again */
  onChanged: () => void;
}

export function CallPerson({ call, onChanged }: CallPersonProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const maySee = useMay('view_customers');
  const mayLink = useMay('edit_calls') && maySee;
  const [isChoosing, setChoosing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);

  async function link(customerId: string | null): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.patch<{ data: CallDetail }>(`/api/v1/calls/${encodeURIComponent(call.id)}`, {
      customer_id: customerId,
    });
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setChoosing(false);
    onChanged();
    const name = callerOf(answer.body.data, t);
    notifications.show({ message: customerId === null ? t('call.unlinked') : t('call.linked', { name }) });
  }

  return (
    <Section title={t('call.person')}>
      <Stack gap="sm" align="flex-start">
        {call.customer === null ? (
          <Text c="dimmed">{t('call.person_none')}</Text>
        ) : maySee ? (
          <Anchor component={Link} to={`/admin/customers/${encodeURIComponent(call.customer.id)}`}>
            {callerOf(call, t)}
          </Anchor>
        ) : (
          <Text>{call.customer.name}</Text>
        )}
        {mayLink && !isChoosing && (
          <Group gap="xs">
            <Button
              variant="default"
              size="xs"
              leftSection={<Icon name="link" size={16} />}
              onClick={() => setChoosing(true)}
            >
              {t(call.customer === null ? 'call.link' : 'call.link_other')}
            </Button>
            {call.customer !== null && (
              <Button variant="subtle" color="gray" size="xs" loading={busy} onClick={() => void link(null)}>
                {t('call.unlink')}
              </Button>
            )}
          </Group>
        )}
        {mayLink && isChoosing && (
          <Group gap="xs" align="end" w="100%">
            <Suspense fallback={<Skeleton h={60} w={260} />}>
              <PersonFilter chosen={null} onChoose={(id) => id !== null && void link(id)} />
            </Suspense>
            <Button variant="subtle" color="gray" onClick={() => setChoosing(false)}>
              {t('action.back')}
            </Button>
          </Group>
        )}
        {fault && <FaultAlert fault={fault} />}
      </Stack>
    </Section>
  );
}

/** Deleting an agent: what happens, which numbers it answers, and a second word where nobody would answer them. Drawn on its page. */
import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { AgentView } from '../../../shared/contract/agents.ts';
import type { NumberView } from '../../../shared/contract/numbers.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

/** More than a branch has. */
const MAX_NUMBERS = 50;

export function RemoveAgent({ row }: { row: AgentView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const navigate = useNavigate();
  const numbers = useNumbersOf(row);
  /** `alone`: the server has said that nobody else would answer */
  const [asked, setAsked] = useState<'no' | 'sure' | 'alone'>('no');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);

  async function remove(): Promise<void> {
    if (asked === 'no') return setAsked('sure');
    setBusy(true);
    setFault(null);
    const path = `/api/v1/retell-agents/${encodeURIComponent(row.id)}/remove`;
    const answer = await api.post(path, { confirm: asked === 'alone' }, newKey());
    setBusy(false);
    if (!answer.ok && answer.fault.errors['confirm'] !== undefined) return setAsked('alone');
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('agents.remove.begun') });
    await navigate('/admin/agents');
  }

  return (
    <Stack gap="md" align="flex-start">
      <Text>{t('agents.remove.what')}</Text>
      {numbers !== null && numbers.length === 0 && <Text>{t('agents.remove.no_numbers')}</Text>}
      {numbers !== null && numbers.length > 0 && (
        <div>
          <Text>{t('agents.remove.numbers')}</Text>
          <List>
            {numbers.map((number) => (
              <List.Item key={number}>
                <span className="figures">{number}</span>
              </List.Item>
            ))}
          </List>
          <Text size="sm" c="dimmed">
            {t('agents.remove.moves')}
          </Text>
        </div>
      )}
      {asked === 'alone' && (
        <Alert color="orange" icon={<Icon name="warning" />} role="alert">
          {t('agents.remove.alone')}
        </Alert>
      )}
      <Button
        variant={asked === 'no' ? 'default' : 'filled'}
        {...(asked === 'no' ? {} : { color: 'red' })}
        leftSection={<Icon name="bin" size={16} />}
        loading={busy}
        onClick={() => void remove()}
      >
        {t(asked === 'no' ? 'agents.remove.do' : asked === 'sure' ? 'agents.remove.sure' : 'agents.remove.sure_alone')}
      </Button>
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}

/** Numbers that lead to the agent; null: not known (yet), or not to be seen. */
function useNumbersOf({ id, branch_id: branchId }: AgentView): string[] | null {
  const { api } = useAdmin();
  const maySee = useMay('view_phone_numbers');
  const [numbers, setNumbers] = useState<string[] | null>(null);
  useEffect(() => {
    if (!maySee) return;
    let isCurrent = true;
    void api
      .get<{ data: NumberView[] }>('/api/v1/phone-numbers', { branch_id: branchId, limit: MAX_NUMBERS })
      .then((answer) => {
        if (!isCurrent || !answer.ok) return;
        setNumbers(answer.body.data.flatMap((one) => (one.agent_id === id && one.number !== null ? [one.number] : [])));
      });
    return () => {
      isCurrent = false;
    };
  }, [api, id, branchId, maySee]);
  return numbers;
}

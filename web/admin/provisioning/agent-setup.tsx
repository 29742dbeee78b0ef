/** How far an agent is at Retell, what differs, what a person may do next, and second ones. Drawn on its page; follows the work by itself. */
import { Alert, Button, Group, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useEffect, useState } from 'react';
import { PROVISION_FAULTS, type ProvisionFault } from '../../../shared/agent-sets.ts';
import type { AgentView } from '../../../shared/contract/agents.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import './provisioning.css';

/** Provisioning takes seconds: looked at this often while it runs. */
const LOOK_AGAIN_MS = 3_000;

const faultOf = (reason: string | null): ProvisionFault | null =>
  PROVISION_FAULTS.find((fault) => reason?.split(':')[0] === fault) ?? null;

export function AgentSetup({ row }: { row: AgentView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const mayEdit = useMay('edit_retell_agents');
  const mayRemove = useMay('delete_retell_agents');
  const [busy, setBusy] = useState<'provision' | 'check' | 'remove' | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const isAtWork = row.state === 'provisioning' || row.state === 'failed' || row.state === 'removing';
  useEffect(() => {
    if (!isAtWork) return;
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAtWork, refresh]);

  async function act(verb: 'provision' | 'check' | 'remove'): Promise<void> {
    setBusy(verb);
    setFault(null);
    const answer = await api.post(
      `/api/v1/retell-agents/${encodeURIComponent(row.id)}/${verb}`,
      verb === 'remove' ? { confirm: true } : {},
      newKey(),
    );
    setBusy(null);
    refresh();
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({
      message: t(verb === 'check' ? 'agents.checked' : verb === 'remove' ? 'agents.remove.begun' : 'agents.begun'),
    });
  }

  const isStuck = row.state === 'failed' || (row.state === 'removing' && row.reason !== null);
  const reason = isStuck ? faultOf(row.reason) : null;
  const code = row.reason?.split(':')[1];
  return (
    <Stack gap="md" align="flex-start">
      {isStuck ? (
        <Alert
          color="red"
          icon={<Icon name="warning" />}
          title={reason === null ? undefined : t(`agents.reason.${reason}`)}
        >
          <Text>{t(row.state === 'removing' ? 'agents.says.removing_failed' : 'agents.says.failed')}</Text>
          {code !== undefined && <Text size="sm">{code}</Text>}
        </Alert>
      ) : (
        <Text aria-live="polite">
          {t(row.reason === 'announcing' ? 'agents.says.announcing' : `agents.says.${row.state}`)}
        </Text>
      )}
      {row.differences.length > 0 && <Differences row={row} />}
      {mayRemove && row.state === 'removing' && isStuck && (
        <Button
          leftSection={<Icon name="refresh" size={16} />}
          loading={busy === 'remove'}
          onClick={() => void act('remove')}
        >
          {t('agents.do.again')}
        </Button>
      )}
      {mayEdit && row.state !== 'provisioning' && row.state !== 'removing' && (
        <Group gap="sm">
          {row.state !== 'live' && (
            <Button
              leftSection={<Icon name={row.state === 'failed' ? 'refresh' : 'check'} size={16} />}
              loading={busy === 'provision'}
              disabled={busy === 'check'}
              onClick={() => void act('provision')}
            >
              {t(
                row.state === 'drifted'
                  ? 'agents.do.mend'
                  : row.state === 'failed'
                    ? 'agents.do.again'
                    : 'agents.do.provision',
              )}
            </Button>
          )}
          {(row.state === 'live' || row.state === 'drifted') && (
            <Button
              variant="default"
              leftSection={<Icon name="search" size={16} />}
              loading={busy === 'check'}
              disabled={busy === 'provision'}
              onClick={() => void act('check')}
            >
              {t('agents.do.check')}
            </Button>
          )}
        </Group>
      )}
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}

function Differences({ row }: { row: AgentView }) {
  const { t } = useWords();
  return (
    <div className="provisioning-wide">
      <Table aria-label={t('agents.differences')} className="provisioning-table">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('agents.difference.where')}</Table.Th>
            <Table.Th scope="col">{t('agents.difference.ours')}</Table.Th>
            <Table.Th scope="col">{t('agents.difference.theirs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {row.differences.map(({ part, field, ours, theirs, by }) => (
            <Table.Tr key={`${part} ${field} ${ours}`}>
              <Table.Td>
                <Text fw={600}>{t(`agents.part.${part}`)}</Text>
                {field !== '*' && <Text size="sm">{field}</Text>}
                <Text size="sm" c="dimmed">
                  {t(`agents.difference.by.${by}`)}
                </Text>
              </Table.Td>
              <Table.Td className="provisioning-value">{ours}</Table.Td>
              <Table.Td className="provisioning-value">{theirs === '' ? t('agents.difference.gone') : theirs}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

/** Second ones at Retell: each is deleted only after it was said twice. */
export function AgentTwins({ row }: { row: AgentView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const mayRemove = useMay('delete_retell_agents');
  const [sure, setSure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);

  async function remove(twin: AgentView['twins'][number]): Promise<void> {
    if (sure !== twin.id) return setSure(twin.id);
    setBusy(true);
    setFault(null);
    const path = `/api/v1/retell-agents/${encodeURIComponent(row.id)}/remove-twin`;
    const answer = await api.post(path, twin, newKey());
    setBusy(false);
    setSure(null);
    refresh();
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('agents.twin.removed') });
  }

  return (
    <Stack gap="md" align="flex-start">
      <Text>{t('agents.twins_hint')}</Text>
      {row.twins.map((twin) => (
        <Group key={twin.id} gap="sm">
          <Text>
            {t(`agents.part.${twin.kind}`)} <span className="figures">{twin.id}</span>
          </Text>
          {mayRemove && (
            <Button
              variant={sure === twin.id ? 'filled' : 'default'}
              {...(sure === twin.id ? { color: 'red' } : {})}
              leftSection={<Icon name="bin" size={16} />}
              loading={busy && sure === twin.id}
              onClick={() => void remove(twin)}
            >
              {t(sure === twin.id ? 'agents.twin.sure' : 'agents.twin.remove')}
            </Button>
          )}
        </Group>
      ))}
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}

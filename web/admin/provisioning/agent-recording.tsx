/** Whether an agent's calls are recorded: why that is delicate, the acceptance of an owner, and what the recordings take. Drawn on its page. */
import { Alert, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useEffect, useState } from 'react';
import type { AgentView } from '../../../shared/contract/agents.ts';
import type { StorageView } from '../../../shared/contract/recordings.ts';
import { RECORDING_NOTICE_VERSION, type RecordingMode } from '../../../shared/recording-sets.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime, decimal, megabytes } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { RecordingDays } from './recording-days.tsx';

/** What an owner reads before; a change of its meaning is a new number in shared/recording-sets.ts. */
const REASONS = ['crime', 'consent', 'first', 'no', 'staff', 'kept'] as const;

export function AgentRecording({ row }: { row: AgentView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const mayManage = useMay('manage_recordings');
  const [hasRead, setRead] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const isOn = row.recording === 'announced';

  async function set(mode: RecordingMode): Promise<void> {
    setBusy(true);
    setFault(null);
    const path = `/api/v1/retell-agents/${encodeURIComponent(row.id)}/recording`;
    const body = mode === 'announced' ? { mode, notice: RECORDING_NOTICE_VERSION } : { mode };
    const answer = await api.post(path, body, newKey());
    setBusy(false);
    setRead(false);
    refresh();
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({
      message: t(mode === 'announced' ? 'agents.recording.turned_on' : 'agents.recording.turned_off'),
    });
  }

  const problem =
    fault?.errors['mode'] !== undefined
      ? t('agents.recording.practice')
      : fault?.errors['first_sentence'] !== undefined
        ? t('agents.recording.wording')
        : null;
  return (
    <Stack gap="md" align="flex-start">
      <Text>{t(isOn ? 'agents.recording.is_on' : 'agents.recording.is_off')}</Text>
      {isOn && <Accepted row={row} />}
      {isOn && <Storage />}
      {(isOn || mayManage) && <RecordingDays branchId={row.branch_id} />}
      {mayManage && !isOn && (
        <>
          <div>
            <Text fw={600}>{t('agents.recording.why')}</Text>
            <List mt="xs" spacing="xs">
              {REASONS.map((reason) => (
                <List.Item key={reason}>{t(`agents.recording.reason.${reason}`)}</List.Item>
              ))}
            </List>
          </div>
          <Checkbox
            checked={hasRead}
            onChange={(event) => setRead(event.currentTarget.checked)}
            label={t('agents.recording.accept')}
          />
        </>
      )}
      {mayManage && (
        <Group gap="sm">
          <Button
            variant={isOn ? 'default' : 'filled'}
            disabled={!isOn && !hasRead}
            loading={busy}
            onClick={() => void set(isOn ? 'off' : 'announced')}
          >
            {t(isOn ? 'agents.recording.turn_off' : 'agents.recording.turn_on')}
          </Button>
        </Group>
      )}
      {problem !== null && (
        <Alert color="orange" icon={<Icon name="warning" />} role="alert">
          {problem}
        </Alert>
      )}
      {fault && problem === null && <FaultAlert fault={fault} />}
    </Stack>
  );
}

function Accepted({ row: { recording_accepted: accepted } }: { row: AgentView }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  if (accepted === null) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('agents.recording.accepted', {
        when: dayAndTime(accepted.at, me.tenant.time_zone, language),
        version: accepted.notice,
      })}
    </Text>
  );
}

/** Of the whole business: its recordings lie in one place. */
function Storage() {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const maySee = useMay('view_recordings');
  const [taken, setTaken] = useState<StorageView | null>(null);
  useEffect(() => {
    if (!maySee) return;
    let isCurrent = true;
    void api.get<{ data: StorageView }>('/api/v1/recordings/storage').then((answer) => {
      if (isCurrent && answer.ok) setTaken(answer.body.data);
    });
    return () => {
      isCurrent = false;
    };
  }, [api, maySee]);
  if (taken === null) return null;
  return (
    <Text>
      {t('kit.recordings_stored', {
        count: taken.recordings,
        megabytes: decimal(megabytes(taken.bytes), language),
      })}
    </Text>
  );
}

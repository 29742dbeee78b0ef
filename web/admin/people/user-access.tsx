/** What may be done about a user's access: invite again, disable, enable, delete. Drawn on the user's page. */
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { UserAccountView } from '../../../shared/contract/identity.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { RefusalAlert } from '../page-parts.tsx';
import { TakeFactor } from './take-factor.tsx';
import { Modal } from '../kit/modal.tsx';

/** The sentence for what the rules about people refuse, by its key. */
export const userReason = (reason: string): string => `users.reason.${reason}`;

type Step = 'invite' | 'disable' | 'enable' | 'delete';

export function UserAccess({ row }: { row: UserAccountView }) {
  const { t } = useWords();
  const { me } = useAdmin();
  const mayInvite = useMay('create_users');
  const mayEdit = useMay('edit_users');
  const mayDelete = useMay('delete_users');
  const { busy, fault, run, isAsking, setAsking } = useSteps(row);

  if (row.id === me.user.id)
    return (
      <Stack gap="xs" align="flex-start">
        <Text>{t('users.you')}</Text>
        <Anchor component={Link} to="/admin/profile">
          {t('users.to_profile')}
        </Anchor>
      </Stack>
    );
  if (!row.can_change) return <Text>{t('users.beyond')}</Text>;
  return (
    <Stack gap="md" align="flex-start">
      {row.status === 'invited' && <Text>{t('users.invited_hint')}</Text>}
      {mayEdit && row.status !== 'disabled' && (
        <Text c="dimmed" size="sm">
          {t('users.disable_hint')}
        </Text>
      )}
      <Group gap="sm">
        {mayInvite && row.status === 'invited' && (
          <Button
            leftSection={<Icon name="refresh" size={16} />}
            loading={busy === 'invite'}
            onClick={() => void run('invite')}
          >
            {t('users.invite_again')}
          </Button>
        )}
        {mayEdit &&
          (row.status === 'disabled' ? (
            <Button
              leftSection={<Icon name="check" size={16} />}
              loading={busy === 'enable'}
              onClick={() => void run('enable')}
            >
              {t('users.enable')}
            </Button>
          ) : (
            <Button
              variant="default"
              leftSection={<Icon name="cross" size={16} />}
              loading={busy === 'disable'}
              onClick={() => void run('disable')}
            >
              {t('users.disable')}
            </Button>
          ))}
        {mayEdit && row.second_factor && <TakeFactor row={row} />}
        {mayDelete && (
          <Button variant="default" c="red" leftSection={<Icon name="bin" size={16} />} onClick={() => setAsking(true)}>
            {t('users.delete')}
          </Button>
        )}
      </Group>
      {fault && <RefusalAlert fault={fault} reasons={userReason} />}
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('users.delete_title', { name: row.name })}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        centered
      >
        <Stack gap="md">
          <Text>{t('users.delete_hint')}</Text>
          <Group grow>
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('action.back')}
            </Button>
            <Button color="red" loading={busy === 'delete'} onClick={() => void run('delete')}>
              {t('users.delete')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Stack>
  );
}

/** Sends a step, says what became of it, and reads the page again; who is gone has no page. */
function useSteps(row: UserAccountView) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const go = useNavigate();
  const [busy, setBusy] = useState<Step | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isAsking, setAsking] = useState(false);
  const path = `/api/v1/users/${encodeURIComponent(row.id)}`;
  const { name } = row;
  const steps: Record<Step, { send: () => Promise<ApiAnswer<unknown>>; said: () => string }> = {
    invite: { send: () => api.post(`${path}/invite`, {}, newKey()), said: () => t('users.invited_again', { name }) },
    disable: { send: () => api.patch(path, { disabled: true }), said: () => t('users.disabled', { name }) },
    enable: { send: () => api.patch(path, { disabled: false }), said: () => t('users.enabled', { name }) },
    delete: { send: () => api.delete(path), said: () => t('users.deleted', { name }) },
  };

  async function run(step: Step): Promise<void> {
    setBusy(step);
    setFault(null);
    const answer = await steps[step].send();
    setBusy(null);
    setAsking(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: steps[step].said() });
    if (step === 'delete') await go('/admin/users', { replace: true });
    refresh();
  }
  return { busy, fault, run, isAsking, setAsking };
}

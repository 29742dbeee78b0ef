/** Who signs in as a person of the staff: the account and whether it was accepted, or the form that invites. Drawn on the person's page. */
import { Anchor, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useGetOne, useRefresh } from 'ra-core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { UserAccountView } from '../../../shared/contract/identity.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { RETRY } from '../data-provider.ts';
import { forgetNames } from '../kit/references.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { personName } from './references.ts';

/** Roles of people who stand in a calendar; others are invited on the page of users. */
const ROLES = ['staff', 'receptionist', 'manager'] as const;
type StaffRole = (typeof ROLES)[number];

export function StaffLogin({ row }: { row: StaffView }) {
  const { t } = useWords();
  const mayInvite = useMay('create_users');
  if (row.user_id !== null) return <Account id={row.user_id} />;
  return mayInvite ? <Invite row={row} /> : <Text c="dimmed">{t('staff.no_login')}</Text>;
}

function Account({ id }: { id: string }) {
  const { t } = useWords();
  const maySee = useMay('view_users');
  const { data: user } = useGetOne<UserAccountView>('users', { id }, { ...RETRY, enabled: maySee });
  if (!maySee || !user) return <Text>{t('staff.has_login')}</Text>;
  return (
    <Stack gap={4}>
      <Anchor component={Link} to={`/admin/users/${encodeURIComponent(id)}`}>
        {user.email}
      </Anchor>
      <Text size="sm" c="dimmed">
        {t(
          user.status === 'invited'
            ? 'staff.login_invited'
            : user.status === 'disabled'
              ? 'staff.login_disabled'
              : 'staff.has_login',
        )}
      </Text>
    </Stack>
  );
}

function Invite({ row }: { row: StaffView }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const [email, setEmail] = useState(row.email ?? '');
  const [role, setRole] = useState<StaffRole>('staff');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isTaken = fault?.errors['email'] !== undefined;

  async function invite(): Promise<void> {
    setBusy(true);
    setFault(null);
    const body = { email: email.trim(), role, language };
    const answer = await api.post(`/api/v1/staff/${encodeURIComponent(row.id)}/login`, body, newKey());
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    forgetNames(api, 'users');
    notifications.show({ message: t('staff.invited', { name: personName(row) }) });
    refresh();
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('staff.invite_hint')}
        </Text>
        <TextInput
          type="email"
          label={t('staff.email')}
          autoComplete="off"
          maxLength={254}
          value={email}
          error={isTaken && t('staff.invite_email_problem')}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('users.role')}
          value={role}
          data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
          onChange={(event) => setRole(event.currentTarget.value as StaffRole)}
        />
        {fault && !isTaken && <FaultAlert fault={fault} />}
        <Group>
          <Button
            type="submit"
            loading={isBusy}
            disabled={email.trim() === ''}
            leftSection={<Icon name="user" size={16} />}
          >
            {t('staff.invite')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

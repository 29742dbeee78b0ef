/** The operator's look into an account: whether its owner agrees, its people with "view as", and its networks to lift. Drawn on a tenant's page. */
import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type {
  BeganSupportResponse,
  TenantPersonView,
  TenantSupportResponse,
} from '../../../shared/contract/security.ts';
import type { TenantView } from '../../../shared/contract/tenants.ts';
import { isRole } from '../../../shared/permissions.ts';
import { MAX_REASON, MIN_REASON } from '../../../shared/support.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';

type Asked = { kind: 'view'; person: TenantPersonView } | { kind: 'lift' };

export function SupportCard({ row }: { row: TenantView }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const path = `/api/v1/tenants/${encodeURIComponent(row.id)}/support`;
  const loaded = useAnswer<TenantSupportResponse>(path, (signal) => api.get(path, {}, signal), { language });
  const [asked, setAsked] = useState<Asked | null>(null);
  const found = loaded.body?.data;
  if (loaded.fault) return <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />;
  if (found === undefined) return null;
  const isAllowed = found.access_until !== null;
  return (
    <Stack gap="md">
      <Text>
        {found.access_until === null
          ? t('tenants.support_not_allowed')
          : t('tenants.support_allowed', { until: dayAndTime(found.access_until, me.tenant.time_zone, language) })}
      </Text>
      {found.people.length === 0 ? (
        <Text c="dimmed">{t('tenants.support_nobody')}</Text>
      ) : (
        <Stack component="ul" gap="sm" className="plain-list" aria-label={t('tenants.support_people')}>
          {found.people.map((person) => (
            <Group component="li" key={person.id} justify="space-between" gap="xs">
              <div>
                <Text fw={600}>{person.name}</Text>
                <Text size="sm" c="dimmed" className="wrap-anywhere">
                  {`${isRole(person.role) ? t(`role.${person.role}`) : person.role} · ${person.email}`}
                </Text>
              </div>
              {person.status === 'disabled' ? (
                <StatusBadge look={{ tone: 'gray', icon: 'cross' }}>{t('users.status.disabled')}</StatusBadge>
              ) : (
                isAllowed && (
                  <Button
                    variant="default"
                    leftSection={<Icon name="eye" size={16} />}
                    onClick={() => setAsked({ kind: 'view', person })}
                  >
                    {t('tenants.support_view')}
                  </Button>
                )
              )}
            </Group>
          ))}
        </Stack>
      )}
      {found.networks.length > 0 && (
        <Stack gap="xs" align="flex-start">
          <Text fw={600}>{t('tenants.networks')}</Text>
          <Text>{t('tenants.networks_hint', { networks: found.networks.join(', ') })}</Text>
          <Button variant="default" onClick={() => setAsked({ kind: 'lift' })}>
            {t('tenants.networks_lift')}
          </Button>
        </Stack>
      )}
      {asked !== null && (
        <ReasonDialog
          key={asked.kind === 'view' ? asked.person.id : 'lift'}
          asked={asked}
          path={path}
          onClose={() => setAsked(null)}
          onLifted={() => {
            setAsked(null);
            notifications.show({ message: t('tenants.networks_lifted') });
            void loaded.reload();
          }}
        />
      )}
    </Stack>
  );
}

interface ReasonDialogProps {
  asked: Asked;
  path: string;
  onClose: () => void;
  onLifted: () => void;
}

/** Both reach far: they ask why. */
function ReasonDialog({ asked, path, onClose, onLifted }: ReasonDialogProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [reason, setReason] = useState('');
  const [isThere, setThere] = useState(false);
  const [isShort, setShort] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isView = asked.kind === 'view';

  async function submit(): Promise<void> {
    const said = reason.trim();
    setShort(said.length < MIN_REASON);
    if (said.length < MIN_REASON) return;
    setBusy(true);
    setFault(null);
    if (!isView) {
      const answer = await api.post(`${path}/lift-networks`, { reason: said }, newKey());
      setBusy(false);
      return answer.ok ? onLifted() : setFault(answer.fault);
    }
    const answer = await api.post<BeganSupportResponse>(`${path}/sessions`, {
      user_id: asked.person.id,
      reason: said,
      host: isThere ? 'tenant' : 'here',
    });
    // The button stays busy until the next page stands.
    if (answer.ok) return location.assign(answer.body.data.url);
    setBusy(false);
    setFault(answer.fault);
  }

  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={isView ? t('tenants.support_title', { name: asked.person.name }) : t('tenants.networks_lift')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Text>{t(isView ? 'tenants.support_hint' : 'tenants.networks_lift_hint')}</Text>
        <Textarea
          label={t('tenants.support_reason')}
          autosize
          minRows={2}
          maxLength={MAX_REASON}
          data-autofocus
          value={reason}
          error={isShort ? t('tenants.support_reason_problem') : undefined}
          onChange={(event) => setReason(event.currentTarget.value.replaceAll('\n', ' '))}
        />
        {isView && (
          <Checkbox
            label={t('tenants.support_host')}
            checked={isThere}
            onChange={(event) => setThere(event.currentTarget.checked)}
          />
        )}
        {fault && <FaultAlert fault={fault} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('tenants.support_cancel')}
          </Button>
          <Button loading={isBusy} onClick={() => void submit()}>
            {t(isView ? 'tenants.support_begin' : 'tenants.networks_lift')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

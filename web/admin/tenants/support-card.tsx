/** The operator's look into an account: whether its owner agrees, its people with "view as", and its networks to lift. Drawn on a tenant's page. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';
import type { TenantSupportResponse } from '../../../shared/contract/security.ts';
import type { TenantView } from '../../../shared/contract/tenants.ts';
import { isRole } from '../../../shared/permissions.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';
import type { Asked } from './support-reason.tsx';

const ReasonDialog = lazy(async () => ({ default: (await import('./support-reason.tsx')).ReasonDialog }));

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
        <Suspense fallback={null}>
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
        </Suspense>
      )}
    </Stack>
  );
}

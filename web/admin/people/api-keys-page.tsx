/** /admin/api-keys: keys of the account, what they may, from where and until when; making, replacing and revoking them. */
import { ActionIcon, Button, Code, Group, Paper, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useEffect, useState } from 'react';
import type { ApiKeyView } from '../../../shared/contract/identity.ts';
import { shortInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { ShownOnce } from '../kit/shown-once.tsx';
import { MenuButton } from '../menu-button.tsx';
import { Empty, FaultAlert, StatusBadge } from '../page-parts.tsx';
import './people.css';
import { Loading } from '../loading.tsx';

/** What is asked comes with the first question. */
const loadDialogs = () => import('./key-dialogs.tsx');
const NewKey = lazy(async () => ({ default: (await loadDialogs()).NewKey }));
const EditKey = lazy(async () => ({ default: (await loadDialogs()).EditKey }));
const ReplaceKey = lazy(async () => ({ default: (await loadDialogs()).ReplaceKey }));
const RevokeKey = lazy(async () => ({ default: (await loadDialogs()).RevokeKey }));

const KEYS = '/api/v1/api-keys';
type Asked = { kind: 'new' } | { kind: 'edit' | 'rotate' | 'revoke'; row: ApiKeyView };

export default function ApiKeysPage() {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const maySee = useMay('view_api_keys');
  const mayCreate = useMay('create_api_keys');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const loaded = useAnswer<{ data: ApiKeyView[] }>(
    maySee ? KEYS : null,
    (signal) => api.get(KEYS, { limit: 100 }, signal),
    { language },
  );
  useEffect(() => {
    document.title = `${t('keys.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!maySee)
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('keys.title')}
        </Title>
        <Empty icon="link" title={t('keys.forbidden')} hint={t('error.PERMISSION_DENIED')} />
      </Paper>
    );
  const done = (made: string | null, message: string | null): void => {
    setAsked(null);
    setSecret(made);
    if (message !== null) notifications.show({ message });
    void loaded.reload();
  };
  const close = (): void => setAsked(null);
  const rows = loaded.body?.data ?? null;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={1}>{t('keys.title')}</Title>
        {mayCreate && (
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setAsked({ kind: 'new' })}>
            {t('keys.create')}
          </Button>
        )}
      </Group>
      {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
      {rows === null && !loaded.fault && (
        <Loading>
          <Skeleton h={200} />
        </Loading>
      )}
      {rows !== null && (
        <Paper withBorder>
          {rows.length === 0 ? (
            <Empty icon="link" title={t('keys.empty_title')} hint={t('keys.empty_hint')} />
          ) : (
            <KeyTable rows={rows} onAsk={setAsked} />
          )}
        </Paper>
      )}
      <Suspense fallback={null}>
        {asked?.kind === 'new' && <NewKey onClose={close} onDone={done} />}
        {asked?.kind === 'edit' && <EditKey row={asked.row} onClose={close} onDone={done} />}
        {asked?.kind === 'rotate' && <ReplaceKey row={asked.row} onClose={close} onDone={done} />}
        {asked?.kind === 'revoke' && <RevokeKey row={asked.row} onClose={close} onDone={done} />}
      </Suspense>
      {secret !== null && (
        <ShownOnce
          title={t('keys.once_title')}
          hint={t('keys.once_hint')}
          copy={t('keys.copy')}
          done={t('keys.done')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
    </Stack>
  );
}

function KeyTable({ rows, onAsk }: { rows: readonly ApiKeyView[]; onAsk: (asked: Asked) => void }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const mayEdit = useMay('edit_api_keys');
  const mayDelete = useMay('delete_api_keys');
  const at = (instant: string): string => shortInstant(instant, me.tenant.time_zone, language, Date.now());
  return (
    <Table.ScrollContainer minWidth={0}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('keys.name')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('keys.scopes')}</Table.Th>
            <Table.Th visibleFrom="md">{t('keys.ip_allow')}</Table.Th>
            <Table.Th>{t('keys.expires')}</Table.Th>
            <Table.Th visibleFrom="sm">{t('keys.last_used')}</Table.Th>
            <Table.Th>
              <span className="sr-only">{t('keys.edit')}</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td>
                <Text fw={600}>{row.name}</Text>
                <Group gap="xs">
                  <Code>{row.prefix}…</Code>
                  {row.mode === 'test' && (
                    <StatusBadge look={{ tone: 'gray', icon: 'tag' }}>{t('keys.mode.test')}</StatusBadge>
                  )}
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="sm">{t('keys.scopes_count', { count: row.scopes.length })}</Table.Td>
              <Table.Td visibleFrom="md">
                {row.ip_allow.length === 0 ? t('keys.ip_any') : row.ip_allow.join(', ')}
              </Table.Td>
              <Table.Td>
                {row.expires_at === null
                  ? t('keys.no_expiry')
                  : Date.parse(row.expires_at) <= Date.now()
                    ? t('keys.ended')
                    : at(row.expires_at)}
              </Table.Td>
              <Table.Td visibleFrom="sm">
                {row.last_used_at === null ? t('keys.never_used') : at(row.last_used_at)}
              </Table.Td>
              <Table.Td ta="right">
                {(mayEdit || mayDelete) && (
                  <MenuButton
                    parts={() => [
                      ...(mayEdit
                        ? [
                            {
                              label: t('keys.edit'),
                              icon: 'pen' as const,
                              onPick: () => onAsk({ kind: 'edit', row }),
                            },
                            {
                              label: t('keys.rotate'),
                              icon: 'refresh' as const,
                              onPick: () => onAsk({ kind: 'rotate', row }),
                            },
                          ]
                        : []),
                      ...(mayDelete
                        ? [
                            {
                              label: t('keys.revoke'),
                              icon: 'bin' as const,
                              isDangerous: true,
                              onPick: () => onAsk({ kind: 'revoke', row }),
                            },
                          ]
                        : []),
                    ]}
                  >
                    <ActionIcon
                      variant="default"
                      className="control-square"
                      aria-label={t('keys.actions_of', { name: row.name })}
                    >
                      <Icon name="dots" />
                    </ActionIcon>
                  </MenuButton>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

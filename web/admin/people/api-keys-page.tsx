/** /admin/api-keys: keys of the account, what they may, from where and until when; making, replacing and revoking them. */
import {
  ActionIcon,
  Button,
  Code,
  CopyButton,
  Group,
  Menu,
  Modal,
  Paper,
  Skeleton,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import type { ApiKeyView } from '../../../shared/contract/identity.ts';
import { shortInstant } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Empty, FaultAlert, StatusBadge } from '../page-parts.tsx';
import './people.css';
import { EditKey, NewKey, ReplaceKey, RevokeKey } from './key-dialogs.tsx';

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
        <div role="status" aria-label={t('kit.loading')} aria-busy="true">
          <Skeleton h={200} />
        </div>
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
      {asked?.kind === 'new' && <NewKey onClose={close} onDone={done} />}
      {asked?.kind === 'edit' && <EditKey row={asked.row} onClose={close} onDone={done} />}
      {asked?.kind === 'rotate' && <ReplaceKey row={asked.row} onClose={close} onDone={done} />}
      {asked?.kind === 'revoke' && <RevokeKey row={asked.row} onClose={close} onDone={done} />}
      {secret !== null && <ShownOnce secret={secret} onClose={() => setSecret(null)} />}
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
                  <Menu position="bottom-end">
                    <Menu.Target>
                      <ActionIcon
                        variant="default"
                        className="control-square"
                        aria-label={t('keys.actions_of', { name: row.name })}
                      >
                        <Icon name="dots" />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {mayEdit && (
                        <>
                          <Menu.Item
                            leftSection={<Icon name="pen" size={16} />}
                            onClick={() => onAsk({ kind: 'edit', row })}
                          >
                            {t('keys.edit')}
                          </Menu.Item>
                          <Menu.Item
                            leftSection={<Icon name="refresh" size={16} />}
                            onClick={() => onAsk({ kind: 'rotate', row })}
                          >
                            {t('keys.rotate')}
                          </Menu.Item>
                        </>
                      )}
                      {mayDelete && (
                        <Menu.Item
                          color="red"
                          leftSection={<Icon name="bin" size={16} />}
                          onClick={() => onAsk({ kind: 'revoke', row })}
                        >
                          {t('keys.revoke')}
                        </Menu.Item>
                      )}
                    </Menu.Dropdown>
                  </Menu>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The only time a key is shown: it closes by its button, not by a click beside it. */
function ShownOnce({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      title={t('keys.once_title')}
      centered
    >
      <Stack gap="md">
        <Text>{t('keys.once_hint')}</Text>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {secret}
        </Code>
        <Group grow>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={<Icon name={copied ? 'check' : 'copy'} size={16} />}
                onClick={copy}
              >
                {copied ? t('action.copied') : t('keys.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t('keys.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

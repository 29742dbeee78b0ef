/** /admin/operations/live: what is asked before going live, by a button each, with what to do where it is not well. */
import { Button, Group, Paper, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { LiveCheckView } from '../../../shared/contract/watch.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useMay, useWords, type Words } from '../admin-context.tsx';
import { Instant } from '../kit/display.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';
import { useWatched } from './rows.tsx';
import { durationText } from './shown.ts';
import { OperationsFrame } from './frame.tsx';

type Id = LiveCheckView['id'];

const LOOK: Readonly<Record<NonNullable<LiveCheckView['result']>, StatusLook>> = {
  well: { tone: 'success', icon: 'check' },
  partly: { tone: 'warning', icon: 'warning' },
  failed: { tone: 'danger', icon: 'cross' },
};

/** What to do, with what the check found in it. */
function todoOf({ code, detail }: LiveCheckView, { catalogue, t }: Words): string | null {
  const key = `op.live.code.${code ?? ''}`;
  if (code === null || !Object.hasOwn(catalogue, key)) return code;
  const values = Object.fromEntries(Object.entries(detail).map(([name, value]) => [name, String(value ?? '')]));
  return t(key as 'op.live.code.missing', values as { names: string });
}

export default function LivePage() {
  return (
    <OperationsFrame title="op.live.title" permission="view_live_checks">
      <LiveChecks />
    </OperationsFrame>
  );
}

function LiveChecks() {
  const words = useWords();
  const { t } = words;
  const { api } = useAdmin();
  const mayRun = useMay('manage_live_checks');
  const { body, fault, reload } = useWatched<{ data: LiveCheckView[] }>('/api/v1/live-checks');
  const [asked, setAsked] = useState<ReadonlySet<Id>>(new Set());
  const [refused, setRefused] = useState<ApiFault | null>(null);

  async function run(ids: readonly Id[]): Promise<void> {
    setAsked(new Set(ids));
    setRefused(null);
    // One after the other: each is a request to a vendor, and the row it leaves is shown as soon as it is there.
    for (const id of ids) {
      const answer = await api.post(`/api/v1/live-checks/${id}/run`, {}, newKey());
      if (!answer.ok) setRefused(answer.fault);
      await reload();
      setAsked((before) => new Set([...before].filter((one) => one !== id)));
    }
  }

  const checks = body?.data ?? null;
  const well = checks?.filter(({ result }) => result === 'well').length ?? 0;
  return (
    <>
      <Text>{t('op.live.intro')}</Text>
      <Group justify="space-between">
        <Text className="figures" role="status">
          {checks !== null && t('op.live.count', { well, all: checks.length })}
        </Text>
        {mayRun && checks !== null && (
          <Button
            leftSection={<Icon name="refresh" size={16} />}
            loading={asked.size > 1}
            onClick={() => void run(checks.map(({ id }) => id))}
          >
            {t('op.live.run_all')}
          </Button>
        )}
      </Group>
      {(fault ?? refused) && <FaultAlert fault={(fault ?? refused) as ApiFault} onRetry={reload} />}
      <Paper withBorder className="kit-list" component="section">
        <Table className="kit-table operations-live">
          <Table.Caption className="sr-only">{t('op.live.title')}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className="kit-first">{t('op.live.check')}</Table.Th>
              <Table.Th className="kit-aside">{t('op.result')}</Table.Th>
              <Table.Th className="kit-under">{t('op.live.todo')}</Table.Th>
              <Table.Th className="kit-no-phone">{t('op.at')}</Table.Th>
              <Table.Th className="kit-no-phone">{t('op.duration')}</Table.Th>
              {mayRun && (
                <Table.Th className="kit-end">
                  <span className="sr-only">{t('op.live.run')}</span>
                </Table.Th>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody aria-busy={checks === null}>
            {checks?.map((check) => (
              <Table.Tr key={check.id}>
                <Table.Td className="kit-first">{t(`op.live.name.${check.id}`)}</Table.Td>
                <Table.Td className="kit-aside">
                  {check.result === null ? (
                    <Text c="dimmed">{t('op.live.never')}</Text>
                  ) : (
                    <StatusBadge look={LOOK[check.result]}>{t(`op.live.${check.result}`)}</StatusBadge>
                  )}
                </Table.Td>
                <Table.Td className="kit-under operations-todo">{todoOf(check, words) ?? '–'}</Table.Td>
                <Table.Td className="kit-no-phone">{check.at === null ? '–' : <Instant at={check.at} />}</Table.Td>
                <Table.Td className="kit-no-phone figures">
                  {check.ms === null ? '–' : durationText(check.ms, words)}
                </Table.Td>
                {mayRun && (
                  <Table.Td className="kit-end">
                    <Button
                      variant="default"
                      size="xs"
                      loading={asked.has(check.id)}
                      disabled={asked.size > 0}
                      aria-label={`${t('op.live.run')}: ${t(`op.live.name.${check.id}`)}`}
                      onClick={() => void run([check.id])}
                    >
                      {t('op.live.run')}
                    </Button>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Paper>
    </>
  );
}

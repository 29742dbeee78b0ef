/** /admin/operations/health: the parts of the platform as they stand, ninety days of uptime and what was not well in them. */
import { Paper, Stack, Table, Text, Title } from '@mantine/core';
import type { DetailedHealthResponse } from '../../../shared/contract/health.ts';
import type { OutageView, UptimeDay, UptimeView } from '../../../shared/contract/watch.ts';
import { dayAndTime, shortWallDate } from '../../ui/format.ts';
import { useAdmin, useWords, type Words } from '../admin-context.tsx';
import { Instant } from '../kit/display.tsx';
import type { Column } from '../kit/view.ts';
import { FaultAlert } from '../page-parts.tsx';
import { AnswerRows, useWatched } from './rows.tsx';
import { shareText, STATUS_LOOK, wordOr } from './shown.ts';
import { OperationsFrame } from './frame.tsx';
import { Loading } from '../loading.tsx';

type Status = keyof typeof STATUS_LOOK;

interface PartRow {
  id: string;
  status: Status;
  success: string | null;
  failure: string | null;
  facts: Record<string, unknown>;
}

/** Shares are said as per cent, everything else as it is. */
const SHARES = new Set(['success_rate', 'error_rate']);

function factsOf({ facts }: PartRow, words: Words): string | null {
  const said = Object.entries(facts).flatMap(([name, value]) => {
    if (typeof value !== 'number' && typeof value !== 'string') return [];
    const key = `op.health.fact.${name}`;
    const message: unknown = Object.hasOwn(words.catalogue, key) ? words.catalogue[key as 'op.health.fact.open'] : null;
    if (typeof message !== 'function') return [];
    const shown = SHARES.has(name) && typeof value === 'number' ? shareText(value, words.language) : String(value);
    return [words.t(key as 'op.health.fact.open', { value: shown })];
  });
  return said.length === 0 ? null : said.join(' · ');
}

const COLUMNS: readonly Column<PartRow>[] = [
  {
    label: 'op.state',
    show: { kind: 'badge', of: ({ status }) => ({ look: STATUS_LOOK[status], word: `op.status.${status}` }) },
    place: 'aside',
  },
  {
    label: 'op.health.facts',
    show: { kind: 'text', of: (row, words) => factsOf(row, words) },
    place: 'under',
  },
  { label: 'op.health.last_failure', show: { kind: 'instant', of: (row) => row.failure }, isWide: true },
  { label: 'op.health.last_success', show: { kind: 'instant', of: (row) => row.success }, place: 'end' },
];

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const partsOf = ({ checks, integrations }: DetailedHealthResponse): PartRow[] =>
  [...Object.entries(checks), ...Object.entries(integrations)].map(([id, part]) => {
    const { status, ...facts } = part as { status: Status } & Record<string, unknown>;
    return { id, status, success: text(facts['last_success']), failure: text(facts['last_failure']), facts };
  });

export default function HealthPage() {
  return (
    <OperationsFrame title="op.health.title" permission="view_alarms">
      <Parts />
      <Uptime />
    </OperationsFrame>
  );
}

function Parts() {
  const words = useWords();
  const { t } = words;
  const health = useWatched<DetailedHealthResponse>('/api/health/detailed');
  return (
    <AnswerRows<PartRow>
      answer={health}
      rows={health.body && partsOf(health.body)}
      caption={'op.health.parts'}
      title={t('op.health.parts')}
      empty={{ title: 'op.nothing', hint: 'op.nothing' }}
      first={{ label: 'op.health.part', show: ({ id }) => wordOr(words, `op.health.part.${id}`, id) }}
      columns={COLUMNS}
      ways={() => []}
    />
  );
}

const lookOf = ({ share, down, degraded, missing }: UptimeDay): string =>
  share === null ? 'none' : down > 0 ? 'down' : degraded + missing > 0 ? 'degraded' : 'well';

function dayText({ date, share, down, degraded, missing }: UptimeDay, { t, language }: Words): string {
  const day = shortWallDate(date, language);
  return share === null
    ? t('op.uptime.day_none', { day })
    : t('op.uptime.day', { day, share: shareText(share, language), down, degraded, missing });
}

function Uptime() {
  const words = useWords();
  const { t, language } = words;
  const { me } = useAdmin();
  const { body, fault, reload } = useWatched<{ data: UptimeView }>('/api/v1/uptime');
  if (fault && !body) return <FaultAlert fault={fault} onRetry={reload} />;
  if (!body) return <Loading />;
  const { since, share, days, outages } = body.data;
  return (
    <>
      <Paper withBorder p="md" component="section">
        <Stack gap="sm">
          <Title order={2}>{t('op.uptime.title')}</Title>
          <Text>
            {share === null || since === null
              ? t('op.uptime.none')
              : `${t('op.uptime.share', { share: shareText(share, language) })} · ${t('op.uptime.since', { when: dayAndTime(since, me.tenant.time_zone, language) })}`}
          </Text>
          <ol className="operations-days">
            {days.map((day) => (
              <li key={day.date} data-look={lookOf(day)} title={dayText(day, words)}>
                <span className="sr-only">{dayText(day, words)}</span>
              </li>
            ))}
          </ol>
        </Stack>
      </Paper>
      <Outages outages={outages} />
    </>
  );
}

function Outages({ outages }: { outages: readonly OutageView[] }) {
  const words = useWords();
  const { t } = words;
  return (
    <Paper withBorder className="kit-list" component="section">
      <Title order={2} p="sm">
        {t('op.outage.title')}
      </Title>
      {outages.length === 0 ? (
        <Text c="dimmed" p="sm">
          {t('op.outage.none')}
        </Text>
      ) : (
        <Table className="kit-table">
          <Table.Caption className="sr-only">{t('op.outage.title')}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className="kit-first">{t('op.name')}</Table.Th>
              <Table.Th className="kit-under">{t('op.outage.parts')}</Table.Th>
              <Table.Th className="kit-no-phone">{t('op.from')}</Table.Th>
              <Table.Th className="kit-end">{t('op.to')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {outages.map(({ kind, from, to, parts }) => (
              <Table.Tr key={`${kind} ${from}`}>
                <Table.Td className="kit-first">{t(`op.outage.${kind}`)}</Table.Td>
                <Table.Td className="kit-under">
                  {parts.map((part) => wordOr(words, `op.health.part.${part}`, part)).join(', ') || '–'}
                </Table.Td>
                <Table.Td className="kit-no-phone">
                  <Instant at={from} />
                </Table.Td>
                <Table.Td className="kit-end">{to === null ? t('op.outage.lasts') : <Instant at={to} />}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
}

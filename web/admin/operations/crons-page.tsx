/** /admin/operations/crons: what the platform does by the clock, how it went, and the runs of one. */
import { Button, Group } from '@mantine/core';
import type { CronRunView, CronView } from '../../../shared/contract/jobs.ts';
import type { Key } from '../kit/view.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Column } from '../kit/view.ts';
import { useMay, useWords } from '../admin-context.tsx';
import { useAddress } from '../use-address.ts';
import { AnswerRows, Rows, useWatched } from './rows.tsx';
import { durationText, factsText, wordOr } from './shown.ts';
import type { WayOut } from './ways-out.ts';
import { OperationsFrame } from './frame.tsx';

type CronRow = CronView & { id: string };
type Outcome = CronRunView['outcome'];

const OUTCOME_LOOK: Readonly<Record<Outcome, StatusLook>> = {
  running: { tone: 'primary', icon: 'play' },
  done: { tone: 'success', icon: 'check' },
  failed: { tone: 'danger', icon: 'cross' },
  lost: { tone: 'warning', icon: 'warning' },
};

const durationOf = ({ started_at, ended_at }: CronRunView): number | null =>
  ended_at === null ? null : Date.parse(ended_at) - Date.parse(started_at);

/** A cron's state: paused and running come before how it ended last. */
const lookOf = (row: CronRow): { look: StatusLook; word: Key } => {
  if (row.paused_at !== null) return { look: { tone: 'gray', icon: 'clock' }, word: 'op.cron.paused' };
  if (row.running) return { look: OUTCOME_LOOK.running, word: 'op.cron.running' };
  if (row.last_run === null) return { look: { tone: 'gray', icon: 'question' }, word: 'op.cron.never' };
  const { outcome } = row.last_run;
  return { look: OUTCOME_LOOK[outcome], word: `op.cron.outcome.${outcome}` };
};

const COLUMNS: readonly Column<CronRow>[] = [
  { label: 'op.state', show: { kind: 'badge', of: lookOf }, place: 'aside' },
  { label: 'op.cron.schedule', show: { kind: 'text', of: (row) => row.schedule }, isWide: true },
  { label: 'op.cron.code', show: { kind: 'text', of: (row) => row.name }, isWide: true },
  {
    label: 'op.cron.last',
    show: { kind: 'instant', of: (row) => row.last_run?.started_at ?? null },
    place: 'under',
  },
  {
    label: 'op.duration',
    show: {
      kind: 'text',
      of: (row, words) => {
        const ms = row.last_run === null ? null : durationOf(row.last_run);
        return ms === null ? null : durationText(ms, words);
      },
    },
  },
  {
    label: 'op.cron.counts',
    show: { kind: 'long_text', of: (row) => row.last_run?.error ?? factsText(row.last_run?.counts ?? null) },
    isWide: true,
  },
  { label: 'op.cron.next', show: { kind: 'instant', of: (row) => row.next_due_at }, place: 'end' },
];

const RUN_COLUMNS: readonly Column<CronRunView>[] = [
  {
    label: 'op.result',
    show: {
      kind: 'badge',
      of: ({ outcome }) => ({ look: OUTCOME_LOOK[outcome], word: `op.cron.outcome.${outcome}` }),
    },
    place: 'aside',
  },
  {
    label: 'op.cron.by',
    show: { kind: 'text', of: (run, words) => words.t(`op.cron.by.${run.trigger}`) },
  },
  {
    label: 'op.duration',
    show: {
      kind: 'text',
      of: (run, words) => {
        const ms = durationOf(run);
        return ms === null ? null : durationText(ms, words);
      },
    },
    place: 'under',
  },
  { label: 'op.cron.counts', show: { kind: 'long_text', of: (run) => run.error ?? factsText(run.counts) } },
  { label: 'op.at', show: { kind: 'instant', of: (run) => run.started_at }, place: 'end' },
];

function waysOf({ name, paused_at }: CronRow): WayOut[] {
  const way = (verb: 'fire' | 'pause' | 'resume'): WayOut => ({
    label: `op.cron.${verb}`,
    hint: `op.cron.${verb}_hint`,
    needsNoReason: true,
    send: (api, _said, key) => api.post(`/api/v1/crons/${encodeURIComponent(name)}/${verb}`, {}, key),
  });
  return [way('fire'), way(paused_at === null ? 'pause' : 'resume')];
}

export default function CronsPage() {
  return (
    <OperationsFrame title="op.cron.title" permission="view_crons">
      <Crons />
    </OperationsFrame>
  );
}

function Crons() {
  const words = useWords();
  const { t } = words;
  const { query, change } = useAddress();
  const mayManage = useMay('manage_crons');
  const answer = useWatched<{ data: CronView[] }>('/api/v1/crons');
  const rows = answer.body?.data.map((row) => ({ ...row, id: row.name })) ?? null;
  const shown = rows?.find(({ name }) => name === query.get('runs'));
  if (shown)
    return (
      <>
        <Group>
          <Button
            variant="default"
            leftSection={<Icon name="chevron-left" size={16} />}
            onClick={() => change({ runs: null })}
          >
            {t('op.cron.title')}
          </Button>
        </Group>
        <Rows<CronRunView>
          resource={`crons/${shown.name}/runs`}
          filter={{}}
          caption={'op.cron.runs'}
          title={t('op.cron.runs_of', { name: wordOr(words, `op.work.${shown.name}`, shown.name) })}
          empty={{ title: 'op.cron.empty', hint: 'op.cron.empty_hint' }}
          first={{
            label: 'op.cron.due',
            show: (run) => new Date(run.due_at).toISOString().slice(0, 16).replace('T', ' '),
          }}
          columns={RUN_COLUMNS}
          ways={() => (mayManage ? waysOf(shown) : [])}
        />
      </>
    );
  return (
    <AnswerRows<CronRow>
      answer={answer}
      rows={rows}
      caption={'op.cron.title'}
      empty={{ title: 'op.nothing', hint: 'op.cron.empty_hint' }}
      first={{ label: 'op.name', show: ({ name }) => wordOr(words, `op.work.${name}`, name) }}
      columns={COLUMNS}
      ways={(row) => (mayManage ? waysOf(row) : [])}
      look={{ label: 'op.cron.runs', show: ({ name }) => change({ runs: name }) }}
    />
  );
}

/** /admin/operations/jobs: work over many tenants with its steps, what failed in it, and a new one. */
import { Button, Group, List, NativeSelect, Progress, Stack, Tabs, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { JobItemView, JobView, TenantJobView } from '../../../shared/contract/jobs.ts';
import { JOB_STATES, type JobState, type TenantJobAction } from '../../../shared/job-status.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { Icon } from '../../ui/icon.tsx';
import { useMay, useWords } from '../admin-context.tsx';
import type { Key, Column } from '../kit/view.ts';
import { useAddress } from '../use-address.ts';
import { Instant } from '../kit/display.tsx';
import { MenuButton } from '../menu-button.tsx';
import { Fact, FaultAlert } from '../page-parts.tsx';
import { Rows, StateSwitch, useWatched } from './rows.tsx';
import { SearchForm, useSearch } from './search-form.tsx';
import { factsText, wordOr } from './shown.ts';
import { WayOutDialog } from './way-out-dialog.tsx';
import type { WayOut } from './ways-out.ts';
import { OperationsFrame } from './frame.tsx';
import { Modal } from '../kit/modal.tsx';

const LOOK: Readonly<Record<JobState, StatusLook>> = {
  queued: { tone: 'gray', icon: 'clock' },
  running: { tone: 'primary', icon: 'play' },
  paused: { tone: 'warning', icon: 'clock' },
  done: { tone: 'success', icon: 'check' },
  failed: { tone: 'danger', icon: 'cross' },
  cancelled: { tone: 'gray', icon: 'cross' },
};

const doneOf = ({ steps }: JobView): string => {
  const done = steps.reduce((sum, step) => sum + step.done, 0);
  const total = steps.reduce<number | null>(
    (sum, step) => (sum === null || step.total === null ? null : sum + step.total),
    0,
  );
  return total === null ? String(done) : `${done} / ${total}`;
};

const columns = <R extends JobView>(...between: Column<R>[]): readonly Column<R>[] => [
  {
    label: 'op.state',
    show: { kind: 'badge', of: ({ state }) => ({ look: LOOK[state], word: `op.job.state.${state}` }) },
    place: 'aside',
  },
  ...between,
  { label: 'op.job.progress', show: { kind: 'text', of: doneOf }, ...(between.length === 0 && { place: 'under' }) },
  { label: 'op.job.failed_items', show: { kind: 'text', of: ({ failed }) => String(failed) } },
  {
    label: 'op.job.dry',
    show: { kind: 'text', of: (job, words) => (job.dry_run ? words.t('op.job.dry') : null) },
    isWide: true,
  },
  { label: 'op.error', show: { kind: 'long_text', of: (job) => job.error }, isWide: true },
  { label: 'op.job.created', show: { kind: 'instant', of: (job) => job.created_at }, place: 'end' },
];

const COLUMNS = columns<JobView>();
const TENANT_COLUMNS = columns<TenantJobView>(
  {
    label: 'op.tenant',
    show: { kind: 'text', of: ({ tenant_name, tenant_id }) => tenant_name ?? tenant_id },
    place: 'under',
  },
  { label: 'op.job.attempts', show: { kind: 'text', of: ({ attempts }) => String(attempts) } },
);

const ENDED: readonly JobState[] = ['done', 'failed', 'cancelled'];

/** Where a job's items and verbs are. */
const OWN_PATH = '/api/v1/jobs';
const pathOf = (job: JobView | TenantJobView): string =>
  'tenant_id' in job
    ? `/api/v1/tenant-jobs/${encodeURIComponent(job.tenant_id)}/${encodeURIComponent(job.id)}`
    : `${OWN_PATH}/${encodeURIComponent(job.id)}`;

function waysOf(job: JobView | TenantJobView): WayOut[] {
  const { state, failed } = job;
  const isTenants = 'tenant_id' in job;
  const way = (verb: TenantJobAction, more: Partial<WayOut> = {}): WayOut => ({
    label: `op.job.${verb}`,
    hint: `op.job.${verb}_hint`,
    // What is done to somebody else's says why.
    ...(!isTenants && { needsNoReason: true as const }),
    send: (api, { reason }, key) => api.post(`${pathOf(job)}/${verb}`, isTenants ? { reason } : {}, key),
    ...more,
  });
  const ways: WayOut[] = [];
  if (state === 'queued' || state === 'running') ways.push(way('pause'));
  if (state === 'paused' || state === 'failed') ways.push(way('resume'));
  if (state === 'queued' || state === 'running' || state === 'paused') ways.push(way('cancel', { isDangerous: true }));
  if (ENDED.includes(state) && failed > 0) ways.push(way('rerun'));
  return ways;
}

const STARTS: readonly { label: Key; kind: string; dry?: true }[] = [
  { label: 'op.job.start.repair_dry', kind: 'repair_projections', dry: true },
  { label: 'op.job.start.repair_projections', kind: 'repair_projections' },
  { label: 'op.job.start.verify_ledgers', kind: 'verify_ledgers' },
  { label: 'op.job.start.prune', kind: 'prune' },
  { label: 'op.job.start.seal_heads', kind: 'seal_heads' },
];

const startOf = ({ label, kind, dry }: (typeof STARTS)[number]): WayOut => ({
  label,
  hint: 'op.job.start_hint',
  needsNoReason: true,
  send: (api, _said, key) => api.post(OWN_PATH, { kind, reach: 'platform', dry_run: dry === true }, key),
});

export default function JobsPage() {
  return (
    <OperationsFrame title="op.job.title" permission="manage_crons">
      <Both />
    </OperationsFrame>
  );
}

/** Work of the instance, and of single tenants. */
function Both() {
  const words = useWords();
  const { t } = words;
  const { query, change } = useAddress();
  const [looked, setLooked] = useState<JobView | TenantJobView | null>(null);
  return (
    <>
      <Tabs
        value={query.get('tab') === 'tenants' ? 'tenants' : 'own'}
        onChange={(tab) => change({ tab: tab === 'tenants' ? tab : null, state: null, kind: null, tenant_id: null })}
        className="kit-tabs"
        keepMounted={false}
      >
        <Tabs.List aria-label={t('kit.tabs')}>
          <Tabs.Tab value="own">{t('op.job.tab.own')}</Tabs.Tab>
          <Tabs.Tab value="tenants">{t('op.job.tab.tenants')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="own" className="kit-page">
          <Jobs onLook={setLooked} />
        </Tabs.Panel>
        <Tabs.Panel value="tenants" className="kit-page">
          <JobsOfTenants onLook={setLooked} />
        </Tabs.Panel>
      </Tabs>
      <Modal
        opened={looked !== null}
        onClose={() => setLooked(null)}
        title={looked && wordOr(words, `op.work.${looked.kind}`, looked.kind)}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        size="lg"
        centered
      >
        {looked && <Job job={looked} />}
      </Modal>
    </>
  );
}

interface LookProps {
  onLook: (job: JobView | TenantJobView) => void;
}

function JobsOfTenants({ onLook }: LookProps) {
  const words = useWords();
  const { t } = words;
  const mayManage = useMay('manage_crons');
  const search = useSearch(['tenant_id', 'kind'], ['state']);
  return (
    <>
      <SearchForm search={search}>
        <NativeSelect
          label={t('op.state')}
          {...search.choice('state')}
          data={[
            { value: '', label: t('op.all') },
            ...JOB_STATES.map((value) => ({ value, label: t(`op.job.state.${value}`) })),
          ]}
        />
        <TextInput label={t('op.tenant_id')} {...search.field('tenant_id')} />
        <TextInput label={t('op.job.kind')} {...search.field('kind')} />
      </SearchForm>
      <Rows<TenantJobView>
        resource="tenant-jobs"
        filter={search.filter}
        truncated={{ text: 'op.truncated', more: 'op.more' }}
        caption="op.job.tab.tenants"
        empty={{ title: 'op.job.empty', hint: 'op.job.tenants_empty_hint' }}
        first={{ label: 'op.job.kind', show: ({ kind }) => wordOr(words, `op.work.${kind}`, kind) }}
        columns={TENANT_COLUMNS}
        ways={(job) => (mayManage ? waysOf(job) : [])}
        look={{ label: 'op.look', show: onLook }}
      />
    </>
  );
}

type Shown = JobState | 'all';

function Jobs({ onLook }: LookProps) {
  const words = useWords();
  const { t } = words;
  const { query, change } = useAddress();
  const mayManage = useMay('manage_jobs');
  const [start, setStart] = useState<WayOut | null>(null);
  const [begun, setBegun] = useState(0);
  const asked = query.get('state');
  const state: Shown = JOB_STATES.find((one) => one === asked) ?? 'all';
  return (
    <>
      <Group justify="space-between">
        <StateSwitch<Shown>
          label={t('op.state')}
          state={state}
          onState={(next) => change({ state: next === 'all' ? null : next })}
          states={[
            { value: 'all', label: t('op.all') },
            ...JOB_STATES.map((value) => ({ value, label: t(`op.job.state.${value}`) })),
          ]}
        />
        {mayManage && (
          <MenuButton
            isLong
            parts={() => STARTS.map((one) => ({ label: t(one.label), onPick: () => setStart(startOf(one)) }))}
          >
            <Button leftSection={<Icon name="plus" size={16} />}>{t('op.job.begin')}</Button>
          </MenuButton>
        )}
      </Group>
      <WayOutDialog
        way={start}
        onClose={() => setStart(null)}
        onDone={() => {
          setStart(null);
          setBegun((n) => n + 1);
        }}
      />
      <Rows<JobView>
        key={begun}
        resource="jobs"
        filter={state === 'all' ? {} : { state }}
        caption="op.job.title"
        empty={{ title: 'op.job.empty', hint: 'op.job.empty_hint' }}
        first={{ label: 'op.job.kind', show: ({ kind }) => wordOr(words, `op.work.${kind}`, kind) }}
        columns={COLUMNS}
        ways={(job) => (mayManage ? waysOf(job) : [])}
        look={{ label: 'op.look', show: onLook }}
      />
    </>
  );
}

/** A job's steps and what failed or would change. */
function Job({ job }: { job: JobView | TenantJobView }) {
  const { t } = useWords();
  const outcome = job.dry_run ? 'planned' : 'failed';
  const items = useWatched<{ data: JobItemView[] }>(`${pathOf(job)}/items?outcome=${outcome}`);
  return (
    <Stack gap="md">
      {'tenant_id' in job && (
        <dl className="facts">
          <Fact label={t('op.tenant')}>{job.tenant_name ?? job.tenant_id}</Fact>
          <Fact label={t('op.state')}>{t(`op.job.state.${job.state}`)}</Fact>
          <Fact label={t('op.job.attempts')}>{job.attempts}</Fact>
          <Fact label={t('op.job.begun_by')}>{job.begun_by}</Fact>
          {job.next_try_at !== null && (
            <Fact label={t('op.job.next_try')}>
              <Instant at={job.next_try_at} />
            </Fact>
          )}
        </dl>
      )}
      {job.error !== null && <Text>{job.error}</Text>}
      {factsText(job.counts) !== null && <Text c="dimmed">{factsText(job.counts)}</Text>}
      <Title order={3}>{t('op.job.steps')}</Title>
      {job.steps.map((step) => (
        <div key={step.name}>
          <Group justify="space-between" wrap="nowrap">
            <Text>{step.name}</Text>
            <Text c="dimmed" className="figures">
              {step.total === null ? step.done : `${step.done} / ${step.total}`} · {t(`op.job.state.${step.state}`)}
            </Text>
          </Group>
          <Progress
            aria-label={step.name}
            value={step.state === 'done' ? 100 : step.total ? (100 * step.done) / step.total : 0}
          />
        </div>
      ))}
      <Title order={3}>{t(job.dry_run ? 'op.job.planned_items' : 'op.job.items')}</Title>
      {items.fault && <FaultAlert fault={items.fault} onRetry={items.reload} />}
      {items.body?.data.length === 0 && <Text c="dimmed">{t(job.dry_run ? 'op.nothing' : 'op.job.no_items')}</Text>}
      <List size="sm">
        {items.body?.data.map(({ step, item, reason }) => (
          <List.Item key={`${step} ${item}`}>
            {item}: {reason}
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

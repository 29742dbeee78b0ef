/** One import: which step it is at, and that step. What it shows follows from the server, so that a reload goes on where somebody left. */
import { Alert, Button, Group, Paper, Progress, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { ImportView } from '../../../shared/contract/imports.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { agreed } from '../data-provider.ts';
import { StrandedDialog } from '../kit/stranded-dialog.tsx';
import { strandingOf } from '../kit/stranded.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { CheckedStep } from './checked-step.tsx';
import { ACCEPTED, ChooseFile } from './choose-file.tsx';
import { ColumnsStep } from './columns-step.tsx';
import { PersonStep } from './person-step.tsx';
import { ResultStep } from './result-step.tsx';
import { Loading } from '../loading.tsx';
import { TimesResult, TimesStep } from './times-step.tsx';

/** So often a page that waits looks how far it is. */
const LOOK_MS = 1_500;

const STEPS = ['file', 'columns', 'check', 'run', 'result'] as const;
const STEP_OF: Readonly<Record<ImportView['state'], (typeof STEPS)[number]>> = {
  empty: 'file',
  broken: 'file',
  read: 'columns',
  checking: 'check',
  checked: 'check',
  writing: 'run',
  written: 'result',
  abandoned: 'result',
  expired: 'result',
};

/** A request about this import; what it answers is what the page shows next. */
export type Act = (path: string, body: object) => Promise<void>;

export function ImportPage() {
  const { id = '' } = useParams();
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const navigate = useNavigate();
  const mayCreate = useMay('create_imports');
  const path = `/api/v1/imports/${encodeURIComponent(id)}`;
  const loaded = useAnswer<{ data: ImportView }>(path, (signal) => api.get(path, {}, signal), { language });
  const [later, setLater] = useState<ImportView | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isRemapping, setRemapping] = useState(false);
  const read = loaded.body?.data ?? null;
  const one = later?.id === id ? later : read;
  const isWorking = (one?.state === 'checking' || one?.state === 'writing') && one.progress?.stopped !== true;
  useEffect(() => {
    document.title = `${one?.file_name ?? t('imports.title')} · ${me.brand.product_name}`;
  }, [t, me, one?.file_name]);
  useEffect(() => {
    if (!isWorking) return;
    let isOver = false;
    const timer = setInterval(() => {
      void api.get<{ data: ImportView }>(path).then((answer) => {
        if (!isOver && answer.ok) setLater(answer.body.data);
      });
    }, LOOK_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [api, isWorking, path]);
  if (loaded.fault && one === null) return <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />;
  if (one === null)
    return (
      <Loading>
        <Skeleton h={320} />
      </Loading>
    );
  const act: Act = async (verb, body) => {
    setBusy(true);
    setFault(null);
    const answer: ApiAnswer<{ data: ImportView }> = await api.post(`${path}/${verb}`, body, newKey());
    setBusy(false);
    if (answer.ok) {
      setLater(answer.body.data);
      setRemapping(false);
    } else setFault(answer.fault);
  };
  const step = isRemapping ? 'columns' : STEP_OF[one.state];
  const isCalendar = one.kind === 'busy_times';
  const stranding = strandingOf(fault);
  const isOpen = !['written', 'abandoned', 'expired'].includes(one.state);
  return (
    <Stack gap="md" className="imports-page">
      <div>
        <Button
          component={Link}
          to="/admin/imports"
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<Icon name="chevron-left" size={16} />}
        >
          {t('imports.back')}
        </Button>
        <Title order={1} className="imports-name">
          {one.file_name === '' ? t('imports.no_name') : one.file_name}
        </Title>
      </div>
      <ol className="imports-steps" aria-label={t('imports.steps')}>
        {STEPS.map((name) => (
          <li key={name} aria-current={name === step ? 'step' : undefined}>
            {t(isCalendar && name === 'columns' ? 'imports.step.person' : `imports.step.${name}`)}
          </li>
        ))}
      </ol>
      {fault && !stranding && <FaultAlert fault={fault} />}
      {step === 'file' && (
        <Paper withBorder p="md">
          <Stack gap="md">
            {one.fault_text !== null && (
              <Alert color="red" icon={<Icon name="warning" />} role="alert">
                {one.fault_row === null
                  ? one.fault_text
                  : t('imports.fault_in_row', { row: one.fault_row, text: one.fault_text })}
              </Alert>
            )}
            {mayCreate && (
              <ChooseFile begin={{ id: one.id }} kind={one.kind} accept={ACCEPTED[one.kind]} onSent={setLater} />
            )}
          </Stack>
        </Paper>
      )}
      {step === 'columns' && isCalendar && (
        <PersonStep key={one.bytes} one={one} isBusy={isBusy} onCheck={(choice) => void act('check', choice)} />
      )}
      {step === 'columns' && !isCalendar && (
        <ColumnsStep key={one.bytes} one={one} isBusy={isBusy} onCheck={(body) => void act('check', body)} />
      )}
      {(one.state === 'checking' || one.state === 'writing') && (
        <Working one={one} isBusy={isBusy} onResume={() => void act(...resumed(one))} />
      )}
      {one.state === 'checked' && !isRemapping && isCalendar && (
        <TimesStep one={one} isBusy={isBusy} onChoice={() => setRemapping(true)} onRun={() => void act('run', {})} />
      )}
      {one.state === 'checked' && !isRemapping && !isCalendar && (
        <CheckedStep
          one={one}
          isBusy={isBusy}
          onColumns={() => setRemapping(true)}
          onRun={(choices) => void act('run', choices)}
        />
      )}
      {step === 'result' &&
        (isCalendar ? (
          <TimesResult one={one} onAgain={() => void navigate('/admin/imports')} />
        ) : (
          <ResultStep one={one} onAgain={() => void navigate('/admin/imports')} />
        ))}
      <StrandedDialog
        props={
          stranding && {
            stranding,
            confirm: t('imports.busy_anyway'),
            isBusy,
            onBack: () => setFault(null),
            onConfirm: () => void act('run', agreed({ confirmToken: stranding.confirm_token })),
          }
        }
      />
      {mayCreate && isOpen && <Abandon isBusy={isBusy} onAbandon={() => void act('abandon', {})} />}
    </Stack>
  );
}

/** What is asked again where a job has stopped. */
const resumed = (one: ImportView): [string, object] =>
  one.kind === 'busy_times'
    ? one.state === 'checking'
      ? ['check', { staff_id: one.staff_id, source: one.source, branch_id: one.branch_id, titles: one.titles }]
      : ['run', {}]
    : one.state === 'checking'
      ? ['check', { fields: one.columns.map(({ field }) => field), branch_id: one.branch_id }]
      : ['run', { by_number: one.by_number, by_name: one.by_name }];

function Working({ one, isBusy, onResume }: { one: ImportView; isBusy: boolean; onResume: () => void }) {
  const { t } = useWords();
  const mayCreate = useMay('create_imports');
  const { done = 0, total = null, stopped = false } = one.progress ?? {};
  const percent = total === null || total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100));
  return (
    <Paper withBorder p="md">
      {stopped ? (
        <Stack gap="md" align="flex-start">
          <Alert color="yellow" icon={<Icon name="warning" />} role="alert">
            {t('imports.stopped')}
          </Alert>
          {mayCreate && (
            <Button loading={isBusy} onClick={onResume}>
              {t('imports.resume')}
            </Button>
          )}
        </Stack>
      ) : (
        <Stack gap="sm">
          <Text>
            {t(
              one.state === 'checking'
                ? 'imports.checking'
                : one.kind === 'busy_times'
                  ? 'imports.busy_writing'
                  : 'imports.writing',
            )}
          </Text>
          <Progress value={percent} aria-label={t(`imports.step.${STEP_OF[one.state]}`)} />
          <Text role="status" className="figures">
            {t('imports.progress', { percent })}
          </Text>
        </Stack>
      )}
    </Paper>
  );
}

/** Ends it for good, after one question. */
function Abandon({ isBusy, onAbandon }: { isBusy: boolean; onAbandon: () => void }) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  if (!isAsked)
    return (
      <Group>
        <Button variant="subtle" color="gray" onClick={() => setAsked(true)}>
          {t('imports.abandon')}
        </Button>
      </Group>
    );
  return (
    <Group gap="sm">
      <Text>{t('imports.abandon_hint')}</Text>
      <Button variant="default" onClick={() => setAsked(false)}>
        {t('action.back')}
      </Button>
      <Button color="red" loading={isBusy} onClick={onAbandon}>
        {t('imports.abandon_yes')}
      </Button>
    </Group>
  );
}

/** The week of the branch, begun with what is usual in the trade. */
import { Alert, Paper, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { BulkResponse } from '../../../shared/contract/resource-list.ts';
import type { TradeTemplate } from '../../../shared/contract/trade-template.ts';
import { type ApiFault, faultOf } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { useHours } from '../setup/use-week.ts';
import {
  changesOfWeek,
  copiedToWorkdays,
  isOf,
  type Owner,
  stripsOf,
  type Week,
  WEEKDAYS,
  type Weekday,
  weekOf,
} from '../setup/week.ts';
import { Day, USUAL } from '../setup/week-page.tsx';
import { useTemplate } from './trade-select.tsx';
import { SaveNext } from './save-next.tsx';
import type { StepProps } from './step-props.ts';
import { LoadingBlock } from '../loading.tsx';

const NO_BRANCHES: readonly string[] = [];

/** What is usual in the trade; without one, the days and times that most shops have. */
function usualWeek(template: TradeTemplate | null): Week {
  const entry = (periods: readonly { from: string; to: string }[]) => [
    { item: null, branchId: null, periods, breaks: [] },
  ];
  const of = (weekday: Weekday) => {
    if (template === null) return weekday === 0 || weekday === 6 ? [] : entry(USUAL);
    return template.opening_hours
      .filter((one) => one.days_of_week.includes(weekday))
      .flatMap((one) => entry(one.periods));
  };
  return { 0: of(0), 1: of(1), 2: of(2), 3: of(3), 4: of(4), 5: of(5), 6: of(6) };
}

export function HoursStep({ branch, trade, onDone }: StepProps) {
  const owner: Owner = { member: 'branch_id', id: branch?.id ?? '' };
  const { rows, fault, reload } = useHours('branch_id', owner.id);
  const { template, fault: unread } = useTemplate(trade);
  const failed = fault ?? unread;
  if (failed) return <FaultAlert fault={failed} onRetry={async () => void (await reload())} />;
  if (rows === null || (trade !== null && template === null)) return <LoadingBlock h={420} />;
  const stored = weekOf(
    rows.filter((row) => isOf(row, owner)),
    owner,
  );
  return <WeekForm owner={owner} stored={stored} usual={usualWeek(template)} onDone={onDone} />;
}

interface WeekFormProps {
  owner: Owner;
  stored: Week;
  usual: Week;
  onDone: () => Promise<void>;
}

function WeekForm({ owner, stored, usual, onDone }: WeekFormProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const isNew = WEEKDAYS.every((weekday) => stored[weekday].length === 0);
  const [draft, setDraft] = useState<Week>(isNew ? usual : stored);
  const [wrong, setWrong] = useState<ReadonlySet<Weekday>>(new Set());
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  // Read anew after a part of the days was saved: those rows have ids now.
  const [base, setBase] = useState(stored);
  useEffect(() => setBase(stored), [stored]);
  const strips = stripsOf(draft);

  async function save(): Promise<void> {
    const changes = changesOfWeek(base, draft, owner);
    if (changes.length === 0) return onDone();
    setBusy(true);
    setFault(null);
    const items = changes.map(({ item }) => item);
    const answer = await api.post<BulkResponse>('/api/v1/working-hours/bulk', { items }, newKey());
    setBusy(false);
    if (!answer.ok) {
      const days = Object.keys(answer.fault.errors).flatMap((name) => {
        const change = changes[Number(/^items\.(\d+)/.exec(name)?.[1] ?? -1)];
        return change === undefined ? [] : [change.weekday];
      });
      setWrong(new Set(days));
      return days.length > 0 ? undefined : setFault(answer.fault);
    }
    const refused = answer.body.results.find(({ error }) => error !== null);
    if (refused?.error)
      return setFault(faultOf({ status: refused.status, headers: new Headers() }, refused.error, answer.requestId));
    await onDone();
  }

  return (
    <>
      {isNew && <Text c="dimmed">{t('welcome.usual_hours')}</Text>}
      {wrong.size > 0 && (
        <Alert color="red" icon={<Icon name="warning" />} title={t('kit.invalid_title')} role="alert">
          {t('time.problem')}
        </Alert>
      )}
      {fault && <FaultAlert fault={fault} />}
      <Paper withBorder className="kit-week-form">
        {WEEKDAYS.map((weekday) => (
          <Day
            key={weekday}
            weekday={weekday}
            entries={draft[weekday]}
            strip={strips[weekday]}
            branchIds={NO_BRANCHES}
            off={t('calendar.closed')}
            isWrong={wrong.has(weekday)}
            mayEdit
            onChange={(entries) => setDraft((before) => ({ ...before, [weekday]: entries }))}
            onCopy={() => setDraft(copiedToWorkdays(draft, weekday))}
          />
        ))}
      </Paper>
      <SaveNext isBusy={isBusy} onSave={save} />
    </>
  );
}

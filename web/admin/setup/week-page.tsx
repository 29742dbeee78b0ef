/**
 * The week of a person, a branch or a room as a form: seven rows with a switch and times, saved as one bulk request of single commands.
 * What would strand appointments is refused alone, shown, and sent again with its token; a row that somebody changed meanwhile is loaded anew.
 */
import { ActionIcon, Alert, Anchor, Button, NativeSelect, Paper, Stack, Switch, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useGetOne } from 'ra-core';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { HoursView } from '../../../shared/contract/hours.ts';
import type { BulkResponse } from '../../../shared/contract/resource-list.ts';
import type { Stranding } from '../../../shared/errors.ts';
import { type ApiFault, faultOf } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { isWholeDate } from '../../ui/wall-text.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { agreed, faultOfError, RETRY } from '../data-provider.ts';
import { useChoices, useNames } from '../kit/references.tsx';
import { SaveBar } from '../kit/save-bar.tsx';
import { StrandedAlert } from '../kit/stranded.tsx';
import { SpanInput } from '../kit/time-fields.tsx';
import { UnsavedGuard } from '../kit/unsaved-guard.tsx';
import type { KitRow, TimeSpan } from '../kit/view.ts';
import { FaultAlert, NotFoundPage } from '../page-parts.tsx';
import { branchReference, resourceReference, staffReference } from './references.ts';
import { validText } from './hours.view.ts';
import { useHours } from './use-week.ts';
import { weekPath } from './week-path.ts';
import {
  changesOfWeek,
  copiedToWorkdays,
  type DayTimes,
  dayText,
  isOf,
  type Owner,
  type OwnerMember,
  type Season,
  seasonsOf,
  stripsOf,
  WEEKDAYS,
  type Week,
  type WeekChange,
  type Weekday,
  weekOf,
} from './week.ts';
import { Strip } from './week-view.tsx';
import { LoadingBlock } from '../loading.tsx';
import { HoursPreview } from './hours-preview.tsx';

const REFERENCES = { staff_id: staffReference, branch_id: branchReference, resource_id: resourceReference } as const;
/** What a day that is switched on begins with. */
export const USUAL: readonly TimeSpan[] = [{ from: '09:00', to: '17:00' }];
const LUNCH: TimeSpan = { from: '12:00', to: '12:30' };

export function WeekPage({ member }: { member: OwnerMember }) {
  const words = useWords();
  const { t } = words;
  const { me } = useAdmin();
  const { id = '' } = useParams();
  const owner = useMemo(() => ({ member, id }), [member, id]);
  const [query] = useSearchParams();
  const [validFrom, validUntil] = [dayIn(query, 'valid_from'), dayIn(query, 'valid_until')];
  const season = useMemo<Season>(() => ({ from: validFrom, until: validUntil }), [validFrom, validUntil]);
  const isLimited = validFrom !== null || validUntil !== null;
  const names = useNames();
  const whose = useGetOne<KitRow & { branch_ids?: string[] }>(REFERENCES[member].resource, { id }, RETRY);
  const { rows, fault, reload } = useHours(member, id);
  const own = useMemo(() => rows?.filter((row) => isOf(row, owner)) ?? null, [rows, owner]);
  const name = whose.data ? REFERENCES[member].name(whose.data, words, names) : '';
  const when = validText({ valid_from: validFrom, valid_until: validUntil }, words);
  const title = whose.data ? `${t('hours.week_of', { name })}${isLimited ? ` (${when})` : ''}` : t('hours.title');
  useEffect(() => {
    document.title = `${title} · ${me.brand.product_name}`;
  }, [title, me]);
  const unknown = whose.error ? faultOfError(whose.error) : null;
  if (unknown?.status === 404) return <NotFoundPage />;
  return (
    <div className="kit-page kit-form">
      {isLimited ? (
        <Anchor component={Link} to={weekPath(owner)} className="back">
          <Icon name="chevron-left" size={16} /> {t('hours.title')}
        </Anchor>
      ) : (
        <Anchor component={Link} to={`${REFERENCES[member].path}/${encodeURIComponent(id)}`} className="back">
          <Icon name="chevron-left" size={16} /> {name || t('action.back')}
        </Anchor>
      )}
      <Title order={1}>{title}</Title>
      {fault && <FaultAlert fault={fault} onRetry={async () => void (await reload())} />}
      {unknown && <FaultAlert fault={unknown} onRetry={async () => void (await whose.refetch())} />}
      {own === null || !whose.data ? (
        !fault && !unknown && <LoadingBlock h={420} />
      ) : (
        <>
          <WeekForm
            key={`${id} ${when}`}
            owner={owner}
            season={season}
            name={name}
            branchIds={whose.data.branch_ids ?? NO_BRANCHES}
            rows={own}
            reload={async () => (await reload())?.filter((row) => isOf(row, owner)) ?? null}
          />
          {!isLimited && <Limited owner={owner} rows={own} />}
          {member !== 'resource_id' && (
            <Preview
              staffId={member === 'staff_id' ? id : null}
              branchIds={member === 'staff_id' ? (whose.data.branch_ids ?? NO_BRANCHES) : [id]}
              stored={own}
            />
          )}
        </>
      )}
    </div>
  );
}

type PreviewProps = Parameters<typeof HoursPreview>[0];

/** What comes of it stands in the calendar: for who may see that. */
function Preview(props: PreviewProps) {
  return useMay('view_appointments') ? <HoursPreview {...props} /> : null;
}

/** A day of the address; what is none limits nothing. */
function dayIn(query: URLSearchParams, name: string): string | null {
  const day = query.get(name);
  return day !== null && isWholeDate(day) ? day : null;
}

/** Branches and rooms are at one place. */
const NO_BRANCHES: readonly string[] = [];

type BulkResult = BulkResponse['results'][number];

/** Changes that wait for an agreement, each with its own token. */
interface Waiting {
  stranding: Pick<Stranding, 'appointments' | 'stranded'>;
  changes: WeekChange[];
}

interface WeekFormProps {
  owner: Owner;
  season: Season;
  name: string;
  /** where a person works */
  branchIds: readonly string[];
  rows: readonly HoursView[];
  reload: () => Promise<readonly HoursView[] | null>;
}

function WeekForm({ owner, season, name, branchIds, rows, reload }: WeekFormProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const go = useNavigate();
  const mayEdit = useMay('edit_working_hours');
  const [base, setBase] = useState<Week>(() => weekOf(rows, owner, season));
  const [draft, setDraft] = useState<Week>(base);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [wrong, setWrong] = useState<ReadonlySet<Weekday>>(new Set());
  const [isConflict, setConflict] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const changes = changesOfWeek(base, draft, owner, season);
  const isDirty = changes.length > 0;
  useEffect(() => {
    if (!isDirty) {
      const newest = weekOf(rows, owner, season);
      setBase(newest);
      setDraft(newest);
    }
  }, [rows, owner, season, isDirty]);
  useEffect(() => {
    if (waiting !== null || fault !== null || isConflict || wrong.size > 0) summary.current?.focus();
  }, [waiting, fault, isConflict, wrong]);
  const set = (weekday: Weekday, entries: readonly DayTimes[]): void => {
    setDraft((before) => ({ ...before, [weekday]: entries }));
    setWaiting(null);
    setWrong((before) => new Set([...before].filter((one) => one !== weekday)));
  };

  async function send(sent: readonly WeekChange[]): Promise<void> {
    if (isBusy || sent.length === 0) return;
    setBusy(true);
    setFault(null);
    const answer = await api.post<BulkResponse>(
      '/api/v1/working-hours/bulk',
      { items: sent.map(({ item }) => item) },
      newKey(),
    );
    if (!answer.ok) {
      setBusy(false);
      const days = daysOf(answer.fault, sent);
      // What cannot be read refuses the request as a whole: nothing was saved.
      return days.size > 0 ? setWrong(days) : setFault(answer.fault);
    }
    const refused = answer.body.results.flatMap(({ index, status, error }) => {
      const change = sent[index];
      return error === null || change === undefined ? [] : [{ change, status, error }];
    });
    const stranded = refused.filter(({ error }) => error.code === 'WOULD_STRAND');
    setWaiting(stranded.length === 0 ? null : waitingFor(stranded));
    setConflict(refused.some(({ error }) => error.code === 'VERSION_CONFLICT' || error.code === 'NOT_FOUND'));
    setWrong(
      new Set(refused.filter(({ error }) => error.code === 'VALIDATION_ERROR').map(({ change }) => change.weekday)),
    );
    const other = refused.find(
      ({ error }) => !['WOULD_STRAND', 'VERSION_CONFLICT', 'NOT_FOUND', 'VALIDATION_ERROR'].includes(error.code),
    );
    if (other) setFault(faultOf({ status: other.status, headers: new Headers() }, other, answer.requestId));
    await adopt(refused.map(({ change }) => change.weekday));
    setBusy(false);
    if (refused.length === 0) notifications.show({ message: t('hours.saved', { name }) });
  }

  /** The days that are saved are read anew; the others keep what was typed. */
  async function adopt(kept: readonly Weekday[]): Promise<void> {
    const newest = await reload();
    if (newest === null) return;
    const stored = weekOf(newest, owner, season);
    setBase((before) => ({ ...stored, ...pick(before, kept) }));
    setDraft((before) => ({ ...stored, ...pick(before, kept) }));
  }

  async function loadNewest(): Promise<void> {
    const newest = await reload();
    if (newest === null) return;
    const stored = weekOf(newest, owner, season);
    setBase(stored);
    setDraft(stored);
    setConflict(false);
  }

  const strips = stripsOf(draft);
  return (
    <form
      ref={form}
      noValidate
      className="kit-page"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send(changes);
      }}
    >
      <div ref={summary} tabIndex={-1} className="kit-summary">
        {waiting && (
          <StrandedAlert
            stranding={waiting.stranding}
            confirm={t('strand.save')}
            isBusy={isBusy}
            onConfirm={() => void send(waiting.changes)}
            onBack={() => setWaiting(null)}
          />
        )}
        {isConflict && (
          <Alert color="yellow" icon={<Icon name="warning" />} title={t('kit.conflict_title')} role="alert">
            <Button variant="default" leftSection={<Icon name="refresh" size={16} />} onClick={() => void loadNewest()}>
              {t('page.reload')}
            </Button>
          </Alert>
        )}
        {wrong.size > 0 && (
          <Alert color="red" icon={<Icon name="warning" />} title={t('kit.invalid_title')} role="alert">
            <Text>{t('time.problem')}</Text>
          </Alert>
        )}
        {fault && <FaultAlert fault={fault} />}
      </div>
      <Paper withBorder className="kit-week-form">
        {WEEKDAYS.map((weekday) => (
          <Day
            key={weekday}
            weekday={weekday}
            entries={draft[weekday]}
            strip={strips[weekday]}
            branchIds={branchIds}
            off={t(owner.member === 'branch_id' ? 'calendar.closed' : 'hours.closed')}
            isWrong={wrong.has(weekday)}
            mayEdit={mayEdit}
            onChange={(entries) => set(weekday, entries)}
            onCopy={() => {
              setDraft(copiedToWorkdays(draft, weekday));
              setWaiting(null);
            }}
          />
        ))}
      </Paper>
      {mayEdit && (
        <SaveBar
          isDirty={isDirty}
          isBusy={isBusy}
          canSave={isDirty}
          onSave={() => form.current?.requestSubmit()}
          onDiscard={() => {
            setDraft(base);
            setWaiting(null);
            setWrong(new Set());
            setFault(null);
            if (!isDirty) void go(-1);
          }}
        />
      )}
      <UnsavedGuard isDirty={isDirty} />
    </form>
  );
}

/** The weekdays that a refused request complains about (`items.2.periods.0`). */
const daysOf = ({ errors }: ApiFault, sent: readonly WeekChange[]): Set<Weekday> =>
  new Set(
    Object.keys(errors).flatMap((path) => {
      const change = sent[Number(/^items\.(\d+)/.exec(path)?.[1] ?? Number.NaN)];
      return change === undefined ? [] : [change.weekday];
    }),
  );

const pick = (week: Week, days: readonly Weekday[]): Partial<Week> =>
  Object.fromEntries(days.map((weekday) => [weekday, week[weekday]]));

function waitingFor(refused: readonly { change: WeekChange; error: NonNullable<BulkResult['error']> }[]): Waiting {
  const all = refused.map(({ error }) => error.details as unknown as Stranding);
  return {
    stranding: {
      appointments: all.reduce((sum, one) => sum + one.appointments, 0),
      stranded: all.flatMap((one) => one.stranded).sort((a, b) => a.starts_at.localeCompare(b.starts_at)),
    },
    changes: refused.map(({ change }, n) => ({
      weekday: change.weekday,
      item: { ...change.item, ...agreed({ confirmToken: all[n]?.confirm_token }) },
    })),
  };
}

interface DayProps {
  weekday: Weekday;
  entries: readonly DayTimes[];
  strip: readonly { left: number; width: number }[];
  branchIds: readonly string[];
  /** what a day without times is called */
  off: string;
  isWrong: boolean;
  mayEdit: boolean;
  onChange: (entries: readonly DayTimes[]) => void;
  onCopy: () => void;
}

/** One weekday: a switch and its times. Also drawn by the wizard of a new business. */
export function Day({ weekday, entries, strip, branchIds, off, isWrong, mayEdit, onChange, onCopy }: DayProps) {
  const { t } = useWords();
  const day = t(`weekday.${weekday}`);
  const isOpen = entries.length > 0;
  return (
    <section className="kit-week-day" aria-label={day} data-wrong={isWrong || undefined}>
      <div className="kit-week-name">
        {mayEdit ? (
          <Switch
            id={`open-${weekday}`}
            label={day}
            aria-label={t('hours.open', { day })}
            checked={isOpen}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [{ item: null, branchId: null, periods: USUAL, breaks: [] }] : [])
            }
          />
        ) : (
          <Text fw={600}>{day}</Text>
        )}
        <Strip parts={strip} />
      </div>
      <div className="kit-week-times">
        {!isOpen && <Text c="dimmed">{off}</Text>}
        {isOpen && !mayEdit && <Text className="figures">{dayText(entries).replaceAll(' ', ', ')}</Text>}
        {mayEdit &&
          entries.map((entry, n) => (
            <Times
              key={entry.item?.id ?? `new-${n}`}
              day={entries.length > 1 ? `${day} ${n + 1}` : day}
              entry={entry}
              branchIds={branchIds}
              onChange={(changed) => onChange(entries.with(n, changed))}
            />
          ))}
        {isOpen && mayEdit && weekday !== 0 && weekday !== 6 && (
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            className="kit-add"
            aria-label={`${t('hours.copy')}: ${day}`}
            leftSection={<Icon name="copy" size={14} />}
            onClick={onCopy}
          >
            {t('hours.copy')}
          </Button>
        )}
      </div>
    </section>
  );
}

interface TimesProps {
  day: string;
  entry: DayTimes;
  branchIds: readonly string[];
  onChange: (entry: DayTimes) => void;
}

function Times({ day, entry, branchIds, onChange }: TimesProps) {
  const { t } = useWords();
  const all = useChoices(branchReference);
  const branches = all.filter(({ value }) => branchIds.includes(value) || value === entry.branchId);
  const { periods, breaks } = entry;
  return (
    <Stack gap="xs">
      {periods.map((span, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch has no identity but its place
        <div key={n} className="kit-week-line">
          <SpanInput
            label={periods.length > 1 ? `${day} ${n + 1}` : day}
            span={span}
            onChange={(changed) => onChange({ ...entry, periods: periods.with(n, changed) })}
          />
          {periods.length > 1 && (
            <Remove
              label={`${day}: ${t('hours.remove_period')} ${n + 1}`}
              onClick={() => onChange({ ...entry, periods: periods.toSpliced(n, 1) })}
            />
          )}
          {n === 0 && branches.length > 1 && (
            <NativeSelect
              aria-label={`${day}: ${t('hours.branch')}`}
              value={entry.branchId ?? ''}
              data={[{ value: '', label: t('hours.every_branch') }, ...branches]}
              onChange={(event) => onChange({ ...entry, branchId: event.currentTarget.value || null })}
            />
          )}
        </div>
      ))}
      {breaks.map((span, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a break has no identity but its place
        <div key={n} className="kit-week-line">
          <Text c="dimmed" size="sm" className="kit-week-break">
            {t('hours.break')}
          </Text>
          <SpanInput
            label={`${day}: ${t('hours.break')} ${n + 1}`}
            span={span}
            onChange={(changed) => onChange({ ...entry, breaks: breaks.with(n, changed) })}
          />
          <Remove
            label={`${day}: ${t('hours.remove_break')} ${n + 1}`}
            onClick={() => onChange({ ...entry, breaks: breaks.toSpliced(n, 1) })}
          />
        </div>
      ))}
      <div className="kit-week-line">
        <Button
          variant="subtle"
          size="xs"
          aria-label={`${day}: ${t('hours.add_break')}`}
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange({ ...entry, breaks: [...breaks, LUNCH] })}
        >
          {t('hours.add_break')}
        </Button>
        <Button
          variant="subtle"
          size="xs"
          aria-label={`${day}: ${t('hours.add_period')}`}
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => onChange({ ...entry, periods: [...periods, { from: '', to: '' }] })}
        >
          {t('hours.add_period')}
        </Button>
      </div>
    </Stack>
  );
}

function Remove({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" className="control-square" aria-label={label} onClick={onClick}>
      <Icon name="cross" size={16} />
    </ActionIcon>
  );
}

/** The times that apply for a while only, by when that is: each of them has a week of its own. */
function Limited({ owner, rows }: { owner: Owner; rows: readonly HoursView[] }) {
  const words = useWords();
  const { t } = words;
  const seasons = seasonsOf(rows);
  const mayEdit = useMay('edit_working_hours');
  const mayCreate = useMay('create_working_hours');
  return (
    <Paper withBorder p="md" component="section">
      <div className="kit-card-foot">
        <div>
          <Title order={2}>{t('hours.limited')}</Title>
          <Text c="dimmed" size="sm">
            {t('hours.limited_hint')}
          </Text>
        </div>
        {mayCreate && (
          <Button
            component={Link}
            to={`/admin/hours/create?${owner.member}=${encodeURIComponent(owner.id)}`}
            variant="default"
            leftSection={<Icon name="plus" size={16} />}
          >
            {t('exceptions.add')}
          </Button>
        )}
      </div>
      {seasons.length === 0 && (
        <Text c="dimmed" mt="sm">
          {t('hours.no_limited')}
        </Text>
      )}
      {seasons.map(({ season, rows: of }) => {
        const when = validText({ valid_from: season.from, valid_until: season.until }, words);
        return (
          <section key={when} className="kit-season" aria-label={when}>
            <div className="kit-card-foot">
              <Text fw={600}>{when}</Text>
              {mayEdit && (
                <Button
                  component={Link}
                  to={weekPath(owner, season)}
                  variant="subtle"
                  size="xs"
                  leftSection={<Icon name="pen" size={14} />}
                  aria-label={`${t('hours.edit_week')}: ${when}`}
                >
                  {t('hours.edit_week')}
                </Button>
              )}
            </div>
            <ul className="kit-stranded">
              {of.map((row) => (
                <li key={row.id}>
                  <Anchor component={Link} to={`/admin/hours/${encodeURIComponent(row.id)}`} className="kit-reach">
                    {t(`weekday.${row.day_of_week as Weekday}`)}{' '}
                    {row.periods.map(({ from, to }) => `${from}–${to}`).join(', ')}
                  </Anchor>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Paper>
  );
}

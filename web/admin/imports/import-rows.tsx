/** Rows of one outcome, page by page: what the file says, who is there already, what is wrong. Drawn by the steps of an import. */
import { Anchor, Button, NativeSelect, Skeleton, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import type { ImportRowView, ImportView } from '../../../shared/contract/imports.ts';
import { ROW_CHOICES, type RowChoice, type RowOutcome } from '../../../shared/import-sets.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { day, dayAndTime, time, wallDateIn } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { appointmentPath } from '../appointment-path.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { Loading } from '../loading.tsx';

interface Page {
  data: ImportRowView[];
  meta: { next_cursor: string | null };
}

interface ImportRowsProps {
  one: ImportView;
  outcome: RowOutcome;
  /** a duplicate can be decided by itself */
  mayChoose: boolean;
}

export function ImportRows({ one, outcome, mayChoose }: ImportRowsProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const path = `/api/v1/imports/${encodeURIComponent(one.id)}/rows`;
  const [rows, setRows] = useState<ImportRowView[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const read = async (after: string | null): Promise<void> => {
    const answer = await api.get<Page>(path, { outcome, cursor: after });
    if (!answer.ok) return setFault(answer.fault);
    setFault(null);
    setRows((before) => [...(after === null ? [] : (before ?? [])), ...answer.body.data]);
    setCursor(answer.body.meta.next_cursor);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once; another outcome is another component
  useEffect(() => {
    void read(null);
  }, []);
  const choose = async (row: number, choice: RowChoice): Promise<void> => {
    const answer = await api.post(path, { rows: [row], choice }, newKey());
    if (answer.ok) setRows((before) => before?.map((one) => (one.row === row ? { ...one, choice } : one)) ?? null);
    else setFault(answer.fault);
  };
  if (fault && rows === null) return <FaultAlert fault={fault} onRetry={() => read(null)} />;
  if (rows === null)
    return (
      <Loading>
        <Skeleton h={160} />
      </Loading>
    );
  if (rows.length === 0) return <Text c="dimmed">{t('imports.no_rows')}</Text>;
  return (
    <>
      {fault && <FaultAlert fault={fault} />}
      <ul className="kit-plain imports-rows">
        {rows.map((row) => (
          <li key={row.row}>
            <Text size="sm" c="dimmed" className="figures">
              {row.line === null ? t('imports.row', { row: row.row }) : t('imports.line', { line: row.line })}
            </Text>
            <RowText row={row} mayChoose={mayChoose} onChoose={(choice) => void choose(row.row, choice)} />
          </li>
        ))}
      </ul>
      {cursor !== null && (
        <Button variant="default" mt="md" onClick={() => void read(cursor)}>
          {t('imports.more')}
        </Button>
      )}
    </>
  );
}

const lineOf = ({ name, phones, email }: NonNullable<ImportRowView['read']>): string =>
  [name, ...phones, email].filter((part) => part !== null && part !== '').join(' · ');

interface RowTextProps {
  row: ImportRowView;
  mayChoose: boolean;
  onChoose: (choice: RowChoice) => void;
}

function RowText({ row, mayChoose, onChoose }: RowTextProps) {
  const { t } = useWords();
  const wrong = <Problems problems={row.problems} />;
  if (row.event !== null) return <Time event={row.event} />;
  if (row.read === null) return wrong;
  if (row.outcome !== 'duplicate')
    return (
      <div>
        <Text>{lineOf(row.read)}</Text>
        {wrong}
      </div>
    );
  return (
    <div className="imports-sides">
      <div>
        <Text size="sm" c="dimmed">
          {t('imports.in_file')}
        </Text>
        <Text>{lineOf(row.read)}</Text>
        {wrong}
      </div>
      <div>
        <Text size="sm" c="dimmed">
          {row.by === 'file' || row.by === 'time' || row.by === null
            ? t('imports.duplicate.file', { row: row.same_as ?? 0 })
            : `${t('imports.there')}: ${t(`imports.duplicate.${row.by}`)}`}
        </Text>
        {row.matches.map((match) => (
          <Anchor key={match.id} component={Link} to={`/admin/customers/${match.id}`} display="block">
            {lineOf(match)}
          </Anchor>
        ))}
      </div>
      {mayChoose && (
        <NativeSelect
          aria-label={t('imports.choice_of', { row: row.row })}
          data={[
            ...(row.choice === null ? [{ value: '', label: t('imports.choice_all') }] : []),
            ...ROW_CHOICES.map((value) => ({ value, label: t(`imports.choice.${value}`) })),
          ]}
          value={row.choice ?? ''}
          onChange={({ currentTarget: { value } }) => {
            if (value !== '') onChoose(value as RowChoice);
          }}
        />
      )}
    </div>
  );
}

/** A time of a calendar, and the appointments in it. */
function Time({ event }: { event: NonNullable<ImportRowView['event']> }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const zone = me.tenant.time_zone;
  const last = Date.parse(event.ends_at) - 1;
  const isOneDay = wallDateIn(event.starts_at, zone) === wallDateIn(last, zone);
  const begin = (event.all_day ? day : dayAndTime)(event.starts_at, zone, language);
  const end = event.all_day
    ? isOneDay
      ? t('imports.all_day')
      : `${day(last, zone, language)}, ${t('imports.all_day')}`
    : (isOneDay ? time : dayAndTime)(event.ends_at, zone, language);
  return (
    <div>
      <Text className="figures">{event.all_day && isOneDay ? `${begin}, ${end}` : `${begin} – ${end}`}</Text>
      <Text size="sm" c="dimmed" className="imports-name">
        {event.title ?? t('imports.busy')}
      </Text>
      {event.appointments.map(({ appointment_id: id, branch_id: branch, starts_at: at }) => (
        <Anchor
          key={id}
          component={Link}
          to={appointmentPath({ id, branch_id: branch, starts_at: at, time_zone: zone })}
          display="block"
          size="sm"
        >
          {t('imports.meets', { time: dayAndTime(at, zone, language) })}
        </Anchor>
      ))}
    </div>
  );
}

function Problems({ problems }: Pick<ImportRowView, 'problems'>) {
  const { t } = useWords();
  return problems.map(({ column, value, fault, text }) => (
    <Text key={`${column} ${fault}`}>
      {column !== null && <strong>{t('imports.wrong_cell', { column, value: value ?? '' })} </strong>}
      {text}
    </Text>
  ));
}

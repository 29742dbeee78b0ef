/** What to do about a call back: ring, write down how it went, hand it over, put it off, close it or open it again. Drawn on its page for who may change it. */
import { Button, Group, NativeSelect, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import { Link } from 'react-router';
import {
  ATTEMPT_OUTCOMES,
  type AttemptOutcome,
  type CallbackStatus,
  isClosedCallback,
} from '../../../shared/call-status.ts';
import type {
  CallbackAssignees,
  CallbackChange,
  CallbackDetail,
  CallbackView,
} from '../../../shared/contract/calls.ts';
import { addDays, boundaryOf, dateOf, HOUR, minutesOf, timeOf, toIso } from '../../../shared/time.ts';
import type { ApiAnswer, ApiFault } from '../../ui/api-client.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { zoneOf } from './zone-of.ts';
import './callbacks.css';

const PATH = '/api/v1/callback-requests';
const ICONS: Readonly<Record<CallbackStatus, IconName>> = {
  done: 'check',
  assigned: 'user',
  failed: 'absent',
  open: 'undo',
};
const NEXT: Readonly<Record<CallbackStatus, readonly CallbackStatus[]>> = {
  open: ['assigned', 'done', 'failed'],
  assigned: ['done', 'failed', 'open'],
  done: ['open'],
  failed: ['open'],
};
type Told = (body: { data: CallbackDetail }) => string;
type Change = Omit<CallbackChange, 'due_at' | 'assigned_to'> & { due_at?: string; assigned_to?: string };

export function NextStep({ row }: { row: CallbackView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const [busy, setBusy] = useState<string | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const isClosed = isClosedCallback(row.status);

  async function send<T>(
    what: string,
    ask: () => Promise<ApiAnswer<T>>,
    told: ((body: T) => string) | null,
  ): Promise<boolean> {
    setBusy(what);
    setFault(null);
    const answer = await ask();
    setBusy(null);
    refresh();
    if (!answer.ok) setFault(answer.fault);
    else if (told !== null) notifications.show({ message: told(answer.body) });
    return answer.ok;
  }
  const change = (what: string, body: Change, told: Told | null = null) =>
    send(what, () => api.patch<{ data: CallbackDetail }>(`${PATH}/${encodeURIComponent(row.id)}`, body), told);

  return (
    <Stack gap="md">
      <Group gap="sm">
        {!isClosed && row.phone !== null && (
          <Button component="a" href={`tel:${row.phone}`} leftSection={<Icon name="phone" size={16} />}>
            {t('callbacks.call_now')}
          </Button>
        )}
        {NEXT[row.status].map((status) => (
          <Button
            key={status}
            variant="default"
            leftSection={<Icon name={ICONS[status]} size={16} />}
            loading={busy === status}
            disabled={busy !== null && busy !== status}
            onClick={() => void change(status, { status }, () => t(`callbacks.became.${status}`))}
          >
            {t(`callbacks.do.${status}`)}
          </Button>
        ))}
        <NextOpen row={row} />
      </Group>
      {!isClosed && <AttemptForm row={row} busy={busy} send={send} />}
      {!isClosed && <Handling row={row} busy={busy} change={change} />}
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}

/** The one that is due first of those that nobody has taken. */
function NextOpen({ row }: { row: CallbackView }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const open = useAnswer<{ data: CallbackView[] }>(
    `${row.id} ${row.status}`,
    (signal) => api.get(PATH, { status: 'open', sort: 'due_at', limit: 2 }, signal),
    { language },
  );
  const next = open.body?.data.find(({ id }) => id !== row.id);
  if (next === undefined) return null;
  return (
    <Button
      component={Link}
      to={`/admin/callbacks/${encodeURIComponent(next.id)}`}
      variant="subtle"
      rightSection={<Icon name="chevron-right" size={16} />}
    >
      {t('callbacks.next_open')}
    </Button>
  );
}

interface AttemptFormProps {
  row: CallbackView;
  busy: string | null;
  send: <T>(what: string, ask: () => Promise<ApiAnswer<T>>, told: ((body: T) => string) | null) => Promise<boolean>;
}

const NO_ATTEMPT: { outcome: AttemptOutcome; note: string } = { outcome: 'reached', note: '' };

function AttemptForm({ row, busy, send }: AttemptFormProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [{ outcome, note }, setTyped] = useState(NO_ATTEMPT);
  /** one for what is typed: pressed twice it is written down once */
  const [key, setKey] = useState(newKey);
  const set = (change: Partial<typeof NO_ATTEMPT>): void => {
    setKey(newKey());
    setTyped((before) => ({ ...before, ...change }));
  };

  async function record(): Promise<void> {
    const body = { outcome, ...(note.trim() !== '' && { note: note.trim() }) };
    const isDone = await send(
      'attempt',
      () => api.post<{ data: CallbackDetail }>(`${PATH}/${encodeURIComponent(row.id)}/attempts`, body, key),
      ({ data }) => t(data.status === 'done' ? 'callbacks.recorded_done' : 'callbacks.recorded'),
    );
    if (isDone) set({ note: '' });
  }

  return (
    <Stack gap="sm">
      <Text fw={600} id="callback-outcome">
        {t('callbacks.how_was_it')}
      </Text>
      <SegmentedControl
        className="callback-outcomes"
        aria-labelledby="callback-outcome"
        value={outcome}
        onChange={(value) => set({ outcome: value as AttemptOutcome })}
        data={ATTEMPT_OUTCOMES.map((value) => ({ value, label: t(`callbacks.outcome.${value}`) }))}
      />
      <Textarea
        label={t('callbacks.note')}
        autosize
        minRows={2}
        maxLength={1_000}
        value={note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <Group>
        <Button
          variant="default"
          loading={busy === 'attempt'}
          disabled={busy !== null && busy !== 'attempt'}
          onClick={() => void record()}
        >
          {t('callbacks.record')}
        </Button>
      </Group>
    </Stack>
  );
}

interface HandlingProps {
  row: CallbackView;
  busy: string | null;
  /** without a sentence the page itself shows what has changed */
  change: (what: string, body: Change, told?: Told) => Promise<boolean>;
}

/** The same time of the next day, as the branch's clock shows it. */
const tomorrow = (now: number, zone: string): number =>
  boundaryOf(addDays(dateOf(now, zone), 1), minutesOf(timeOf(now, zone)), zone, 'start');

/** Whose it is, how urgent, and until when. */
function Handling({ row, busy, change }: HandlingProps) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const zone = zoneOf(row, me);
  const people = useAnswer<CallbackAssignees>('assignees', (signal) => api.get(`${PATH}/assignees`, {}, signal), {
    language,
  });
  const putOff = (at: number): void => void change('due', { due_at: toIso(at) });
  return (
    <Group gap="md" align="end">
      <NativeSelect
        label={t('callbacks.assign')}
        data={[
          { value: '', label: t('callbacks.assign_hint'), disabled: true },
          ...(people.body?.data ?? []).map(({ id, name }) => ({ value: id, label: name ?? id })),
        ]}
        value={row.assigned_to ?? ''}
        disabled={busy !== null}
        onChange={({ currentTarget: { value: id } }) => {
          if (id !== '' && id !== row.assigned_to)
            void change('assign', { assigned_to: id }, ({ data }) =>
              t('callbacks.given', { name: data.assignee?.name ?? '' }),
            );
        }}
      />
      <Button
        variant="default"
        loading={busy === 'priority'}
        leftSection={<Icon name="star" size={16} />}
        onClick={() => void change('priority', { priority: row.priority === 'high' ? 'normal' : 'high' })}
      >
        {t(row.priority === 'high' ? 'callbacks.make_normal' : 'callbacks.make_high')}
      </Button>
      <fieldset className="callback-later">
        <legend>{t('callbacks.put_off_to')}</legend>
        <Button variant="default" disabled={busy !== null} onClick={() => putOff(Date.now() + HOUR)}>
          {t('callbacks.later.hour')}
        </Button>
        <Button variant="default" disabled={busy !== null} onClick={() => putOff(tomorrow(Date.now(), zone))}>
          {t('callbacks.later.day')}
        </Button>
      </fieldset>
    </Group>
  );
}

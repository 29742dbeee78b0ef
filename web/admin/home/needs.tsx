/** What waits for a person: of each kind its number, the first few, and the button by which it is settled or leads there. Drawn by home-page.tsx. */
import { Anchor, Button, Paper, Skeleton, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { AppointmentListResponse, AppointmentView } from '../../../shared/contract/appointments.ts';
import type { CallbackView } from '../../../shared/contract/calls.ts';
import type { ConflictView } from '../../../shared/contract/conflicts.ts';
import type { NotificationView } from '../../../shared/contract/notifications.ts';
import type { FigureName } from '../../../shared/figure-names.ts';
import { dateOf } from '../../../shared/time.ts';
import { faultText } from '../../ui/fault-text.ts';
import { shortInstant } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { CALENDAR_PATH } from '../calendar/new-appointment.ts';
import { createDeferred, UNDO_MS } from '../calendar/deferred.ts';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { showUndo } from '../undo-notice.tsx';
import type { HomeFigures } from './use-home-figures.ts';
import { LoadingBlock } from '../loading.tsx';

/** More are on the page that each leads to. */
const SHOWN = 3;

type Kind = 'appointments' | 'callbacks' | 'messages' | 'conflicts';
const NEEDS: Readonly<Record<Kind, { figure: FigureName; permission: string; icon: IconName; to: string }>> = {
  appointments: {
    figure: 'appointments_pending',
    permission: 'view_appointments',
    icon: 'clock',
    to: '/admin/appointments?list=pending',
  },
  callbacks: {
    figure: 'callbacks_open',
    permission: 'view_callback_requests',
    icon: 'phone',
    to: '/admin/callbacks',
  },
  messages: {
    figure: 'notifications_failed',
    permission: 'view_notifications',
    icon: 'chat',
    to: '/admin/messages?list=failed',
  },
  conflicts: { figure: 'conflicts_open', permission: 'view_calcom', icon: 'warning', to: '/admin/conflicts' },
};
const KINDS = Object.keys(NEEDS) as Kind[];

export function Needs({ figures }: { figures: HomeFigures }) {
  const { t } = useWords();
  const { me } = useAdmin();
  const { of, recount } = figures;
  const kinds = KINDS.filter((kind) => me.permissions.includes(NEEDS[kind].permission));
  const waiting = of === null ? [] : kinds.filter((kind) => (of.get(NEEDS[kind].figure)?.value ?? 0) > 0);
  return (
    <Paper withBorder component="section" className="home-card" aria-labelledby="home-needs">
      <div className="home-card-head">
        <Title order={2} id="home-needs">
          {t('today.needs')}
        </Title>
      </div>
      {of === null && figures.fault && <FaultAlert fault={figures.fault} onRetry={recount} />}
      {of === null && !figures.fault && <LoadingBlock h={160} />}
      {of !== null && waiting.length === 0 && (
        <Empty icon="check" title={t('today.needs_none')} hint={t('today.needs_none_hint')} />
      )}
      {of !== null &&
        waiting.map((kind) => (
          <Need key={kind} kind={kind} count={of.get(NEEDS[kind].figure)?.value ?? 0} onSettled={recount} />
        ))}
    </Paper>
  );
}

interface NeedProps {
  kind: Kind;
  count: number;
  onSettled: () => void;
}

function Need({ kind, count, onSettled }: NeedProps) {
  const { t } = useWords();
  const { icon, to } = NEEDS[kind];
  const what = t(`today.need.${kind}`);
  return (
    <section className="need" aria-labelledby={`need-${kind}`} data-need={kind}>
      <div className="need-head">
        <Icon name={icon} size={16} />
        <h3 id={`need-${kind}`}>{what}</h3>
        <span className="need-count figures">{count}</span>
        <Anchor component={Link} to={to} aria-label={t('today.need.all', { what })} className="home-card-all">
          {t('today.need.all_short')}
        </Anchor>
      </div>
      {kind === 'appointments' && <Pending count={count} onSettled={onSettled} />}
      {kind === 'callbacks' && <Callbacks count={count} />}
      {kind === 'messages' && <Messages count={count} />}
      {kind === 'conflicts' && <Conflicts count={count} />}
    </section>
  );
}

/** The first rows of a list. Read anew when there are more or fewer. */
function useFirst<R>(path: string, query: Readonly<Record<string, string>>, count: number): readonly R[] | null {
  const { language } = useWords();
  const { api } = useAdmin();
  const { body, fault } = useAnswer<{ data: R[] }>(
    `${path} ${count}`,
    (signal) => api.get(path, { ...query, limit: SHOWN }, signal),
    { language },
  );
  const [kept, setKept] = useState<readonly R[] | null>(null);
  const rows = body?.data ?? null;
  useEffect(() => {
    if (rows !== null) setKept(rows);
  }, [rows]);
  // The number and the way to all of them are there; what can't be read now is left out.
  return rows ?? kept ?? (fault === null ? null : []);
}

/** Pixels: a name with a line below it, each further line, and what lies between rows (home.css): what is to come has its room before. */
const ROW = 38;
const FURTHER_LINE = 18;
const BETWEEN_ROWS = 8;

function Rows<R extends { id: string }>({
  rows,
  count,
  lines = 1,
  children,
}: {
  rows: readonly R[] | null;
  count: number;
  /** below the name, as most of them have */
  lines?: number;
  children: (row: R) => ReactNode;
}) {
  const shown = Math.min(count, SHOWN);
  const row = ROW + (lines - 1) * FURTHER_LINE;
  if (rows === null) return <Skeleton h={shown * (row + BETWEEN_ROWS) - BETWEEN_ROWS} aria-busy="true" />;
  return (
    <ul className="need-rows">
      {rows.map((row) => (
        <li key={row.id}>{children(row)}</li>
      ))}
    </ul>
  );
}

function RowText({ to, title, children }: { to: string; title: string; children: ReactNode }) {
  return (
    <div className="need-text">
      <Anchor component={Link} to={to} c="inherit">
        {title}
      </Anchor>
      <Text size="sm" c="dimmed" className="figures">
        {children}
      </Text>
    </div>
  );
}

/** Confirming has no opposite: it waits as long as Undo stands, or until somebody leaves. */
function useConfirm(onSettled: () => void) {
  const { t, catalogue } = useWords();
  const { api } = useAdmin();
  const deferred = useMemo(() => createDeferred(), []);
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    addEventListener('pagehide', deferred.flush);
    return () => {
      removeEventListener('pagehide', deferred.flush);
      deferred.flush();
    };
  }, [deferred]);
  const back = (id: string): void => setConfirmed((before) => new Set([...before].filter((one) => one !== id)));
  const confirm = (row: AppointmentView, name: string): void => {
    setConfirmed((before) => new Set([...before, row.id]));
    deferred.add(row.id, async () => {
      const answer = await api.post(
        `/api/v1/appointments/${encodeURIComponent(row.id)}/confirm`,
        { expected_version: row.version },
        newKey(),
      );
      if (!answer.ok) {
        back(row.id);
        notifications.show({
          color: 'red',
          title: t('today.confirm_refused', { name }),
          message: faultText(catalogue, answer.fault),
        });
      }
      onSettled();
    });
    showUndo({
      message: t('today.confirmed', { name }),
      undo: t('action.undo'),
      onUndo: () => {
        if (deferred.undo(row.id)) back(row.id);
      },
      forMs: UNDO_MS,
    });
  };
  return { confirmed, confirm };
}

function Pending({ count, onSettled }: { count: number; onSettled: () => void }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const mayConfirm = useMay('edit_appointments');
  const { confirmed, confirm } = useConfirm(onSettled);
  const today = dateOf(Date.now(), me.tenant.time_zone);
  const rows = useFirst<AppointmentListResponse['data'][number]>(
    '/api/v1/appointments',
    { status: 'pending', sort: 'starts_at', from: today },
    count,
  );
  const left = rows?.filter(({ id }) => !confirmed.has(id)) ?? null;
  return (
    <Rows rows={left} count={count}>
      {(row) => {
        const name = row.customer_name ?? t('today.nameless');
        const date = dateOf(Date.parse(row.starts_at), row.time_zone);
        const place = new URLSearchParams({ branch: row.branch_id, date, appointment: row.id });
        return (
          <>
            <RowText to={`${CALENDAR_PATH}?${place}`} title={name}>
              {shortInstant(row.starts_at, row.time_zone, language, Date.now())} · {row.service_name} · {row.staff_name}
            </RowText>
            {mayConfirm && (
              <Button
                variant="default"
                size="xs"
                aria-label={t('today.confirm_of', { name })}
                onClick={() => confirm(row, name)}
              >
                {t('today.confirm')}
              </Button>
            )}
          </>
        );
      }}
    </Rows>
  );
}

function Callbacks({ count }: { count: number }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const rows = useFirst<CallbackView>('/api/v1/callback-requests', { status: 'open', sort: 'due_at' }, count);
  return (
    <Rows rows={rows} count={count} lines={2}>
      {(row) => {
        const name = row.customer?.name ?? row.name ?? t('today.nameless');
        const to = `/admin/callbacks/${encodeURIComponent(row.id)}`;
        const when = shortInstant(row.due_at, me.tenant.time_zone, language, Date.now());
        return (
          <>
            <RowText to={to} title={name}>
              <span data-overdue={row.overdue || undefined}>
                {t(row.overdue ? 'today.overdue' : 'today.due', { when })}
              </span>
              {row.reason !== null && ` · ${row.reason}`}
            </RowText>
            {row.phone !== null && !row.phone.includes('…') ? (
              <Button
                component="a"
                href={`tel:${row.phone}`}
                variant="default"
                size="xs"
                aria-label={t('today.ring', { name })}
              >
                {t('today.ring_short')}
              </Button>
            ) : (
              <Button component={Link} to={to} variant="default" size="xs" aria-label={t('today.look_of', { name })}>
                {t('today.look')}
              </Button>
            )}
          </>
        );
      }}
    </Rows>
  );
}

function Messages({ count }: { count: number }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const rows = useFirst<NotificationView>('/api/v1/notifications', { status: 'failed' }, count);
  return (
    <Rows rows={rows} count={count}>
      {(row) => {
        const to = `/admin/messages/${encodeURIComponent(row.id)}`;
        const name = `${t(row.channel === 'sms' ? 'today.sms' : 'today.email')} · ${shortInstant(row.created_at, me.tenant.time_zone, language, Date.now())}`;
        return (
          <>
            <RowText to={to} title={name}>
              {row.error_message ?? row.subject ?? ''}
            </RowText>
            <Button component={Link} to={to} variant="default" size="xs" aria-label={t('today.look_of', { name })}>
              {t('today.look')}
            </Button>
          </>
        );
      }}
    </Rows>
  );
}

function Conflicts({ count }: { count: number }) {
  const { t, language } = useWords();
  const rows = useFirst<ConflictView>('/api/v1/conflicts', { status: 'open' }, count);
  return (
    <Rows rows={rows} count={count}>
      {(row) => {
        const side = row.theirs ?? row.ours ?? row.in_the_way;
        const name = row.customer_name ?? side?.staff_name ?? t('today.nameless');
        const to = `/admin/conflicts/${encodeURIComponent(row.id)}`;
        return (
          <>
            <RowText to={to} title={name}>
              {side && shortInstant(side.starts_at, row.time_zone, language, Date.now())}
              {side?.service_name && ` · ${side.service_name}`}
            </RowText>
            <Button component={Link} to={to} variant="default" size="xs" aria-label={t('today.decide_of', { name })}>
              {t('today.decide')}
            </Button>
          </>
        );
      }}
    </Rows>
  );
}

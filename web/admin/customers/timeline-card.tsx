/** What happened with a customer, newest first: appointments, calls, messages and notes with what they cost. Drawn on the customer's page. */
import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useRefresh } from 'ra-core';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { Customer } from '../../../shared/contract/customers.ts';
import type { NotificationView } from '../../../shared/contract/notifications.ts';
import type { TimelineEntry } from '../../../shared/contract/timeline.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { APPOINTMENT_LOOK } from '../../ui/appointment-status.ts';
import { clockDuration, dayAndTime, money } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useLiveEvents, useMay, useWords } from '../admin-context.tsx';
import { appointmentPath } from '../appointment-path.ts';
import { eventWord, MESSAGE_LOOK } from '../messages/message-words.ts';
import { FaultAlert, RefusalAlert, StatusBadge } from '../page-parts.tsx';
import { Sent } from './write-message.tsx';

const ROWS = 15;
type Page = { data: TimelineEntry[]; meta: { next_cursor: string | null; has_more: boolean } };

export function TimelineCard({ row }: { row: Customer }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const [entries, setEntries] = useState<TimelineEntry[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();
  const path = `/api/v1/customers/${encodeURIComponent(row.id)}/timeline`;
  const latest = useRef(0);

  async function read(cursor: string | null): Promise<void> {
    const turn = ++latest.current;
    setBusy(true);
    const answer = await api.get<Page>(path, { limit: ROWS, ...(cursor === null ? {} : { cursor }) });
    // Somebody else's answer, or one to an older question.
    if (turn !== latest.current) return;
    setBusy(false);
    setFault(answer.ok ? null : answer.fault);
    if (!answer.ok) return;
    const { data, meta } = answer.body;
    setEntries((before) => (cursor === null ? data : [...(before ?? []), ...data]));
    setNext(meta.next_cursor);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew for another customer only
  useEffect(() => {
    void read(null);
    return () => {
      latest.current++;
    };
  }, [path]);
  useLiveEvents((change) => {
    if (change.about === 'everything' || change.about === 'calendar' || change.about === 'calls') void read(null);
  });

  return (
    <Stack gap="sm">
      {fault && <FaultAlert fault={fault} onRetry={() => read(null)} />}
      {entries === null && !fault && <Skeleton h={120} />}
      {entries !== null && entries.length === 0 && <Text c="dimmed">{t('timeline.empty')}</Text>}
      <Stack component="ol" gap="md" p={0} m={0} className="plain-list">
        {entries?.map((entry) => (
          <li key={idOf(entry)}>
            <Entry
              entry={entry}
              onChanged={() => {
                refresh();
                return read(null);
              }}
            />
          </li>
        ))}
      </Stack>
      {next !== null && (
        <Group justify="center">
          <Button variant="subtle" loading={isBusy} onClick={() => void read(next)}>
            {t('action.more')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

const idOf = ({ appointment, call, message, note }: TimelineEntry): string =>
  (appointment ?? call ?? message ?? note)?.id ?? '';

function Entry({ entry, onChanged }: { entry: TimelineEntry; onChanged: () => Promise<void> }) {
  const words = useWords();
  const { t, language } = words;
  const { me } = useAdmin();
  const { appointment, call, message, note } = entry;
  const zone = appointment?.time_zone ?? me.tenant.time_zone;
  const when = dayAndTime(entry.at, zone, language);
  if (appointment !== null) {
    const isToCome = appointment.status === 'pending' || appointment.status === 'confirmed';
    return (
      <Line
        icon="calendar"
        when={when}
        title={appointment.service_name ?? t('timeline.appointment')}
        to={appointmentPath({ ...appointment, starts_at: entry.at })}
        badge={
          <StatusBadge look={APPOINTMENT_LOOK[appointment.status]}>{t(`status.${appointment.status}`)}</StatusBadge>
        }
        more={[
          appointment.staff_name,
          appointment.branch_name,
          money(appointment.price_cents, appointment.currency, language),
        ]}
        charges={appointment.charges}
      >
        {isToCome && Date.parse(entry.at) > Date.now() && <Remind id={appointment.id} onSent={onChanged} />}
      </Line>
    );
  }
  if (call !== null)
    return (
      <Line
        icon="phone"
        when={when}
        title={t(`timeline.call.${call.direction}`)}
        to={`/admin/calls/${encodeURIComponent(call.id)}`}
        badge={
          call.appointment_id === null ? null : (
            <StatusBadge look={{ tone: 'success', icon: 'calendar' }}>{t('timeline.booked')}</StatusBadge>
          )
        }
        more={[call.duration_seconds === null ? null : clockDuration(call.duration_seconds), call.summary]}
        charges={call.charges}
      />
    );
  if (message !== null)
    return (
      <Line
        icon="chat"
        when={when}
        title={message.subject ?? eventWord(words, message.event_type)}
        to={`/admin/messages/${encodeURIComponent(message.id)}`}
        badge={<StatusBadge look={MESSAGE_LOOK[message.status]}>{t(`messages.status.${message.status}`)}</StatusBadge>}
        more={[t(`messages.channel.${message.channel}`)]}
        charges={null}
      />
    );
  if (note !== null)
    return (
      <Line
        icon="pen"
        when={when}
        title={note.subject || t(`notes.type.${note.type}`)}
        to={null}
        badge={null}
        more={[note.text]}
        charges={null}
      />
    );
  return null;
}

interface LineProps {
  icon: IconName;
  when: string;
  title: string;
  to: string | null;
  badge: React.ReactNode;
  more: readonly (string | null)[];
  charges: NonNullable<TimelineEntry['call']>['charges'];
  children?: React.ReactNode;
}

function Line({ icon, when, title, to, badge, more, charges, children }: LineProps) {
  const { t, language } = useWords();
  const paid = (charges ?? []).filter((one) => one.amount_cents !== 0);
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <Text c="dimmed" component="span" aria-hidden>
        <Icon name={icon} size={18} />
      </Text>
      <Stack gap={2} flex={1} miw={0}>
        <Group gap="xs">
          {to === null ? (
            <Text fw={600}>{title}</Text>
          ) : (
            <Anchor component={Link} to={to} fw={600}>
              {title}
            </Anchor>
          )}
          {badge}
        </Group>
        <Text size="sm" c="dimmed">
          {when}
        </Text>
        {more.some(Boolean) && (
          <Text size="sm" lineClamp={3}>
            {more.filter(Boolean).join(' · ')}
          </Text>
        )}
        {paid.length > 0 && (
          <Text size="sm" c="dimmed" className="figures">
            {t('timeline.charged', {
              amounts: paid.map((one) => money(one.amount_cents, one.currency, language)).join(', '),
            })}
          </Text>
        )}
        {children}
      </Stack>
    </Group>
  );
}

/** Reminds of one appointment: by SMS, else by e-mail. */
function Remind({ id, onSent }: { id: string; onSent: () => Promise<void> }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const may = useMay('create_notifications');
  const [isBusy, setBusy] = useState(false);
  const [sent, setSent] = useState<NotificationView | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [key] = useState(newKey);
  if (!may) return null;

  async function remind(): Promise<void> {
    setBusy(true);
    setFault(null);
    const path = `/api/v1/appointments/${encodeURIComponent(id)}/reminder`;
    const answer = await api.post<{ data: NotificationView }>(path, {}, key);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setSent(answer.body.data);
    await onSent();
  }

  return (
    <Stack gap={4} align="flex-start">
      {fault && <RefusalAlert fault={fault} reasons={(reason) => `messages.because.${reason}`} />}
      {sent === null ? (
        <Button variant="default" size="xs" loading={isBusy} onClick={() => void remind()}>
          {t('messages.remind')}
        </Button>
      ) : (
        <Sent message={sent} />
      )}
    </Stack>
  );
}

/** A message to one customer: what it is about, whether it may leave and when, what it costs in SMS. Drawn on the customer's page. */
import { Button, NativeSelect, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Customer } from '../../../shared/contract/customers.ts';
import type { MaySendView, NotificationView } from '../../../shared/contract/notifications.ts';
import { LEGAL_CLASSES } from '../../../shared/message-sets.ts';
import { NOTIFICATION_CHANNELS } from '../../../shared/notification-status.ts';
import { smsSegments } from '../../../shared/sms-segments.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { ShortForm, useShortForm } from '../kit/short-form.tsx';
import { becauseKey, VERDICT_LOOK } from '../messages/message-words.ts';
import { FaultAlert, RefusalAlert, StatusBadge } from '../page-parts.tsx';

/** What somebody writes is about a matter of the customer's, or it needs a consent; reminders have a button of their own. */
const CLASSES = LEGAL_CLASSES.filter((one) => one !== 'reminder');

export function WriteMessage({ row }: { row: Customer }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [sent, setSent] = useState<NotificationView | null>(null);
  const refresh = useRefresh();
  if (isOpen)
    return (
      <MessageForm
        row={row}
        onClose={() => setOpen(false)}
        onSent={(message) => {
          setSent(message);
          setOpen(false);
          // the card of messages has one more
          refresh();
        }}
      />
    );
  return (
    <Stack gap="sm" align="flex-start">
      {sent !== null && <Sent message={sent} />}
      <Button variant="default" leftSection={<Icon name="chat" size={16} />} onClick={() => setOpen(true)}>
        {t('messages.write')}
      </Button>
    </Stack>
  );
}

/** Says that a message is on its way, or when it will be, and leads to it. */
export function Sent({ message }: { message: NotificationView }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const isLater = Date.parse(message.scheduled_at) > Date.parse(message.created_at);
  return (
    <Text role="status">
      {isLater
        ? t('messages.sent_later', { when: dayAndTime(message.scheduled_at, me.tenant.time_zone, language) })
        : t('messages.sent_now')}{' '}
      <Link to={`/admin/messages/${encodeURIComponent(message.id)}`}>{t('messages.open')}</Link>
    </Text>
  );
}

interface FormProps {
  row: Customer;
  onSent: (message: NotificationView) => void;
  onClose: () => void;
}

function MessageForm({ row, onSent, onClose }: FormProps) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const form = useShortForm({
    channel: row.phones.length === 0 && row.email !== null ? 'email' : 'sms',
    legal_class: 'service',
    subject: '',
    text: '',
  });
  const { values, set } = form;
  const path = `/api/v1/customers/${encodeURIComponent(row.id)}`;
  const asked = { channel: values.channel, legal_class: values.legal_class };
  const { body, ...loaded } = useAnswer(
    `${path} ${asked.channel} ${asked.legal_class}`,
    (signal) => api.get<{ data: MaySendView }>(`${path}/may-send`, asked, signal),
    { language },
  );
  const may = loaded.isLoading ? null : (body?.data ?? null);
  const isMail = values.channel === 'email';
  const isReady = values.text.trim() !== '' && (!isMail || values.subject.trim() !== '');

  const submit = (): void => {
    const { subject, ...others } = values;
    const request = { ...others, ...(isMail ? { subject: subject.trim() } : {}) };
    void form.send(
      (key) => api.post<{ data: NotificationView }>(`${path}/messages`, request, key),
      ({ data }) => onSent(data),
    );
  };

  return (
    <ShortForm
      form={form}
      label={t('messages.send')}
      isReady={isReady && may !== null && may.verdict !== 'stop'}
      refused={(fault) => <RefusalAlert fault={fault} reasons={(reason) => `messages.because.${reason}`} />}
      onSubmit={submit}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label={t('messages.channel')}
        value={values.channel}
        onChange={(channel) => set({ channel })}
        data={NOTIFICATION_CHANNELS.map((value) => ({ value, label: t(`messages.channel.${value}`) }))}
      />
      <NativeSelect
        label={t('messages.about')}
        value={values.legal_class}
        onChange={(event) => set({ legal_class: event.currentTarget.value })}
        data={CLASSES.map((value) => ({ value, label: t(`messages.class.${value}`) }))}
      />
      {loaded.fault && <FaultAlert fault={loaded.fault} onRetry={loaded.reload} />}
      <Verdict may={may} />
      {isMail && (
        <TextInput
          label={t('messages.subject')}
          maxLength={200}
          required
          value={values.subject}
          onChange={(event) => set({ subject: event.currentTarget.value })}
        />
      )}
      <Textarea
        label={t('messages.text')}
        required
        autosize
        minRows={3}
        maxRows={12}
        maxLength={1500}
        value={values.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      {may !== null && may.added_text.trim() !== '' && (
        <Text size="sm" c="dimmed">
          {t('messages.added')}
        </Text>
      )}
      {!isMail && values.text !== '' && (
        <Text size="sm" c="dimmed" className="figures">
          {t('messages.segments', { count: smsSegments(values.text + (may?.added_text ?? '')) })}
        </Text>
      )}
    </ShortForm>
  );
}

/** Said before anything is written: whether it would leave, when, where to, and why. */
function Verdict({ may }: { may: MaySendView | null }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  if (may === null) return <Text role="status">{t('messages.asking')}</Text>;
  return (
    <Stack gap={4} role="status" align="flex-start">
      <StatusBadge look={VERDICT_LOOK[may.verdict]}>
        {may.verdict === 'move'
          ? t('messages.goes_at', { when: dayAndTime(may.at, me.tenant.time_zone, language) })
          : t(`messages.verdict_now.${may.verdict}`)}
      </StatusBadge>
      <Text size="sm" c="dimmed">
        {t(becauseKey(may.because))}
        {may.recipient_masked !== null && ` ${t('messages.to', { recipient: may.recipient_masked })}`}
      </Text>
    </Stack>
  );
}

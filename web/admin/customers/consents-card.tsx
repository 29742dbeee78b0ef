/** What a customer agrees to now, how it came about, and a form to write down a yes or a no. Drawn on the customer's page. */
import { Button, Group, NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Consent, ConsentStanding } from '../../../shared/contract/consents.ts';
import type { Customer } from '../../../shared/contract/customers.ts';
import { CONSENT_PURPOSES, CONSENT_STATES, CONSENT_WAYS_BY_HAND } from '../../../shared/message-sets.ts';
import { NOTIFICATION_CHANNELS } from '../../../shared/notification-status.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { ShortForm, useShortForm } from '../kit/short-form.tsx';
import { CONSENT_LOOK } from '../messages/message-words.ts';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';

/** Rows of the history that are read at once. */
const HISTORY_ROWS = 20;

export function ConsentsCard({ row }: { row: Customer }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayRecord = useMay('create_consents');
  const [isOpen, setOpen] = useState(false);
  const path = `/api/v1/customers/${encodeURIComponent(row.id)}/consents`;
  const { body, fault, reload } = useAnswer(path, (signal) => api.get<{ data: ConsentStanding[] }>(path, {}, signal), {
    language,
  });
  const query = { customer_id: row.id, limit: HISTORY_ROWS };
  const history = useAnswer(
    `history ${row.id}`,
    (signal) => api.get<{ data: Consent[] }>('/api/v1/consents', query, signal),
    { language },
  );
  const said = async (): Promise<void> => {
    setOpen(false);
    await Promise.all([reload(), history.reload()]);
  };
  const rows = history.body?.data ?? [];
  return (
    <Stack gap="sm">
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      <dl className="facts">
        {CONSENT_PURPOSES.map((purpose) => (
          <div key={purpose} className="fact">
            <dt>{t(`consents.purpose.${purpose}`)}</dt>
            <dd>
              <Group gap="xs">
                {NOTIFICATION_CHANNELS.map((channel) => {
                  const one = body?.data.find((each) => each.purpose === purpose && each.channel === channel);
                  const state = one?.state ?? null;
                  return (
                    <StatusBadge
                      key={channel}
                      look={state === null ? { tone: 'gray', icon: 'question' } : CONSENT_LOOK[state]}
                    >
                      {`${t(`messages.channel.${channel}`)}: ${t(state === null ? 'consents.nothing_said' : `consents.state.${state}`)}`}
                    </StatusBadge>
                  );
                })}
              </Group>
            </dd>
          </div>
        ))}
      </dl>
      {rows.length > 0 && (
        <details className="kit-folded">
          <summary>{t('consents.history')}</summary>
          <Stack component="ul" gap="sm" p={0} m={0} className="plain-list">
            {rows.map((one) => (
              <HistoryRow key={one.id} one={one} />
            ))}
          </Stack>
        </details>
      )}
      {history.fault && <FaultAlert fault={history.fault} onRetry={history.reload} />}
      {mayRecord && !isOpen && (
        <div>
          <Button variant="default" leftSection={<Icon name="pen" size={16} />} onClick={() => setOpen(true)}>
            {t('consents.record')}
          </Button>
        </div>
      )}
      {isOpen && <RecordForm customerId={row.id} onSaved={said} onClose={() => setOpen(false)} />}
    </Stack>
  );
}

function HistoryRow({ one }: { one: Consent }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  return (
    <li>
      <Text>
        {t(`consents.purpose.${one.purpose}`)}, {t(`messages.channel.${one.channel}`)}:{' '}
        <strong>{t(`consents.state.${one.state}`)}</strong>
      </Text>
      <Text size="sm" c="dimmed">
        {[
          dayAndTime(one.at, me.tenant.time_zone, language),
          t(`consents.way.${one.way}`),
          one.text_version,
          one.proof,
          one.recorded_by_name,
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </li>
  );
}

interface FormProps {
  customerId: string;
  onSaved: () => Promise<void>;
  onClose: () => void;
}

function RecordForm({ customerId, onSaved, onClose }: FormProps) {
  const { t } = useWords();
  const { api } = useAdmin();
  const form = useShortForm({
    state: 'given',
    purpose: 'marketing',
    channel: 'sms',
    way: 'in_person',
    text_version: '',
    proof: '',
  });
  const { values, set } = form;

  const submit = (): void => {
    const request = {
      ...values,
      customer_id: customerId,
      text_version: values.text_version.trim() || null,
      proof: values.proof.trim() || null,
    };
    void form.send((key) => api.post('/api/v1/consents', request, key), onSaved);
  };

  return (
    <ShortForm form={form} label={t('consents.save')} onSubmit={submit} onClose={onClose}>
      <SegmentedControl
        aria-label={t('consents.state')}
        value={values.state}
        onChange={(state) => set({ state })}
        data={CONSENT_STATES.map((value) => ({ value, label: t(`consents.state.${value}`) }))}
      />
      <NativeSelect
        label={t('consents.purpose')}
        value={values.purpose}
        onChange={(event) => set({ purpose: event.currentTarget.value })}
        data={CONSENT_PURPOSES.map((value) => ({ value, label: t(`consents.purpose.${value}`) }))}
      />
      <NativeSelect
        label={t('messages.channel')}
        value={values.channel}
        onChange={(event) => set({ channel: event.currentTarget.value })}
        data={NOTIFICATION_CHANNELS.map((value) => ({ value, label: t(`messages.channel.${value}`) }))}
      />
      <NativeSelect
        label={t('consents.way')}
        value={values.way}
        onChange={(event) => set({ way: event.currentTarget.value })}
        data={CONSENT_WAYS_BY_HAND.map((value) => ({ value, label: t(`consents.way.${value}`) }))}
      />
      <TextInput
        label={t('consents.text_version')}
        description={t('consents.text_version_hint')}
        maxLength={60}
        value={values.text_version}
        onChange={(event) => set({ text_version: event.currentTarget.value })}
      />
      <TextInput
        label={t('consents.proof')}
        description={t('consents.proof_hint')}
        maxLength={500}
        value={values.proof}
        onChange={(event) => set({ proof: event.currentTarget.value })}
      />
    </ShortForm>
  );
}

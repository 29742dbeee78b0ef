/** Cal.com: the key, tried at once; then which kind of booking there stands for which service. What is left alone is not matched. */
import { Alert, Button, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { IntegrationView, Tested } from '../../../shared/contract/integrations.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { ConnectionForm } from '../connections/connection-form.tsx';
import { PushEventTypes } from '../connections/push-event-types.tsx';
import { INTEGRATIONS, storedField } from '../connections/vendor-fields.ts';
import { FaultAlert } from '../page-parts.tsx';
import type { StepProps } from './step-props.ts';
import { LoadingBlock } from '../loading.tsx';
import { useServices } from './use-services.ts';

type Kind = Tested['event_types'][number];

export function CalcomStep({ onDone }: Pick<StepProps, 'onDone'>) {
  const { t } = useWords();
  const mayConnect = useMay('manage_integrations');
  // Whoever looks after the business enters the key.
  return mayConnect ? <Connected onDone={onDone} /> : <Text>{t('welcome.calcom_by')}</Text>;
}

function Connected({ onDone }: Pick<StepProps, 'onDone'>) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const mayPush = useMay('manage_calcom');
  const [tested, setTested] = useState<Tested | null>(null);
  /** a push matches services: they are read anew */
  const [round, setRound] = useState(0);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const loaded = useAnswer<{ data: IntegrationView[] }>(INTEGRATIONS, (signal) => api.get(INTEGRATIONS, {}, signal), {
    language,
  });
  const row = loaded.body?.data.find(({ vendor }) => vendor === 'calcom') ?? null;

  async function ask(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post<{ data: Tested }>(`${INTEGRATIONS}/calcom/test`, {});
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setTested(answer.body.data);
    setRound((n) => n + 1);
  }

  if (row === null)
    return loaded.fault ? <FaultAlert fault={loaded.fault} onRetry={loaded.reload} /> : <LoadingBlock h={160} />;
  const isOwn = storedField(row, 'api_key') !== null && row.state !== 'unreadable';
  if (!isOwn)
    return (
      <div className="welcome-fields">
        <ConnectionForm
          row={row}
          companyId={null}
          onSaved={() => {
            void loaded.reload();
            void ask();
          }}
        />
      </div>
    );
  return (
    <Stack gap="md" align="flex-start">
      {tested === null && (
        <>
          <Text>{t('welcome.calcom_connected')}</Text>
          <Button
            variant="default"
            loading={isBusy}
            leftSection={<Icon name="refresh" size={16} />}
            onClick={() => void ask()}
          >
            {t('welcome.calcom_load')}
          </Button>
        </>
      )}
      {fault && <FaultAlert fault={fault} />}
      {tested && !tested.ok && (
        <Alert color="red" icon={<Icon name="warning" />} role="alert">
          {t(`connections.fault.${tested.fault ?? 'refused'}`)}
        </Alert>
      )}
      {tested?.ok && mayPush && <PushEventTypes companyId={null} onPushed={ask} />}
      {tested?.ok && tested.event_types.length === 0 && !mayPush && <Text>{t('welcome.calcom_no_types')}</Text>}
      {tested?.ok && tested.event_types.length > 0 && (
        <Match key={String(round)} kinds={tested.event_types} onDone={onDone} />
      )}
    </Stack>
  );
}

function Match({ kinds, onDone }: { kinds: readonly Kind[] } & Pick<StepProps, 'onDone'>) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const services = useServices();
  const rows = services.body?.data ?? null;
  if (rows === null)
    return services.fault ? (
      <FaultAlert fault={services.fault} onRetry={services.reload} />
    ) : (
      <LoadingBlock h={160} w="100%" />
    );
  const kindOf = (one: ServiceView): string => chosen[one.id] ?? one.calcom_event_type_id ?? '';

  async function save(): Promise<void> {
    setBusy(true);
    setFault(null);
    for (const one of rows ?? []) {
      const value = kindOf(one);
      if (value === (one.calcom_event_type_id ?? '')) continue;
      const change = { calcom_event_type_id: value === '' ? null : value };
      const answer = await api.patch(`/api/v1/services/${encodeURIComponent(one.id)}`, change, newKey(), one.version);
      if (answer.ok) continue;
      setBusy(false);
      setFault(answer.fault);
      return services.reload();
    }
    setBusy(false);
    await onDone();
  }

  return (
    <form
      className="welcome-fields"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Text>{t('welcome.calcom_match')}</Text>
      {rows.length === 0 && <Text c="dimmed">{t('welcome.calcom_no_services')}</Text>}
      {rows.map((one) => (
        <NativeSelect
          key={one.id}
          label={inLanguage(one.name, language)}
          value={kindOf(one)}
          data={[
            { value: '', label: t('welcome.calcom_none') },
            ...kinds.map(({ id, title, duration_minutes: n }) => ({
              value: id,
              label: t('welcome.calcom_type', { title, n: String(n) }),
            })),
          ]}
          onChange={({ currentTarget: { value } }) => setChosen((before) => ({ ...before, [one.id]: value }))}
        />
      ))}
      {fault && <FaultAlert fault={fault} />}
      <div>
        <Button type="submit" loading={isBusy}>
          {t('welcome.save_next')}
        </Button>
      </div>
    </form>
  );
}

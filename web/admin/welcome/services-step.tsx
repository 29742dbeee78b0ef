/** Services of the trade's template: chosen, with the owner's minutes and prices. What is left empty is not said on the phone. */
import { Button, Checkbox, Group, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Applied } from '../../../shared/contract/onboarding.ts';
import type { TemplateService, TradeTemplate } from '../../../shared/contract/trade-template.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { parseAmount, shortMoney } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { TradeSelect, useTemplate } from './trade-select.tsx';
import { SaveNext } from './save-next.tsx';
import type { StepProps } from './step-props.ts';
import { LoadingBlock } from '../loading.tsx';
import { useServices } from './use-services.ts';

export function ServicesStep({ branch, trade, onTrade, onDone }: StepProps) {
  const { t } = useWords();
  const services = useServices();
  const { template, fault, reload } = useTemplate(trade);
  const have = services.body?.data.length ?? 0;
  return (
    <>
      {have > 0 && (
        <Group gap="sm">
          <Text>{t('welcome.have_services', { n: String(have) })}</Text>
          <Button component={Link} to="/admin/services" variant="default">
            {t('welcome.edit_services')}
          </Button>
        </Group>
      )}
      <div className="welcome-fields">
        <TradeSelect trade={trade} onTrade={onTrade} />
      </div>
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      {trade !== null && template === null && !fault && <LoadingBlock h={420} />}
      {template !== null && branch !== null && (
        <Choice key={template.id} template={template} branchId={branch.id} onDone={onDone} />
      )}
    </>
  );
}

interface Draft {
  isChosen: boolean;
  minutes: string;
  price: string;
}

const begun = ({ duration_minutes: minutes }: TemplateService): Draft => ({
  isChosen: true,
  minutes: String(minutes),
  price: '',
});

const MAX_MINUTES = 1_440;
const minutesOf = (text: string): number | null => {
  const minutes = Number(text.trim());
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= MAX_MINUTES ? minutes : null;
};

interface ChoiceProps {
  template: TradeTemplate;
  branchId: string;
  onDone: () => Promise<void>;
}

function Choice({ template, branchId, onDone }: ChoiceProps) {
  const { t } = useWords();
  const { api, me } = useAdmin();
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>(() =>
    Object.fromEntries(template.services.map((service) => [service.key, begun(service)])),
  );
  const [practice, setPractice] = useState(template.practice_mode);
  const [isChecked, setChecked] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const chosen = template.services.filter((service) => drafts[service.key]?.isChosen === true);
  const priceOf = (draft: Draft): number | null =>
    draft.price.trim() === '' ? null : parseAmount(draft.price, me.tenant.currency);
  const isWrong = (draft: Draft): boolean =>
    minutesOf(draft.minutes) === null || (draft.price.trim() !== '' && priceOf(draft) === null);
  const all = (isChosen: boolean): void =>
    setDrafts((before) => Object.fromEntries(Object.entries(before).map(([key, one]) => [key, { ...one, isChosen }])));

  async function save(): Promise<void> {
    setChecked(true);
    const rows = chosen.map((service) => ({ service, draft: drafts[service.key] ?? begun(service) }));
    if (rows.length === 0 || rows.some(({ draft }) => isWrong(draft))) return;
    setBusy(true);
    setFault(null);
    const answer = await api.post<{ data: Applied }>(
      `/api/v1/trade-templates/${template.id}/apply`,
      {
        branch_id: branchId,
        practice_mode: practice,
        services: rows.map(({ service, draft }) => ({
          key: service.key,
          duration_minutes: minutesOf(draft.minutes) ?? service.duration_minutes,
          price_cents: priceOf(draft),
        })),
      },
      newKey(),
    );
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    await onDone();
  }

  return (
    <>
      {template.practice_mode && (
        <Switch
          label={t('welcome.practice')}
          description={t('welcome.practice_hint')}
          checked={practice}
          onChange={(event) => setPractice(event.currentTarget.checked)}
        />
      )}
      <Group gap="sm">
        <Button variant="default" onClick={() => all(true)}>
          {t('welcome.all_services')}
        </Button>
        <Button variant="default" onClick={() => all(false)}>
          {t('welcome.no_services')}
        </Button>
        <Text c="dimmed" className="figures">
          {t('welcome.chosen', { n: String(chosen.length) })}
        </Text>
      </Group>
      <ul className="welcome-services">
        {template.services.map((service) => (
          <ServiceRow
            key={service.key}
            service={service}
            draft={drafts[service.key] ?? begun(service)}
            isChecked={isChecked}
            isPriceWrong={
              (drafts[service.key]?.price ?? '').trim() !== '' &&
              priceOf(drafts[service.key] ?? begun(service)) === null
            }
            onChange={(draft) => setDrafts((before) => ({ ...before, [service.key]: draft }))}
          />
        ))}
      </ul>
      {isChecked && chosen.length === 0 && (
        <Text c="red" role="alert">
          {t('welcome.choose_one')}
        </Text>
      )}
      {fault && <FaultAlert fault={fault} />}
      <SaveNext isBusy={isBusy} onSave={save} />
    </>
  );
}

interface ServiceRowProps {
  service: TemplateService;
  draft: Draft;
  /** whether what is wrong is shown */
  isChecked: boolean;
  isPriceWrong: boolean;
  onChange: (draft: Draft) => void;
}

function ServiceRow({ service, draft, isChecked, isPriceWrong, onChange }: ServiceRowProps) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const name = inLanguage(service.names, language);
  const [from = 0, to = 0] = service.price_range_cents;
  // Usual sums are in euros.
  const usual =
    to > 0 && me.tenant.currency === 'EUR'
      ? t('welcome.price_usual', { from: shortMoney(from, 'EUR', language), to: shortMoney(to, 'EUR', language) })
      : t('welcome.price_rule');
  return (
    <li className="welcome-service">
      <Checkbox
        label={name}
        checked={draft.isChosen}
        onChange={(event) => onChange({ ...draft, isChosen: event.currentTarget.checked })}
      />
      <TextInput
        aria-label={`${name}: ${t('welcome.minutes')}`}
        inputMode="numeric"
        rightSectionWidth={48}
        rightSection={<Text size="sm">{t('welcome.minutes_short')}</Text>}
        disabled={!draft.isChosen}
        value={draft.minutes}
        error={isChecked && draft.isChosen && minutesOf(draft.minutes) === null && t('welcome.minutes_wrong')}
        onChange={(event) => onChange({ ...draft, minutes: event.currentTarget.value })}
      />
      <TextInput
        aria-label={`${name}: ${t('welcome.price')}`}
        inputMode="decimal"
        placeholder={t('welcome.price')}
        inputWrapperOrder={['input', 'description', 'error']}
        description={usual}
        disabled={!draft.isChosen}
        value={draft.price}
        error={isChecked && draft.isChosen && isPriceWrong && t('welcome.price_wrong')}
        onChange={(event) => onChange({ ...draft, price: event.currentTarget.value })}
      />
    </li>
  );
}

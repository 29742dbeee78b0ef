/** The company, its branch and its trade: what callers hear and where the clock is. */
import { NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ApiFault } from '../../ui/api-client.ts';
import { countryName } from '../../ui/format.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';
import { HOLIDAY_REGIONS } from '../setup/regions.ts';
import { TradeSelect } from './trade-select.tsx';
import { SaveNext } from './save-next.tsx';
import type { StepProps } from './step-props.ts';

/** The clock of each country we serve. */
const ZONES: Readonly<Record<string, string>> = { DE: 'Europe/Berlin', AT: 'Europe/Vienna', CH: 'Europe/Zurich' };
const COUNTRIES = Object.keys(ZONES);
const countryOf = (zone: string): string => COUNTRIES.find((code) => ZONES[code] === zone) ?? 'DE';

export function PlaceStep({ branch, company, trade, onTrade, onDone }: StepProps) {
  const words = useWords();
  const { t, language } = words;
  const { api, me } = useAdmin();
  const [draft, setDraft] = useState({
    company_name: company?.name ?? me.tenant.name,
    street: branch?.address?.street ?? '',
    postal_code: branch?.address?.postal_code ?? '',
    city: branch?.address?.city ?? '',
    country: branch?.country ?? countryOf(me.tenant.time_zone),
    time_zone: branch?.time_zone ?? me.tenant.time_zone,
    holiday_region: branch?.holiday_region ?? '',
    phone: branch?.phone ?? '',
  });
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set = (change: Partial<typeof draft>): void => setDraft((before) => ({ ...before, ...change }));
  const problem = (name: string): string | undefined => fault?.errors[name]?.join(' ');
  const field = (name: 'company_name' | 'street' | 'postal_code' | 'city' | 'phone', autoComplete: string) => ({
    label: t(`welcome.${name}`),
    autoComplete,
    value: draft[name],
    error: problem(name) ?? problem(`address.${name}`),
    onChange: (event: FormEvent<HTMLInputElement>) => set({ [name]: event.currentTarget.value }),
  });
  const zones = [...new Set([draft.time_zone, ...Object.values(ZONES)])];
  const regions = HOLIDAY_REGIONS.filter(({ value }) => value.startsWith(draft.country));

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    const { company_name, street, postal_code, city, country, time_zone, holiday_region, phone } = draft;
    const hasAddress = [street, postal_code, city].some((text) => text.trim() !== '');
    const answer = await api.post(
      '/api/v1/onboarding/place',
      {
        company_name,
        country,
        time_zone,
        holiday_region: holiday_region || null,
        phone: phone.trim() || null,
        area_code: branch?.area_code ?? null,
        address: hasAddress ? { street, postal_code, city } : null,
      },
      newKey(),
    );
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    await onDone();
  }

  return (
    <form className="welcome-fields" noValidate onSubmit={(event) => void save(event)}>
      {fault && <FaultAlert fault={fault} />}
      <TradeSelect trade={trade} onTrade={onTrade} />
      <TextInput {...field('company_name', 'organization')} />
      <TextInput {...field('street', 'street-address')} />
      <div className="welcome-pair">
        <TextInput {...field('postal_code', 'postal-code')} />
        <TextInput {...field('city', 'address-level2')} />
      </div>
      {/* The clock of a branch moves its appointments: it is changed on the branch's own page. */}
      <NativeSelect
        label={t('welcome.country')}
        value={draft.country}
        disabled={branch !== null}
        data={COUNTRIES.map((value) => ({ value, label: countryName(value, language) }))}
        onChange={({ currentTarget: { value } }) =>
          set({
            country: value,
            time_zone: ZONES[value] ?? draft.time_zone,
            holiday_region: value === 'AT' ? 'AT' : '',
          })
        }
      />
      <NativeSelect
        label={t('welcome.zone')}
        value={draft.time_zone}
        disabled={branch !== null}
        data={zones}
        onChange={(event) => set({ time_zone: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('welcome.region')}
        value={draft.holiday_region}
        disabled={branch !== null}
        data={[
          { value: '', label: t('welcome.no_holidays') },
          ...regions.map((one) => ({
            value: one.value,
            label: typeof one.label === 'function' ? one.label(words) : t(one.label),
          })),
        ]}
        onChange={(event) => set({ holiday_region: event.currentTarget.value })}
      />
      <TextInput type="tel" {...field('phone', 'tel')} />
      <SaveNext isBusy={isBusy} />
    </form>
  );
}

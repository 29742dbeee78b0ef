/**
 * A new appointment beside the calendar: who comes, for what, to whom, when. The address holds what is filled in, so that a reload or a shared
 * link shows the same form. Drawn by the calendar page.
 */
import { Alert, Button, Drawer, Group, NativeSelect, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { MAX_NOTES, MAX_SERVICES_PER_BOOKING } from '../../../shared/calendar-limits.ts';
import type {
  AppointmentListResponse,
  BookResponse,
  CalendarDay,
  OfferedSlot,
} from '../../../shared/contract/appointments.ts';
import type { SlotView } from '../../../shared/contract/availability.ts';
import type { Customer } from '../../../shared/contract/customers.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { isWallDate } from '../../../shared/time.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { DateField } from '../../ui/date-field.tsx';
import { money } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { readTime } from '../../ui/wall-text.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { TimeInput } from '../kit/time-fields.tsx';
import { CUSTOMERS } from '../kit/use-found-customers.ts';
import { FaultAlert } from '../page-parts.tsx';
import { useAddress } from '../use-address.ts';
import { useBookedNotice } from './booked-notice.ts';
import {
  bookingRequest,
  customerRequest,
  digitsIn,
  doesAll,
  endOf,
  type FormErrors,
  fieldErrors,
  isNumber,
  minutesOfAll,
  offeredServices,
  personOf,
  priceOfAll,
  usualOf,
} from './booking.ts';
import { CustomerField } from './customer-field.tsx';
import { FreeTimes, SlotOffers } from './free-times.tsx';

/** Appointments looked through for what somebody usually comes for. */
const LOOKED_THROUGH = 10;
const SERVICES = '/api/v1/services';
const MAX_LISTED = 100;
const LONGEST_DAY = 1_440;
/** What was typed is in the address after this time; each change of an address costs. */
const TO_ADDRESS_MS = 300;
const TIME_ID = 'booking-time';

/** Where the new appointment would stand, for the grid. */
export interface Draft {
  staffId: string;
  from: string;
  to: string;
}

interface BookingFormProps {
  isOpen: boolean;
  day: CalendarDay | null;
  /** the day that is looked at, which `day` may still be on its way to */
  date: string;
  today: string;
  onDraft: (draft: Draft | null) => void;
  onClose: () => void;
  /** made, or made and taken back: the day is read anew */
  onChanged: () => void;
}

export default function BookingForm({ isOpen, day, onClose, ...rest }: BookingFormProps) {
  const { t } = useWords();
  // By keyboard one goes on where the next one begins.
  const close = (): void => {
    onClose();
    document.querySelector<HTMLElement>('.calendar-new')?.focus({ preventScroll: true });
  };
  const isBeside = useMediaQuery('(min-width: 75rem)', matchMedia('(min-width: 75rem)').matches);
  const [isThere, setThere] = useState(false);
  useEffect(() => setThere(true), []);
  // While another day is on its way the form keeps the people of the last one, and everything typed.
  const [last, setLast] = useState(day);
  if (day !== null && day !== last) setLast(day);
  return (
    <Drawer
      opened={isOpen && isThere}
      onClose={close}
      position="right"
      size={420}
      withOverlay={!isBeside}
      lockScroll={!isBeside}
      trapFocus={!isBeside}
      closeOnClickOutside={!isBeside}
      title={
        <Text fw={600} size="lg" component="span">
          {t('booking.title')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {last && <Form day={last} onClose={close} {...rest} />}
    </Drawer>
  );
}

interface Refusal {
  fault: ApiFault;
  offers: readonly OfferedSlot[];
}

function Form({
  day,
  date,
  today,
  onDraft,
  onClose,
  onChanged,
}: Omit<BookingFormProps, 'isOpen' | 'day'> & { day: CalendarDay }) {
  const words = useWords();
  const { t, language } = words;
  const { api, me } = useAdmin();
  const announce = useBookedNotice(onChanged);
  const mayView = useMay('view_customers');
  const mayListAppointments = useMay('view_appointments');
  const { query, change } = useAddress();
  const staffId = query.get('with') ?? '';
  const typedTime = query.get('time') ?? '';
  const serviceIds = (query.get('service') ?? '').split(',').filter(Boolean);
  const customerId = query.get('customer');

  const [who, setWho] = useState(query.get('name') ?? query.get('phone') ?? '');
  const [other, setOther] = useState(query.get('name') === null ? '' : (query.get('phone') ?? ''));
  const [notes, setNotes] = useState('');
  const [notify, setNotify] = useState(true);
  const [length, setLength] = useState('');
  const [errors, setErrors] = useState<FormErrors>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [slots, setSlots] = useState<readonly SlotView[]>([]);
  /** made by this form, or chosen from what was found: nobody has to ask who that is */
  const [known, setKnown] = useState<Customer | null>(null);
  const keys = useRef({ customer: newKey(), booking: newKey() });
  const customerInput = useRef<HTMLInputElement>(null);
  const otherInput = useRef<HTMLInputElement>(null);
  const serviceInput = useRef<HTMLSelectElement>(null);
  const submitButton = useRef<HTMLButtonElement>(null);

  const path = `${CUSTOMERS}/${encodeURIComponent(customerId ?? '')}`;
  const loadedCustomer = useAnswer<{ data: Customer }>(
    customerId !== null && mayView && known?.id !== customerId ? path : null,
    (signal) => api.get(path, {}, signal),
    { language },
  );
  const customer = customerId === null ? null : known?.id === customerId ? known : (loadedCustomer.body?.data ?? null);
  const listed = useAnswer<{ data: ServiceView[] }>(
    SERVICES,
    (signal) => api.get(SERVICES, { active: 'true', limit: MAX_LISTED, sort: 'name' }, signal),
    { language },
  );
  const offered = offeredServices(
    listed.body?.data ?? [],
    day.staff.map((one) => one.id),
    day.branch.id,
  );
  const chosen = serviceIds.flatMap((id) => offered.find((one) => one.id === id) ?? []);

  // Where nobody is named yet one types at once, also after another place in the grid was pressed.
  const place = `${typedTime.length === 5 ? typedTime : ''} ${staffId}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each place anew
  useEffect(() => {
    const isTyping = document.activeElement instanceof HTMLElement && document.activeElement.closest('form') !== null;
    if (customerId === null && !isTyping) customerInput.current?.focus();
  }, [place]);

  // What was typed belongs to the address too, once it rests.
  useEffect(() => {
    const timer = setTimeout(() => {
      const { name, phone } = personOf(who, other);
      change(customerId === null ? { name, phone } : { name: null, phone: null });
    }, TO_ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [who, other, customerId, change]);

  // A customer fills in what they usually have, where nothing else was said.
  const usual = useAnswer<AppointmentListResponse>(
    customerId !== null && mayListAppointments ? `usual ${customerId}` : null,
    (signal) => api.get('/api/v1/appointments', { customer_id: customerId, limit: LOOKED_THROUGH }, signal),
    { language },
  );
  const latest = useRef({ day, staffId, serviceIds, offered });
  latest.current = { day, staffId, serviceIds, offered };
  const filledFor = useRef<string | null>(null);
  const isReady = listed.body !== null;
  useEffect(() => {
    if (usual.body === null || customerId === null || !isReady || filledFor.current === customerId) return;
    filledFor.current = customerId;
    const now = latest.current;
    const had = usualOf(usual.body.data);
    const service = now.serviceIds.length === 0 ? now.offered.find((one) => one.id === had.service) : undefined;
    const person = now.staffId === '' ? now.day.staff.find((one) => one.id === had.staff) : undefined;
    const isPossible = service === undefined || now.staffId === '' || doesAll([service], now.staffId);
    const fills = {
      ...(service && isPossible && { service: service.id }),
      ...(person && { with: person.id }),
    };
    if (Object.keys(fills).length > 0) change(fills);
    const hasService = now.serviceIds.length > 0 || 'service' in fills;
    (hasService ? submitButton : serviceInput).current?.focus();
  }, [usual.body, customerId, isReady, change]);

  const wall = readTime(typedTime);
  const ownMinutes = minutesOfAll(chosen, day.branch.id, staffId);
  const isFixed = chosen.length !== 1 || (chosen[0]?.segments.length ?? 0) > 0;
  const typedMinutes = /^\d{1,4}$/.test(length.trim()) ? Number(length) : null;
  const isOtherLength = !isFixed && typedMinutes !== null && typedMinutes !== ownMinutes;
  const minutes = isOtherLength ? typedMinutes : ownMinutes;
  const slot = slots.find((one) => one.start === wall && (staffId === '' || one.staff_id === staffId));
  const end = chosen.length === 0 ? null : (slot?.end ?? endOf(typedTime, minutes));
  const price = slot?.price_cents ?? priceOfAll(chosen, day.branch.id, staffId);

  const draftKey = wall !== null && end !== null && staffId !== '' ? `${staffId}|${wall}|${end}` : null;
  const tell = useRef(onDraft);
  tell.current = onDraft;
  useEffect(() => {
    const [person, from, to] = draftKey?.split('|') ?? [];
    tell.current(person && from && to && to > from ? { staffId: person, from, to } : null);
    return () => tell.current(null);
  }, [draftKey]);

  const people = day.staff.filter((one) => one.id === staffId || doesAll(chosen, one.id));
  const cannot = staffId !== '' && chosen.length > 0 && !doesAll(chosen, staffId);
  const nameOfService = (one: ServiceView): string => inLanguage(one.name, language);

  function chooseService(n: number, id: string): void {
    const ids = id === '' ? serviceIds.toSpliced(n, 1) : serviceIds.toSpliced(n, 1, id);
    setLength('');
    setRefusal(null);
    setErrors(({ services: _services, ...left }) => left);
    change({ service: ids.join(',') });
  }

  /** What is missing, by field; nothing: it can be sent. */
  function missing(): FormErrors {
    const { name } = personOf(who, other);
    return {
      ...(customerId === null && who.trim() === '' && { who: t('booking.customer_needed') }),
      ...(customerId === null && isNumber(who) && name === '' && { other: t('booking.name_needed') }),
      ...(customerId === null &&
        !isNumber(who) &&
        other.trim() !== '' &&
        digitsIn(other) < 3 && { other: t('booking.number_wrong') }),
      ...(chosen.length === 0 && { services: t('booking.service_needed') }),
      ...(wall === null && { time: t('booking.time_needed') }),
      ...(!isFixed &&
        length.trim() !== '' &&
        (typedMinutes === null || typedMinutes < 1 || typedMinutes > LONGEST_DAY) && {
          duration: t('booking.length_wrong'),
        }),
    };
  }

  function refuse(fault: ApiFault): void {
    setBusy(false);
    // What was refused may be sent once more with something else; what never arrived is sent again as it was.
    if (fault.status !== 0) keys.current = { customer: newKey(), booking: newKey() };
    const named = fieldErrors(fault);
    setErrors(named);
    const isLost = fault.code === 'APPOINTMENT_CONFLICT' || fault.code === 'QUOTE_STALE';
    const offers = Array.isArray(fault.details['alternatives']) ? (fault.details['alternatives'] as OfferedSlot[]) : [];
    setRefusal(Object.keys(named).length > 0 && !isLost ? null : { fault, offers: isLost ? offers : [] });
    if (isLost) onChanged();
  }

  async function made(): Promise<Customer | null> {
    const answer = await api.post<{ data: Customer }>(
      CUSTOMERS,
      customerRequest(personOf(who, other)),
      keys.current.customer,
    );
    if (!answer.ok) {
      refuse(answer.fault);
      return null;
    }
    setKnown(answer.body.data);
    filledFor.current = answer.body.data.id;
    change({ customer: answer.body.data.id, name: null, phone: null });
    return answer.body.data;
  }

  async function submit(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    if (isBusy) return;
    const wrong = missing();
    setErrors(wrong);
    setRefusal(null);
    const [first] = Object.keys(wrong);
    if (first !== undefined) {
      document.getElementById(`booking-${first}`)?.focus();
      return;
    }
    setBusy(true);
    const person = customerId === null ? await made() : { id: customerId, name: customer?.name ?? null };
    if (person === null) return;
    const request = bookingRequest({
      customerId: person.id,
      serviceIds,
      staffId,
      branchId: day.branch.id,
      date,
      time: typedTime,
      zone: day.time_zone,
      minutes: isOtherLength ? typedMinutes : null,
      notes,
      notify,
    });
    if (request === null) {
      setBusy(false);
      setErrors({ time: t('move.no_such_time') });
      return;
    }
    const answer = await api.post<BookResponse>('/api/v2/bookings', request, keys.current.booking);
    if (!answer.ok) return refuse(answer.fault);
    setBusy(false);
    const { body } = answer;
    const name = person.name ?? t('customers.nameless');
    onChanged();
    onClose();
    announce(body, name, day.time_zone);
  }

  function take(slotTaken: { date: string; time: string; staff_id: string }): void {
    setRefusal(null);
    setErrors(({ time: _time, ...left }) => left);
    change({ date: slotTaken.date, time: slotTaken.time, with: slotTaken.staff_id });
    submitButton.current?.focus();
  }

  /** Enter books from every field; a list of choices has none of its own. */
  function keyDown(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key === 'Enter' && (event.target instanceof HTMLSelectElement || event.metaKey || event.ctrlKey))
      void submit(event);
  }

  const serviceChoices = (n: number) => [
    { value: '', label: t(n === 0 ? 'kit.choose' : 'booking.no_service') },
    ...offered.map((one) => ({ value: one.id, label: nameOfService(one) })),
  ];

  return (
    <form onSubmit={(event) => void submit(event)} onKeyDown={keyDown} noValidate>
      <Stack gap="md">
        <CustomerField
          chosen={customer}
          who={who}
          other={other}
          errors={errors}
          input={customerInput}
          otherInput={otherInput}
          onType={(whoNow, otherNow) => {
            setWho(whoNow);
            setOther(otherNow);
            setErrors(({ who: _who, other: _other, ...left }) => left);
          }}
          onChoose={(found) => {
            setKnown(found);
            filledFor.current = null;
            setErrors(({ who: _who, other: _other, ...left }) => left);
            change({ customer: found?.id ?? null });
            if (found === null) {
              setWho('');
              setOther('');
            }
          }}
        />
        {loadedCustomer.fault && <FaultAlert fault={loadedCustomer.fault} />}
        {listed.fault && <FaultAlert fault={listed.fault} onRetry={listed.reload} />}
        {(serviceIds.length === 0 ? [''] : serviceIds).map((_id, n) => (
          <NativeSelect
            // biome-ignore lint/suspicious/noArrayIndexKey: the n-th service is what it is
            key={n}
            id={n === 0 ? 'booking-services' : `booking-service-${n}`}
            {...(n === 0 && { ref: serviceInput })}
            label={n === 0 ? t('booking.service') : t('booking.service_n', { count: n + 1 })}
            error={n === 0 ? errors.services : undefined}
            value={serviceIds[n] ?? ''}
            data={serviceChoices(n)}
            onChange={(event) => chooseService(n, event.currentTarget.value)}
          />
        ))}
        {chosen.length > 0 && chosen.length === serviceIds.length && serviceIds.length < MAX_SERVICES_PER_BOOKING && (
          <Button
            variant="subtle"
            className="kit-add"
            leftSection={<Icon name="plus" size={16} />}
            onClick={() => change({ service: [...serviceIds, offered[0]?.id].join(',') })}
          >
            {t('booking.more_services')}
          </Button>
        )}
        <NativeSelect
          id="booking-staff"
          label={t('appointment.staff')}
          value={staffId}
          error={errors.staff ?? (cannot ? t('booking.staff_cannot') : undefined)}
          data={[
            { value: '', label: t('booking.anybody') },
            ...people.map((one) => ({ value: one.id, label: one.name })),
          ]}
          onChange={(event) => {
            setRefusal(null);
            change({ with: event.currentTarget.value || null });
          }}
        />
        <Group grow align="flex-start">
          <DateField
            words={words}
            label={t('calendar.date')}
            value={date}
            today={today}
            onChange={(picked) => isWallDate(picked) && change({ date: picked })}
          />
          <TimeInput
            id={TIME_ID}
            label={t('booking.time')}
            value={typedTime}
            error={errors.time}
            onChange={(value) => {
              setErrors(({ time: _time, ...left }) => left);
              setRefusal(null);
              change({ time: value });
            }}
          />
        </Group>
        {refusal !== null && <Refused refusal={refusal} isBusy={isBusy} onTake={take} />}
        {chosen.length > 0 && chosen.length === serviceIds.length && !cannot && (
          <FreeTimes
            asked={{
              services: serviceIds.map((id) => ({ id, minutes: isOtherLength ? minutes : undefined })),
              branchId: day.branch.id,
              date,
              staffId,
            }}
            chosen={wall}
            onChoose={(free) => change({ time: free.start })}
            onElsewhere={(free) => take({ ...free, time: free.start })}
            onLoaded={(free) => {
              setSlots(free);
              // By keyboard, without a place in the grid: the first free one is the one that is meant.
              // Asked of the address: what was typed while they were on their way stays. Who is about to type is not written into.
              const isTyping = document.activeElement?.id === TIME_ID;
              if (!isTyping && !new URLSearchParams(location.search).has('time') && free[0])
                change({ time: free[0].start });
            }}
          />
        )}
        {chosen.length > 0 && (
          <Group grow align="flex-end">
            {isFixed ? (
              <Text>{t('booking.minutes', { count: minutes })}</Text>
            ) : (
              <TextInput
                id="booking-duration"
                label={t('booking.duration')}
                inputMode="numeric"
                maxLength={4}
                error={errors.duration}
                value={length === '' ? String(ownMinutes) : length}
                onChange={(event) => setLength(event.currentTarget.value)}
              />
            )}
            <div className="fact booking-end">
              <Text c="dimmed" size="sm">
                {t('booking.until')}
              </Text>
              <Text fw={600} className="figures" aria-live="polite">
                {end ?? '–'} · {money(price, chosen[0]?.currency ?? me.tenant.currency, language)}
              </Text>
            </div>
          </Group>
        )}
        <Textarea
          id="booking-notes"
          label={t('appointment.notes')}
          value={notes}
          error={errors.notes}
          maxLength={MAX_NOTES}
          autosize
          minRows={1}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        <Switch
          label={t('cancel.notify')}
          checked={notify}
          onChange={(event) => setNotify(event.currentTarget.checked)}
        />
        <Button ref={submitButton} type="submit" loading={isBusy}>
          {t('booking.submit')}
        </Button>
      </Stack>
    </form>
  );
}

function Refused({
  refusal,
  isBusy,
  onTake,
}: {
  refusal: Refusal;
  isBusy: boolean;
  onTake: (slot: OfferedSlot) => void;
}) {
  const { t } = useWords();
  const { fault, offers } = refusal;
  if (fault.code !== 'APPOINTMENT_CONFLICT' && fault.code !== 'QUOTE_STALE') return <FaultAlert fault={fault} />;
  return (
    <Alert color="yellow" icon={<Icon name="warning" />} title={t('move.conflict_title')} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text>{offers.length > 0 ? t('booking.conflict_hint') : t('move.conflict_none')}</Text>
        <SlotOffers offers={offers} isBusy={isBusy} onTake={onTake} />
      </Stack>
    </Alert>
  );
}

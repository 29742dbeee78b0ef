/**
 * The palette (⌘K): search everything, go anywhere, do the common things, and book with one line. A combobox: the field keeps the focus, the
 * rows are chosen with the arrows. Loaded when it is opened first; opened by shell/palette-opener.tsx.
 */
import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type KeyboardEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { BookResponse } from '../../../shared/contract/appointments.ts';
import type { Customer } from '../../../shared/contract/customers.ts';
import type { SearchResponse } from '../../../shared/contract/search.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { useConnection } from '../../ui/connection.ts';
import { faultText } from '../../ui/fault-text.ts';
import { money, shortDay } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { useBookedNotice } from '../calendar/booked-notice.ts';
import { customerRequest } from '../calendar/booking.ts';
import { newAppointmentPath } from '../calendar/new-appointment.ts';
import { CUSTOMERS, useRested } from '../kit/use-found-customers.ts';
import type { MenuPart } from '../menu-parts.ts';
import { useLanguageParts, useSchemeParts } from '../shell/preferences.ts';
import './palette.css';
import type { Note, Offer, Offers } from './offers.ts';
import { beginRows, fitting, hitRows, pageRows, type Row } from './rows.ts';
import { useOffers } from './use-offers.ts';

/** As long as the server searches for. */
const MAX_TYPED = 120;

interface PaletteProps {
  onClose: () => void;
  onSignOut: () => Promise<void>;
}

export default function Palette({ onClose, onSignOut }: PaletteProps) {
  const words = useWords();
  const { t, catalogue, language } = words;
  const { me, api } = useAdmin();
  const navigate = useNavigate();
  const isPhone = useMediaQuery('(max-width: 48em)', matchMedia('(max-width: 48em)').matches);
  const { isOffline } = useConnection();
  const mayBook = useMay('create_appointments');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiFault | null>(null);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const announce = useBookedNotice();
  const rested = useRested(typed);
  const isResting = typed === rested;

  const branch = useMemo(() => {
    const shown = new URLSearchParams(location.search).get('branch');
    return me.branches.find(({ id }) => id === shown) ?? me.branches[0];
  }, [me]);
  const { line, offers, renew } = useOffers(typed, rested, mayBook ? branch : undefined);
  // Of a line that books, its customer is looked for: nothing else of it is a name.
  const q = line === null ? rested.trim() : isResting ? line.who : '';
  const found = useAnswer<SearchResponse>(
    q === '' || isOffline ? null : q,
    (signal) => api.get('/api/v1/search', { q }, signal),
    { language },
  );

  const languages = useLanguageParts();
  const schemes = useSchemeParts();
  const fixed = useMemo((): Row[] => {
    const looks = (parts: readonly MenuPart[], name: 'language.label' | 'scheme.label'): Row[] =>
      parts.flatMap((part) =>
        typeof part === 'object' && 'label' in part && part.isCurrent !== true && part.onPick
          ? [
              {
                id: `${name} ${String(part.label)}`,
                group: t('palette.actions'),
                icon: part.icon ?? 'sliders',
                label: `${t(name)}: ${String(part.label)}`,
                act: part.onPick,
              },
            ]
          : [],
      );
    return [
      ...beginRows(me, words, branch?.id),
      ...pageRows(me, words),
      ...looks(languages, 'language.label'),
      ...looks(schemes, 'scheme.label'),
      { id: 'sign-out', group: t('palette.actions'), icon: 'sign-out', label: t('sign_out'), act: onSignOut },
    ];
  }, [me, words, branch, languages, schemes, onSignOut, t]);

  const booked = offers === null ? [] : offerRows(offers);
  const byGroup = (rows: readonly Row[]): Row[] => [...Map.groupBy(rows, ({ group }) => group).values()].flat();
  const still = line === null ? byGroup(fitting(fixed, typed)) : [];
  const hits = found.body === null || q === '' ? [] : hitRows(found.body.data, me, words);
  const rows = [...booked, ...still, ...hits];
  // Enter books only what is the one answer to the line; of several, and of what was not typed, one is chosen first.
  const isOpen = offers !== null && (offers.note !== null || offers.offers.length > 1);
  const active = rows.find(({ id }) => id === chosen) ?? (isOpen && booked.length > 1 ? undefined : rows[0]);
  const isAsking =
    typed.trim() !== '' &&
    !isOffline &&
    (!isResting || (q !== '' && found.isLoading) || (line !== null && offers === null));

  // Whoever opened it by keys types on at once, before the dialog gives the focus itself.
  const [before] = useState(() => document.activeElement);
  const focus = useCallback((field: HTMLInputElement | null): void => field?.focus(), []);
  useEffect(() => {
    return () => (before instanceof HTMLElement && before.isConnected ? before.focus() : undefined);
  }, [before]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  function offerRows({ offers: all, known, zone }: Offers): Row[] {
    const group = t('palette.book');
    return [
      ...all.map(
        (offer): Row => ({
          id: offer.key,
          group,
          icon: 'calendar',
          ...sayOffer(offer, zone),
          act: () => book(offer, zone),
        }),
      ),
      { id: 'form', group, icon: 'pen', label: t('palette.form'), to: newAppointmentPath(known) },
    ];
  }

  function sayOffer({ comer, service, slot }: Offer, zone: string): Pick<Row, 'label' | 'more'> {
    const customer = comer.id === null ? t('palette.new', { name: comer.name }) : comer.name;
    const where = me.branches.length < 2 ? null : me.branches.find(({ id }) => id === slot.branch_id)?.name;
    return {
      label: t('palette.offer', { customer, service: inLanguage(service.name, language), staff: slot.staff_name }),
      more: [
        t('palette.when', { date: shortDay(slot.starts_at, zone, language), from: slot.start, to: slot.end }),
        money(slot.price_cents, slot.currency, language),
        ...(where ? [where] : []),
        ...(comer.id !== null && comer.phone !== '' && comer.phone !== comer.name ? [comer.phone] : []),
      ].join(' · '),
    };
  }

  const keys = useRef(new Map<string, { customer: string; booking: string }>());
  const made = useRef(new Map<string, string>());
  async function book(offer: Offer, zone: string): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setRefused(null);
    const own = keys.current.get(offer.key) ?? { customer: newKey(), booking: newKey() };
    keys.current.set(offer.key, own);
    const refuse = (fault: ApiFault): void => {
      setBusy(false);
      setRefused(fault);
      // What never arrived is sent again as it was; what was refused may be gone, and is asked for anew.
      if (fault.status === 0) return;
      keys.current.delete(offer.key);
      renew();
    };
    const { comer, service, slot } = offer;
    const whose = `${comer.name} ${comer.phone}`;
    let customerId = comer.id ?? made.current.get(whose);
    if (customerId === undefined) {
      const answer = await api.post<{ data: Customer }>(CUSTOMERS, customerRequest(comer), own.customer);
      if (!answer.ok) return refuse(answer.fault);
      customerId = answer.body.data.id;
      made.current.set(whose, customerId);
    }
    const answer = await api.post<BookResponse>(
      '/api/v2/bookings',
      {
        customer_id: customerId,
        service_id: service.id,
        staff_id: slot.staff_id,
        branch_id: slot.branch_id,
        starts_at: slot.starts_at,
        notify_customer: true,
      },
      own.booking,
    );
    if (!answer.ok) return refuse(answer.fault);
    onClose();
    announce(answer.body, comer.name, zone);
  }

  function run(row: Row): void {
    if (row.act) {
      // A booking closes the palette itself, once it is made.
      if (!booked.includes(row)) onClose();
      void row.act();
      return;
    }
    onClose();
    if (row.isOutside) location.assign(row.to ?? '');
    else void navigate(row.to ?? '');
  }

  function keyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const at = active === undefined ? -1 : rows.indexOf(active);
    const go = (to: number): void => {
      event.preventDefault();
      setChosen(rows[(to + rows.length) % rows.length]?.id ?? null);
    };
    if (event.nativeEvent.isComposing || rows.length === 0) return;
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(Math.max(at, 0) - 1);
    else if (event.key === 'Home' && event.ctrlKey) go(0);
    else if (event.key === 'End' && event.ctrlKey) go(rows.length - 1);
    else if (event.key === 'Enter' && active) {
      event.preventDefault();
      // Nobody presses Enter on what is about to be replaced: it may be another customer.
      if (!isAsking || still.includes(active) || chosen === active.id) run(active);
    }
  }

  const optionId = (row: Row): string => `${listId}-${rows.indexOf(row)}`;
  const groups = [...Map.groupBy(rows, ({ group }) => group)];
  const fault = refused ?? offers?.fault ?? (isOffline ? null : found.fault);
  const noteText = offers?.note ? sayNote(offers.note) : null;
  function sayNote(note: Note): string {
    switch (note.kind) {
      case 'question':
        return note.text;
      case 'taken':
        return t('palette.taken', { time: note.at });
      case 'nobody':
        return t(line?.who === '' ? 'palette.who' : 'palette.nobody');
      case 'no_service':
        return t('palette.no_service');
      case 'nothing_free':
        return t('palette.nothing_free');
    }
  }
  const isEmpty = rows.length === 0 && typed.trim() !== '' && !isAsking && fault === null;

  return (
    <Modal.Root
      returnFocus={false}
      opened
      onClose={onClose}
      size={640}
      fullScreen={isPhone}
      yOffset="10vh"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.open')}>
        <div className="palette-field">
          <Icon name="search" />
          <input
            ref={focus}
            data-autofocus
            type="text"
            role="combobox"
            aria-label={t('palette.open')}
            aria-expanded={rows.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active ? optionId(active) : undefined}
            aria-busy={isAsking}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={MAX_TYPED}
            placeholder={t('palette.hint')}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setChosen(null);
              setRefused(null);
            }}
            onKeyDown={keyDown}
          />
          <button type="button" className="palette-close" aria-label={t('action.close')} onClick={onClose}>
            <Icon name="cross" />
          </button>
        </div>
        {(isOffline || fault || noteText !== null) && (
          <div className="palette-notes">
            {isOffline && (
              <p className="palette-note" data-tone="warning" role="status">
                {t('palette.offline')}
              </p>
            )}
            {fault && (
              <p className="palette-note" data-tone="warning" role="alert">
                {faultText(catalogue, fault)}
              </p>
            )}
            {noteText !== null && (
              <p className="palette-note" data-tone="warning" role="status">
                {noteText}
              </p>
            )}
          </div>
        )}
        <div
          ref={list}
          id={listId}
          className="palette-list"
          role="listbox"
          aria-label={t('palette.rows')}
          aria-busy={isAsking}
        >
          {groups.map(([name, of], n) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
            <div key={name} role="group" aria-labelledby={`${listId}-group-${n}`}>
              <p className="palette-group" id={`${listId}-group-${n}`}>
                {name}
              </p>
              {of.map((row) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has focus and keys (aria-activedescendant)
                <div
                  key={row.id}
                  id={optionId(row)}
                  role="option"
                  className="palette-row"
                  aria-selected={row === active}
                  aria-disabled={isBusy || undefined}
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => chosen !== row.id && setChosen(row.id)}
                  onClick={() => run(row)}
                >
                  <Icon name={row.icon} />
                  <span className="palette-words">
                    {row.label}
                    {row.more !== undefined && <span className="palette-more">{row.more}</span>}
                  </span>
                </div>
              ))}
            </div>
          ))}
        </div>
        {isEmpty && (
          <p className="palette-note" role="status">
            {t('palette.nothing')}
          </p>
        )}
        {isAsking && (
          <p className="palette-note" role="status">
            {t('palette.looking')}
          </p>
        )}
        <div className="palette-keys" aria-hidden="true">
          <span>{t('palette.key_choose')}</span>
          <span>{t('palette.key_run')}</span>
          <span>{t('palette.key_close')}</span>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

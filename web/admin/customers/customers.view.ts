/** How customers look in the panel: list, detail and form over the contract's shape. Drawn by web/admin/kit. */
import { lazy } from 'react';
import type { AppointmentView } from '../../../shared/contract/appointments.ts';
import type { CallListItem } from '../../../shared/contract/calls.ts';
import type { Customer, JourneyStatus } from '../../../shared/contract/customers.ts';
import type { NotificationView } from '../../../shared/contract/notifications.ts';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import { APPOINTMENT_LOOK, type StatusLook } from '../../ui/appointment-status.ts';
import { clockDuration } from '../../ui/format.ts';
import { CALL_LOOK } from '../calls/call-words.ts';
import { customerName } from './customer-name.ts';
import { newAppointmentPath } from '../calendar/new-appointment.ts';
import { appointmentPath } from '../appointment-path.ts';
import { tagReference } from '../setup/references.ts';
import { bulkRemoval } from '../kit/bulk-removal.ts';
import { defineView, type Display, type Key, relation } from '../kit/view.ts';
import { eventWord, MESSAGE_LOOK } from '../messages/message-words.ts';

/** Cards of one customer's page; the list needs none. */
const ConsentsCard = lazy(async () => ({ default: (await import('./consents-card.tsx')).ConsentsCard }));
const NotesCard = lazy(async () => ({ default: (await import('./notes-card.tsx')).NotesCard }));
const RequestErasure = lazy(async () => ({ default: (await import('./request-erasure.tsx')).RequestErasure }));
const TimelineCard = lazy(async () => ({ default: (await import('./timeline-card.tsx')).TimelineCard }));
const WriteMessage = lazy(async () => ({ default: (await import('./write-message.tsx')).WriteMessage }));

const JOURNEY_LOOK: Readonly<Record<JourneyStatus, StatusLook>> = {
  lead: { tone: 'gray', icon: 'question' },
  prospect: { tone: 'info', icon: 'chat' },
  customer: { tone: 'success', icon: 'check' },
  regular: { tone: 'success', icon: 'check-double' },
  vip: { tone: 'primary', icon: 'star' },
  at_risk: { tone: 'warning', icon: 'warning' },
  churned: { tone: 'gray', icon: 'absent' },
};

/** From the look's keys: the contract's own list would bring its schemas into the browser. */
const JOURNEYS = Object.keys(JOURNEY_LOOK) as JourneyStatus[];

/** With the extension as people dial it. */
const lineOf = (line: Customer['phones'][number]): string =>
  line.extension === '' ? line.e164 : `${line.e164} ext ${line.extension}`;

const phones: Display<Customer> = { kind: 'phone', of: (row) => row.phones.map(lineOf) };
const email: Display<Customer> = { kind: 'email', of: (row) => row.email };
const tags: Display<Customer> = {
  kind: 'references',
  to: tagReference,
  of: (row) => row.tags.map(({ id }) => id),
};
const journey: Display<Customer> = {
  kind: 'badge',
  of: (row) => ({ look: JOURNEY_LOOK[row.journey_status], word: `journey.${row.journey_status}` }),
};
const lastSeen: Display<Customer> = { kind: 'instant', of: (row) => row.last_activity_at };
const since: Display<Customer> = { kind: 'instant', of: (row) => row.created_at };

const languageWord = (code: string | null): Key => {
  const known = LANGUAGES.find((language) => language === code);
  return known === undefined ? 'customers.language_unknown' : `language.${known}`;
};

const appointments = relation<AppointmentView>({
  title: 'customers.appointments',
  resource: 'appointments',
  target: 'customer_id',
  permission: 'view_appointments',
  empty: 'customers.no_appointments',
  follows: 'calendar',
  to: appointmentPath,
  columns: [
    { label: 'customers.service', show: { kind: 'text', of: (row) => row.service_name } },
    {
      label: 'customers.when',
      show: { kind: 'instant', of: (row) => row.starts_at, zone: (row) => row.time_zone },
      place: 'under',
    },
    { label: 'customers.staff', show: { kind: 'text', of: (row) => row.staff_name } },
    {
      label: 'calls.status',
      show: { kind: 'badge', of: (row) => ({ look: APPOINTMENT_LOOK[row.status], word: `status.${row.status}` }) },
      place: 'aside',
    },
    {
      label: 'appointment.price',
      show: { kind: 'money', of: (row) => ({ cents: row.price_cents, currency: row.currency }) },
      place: 'end',
    },
  ],
});

const calls = relation<CallListItem>({
  title: 'customers.calls',
  resource: 'calls',
  target: 'customer_id',
  permission: 'view_calls',
  empty: 'customers.no_calls',
  follows: 'calls',
  to: (row) => `/admin/calls/${encodeURIComponent(row.id)}`,
  columns: [
    { label: 'customers.when', show: { kind: 'instant', of: (row) => row.started_at } },
    { label: 'calls.summary', show: { kind: 'long_text', of: (row) => row.summary }, place: 'under' },
    {
      label: 'calls.outcome',
      show: {
        kind: 'badge',
        of: (row) =>
          row.status === 'ongoing'
            ? { look: CALL_LOOK.ongoing, word: 'calls.status.ongoing' }
            : row.appointment_id === null
              ? { look: { tone: 'gray', icon: 'phone' }, word: 'calls.no_booking' }
              : { look: { tone: 'success', icon: 'calendar' }, word: 'calls.booked' },
      },
      place: 'aside',
    },
    {
      label: 'calls.duration',
      show: {
        kind: 'text',
        of: (row) => (row.duration_seconds === null ? null : clockDuration(row.duration_seconds)),
      },
      place: 'end',
    },
  ],
});

const messages = relation<NotificationView>({
  title: 'customers.messages',
  resource: 'notifications',
  target: 'customer_id',
  permission: 'view_notifications',
  empty: 'customers.no_messages',
  // most are about an appointment; what is written here refreshes the page
  follows: 'calendar',
  to: (row) => `/admin/messages/${encodeURIComponent(row.id)}`,
  columns: [
    {
      label: 'messages.what',
      show: { kind: 'text', of: (row, words) => row.subject ?? eventWord(words, row.event_type) },
    },
    {
      label: 'messages.channel',
      show: { kind: 'text', of: (row, { t }) => t(`messages.channel.${row.channel}`) },
      place: 'under',
    },
    {
      label: 'messages.status',
      show: { kind: 'badge', of: (row) => ({ look: MESSAGE_LOOK[row.status], word: `messages.status.${row.status}` }) },
      place: 'aside',
    },
    { label: 'messages.created_at', show: { kind: 'instant', of: (row) => row.created_at }, place: 'end' },
  ],
});

export const customersView = defineView<Customer>({
  resource: 'customers',
  path: '/admin/customers',
  icon: 'user',
  permissions: {
    view: 'view_customers',
    create: 'create_customers',
    edit: 'edit_customers',
    delete: 'delete_customers',
    export: 'export_customers',
  },
  references: [tagReference],
  name: (row, { t }) => customerName(row) ?? t('customers.nameless'),
  texts: {
    title: 'customers.title',
    create: 'customers.create',
    new_title: 'customers.new_title',
    edit_title: 'customers.edit_title',
    back: 'customers.back',
    empty_title: 'customers.empty_title',
    empty_hint: 'customers.empty_hint',
    no_match_hint: 'customers.no_match_hint',
    forbidden: 'customers.forbidden',
    created: 'customers.created',
    saved: 'customers.saved',
    deleted: 'customers.deleted',
    restored: 'customers.restored',
  },
  importFrom: { to: '/admin/imports', permission: 'create_imports' },
  figures: ['customers_total', 'customers_new', 'customers_vip'],
  bulk: bulkRemoval('delete_customers'),
  first: { label: 'customers.name', sort: 'name' },
  columns: [
    { label: 'customers.phone', show: phones, place: 'under' },
    { label: 'customers.email', show: email, isWide: true },
    { label: 'customers.journey', show: journey, place: 'aside' },
    { label: 'customers.last_activity', show: lastSeen, sort: 'last_activity_at', place: 'end' },
    { label: 'customers.since', show: since, sort: 'created_at', isWide: true },
  ],
  order: '-created_at',
  tabs: [
    { name: 'all', label: 'customers.tab.all', filter: {} },
    { name: 'vip', label: 'customers.tab.vip', filter: { is_vip: 'true' } },
    { name: 'at_risk', label: 'customers.tab.at_risk', filter: { journey_status: 'at_risk' } },
    { name: 'deleted', label: 'customers.tab.deleted', filter: { deleted: 'true' } },
  ],
  search: 'customers.search',
  filters: [
    {
      name: 'journey_status',
      label: 'customers.journey',
      options: JOURNEYS.map((value) => ({ value, label: `journey.${value}` as const })),
    },
    { name: 'is_vip', label: 'customers.vip', options: [{ value: 'true', label: 'customers.only_vip' }] },
    { name: 'tag', label: 'customers.tags', to: tagReference },
    // Whom to keep no longer: they are erased one by one, on their page.
    {
      name: 'unused_months',
      label: 'customers.unused',
      order: 'last_activity_at',
      options: [{ value: '36', label: 'customers.unused_36' }],
    },
  ],
  facts: [
    { label: 'customers.phone', show: phones },
    { label: 'customers.email', show: email },
    { label: 'customers.journey', show: journey },
    { label: 'customers.last_activity', show: lastSeen },
  ],
  actions: [
    {
      label: 'customers.book',
      icon: 'calendar',
      permission: 'create_appointments',
      to: (row) => newAppointmentPath({ customer: row.id }),
      isShown: (row) => row.deleted_at === null,
    },
  ],
  main: [
    { kind: 'text', title: 'customers.notes', of: (row) => row.notes },
    { kind: 'component', title: 'customers.team_notes', component: NotesCard, permission: 'view_notes' },
    { kind: 'component', title: 'customers.timeline', component: TimelineCard },
    appointments,
    calls,
    messages,
  ],
  side: [
    {
      kind: 'component',
      title: 'customers.write',
      component: WriteMessage,
      permission: 'create_notifications',
      isShown: (row) => row.deleted_at === null,
    },
    {
      kind: 'facts',
      title: 'customers.profile',
      facts: [
        {
          label: 'customers.vip',
          show: { kind: 'text', of: (row, { t }) => t(row.is_vip ? 'kit.yes' : 'kit.no') },
        },
        {
          label: 'customers.language',
          show: {
            kind: 'text',
            of: (row, { t }) => t(languageWord(row.language)),
          },
        },
        { label: 'customers.tags', show: tags },
        { label: 'customers.since', show: since },
      ],
    },
    { kind: 'component', title: 'customers.consents', component: ConsentsCard, permission: 'view_consents' },
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [
        { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
        { label: 'customers.source', show: { kind: 'text', of: (row) => row.source } },
      ],
    },
    { kind: 'component', title: 'erasures.request_title', component: RequestErasure, permission: 'erase_customers' },
  ],
  form: [
    {
      title: 'customers.section.person',
      hint: 'customers.section.person_hint',
      fields: [
        { name: 'first_name', kind: 'text', label: 'customers.first_name', maxLength: 120 },
        { name: 'last_name', kind: 'text', label: 'customers.last_name', maxLength: 120 },
      ],
    },
    {
      title: 'customers.section.contact',
      hint: 'customers.section.contact_hint',
      fields: [
        {
          name: 'phones',
          kind: 'lines',
          label: 'customers.phone',
          hint: 'customers.phone_hint',
          problem: 'customers.phone_problem',
          add: 'customers.phone_add',
          remove: 'customers.phone_remove',
          inputMode: 'tel',
          max: 5,
          read: (row) => row.phones.map(lineOf),
        },
        { name: 'email', kind: 'email', label: 'customers.email', problem: 'customers.email_problem', maxLength: 254 },
        {
          name: 'language',
          kind: 'choice',
          label: 'customers.language',
          hint: 'customers.language_hint',
          options: [
            { value: '', label: 'customers.language_unknown' },
            ...LANGUAGES.map((value) => ({ value, label: languageWord(value) })),
          ],
        },
      ],
    },
    {
      title: 'customers.section.care',
      hint: 'customers.section.care_hint',
      fields: [
        { name: 'is_vip', kind: 'flag', label: 'customers.vip' },
        {
          name: 'tags',
          kind: 'references',
          label: 'customers.tags',
          to: tagReference,
          empty: 'customers.no_tags_yet',
          members: ['tag_ids'],
          read: (row) => row.tags.map(({ id }) => id),
        },
        { name: 'notes', kind: 'area', label: 'customers.notes', hint: 'customers.notes_hint', maxLength: 2_000 },
      ],
    },
  ],
});

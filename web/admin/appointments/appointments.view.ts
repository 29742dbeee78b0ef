/** How appointments look as a list and on a page of their own. Drawn by web/admin/kit; the day itself is the calendar's. */
import { lazy } from 'react';
import type { AppointmentView } from '../../../shared/contract/appointments.ts';
import { APPOINTMENT_STATUSES } from '../../../shared/appointment-status.ts';
import { APPOINTMENT_LOOK } from '../../ui/appointment-status.ts';
import { newAppointmentPath } from '../calendar/new-appointment.ts';
import { shortDay, time } from '../../ui/format.ts';
import { appointmentPath } from '../appointment-path.ts';
import { defineView, type Display } from '../kit/view.ts';
import { branchReference, serviceReference, staffReference } from '../setup/references.ts';
import { Changes } from './changes.tsx';
import { Messages } from './messages.tsx';

const MoveMany = lazy(() => import('./move-many.tsx'));
const CancelMany = lazy(() => import('./cancel-many.tsx'));

/** With its time, however far away it is. */
const when: Display<AppointmentView> = {
  kind: 'text',
  of: (row, { language }) =>
    // In one line: a day whose time stands below it reads like two.
    `${shortDay(row.starts_at, row.time_zone, language)}, ${time(row.starts_at, row.time_zone, language)}`.replaceAll(
      ' ',
      '\u00a0',
    ),
};
const status: Display<AppointmentView> = {
  kind: 'badge',
  of: (row) => ({ look: APPOINTMENT_LOOK[row.status], word: `status.${row.status}` }),
};
const service: Display<AppointmentView> = { kind: 'text', of: (row) => row.service_name };
const staff: Display<AppointmentView> = { kind: 'text', of: (row) => row.staff_name };
const branch: Display<AppointmentView> = { kind: 'text', of: (row) => row.branch_name };
const price: Display<AppointmentView> = {
  kind: 'money',
  of: (row) => ({ cents: row.price_cents, currency: row.currency }),
};
const source: Display<AppointmentView> = { kind: 'text', of: (row, { t }) => t(`source.${row.source}`) };

export const appointmentsView = defineView<AppointmentView>({
  resource: 'appointments',
  path: '/admin/appointments',
  icon: 'check-double',
  permissions: {
    view: 'view_appointments',
    create: 'create_appointments',
    delete: 'delete_appointments',
    export: 'export_appointments',
  },
  references: [staffReference, branchReference, serviceReference],
  name: (row, { t }) => row.customer_name ?? t('appointments.nameless'),
  texts: {
    title: 'appointments.title',
    create: 'appointments.create',
    // Booked in the calendar, changed by verbs: these are never drawn.
    new_title: 'appointments.create',
    edit_title: 'kit.edit_title',
    back: 'appointments.back',
    empty_title: 'appointments.empty_title',
    empty_hint: 'appointments.empty_hint',
    no_match_hint: 'appointments.no_match_hint',
    forbidden: 'appointments.forbidden',
    created: 'kit.created',
    saved: 'kit.saved',
    deleted: 'appointments.deleted',
    restored: 'appointments.restored',
  },
  createAt: newAppointmentPath({}),
  // What is still to come is cancelled first.
  isFixed: (row) =>
    ['pending', 'confirmed', 'in_progress'].includes(row.status) && Date.parse(row.ends_at) > Date.now(),
  figures: ['appointments_today', 'appointments_pending', 'appointments_no_show'],
  bulk: [
    {
      verb: 'confirm',
      label: 'appointments.bulk.confirm',
      icon: 'check',
      permission: 'edit_appointments',
      path: 'bulk/confirm',
      done: 'appointments.bulk.confirmed',
    },
    {
      verb: 'move',
      label: 'appointments.bulk.move',
      icon: 'move',
      permission: 'edit_appointments',
      path: 'bulk/move',
      done: 'appointments.bulk.moved',
      undo: 'bulk/undo',
      form: MoveMany,
    },
    {
      verb: 'cancel',
      label: 'appointments.bulk.cancel',
      icon: 'cross',
      permission: 'delete_appointments',
      path: 'bulk/cancel',
      done: 'appointments.bulk.cancelled',
      undo: 'bulk/undo',
      form: CancelMany,
      isDangerous: true,
    },
    {
      verb: 'delete',
      label: 'appointments.bulk.delete',
      icon: 'bin',
      permission: 'delete_appointments',
      path: 'bulk/delete',
      done: 'appointments.bulk.deleted',
      undo: 'bulk/undo',
      isDangerous: true,
    },
    {
      verb: 'undelete',
      label: 'kit.restore',
      icon: 'undo',
      permission: 'delete_appointments',
      path: 'bulk/undo',
      done: 'appointments.bulk.undeleted',
      undo: 'bulk/delete',
      isOfDeleted: true,
    },
  ],
  first: { label: 'appointments.customer' },
  columns: [
    { label: 'appointments.when', show: when, sort: 'starts_at', place: 'under' },
    { label: 'appointments.service', show: service },
    { label: 'appointments.staff', show: staff },
    { label: 'appointments.branch', show: branch, isWide: true },
    { label: 'appointments.status', show: status, place: 'aside' },
    { label: 'appointment.price', show: price, place: 'end' },
    { label: 'appointments.source', show: source, isWide: true },
  ],
  order: '-starts_at',
  tabs: [
    { name: 'all', label: 'kit.tab.all', filter: {} },
    { name: 'pending', label: 'appointments.tab.pending', filter: { status: 'pending' } },
    { name: 'cancelled', label: 'appointments.tab.cancelled', filter: { status: 'cancelled' } },
    { name: 'no_show', label: 'appointments.tab.no_show', filter: { status: 'no_show' } },
    { name: 'deleted', label: 'kit.tab.deleted', filter: { deleted: 'true' } },
  ],
  filters: [
    { name: 'from', label: 'appointments.from', date: true },
    { name: 'to', label: 'appointments.until', date: true },
    {
      name: 'status',
      label: 'appointments.status',
      options: APPOINTMENT_STATUSES.map((value) => ({ value, label: `status.${value}` as const })),
    },
    { name: 'staff_id', label: 'appointments.staff', to: staffReference },
    { name: 'service_id', label: 'appointments.service', to: serviceReference },
    { name: 'branch_id', label: 'appointments.branch', to: branchReference },
    { name: 'customer_id', label: 'appointments.customer', brought: true },
  ],
  facts: [
    { label: 'appointments.when', show: when },
    { label: 'appointments.service', show: service },
    { label: 'appointments.staff', show: staff },
    { label: 'appointments.status', show: status },
  ],
  actions: [
    { label: 'appointments.open_calendar', icon: 'calendar', permission: 'view_appointments', to: appointmentPath },
    {
      label: 'appointments.open_customer',
      icon: 'user',
      permission: 'view_customers',
      to: (row) => `/admin/customers/${encodeURIComponent(row.customer_id)}`,
      isShown: (row) => row.customer_name !== null,
    },
    {
      label: 'appointments.open_call',
      icon: 'phone',
      permission: 'view_calls',
      to: (row) => `/admin/calls/${encodeURIComponent(row.call_id ?? '')}`,
      isShown: (row) => row.call_id !== null,
    },
  ],
  main: [
    { kind: 'text', title: 'appointments.notes', of: (row) => row.notes },
    { kind: 'text', title: 'appointments.internal_notes', of: (row) => row.internal_notes },
    { kind: 'component', title: 'appointments.changes', component: Changes },
    { kind: 'component', title: 'appointments.messages', component: Messages, permission: 'view_notifications' },
  ],
  side: [
    {
      kind: 'facts',
      title: 'appointments.details',
      facts: [
        { label: 'appointments.branch', show: branch },
        { label: 'appointment.price', show: price },
        { label: 'appointments.party', show: { kind: 'text', of: (row) => String(row.party_size) } },
        { label: 'appointments.source', show: source },
        { label: 'appointments.booked_at', show: { kind: 'instant', of: (row) => row.created_at } },
        { label: 'appointments.moves', show: { kind: 'text', of: (row) => `${row.reschedule_count} ×` } },
      ],
    },
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [{ label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } }],
    },
  ],
  form: [],
});

/** Appointments as a resource: the list from the projection, one from the calendar itself. Booking, moving, cancelling and their states are verbs with routes of their own (booking-routes.ts, appointment-routes.ts). Mounted through routes.ts. */
import { appointmentDetailView, appointmentListQuery, appointmentView } from '../../shared/contract/appointments.ts';
import type { z } from 'zod';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';
import { appointmentPage, oneAppointment } from './queries/appointments.ts';

const changes = lazy(() => import('./take-back.ts'));

export const appointmentsResource = defineResource({
  noun: 'appointment',
  path: '/api/v1/appointments',
  collection: 'appointments',
  words: {
    one: 'an appointment',
    many: 'appointments',
    listed: 'by start',
    shown: 'from the calendar itself',
    removal: 'Delete an appointment that is over or cancelled; for 30 days it can be restored',
  },
  permissions: { view: 'view_appointments', remove: 'delete_appointments', export: 'export_appointments' },
  refusals: ['ILLEGAL_TRANSITION', 'APPOINTMENT_CONFLICT'],
  contract: { item: appointmentView, query: appointmentListQuery, detail: appointmentDetailView },
  backing: {
    kind: 'calendar',
    page: (scope, query, asked) => appointmentPage(scope, query as z.output<typeof appointmentListQuery>, asked),
    one: oneAppointment,
    remove: async (...asked) => (await changes()).removeAppointment(...asked),
    restore: async (...asked) => (await changes()).restoreAppointment(...asked),
  },
  columns: {
    id: (one) => one.id,
    starts_at: (one) => one.starts_at,
    ends_at: (one) => one.ends_at,
    time_zone: (one) => one.time_zone,
    status: (one) => one.status,
    customer_id: (one) => one.customer_id,
    customer_name: (one) => one.customer_name,
    service_name: (one) => one.service_name,
    staff_name: (one) => one.staff_name,
    branch_name: (one) => one.branch_name,
    party_size: (one) => one.party_size,
    price_cents: (one) => one.price_cents,
    currency: (one) => one.currency,
    source: (one) => one.source,
    notes: (one) => one.notes,
    created_at: (one) => one.created_at,
  },
});

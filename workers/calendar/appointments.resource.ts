/** Appointments as a resource: the list from the projection, one from the calendar itself. Booking, moving, cancelling and their states are verbs with routes of their own (booking-routes.ts, appointment-routes.ts). Mounted through routes.ts. */
import { appointmentDetailView, appointmentListQuery, appointmentView } from '../../shared/contract/appointments.ts';
import type { z } from 'zod';
import { defineResource } from '../resources/define.ts';
import { appointmentPage, oneAppointment } from './queries/appointments.ts';

export const appointmentsResource = defineResource({
  noun: 'appointment',
  path: '/api/v1/appointments',
  collection: 'appointments',
  words: { one: 'an appointment', many: 'appointments', listed: 'by start', shown: 'from the calendar itself' },
  permissions: { view: 'view_appointments' },
  contract: { item: appointmentView, query: appointmentListQuery, detail: appointmentDetailView },
  backing: {
    kind: 'calendar',
    page: (scope, query, asked) => appointmentPage(scope, query as z.output<typeof appointmentListQuery>, asked),
    one: oneAppointment,
  },
});

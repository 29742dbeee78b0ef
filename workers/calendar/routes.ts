/** HTTP of the calendar module: availability and holds, bookings v2, appointments and the day, live changes. Mounted by app.ts. */
import { createRoutes } from '../http/module-routes.ts';
import { appointmentRoutes } from './appointment-routes.ts';
import { appointmentsResource } from './appointments.resource.ts';
import { availabilityRoutes } from './availability-routes.ts';
import { bookingRoutes } from './booking-routes.ts';
import { liveRoutes } from './live-routes.ts';

export const routes = createRoutes();
for (const part of [availabilityRoutes, bookingRoutes, appointmentsResource.routes, appointmentRoutes, liveRoutes])
  routes.route('/', part);

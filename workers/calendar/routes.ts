/** HTTP of the calendar room: availability and holds, bookings v2, appointments and the day, master data, settings of companies, live changes. Mounted by app.ts. */
import { createRoom } from '../http/room.ts';
import { appointmentRoutes } from './appointment-routes.ts';
import { availabilityRoutes } from './availability-routes.ts';
import { bookingRoutes } from './booking-routes.ts';
import { companyRoutes } from './company-routes.ts';
import { liveRoutes } from './live-routes.ts';
import { scheduleRoutes } from './schedule-routes.ts';

export const routes = createRoom();
for (const part of [availabilityRoutes, bookingRoutes, appointmentRoutes, scheduleRoutes, companyRoutes, liveRoutes])
  routes.route('/', part);

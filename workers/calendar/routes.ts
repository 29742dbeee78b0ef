/** HTTP of the calendar room: availability and holds, bookings v2, appointments and the day, master data, live changes. Mounted by app.ts. */
import { createRoom } from '../http/room.ts';
import { appointmentRoutes } from './appointment-routes.ts';
import { availabilityRoutes } from './availability-routes.ts';
import { bookingRoutes } from './booking-routes.ts';
import { liveRoutes } from './live-routes.ts';
import { scheduleRoutes } from './schedule-routes.ts';

export const routes = createRoom();
for (const part of [availabilityRoutes, bookingRoutes, appointmentRoutes, scheduleRoutes, liveRoutes])
  routes.route('/', part);

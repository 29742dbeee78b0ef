/** HTTP of the calendar module: availability and holds, bookings v2, appointments and the day, master data, settings of companies, live changes. Mounted by app.ts. */
import { createRoutes } from '../http/module-routes.ts';
import { appointmentRoutes } from './appointment-routes.ts';
import { appointmentsResource } from './appointments.resource.ts';
import { availabilityRoutes } from './availability-routes.ts';
import { bookingRoutes } from './booking-routes.ts';
import { branchesResource } from './branches.resource.ts';
import { companiesResource } from './companies.resource.ts';
import { conflictRoutes } from './conflict-routes.ts';
import { conflictsResource } from './conflicts.resource.ts';
import { exceptionsResource } from './exceptions.resource.ts';
import { liveRoutes } from './live-routes.ts';
import { resourcesResource } from './resources.resource.ts';
import { servicesResource } from './services.resource.ts';
import { staffResource } from './staff.resource.ts';
import { workingHoursResource } from './working-hours.resource.ts';

export const routes = createRoutes();
for (const part of [
  availabilityRoutes,
  bookingRoutes,
  appointmentsResource.routes,
  appointmentRoutes,
  servicesResource.routes,
  staffResource.routes,
  branchesResource.routes,
  workingHoursResource.routes,
  exceptionsResource.routes,
  resourcesResource.routes,
  companiesResource.routes,
  conflictsResource.routes,
  conflictRoutes,
  liveRoutes,
])
  routes.route('/', part);

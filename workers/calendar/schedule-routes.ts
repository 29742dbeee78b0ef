/** HTTP of what the calendar is made of: services, staff, branches, resources, hours, and conflicts with Cal.com. Mounted by office-app.ts. */
import { createRoutes } from '../http/module-routes.ts';
import { branchesResource } from './branches.resource.ts';
import { busySourceRoutes } from './busy-source-routes.ts';
import { conflictRoutes } from './conflict-routes.ts';
import { conflictsResource } from './conflicts.resource.ts';
import { exceptionsResource } from './exceptions.resource.ts';
import { resourcesResource } from './resources.resource.ts';
import { servicesResource } from './services.resource.ts';
import { staffResource } from './staff.resource.ts';
import { workingHoursResource } from './working-hours.resource.ts';

export const scheduleRoutes = createRoutes();
for (const part of [
  servicesResource.routes,
  staffResource.routes,
  busySourceRoutes,
  branchesResource.routes,
  workingHoursResource.routes,
  exceptionsResource.routes,
  resourcesResource.routes,
  conflictsResource.routes,
  conflictRoutes,
])
  scheduleRoutes.route('/', part);

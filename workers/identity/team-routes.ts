/** HTTP of who else there is: users, roles, API keys, and the log of what they did. Mounted by control-app.ts. */
import { createRoutes } from '../http/module-routes.ts';
import { activityResource } from './activity.resource.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { apiKeysResource } from './api-keys.resource.ts';
import { rolesResource } from './roles.resource.ts';
import { userRoutes } from './user-routes.ts';
import { usersResource } from './users.resource.ts';

export const teamRoutes = createRoutes();
for (const part of [
  usersResource.routes,
  userRoutes,
  rolesResource.routes,
  apiKeysResource.routes,
  apiKeyRoutes,
  activityResource.routes,
])
  teamRoutes.route('/', part);

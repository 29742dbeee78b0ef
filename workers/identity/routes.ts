/** HTTP of who: sign-in and out, own sessions, `GET /api/me`, users, API keys, and the log of what they did. Mounted by app.ts; pages and integrators call it. */
import { createRoutes } from '../http/module-routes.ts';
import { accountRoutes } from './account-routes.ts';
import { activityResource } from './activity.resource.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { apiKeysResource } from './api-keys.resource.ts';
import { meRoutes } from './me-routes.ts';
import { profileRoutes } from './profile-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { userRoutes } from './user-routes.ts';
import { usersResource } from './users.resource.ts';

export const identityRoutes = createRoutes();
for (const part of [
  signInRoutes,
  accountRoutes,
  sessionRoutes,
  meRoutes,
  profileRoutes,
  usersResource.routes,
  userRoutes,
  apiKeysResource.routes,
  apiKeyRoutes,
  activityResource.routes,
])
  identityRoutes.route('/', part);

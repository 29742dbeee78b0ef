/** HTTP of who asks: sign-in and out, own sessions, `GET /api/me`. Mounted by app.ts; pages and integrators call it. */
import { createRoutes } from '../http/module-routes.ts';
import { meRoutes } from './me-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';

export const identityRoutes = createRoutes();
for (const part of [signInRoutes, sessionRoutes, meRoutes]) identityRoutes.route('/', part);

/** HTTP of the own account and of ways into it beside the password. Mounted by control-app.ts, because nobody's first request needs them. */
import { createRoutes } from '../http/module-routes.ts';
import { accountRoutes } from './account-routes.ts';
import { factorRoutes } from './factor-routes.ts';
import { magicLinkRoutes } from './magic-link-routes.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { profileRoutes } from './profile-routes.ts';

export const waysInRoutes = createRoutes();
for (const part of [accountRoutes, factorRoutes, magicLinkRoutes, passkeyRoutes, profileRoutes])
  waysInRoutes.route('/', part);

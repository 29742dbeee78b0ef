/** How a route of one's own account is declared: behind a session, not a key, and without a permission. Spread into `createRoute` by the routes of this folder. */
import { requireScope } from '../http/permission.ts';

export const ownRoute = { tags: ['identity'], middleware: requireScope, 'x-actor': 'user' };

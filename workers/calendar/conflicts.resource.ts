/** Conflicts with Cal.com as a resource: both sides find them, people settle them (conflict-routes.ts). Mounted through routes.ts. */
import type { z } from 'zod';
import { conflictQuery, conflictView } from '../../shared/contract/conflicts.ts';
import { defineResource } from '../resources/define.ts';
import { lazy } from '../../shared/lazy.ts';

const queries = lazy(() => import('./queries/conflicts.ts'));

export const conflictsResource = defineResource({
  noun: 'conflict',
  path: '/api/v1/conflicts',
  collection: 'conflicts',
  words: { one: 'a conflict with Cal.com', many: 'conflicts with Cal.com', listed: 'newest first' },
  permissions: { view: 'view_calcom' },
  contract: { item: conflictView, query: conflictQuery },
  backing: {
    kind: 'calendar',
    page: async (scope, query, asked) =>
      (await queries()).conflictPage(scope, query as z.output<typeof conflictQuery>, asked),
    one: async (scope, id, asked) => (await queries()).oneConflict(scope, id, asked),
  },
});

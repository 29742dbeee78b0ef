/** The activity log as a resource: changes write it in their own batch or event (audit.ts, projection/audit.ts), nobody edits it. Mounted through team-routes.ts. */
import { activityDetailView, activityListQuery, activityView } from '../../shared/contract/activity.ts';
import { lazyReading } from '../resources/lazy-backing.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';
import { causerOf, causerParts, type Actor } from '../../shared/actor.ts';
import { auditList, causedBy } from '../storage/queries/activity.ts';
import { isNarrow, type Reached } from '../storage/queries/reach.ts';

const queries = lazy(() => import('./queries/activity.ts'));

/** Entries name people and places of everywhere: who does not reach everything reads what they did themselves. */
const ownActivity = (actor: Actor, reached: Reached) =>
  isNarrow(reached) ? causedBy(causerParts(causerOf(actor)).causerId) : undefined;

export const activityResource = defineResource({
  noun: 'audit',
  path: '/api/v1/activity',
  collection: 'activity',
  words: {
    one: 'an entry of the activity log',
    many: 'entries of the activity log',
    listed: 'newest first',
    shown: 'with the values that were changed',
  },
  permissions: { view: 'view_activity', export: 'export_activity' },
  contract: { item: activityView, query: activityListQuery, detail: activityDetailView },
  backing: lazyReading({
    noun: 'audit',
    source: auditList,
    only: async (scope) => ownActivity(scope.actor, await scope.reached()),
    views: async (scope, rows) => (await queries()).viewsOfActivity(scope, rows),
    detail: async (scope, row) => (await queries()).detailOfActivity(scope, row),
  }),
  columns: {
    created_at: (one) => one.created_at,
    log: (one) => one.log,
    event: (one) => one.event,
    subject_type: (one) => one.subject_type,
    subject_id: (one) => one.subject_id,
    causer_type: (one) => one.causer_type,
    causer_id: (one) => one.causer_id,
    causer_name: (one) => one.causer_name,
    impersonator_id: (one) => one.impersonator_id,
    impersonator_name: (one) => one.impersonator_name,
    fields: (one) => one.fields.join(', '),
    changes: (one) => (one.changes === null ? null : JSON.stringify(one.changes)),
    request_id: (one) => one.request_id,
  },
});

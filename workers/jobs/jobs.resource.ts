/** Jobs as a resource; beginning, pausing, cancelling and running one again are verbs (routes.ts). Mounted through routes.ts. */
import { jobListQuery, jobView } from '../../shared/contract/jobs.ts';
import { lazyReading } from '../resources/lazy-backing.ts';
import { defineResource } from '../resources/define.ts';
import { jobList } from '../storage/queries/jobs.ts';
import { viewOfJob } from './queries/jobs.ts';

export const jobsResource = defineResource({
  noun: 'job',
  path: '/api/v1/jobs',
  collection: 'jobs',
  words: { one: 'a job', many: 'jobs', listed: 'newest first; by state or kind', shown: 'with its steps and progress' },
  permissions: { view: 'view_jobs' },
  contract: { item: jobView, query: jobListQuery },
  backing: lazyReading({ noun: 'job', source: jobList, views: async (_scope, rows) => rows.map(viewOfJob) }),
});

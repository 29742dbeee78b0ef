/** Jobs of single tenants for the operator, in one lazily loaded part. Called by tenant-job-routes.ts. */
export { actOnTenantJob } from './commands/act-on-job.ts';
export { tenantJobItems, tenantJobList } from './queries/tenant-jobs.ts';

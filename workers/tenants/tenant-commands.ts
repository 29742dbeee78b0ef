/** What routes.ts loads with the first use: commands about tenants, and their answers. */
export { changeStatus } from './commands/change-status.ts';
export { changeTenant, checkVat } from './commands/change-tenant.ts';
export { createTenant, tenantIdOf } from './commands/create-tenant.ts';
export { addDomain, checkDomain, deleteDomain, listDomains } from './commands/domains.ts';
export { viewOf } from './view.ts';

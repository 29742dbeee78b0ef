/** What routes.ts loads with the first use: commands about tenants, and their answers. */
export { beginSupport } from './commands/begin-support.ts';
export { askFactorReset, withdrawFactorReset } from './commands/ask-factor-reset.ts';
export { liftNetworks } from './commands/lift-networks.ts';
export { showFactorReset } from './queries/factor-reset.ts';
export { showTenantSupport } from './queries/support.ts';
export { companyCommissions, setCompanyCommission } from './commands/company-commissions.ts';
export { changeStatus } from './commands/change-status.ts';
export { changeTenant, checkVat } from './commands/change-tenant.ts';
export { createTenant, tenantIdOf } from './commands/create-tenant.ts';
export { sendTransfer } from './commands/send-transfer.ts';
export { transfersWith, viewOfTransfer } from './queries/transfers.ts';
export { addDomain, checkDomain, deleteDomain, listDomains } from './commands/domains.ts';
export { contractsOfTenant, useOfTenant } from './queries/tenants.ts';
export { viewOf } from './view.ts';

/**
 * Tenants as a resource of those above them: list and one. Making and changing one reaches into other modules and is a command
 * (routes.ts), which also mounts this.
 */
import { tenantListQuery, tenantRow, tenantView } from '../../shared/contract/tenants.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';

const queries = lazy(() => import('./queries/tenants.ts'));

export const tenantsResource = defineResource({
  noun: 'tenant',
  path: '/api/v1/tenants',
  collection: 'tenants',
  words: { one: 'a tenant', many: 'tenants', listed: 'newest first: of the operator all, of a reseller its own' },
  permissions: { view: 'view_tenants' },
  contract: { item: tenantRow, query: tenantListQuery, detail: tenantView },
  backing: {
    kind: 'd1',
    page: async (scope, query) => (await queries()).listTenants(scope, query),
    one: async (scope, id) => (await queries()).oneTenant(scope, id),
  },
});

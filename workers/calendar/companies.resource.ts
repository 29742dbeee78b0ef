/** Companies as a resource. Mounted by control-app.ts. */
import {
  companyChangeRequest,
  companyCreateRequest,
  companyListQuery,
  companyView,
} from '../../shared/contract/companies.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';

const backing = lazy(async () => (await import('./company-backing.ts')).companyBacking);

export const companiesResource = defineResource({
  noun: 'company',
  path: '/api/v1/companies',
  collection: 'master data',
  words: {
    one: 'a company',
    many: 'companies',
    shown: 'with its settings as they hold; one that only a branch names has defaults, and its first change saves it',
    removal:
      'Delete a company; it can be restored. One that branches refer to is archived: they take no bookings until it is restored',
  },
  permissions: {
    view: 'view_companies',
    create: 'create_companies',
    edit: 'edit_companies',
    remove: 'delete_companies',
  },
  contract: {
    item: companyView,
    query: companyListQuery,
    create: companyCreateRequest,
    change: companyChangeRequest,
  },
  canStrand: true,
  backing: {
    kind: 'calendar',
    page: async (...asked) => (await backing()).page(...asked),
    one: async (...asked) => (await backing()).one(...asked),
    create: async (...asked) => (await backing()).create(...asked),
    change: async (...asked) => (await backing()).change(...asked),
    remove: async (...asked) => (await backing()).remove(...asked),
    restore: async (...asked) => (await backing()).restore(...asked),
  },
});

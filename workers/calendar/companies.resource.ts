/** Settings of companies as a resource: a company is there when a branch names it, so that it is neither made nor deleted here. Mounted through routes.ts. */
import { companyChangeRequest, companyListQuery, companyView } from '../../shared/contract/companies.ts';
import { defineResource } from '../resources/define.ts';
import { companyBacking } from './company-backing.ts';

export const companiesResource = defineResource({
  noun: 'company',
  path: '/api/v1/companies',
  collection: 'master data',
  words: {
    one: 'settings of a company',
    many: 'settings of all companies',
    shown: 'as they hold; the first change saves them',
  },
  permissions: { view: 'view_companies', edit: 'edit_companies' },
  contract: { item: companyView, query: companyListQuery, change: companyChangeRequest },
  backing: companyBacking,
});

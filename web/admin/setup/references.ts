/** What master data is called where others refer to it. Named by the views of this folder and of customers. */
import type { BranchView } from '../../../shared/contract/branches.ts';
import type { CompanyView } from '../../../shared/contract/companies.ts';
import type { UserAccountView } from '../../../shared/contract/identity.ts';
import type { ResourceView } from '../../../shared/contract/resources.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import type { Tag } from '../../../shared/contract/tags.ts';
import { reference } from '../kit/view.ts';

export const personName = (row: Pick<StaffView, 'first_name' | 'last_name'>): string =>
  `${row.first_name} ${row.last_name}`.trim();

export const branchReference = reference<BranchView>({
  resource: 'branches',
  path: '/admin/branches',
  permission: 'view_branches',
  name: (row) => row.name,
});

export const companyReference = reference<CompanyView>({
  resource: 'companies',
  path: '/admin/companies',
  permission: 'view_companies',
  name: (row) => row.name,
});

export const staffReference = reference<StaffView>({
  resource: 'staff',
  path: '/admin/staff',
  permission: 'view_staff',
  name: personName,
});

export const serviceReference = reference<ServiceView>({
  resource: 'services',
  path: '/admin/services',
  permission: 'view_services',
  name: (row) => row.name.de,
});

export const resourceReference = reference<ResourceView>({
  resource: 'resources',
  path: '/admin/resources',
  permission: 'view_resources',
  // Two branches often call their rooms alike.
  name: (row, _words, names) => {
    const branch = names(branchReference, row.branch_id);
    return branch === null ? row.name : `${row.name} (${branch})`;
  },
});

/** Who signs in. They have no page of their own yet: shown as text. */
export const userReference = reference<UserAccountView>({
  resource: 'users',
  path: '/admin/users',
  permission: 'view_users',
  name: (row) => `${row.name} (${row.email})`,
});

export const tagReference = reference<Tag>({
  resource: 'tags',
  path: '/admin/tags',
  permission: 'view_tags',
  name: (row) => row.name,
});

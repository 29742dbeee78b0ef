/** Lists of master data that belong to a record of another noun: services, branches, people, rooms. Named by the views beside it. */
import type { BranchView } from '../../../shared/contract/branches.ts';
import type { ResourceView } from '../../../shared/contract/resources.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { type Relation, relation } from '../kit/view.ts';
import { personName } from './references.ts';
import { activeColumn, lengthText } from './shared-parts.ts';
import { termsWith } from './staff-terms.ts';

export type RelationTexts = Pick<Relation, 'title' | 'empty' | 'below'>;

export const servicesOf = (target: 'staff_id' | 'resource_id' | 'branch_id', texts: RelationTexts): Relation =>
  relation<ServiceView>({
    ...texts,
    resource: 'services',
    target,
    permission: 'view_services',
    follows: 'calendar',
    to: (row) => `/admin/services/${encodeURIComponent(row.id)}`,
    // On a person's page what it takes and costs with them.
    columns: (id) => [
      { label: 'kit.name', show: { kind: 'text', of: (row, { language }) => inLanguage(row.name, language) } },
      { label: 'services.category', show: { kind: 'text', of: (row) => row.category }, place: 'under' },
      {
        label: 'services.duration',
        show: { kind: 'text', of: (row, words) => lengthText(termsWith(row, id).minutes, words) },
      },
      {
        label: 'services.price',
        show: { kind: 'money', of: (row) => ({ cents: termsWith(row, id).cents, currency: row.currency }) },
        place: 'end',
      },
    ],
  });

export const branchesOf = (texts: RelationTexts): Relation =>
  relation<BranchView>({
    ...texts,
    resource: 'branches',
    target: 'company_id',
    permission: 'view_branches',
    follows: 'calendar',
    to: (row) => `/admin/branches/${encodeURIComponent(row.id)}`,
    add: {
      label: 'branches.create',
      permission: 'create_branches',
      to: (id) => `/admin/branches/create?company_id=${encodeURIComponent(id)}`,
    },
    columns: [
      { label: 'kit.name', show: { kind: 'text', of: (row) => row.name } },
      { label: 'branches.address', show: { kind: 'text', of: (row) => row.address?.city ?? null }, place: 'under' },
      activeColumn,
    ],
  });

export const staffOf = (texts: RelationTexts): Relation =>
  relation<StaffView>({
    ...texts,
    resource: 'staff',
    target: 'branch_id',
    permission: 'view_staff',
    follows: 'calendar',
    to: (row) => `/admin/staff/${encodeURIComponent(row.id)}`,
    add: {
      label: 'staff.create',
      permission: 'create_staff',
      to: (id) => `/admin/staff/create?branch_ids=${encodeURIComponent(id)}`,
    },
    columns: [
      { label: 'kit.name', show: { kind: 'text', of: personName } },
      { label: 'staff.email', show: { kind: 'email', of: (row) => row.email }, place: 'under' },
      activeColumn,
    ],
  });

export const resourcesOf = (texts: RelationTexts): Relation =>
  relation<ResourceView>({
    ...texts,
    resource: 'resources',
    target: 'branch_id',
    permission: 'view_resources',
    follows: 'calendar',
    to: (row) => `/admin/resources/${encodeURIComponent(row.id)}`,
    add: {
      label: 'resources.create',
      permission: 'create_resources',
      to: (id) => `/admin/resources/create?branch_id=${encodeURIComponent(id)}`,
    },
    columns: [
      { label: 'kit.name', show: { kind: 'text', of: (row) => row.name } },
      {
        label: 'resources.type',
        show: { kind: 'text', of: (row, { t }) => t(`resources.type.${row.type}`) },
        place: 'under',
      },
      { label: 'resources.capacity', show: { kind: 'text', of: (row) => String(row.capacity) }, place: 'end' },
    ],
  });

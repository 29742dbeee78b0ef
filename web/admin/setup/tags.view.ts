/** How tags look in the panel: list, customers of one, form. */
import type { Customer } from '../../../shared/contract/customers.ts';
import type { Tag } from '../../../shared/contract/tags.ts';
import { customerName } from '../customers/customer-name.ts';
import { bulkRemoval } from '../kit/bulk-removal.ts';
import { defineView, relation } from '../kit/view.ts';
import { ALL_TAB, DELETED_TAB, RECORD_TEXTS } from './shared-parts.ts';

const customers = relation<Customer>({
  title: 'tags.customers',
  resource: 'customers',
  target: 'tag',
  permission: 'view_customers',
  empty: 'tags.no_customers',
  follows: 'everything',
  to: (row) => `/admin/customers/${encodeURIComponent(row.id)}`,
  columns: [
    {
      label: 'customers.name',
      show: {
        kind: 'text',
        of: (row, { t }) => customerName(row) ?? t('customers.nameless'),
      },
    },
    {
      label: 'customers.phone',
      show: { kind: 'phone', of: (row) => row.phones.map(({ e164 }) => e164) },
      place: 'under',
    },
    {
      label: 'customers.last_activity',
      show: { kind: 'instant', of: (row) => row.last_activity_at },
      place: 'end',
    },
  ],
});

export const tagsView = defineView<Tag>({
  resource: 'tags',
  path: '/admin/tags',
  icon: 'tag',
  permissions: { view: 'view_tags', create: 'create_tags', edit: 'edit_tags', delete: 'delete_tags' },
  name: (row) => row.name,
  texts: {
    ...RECORD_TEXTS,
    title: 'tags.title',
    create: 'tags.create',
    new_title: 'tags.create',
    back: 'tags.back',
    empty_title: 'tags.empty_title',
    empty_hint: 'tags.empty_hint',
    forbidden: 'tags.forbidden',
  },
  bulk: bulkRemoval('delete_tags'),
  first: { label: 'kit.name', sort: 'name' },
  columns: [
    {
      label: 'tags.created_at',
      show: { kind: 'instant', of: (row) => row.created_at },
      sort: 'created_at',
      place: 'end',
    },
  ],
  order: 'name',
  tabs: [ALL_TAB, DELETED_TAB],
  search: 'kit.search_name',
  filters: [],
  facts: [{ label: 'tags.created_at', show: { kind: 'instant', of: (row) => row.created_at } }],
  actions: [],
  main: [customers],
  side: [],
  form: [
    {
      title: 'tags.section',
      hint: 'tags.section_hint',
      fields: [{ name: 'name', kind: 'text', label: 'kit.name', maxLength: 60, problem: 'kit.name_problem' }],
    },
  ],
});

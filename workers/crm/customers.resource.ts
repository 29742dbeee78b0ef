/** Customers as a resource: what the one contract, the indexes and the commands of this module become over REST. Mounted by app.ts. */
import { customer, customerFields, customerQuery } from '../../shared/contract/customers.ts';
import { defineResource } from '../resources/define.ts';
import { lazyBacking } from '../resources/lazy-backing.ts';

export const customersResource = defineResource({
  noun: 'customer',
  path: '/api/v1/customers',
  collection: 'customers',
  words: { one: 'a customer', many: 'customers' },
  permissions: {
    view: 'view_customers',
    create: 'create_customers',
    edit: 'edit_customers',
    remove: 'delete_customers',
    export: 'export_customers',
  },
  contract: { item: customer, query: customerQuery, create: customerFields, change: customerFields },
  isChosen: true,
  backing: lazyBacking(async () => (await import('./customers-backing.ts')).customersBacking),
  columns: {
    id: (one) => one.id,
    first_name: (one) => one.first_name,
    last_name: (one) => one.last_name,
    email: (one) => one.email,
    phones: (one) => one.phones.map(({ e164 }) => e164).join(' '),
    language: (one) => one.language,
    is_vip: (one) => one.is_vip,
    journey_status: (one) => one.journey_status,
    source: (one) => one.source,
    notes: (one) => one.notes,
    tags: (one) => one.tags.map(({ name }) => name).join(', '),
    last_activity_at: (one) => one.last_activity_at,
    created_at: (one) => one.created_at,
  },
});

/** /admin/customers and what lies below it. */
import { ResourcePages } from '../kit/resource-pages.tsx';
import { customersView } from './customers.view.ts';

export default function CustomersPages() {
  return <ResourcePages view={customersView} />;
}

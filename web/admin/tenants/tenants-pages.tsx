/** The pages of tenants: the operator's below /admin/tenants, a reseller's customers below /reseller/customers; one lazy part of the app. */
import { useAdmin } from '../admin-context.tsx';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { NotFoundPage } from '../page-parts.tsx';
import { customersOfResellerView, tenantsView } from './tenants.view.ts';

/** Each kind of account has its own address; the other one is no page of theirs. */
export default function TenantsPages({ of }: { of: 'platform' | 'reseller' }) {
  const { me } = useAdmin();
  if (me.tenant.type !== of) return <NotFoundPage />;
  return <ResourcePages view={of === 'platform' ? tenantsView : customersOfResellerView} />;
}

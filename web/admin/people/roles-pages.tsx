/** /admin/roles and what lies below it, for every kind of account. */
import { useMemo } from 'react';
import { useAdmin } from '../admin-context.tsx';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { rolesViewFor } from './roles.view.ts';

export default function RolesPages() {
  const { me } = useAdmin();
  const view = useMemo(() => rolesViewFor(me), [me]);
  return <ResourcePages view={view} />;
}

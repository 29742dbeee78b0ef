/** /admin/users and what lies below it, for every kind of account. */
import { useMemo } from 'react';
import { useAdmin } from '../admin-context.tsx';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { usersViewFor } from './users.view.ts';

export default function UsersPages() {
  const { me } = useAdmin();
  const view = useMemo(() => usersViewFor(me), [me]);
  return <ResourcePages view={view} />;
}

/** /admin/users and what lies below it, for every kind of account. */
import { useMemo } from 'react';
import type { RoleView } from '../../../shared/contract/roles.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { ResourcePages } from '../kit/resource-pages.tsx';
import { builtInRoles, usersViewFor } from './users.view.ts';

export default function UsersPages() {
  const { me, api } = useAdmin();
  const { language } = useWords();
  const mayGive = useMay('view_roles');
  const roles = useAnswer<{ data: RoleView[] }>(
    mayGive ? 'roles' : null,
    (signal) => api.get('/api/v1/roles', { limit: 100 }, signal),
    { language },
  ).body?.data;
  const view = useMemo(() => usersViewFor(me, roles ?? builtInRoles(me)), [me, roles]);
  return <ResourcePages view={view} />;
}

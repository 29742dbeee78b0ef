/** Where roles are listed and changed: rows of the control plane. Loaded with the first request by roles.resource.ts. */
import type { RoleChange, RoleDetailView, RoleFields, RoleView } from '../../shared/contract/roles.ts';
import type { Result } from '../../shared/result.ts';
import type { Backing, VersionedView } from '../resources/backing.ts';
import type { RoleRow } from '../storage/identity/roles.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { changeRole, deleteRole, restoreRole } from './commands/change-role.ts';
import { createRole } from './commands/create-role.ts';
import { listRoles, oneRole } from './queries/roles.ts';
import { viewOfRole } from './role-kind.ts';

type Shown = VersionedView<RoleDetailView>;

/** A role as it is after a change; who has it is read with it. */
async function shown(scope: TenantScope, result: Result<Pick<RoleRow, 'id'>>): Promise<Result<Shown>> {
  return result.ok ? oneRole(scope, result.value.id) : result;
}

export const rolesBacking: Required<Omit<Backing<RoleView, RoleFields, RoleChange, RoleDetailView>, 'replace'>> = {
  kind: 'd1',
  page: (scope, query) => listRoles(scope, query),
  one: (scope, id) => oneRole(scope, id),
  create: async (scope, input) => shown(scope, await createRole(scope, input)),
  change: async (scope, id, change, { expectedVersion }) =>
    shown(scope, await changeRole(scope, { id, expectedVersion, change })),
  async remove(scope, id, { expectedVersion }) {
    const gone = await deleteRole(scope, { id, expectedVersion });
    if (!gone.ok) return gone;
    const view = viewOfRole(gone.value, 0);
    return { ok: true, value: { view: { ...view, users: [] }, version: view.version } };
  },
  restore: async (scope, id, { expectedVersion }) => shown(scope, await restoreRole(scope, { id, expectedVersion })),
};

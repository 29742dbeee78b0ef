/** What only the platform's operator does: refused to everybody else. Called by commands of instance/ and connections/. */
import { permissionRefusal } from '../../shared/actor.ts';
import type { DomainError } from '../../shared/errors.ts';
import type { Permission } from '../../shared/permissions.ts';
import { type Err, err } from '../../shared/result.ts';
import type { TenantScope } from './scope.ts';

/** Roles of resellers and businesses hold the same permission for what is their own: it is not enough. Refusals: PERMISSION_DENIED. */
export async function operatorRefusal(scope: TenantScope, permission: Permission): Promise<Err<DomainError> | null> {
  const refused = permissionRefusal(scope.actor, permission);
  if (refused) return refused;
  return (await scope.tenant())?.type === 'platform' ? null : err({ code: 'PERMISSION_DENIED', permission });
}

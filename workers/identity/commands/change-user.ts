/** A user's name, role, reach and language, and whether they may sign in. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { processNow, realNow } from '../../../shared/clock.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { isRole, OWNER_ROLES } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { forgetApiKeys } from '../../storage/identity/api-keys.ts';
import { endLinksOf } from '../../storage/identity/account-links.ts';
import { endSessionsOf, sessionsOf } from '../../storage/identity/sessions.ts';
import { changeUserRow, type ShownUser, shownUserOf, type UserFields } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';
import { roleGiven } from '../rules/roles.ts';
import { mayReachFar } from '../sessions.ts';
import { linkPerson, linkRefusal } from '../../tenancy/linked-person.ts';
import { aboveActor, boundsRefusal, isOwner, namedRole } from '../user-access.ts';
import { forbidden, MAX_SESSIONS } from '../users.ts';

interface ChangeUser {
  id: string;
  name?: string | undefined;
  role?: string | undefined;
  /** of the list of roles: one of ours by its name, or the tenant's own */
  role_id?: string | undefined;
  language?: Language | undefined;
  disabled?: boolean | undefined;
  /** null: all */
  company_ids?: string[] | null | undefined;
  branch_ids?: string[] | null | undefined;
  own_only?: boolean | undefined;
  /** who of the staff they are; null: nobody */
  staff_id?: string | null | undefined;
}

/**
 * Changes a user of the scope's tenant. Who is disabled is signed out at once, on every device; a changed role or reach counts from the next
 * request, and live streams end.
 * Refusals: PERMISSION_DENIED (`edit_users`, a role with more than the actor holds, or a user who holds more), NOT_FOUND (user, role, company,
 * branch, staff), VALIDATION_ERROR (`role` not of this type of tenant, `staff_id` somebody else's), CONFIRMATION_REQUIRED (role, reach and
 * disabling, when the password was typed too long ago), POLICY_VIOLATION (`own_account`: nobody changes their own role or reach or disables
 * themselves; `last_owner`: an owner who can sign in stays; `beyond_reach`: they see or would see more than the actor; `changed_meanwhile`).
 */
export async function changeUser(scope: TenantScope, { id, ...change }: ChangeUser): Promise<Result<ShownUser>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'edit_users');
  if (refused) return refused;
  const [shown, tenant] = await Promise.all([shownUserOf(scope.db, id), scope.tenant()]);
  if (shown === null || tenant === null) return err({ code: 'NOT_FOUND', entity: 'user' });
  const { user } = shown;
  const above = aboveActor(actor, shown, tenant.type);
  if (above) return above;
  const now = processNow();
  const set: UserFields = {};
  if (change.name !== undefined && change.name !== user.name) set.name = change.name;
  if (change.language !== undefined && change.language !== user.language) set.language = change.language;
  let gives: { id: string; version: number } | null = null;
  if (change.role !== undefined || change.role_id !== undefined) {
    const named = await namedRole(scope, tenant.type, change);
    if (!named.ok) return named;
    const { own, version } = named.value;
    if (named.value.role !== user.role || (own?.id ?? null) !== user.customRoleId) {
      const role = roleGiven(actor, tenant.type, tenant, named.value);
      if (!role.ok) return role;
      set.role = role.value;
      set.customRoleId = own?.id ?? null;
      if (own !== null && version !== null) gives = { id: own.id, version };
    }
  }
  const bounds = {
    companyIds: change.company_ids === undefined ? user.companyIds : change.company_ids,
    branchIds: change.branch_ids === undefined ? user.branchIds : change.branch_ids,
  };
  if (!isSame(bounds.companyIds, user.companyIds)) set.companyIds = bounds.companyIds;
  if (!isSame(bounds.branchIds, user.branchIds)) set.branchIds = bounds.branchIds;
  if (change.own_only !== undefined && change.own_only !== user.ownOnly) set.ownOnly = change.own_only;
  if (change.disabled !== undefined && change.disabled !== (user.disabledAt !== null))
    set.disabledAt = change.disabled ? new Date(now) : null;
  const { staff_id: staffId } = change;
  if (Object.keys(set).length === 0 && staffId === undefined) return ok(shown);
  const isFar = staffId !== undefined || FAR.some((field) => set[field] !== undefined);
  if (isFar && actor.kind === 'user' && actor.userId === id) return forbidden('own_account');
  const outside =
    set.companyIds === undefined && set.branchIds === undefined ? null : await boundsRefusal(scope, bounds, false);
  const taken = outside ?? (staffId === undefined ? null : await linkRefusal(scope, id, staffId));
  if (taken) return taken;
  if (isFar && !mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });

  const nextRole = set.role ?? user.role;
  const isOwnerNext =
    isRole(nextRole) &&
    OWNER_ROLES.has(nextRole) &&
    (set.customRoleId === undefined ? user.customRoleId : set.customRoleId) === null &&
    !set.disabledAt;
  const takesOwner = isOwner(shown) && !isOwnerNext;
  const open = isFar ? await sessionsOf(scope.db, user.realm, id, realNow(), MAX_SESSIONS) : [];
  if (Object.keys(set).length > 0) {
    const { before, after } = told(user, set);
    const row = await changeUserRow(
      scope.db,
      id,
      set,
      {
        role: user.role,
        customRoleId: user.customRoleId,
        gives,
        ownerRoles: takesOwner ? [...OWNER_ROLES] : null,
      },
      set.disabledAt ? [endSessionsOf(scope.db, user), endLinksOf(scope.db, id, null, now)] : [],
      auditBeside(scope, {
        log: 'identity',
        description: set.disabledAt ? 'user.disabled' : set.disabledAt === null ? 'user.enabled' : 'user.updated',
        subjectType: 'user',
        subjectId: id,
        before,
        after,
      }),
      now,
    );
    if (row === null) return forbidden(takesOwner ? 'last_owner' : 'changed_meanwhile');
  }
  const linked = staffId === undefined ? null : await linkPerson(scope, id, staffId);
  // Keys are bounded by who made them; streams were judged by what they were opened with.
  if (isFar) forgetApiKeys(scope.tenantId);
  for (const session of open) await endListening(scope, session.id);
  if (linked?.ok === false) return linked;
  const after = await shownUserOf(scope.db, id);
  return after === null ? err({ code: 'NOT_FOUND', entity: 'user' }) : ok(after);
}

/** What decides over access. */
const FAR = ['role', 'customRoleId', 'companyIds', 'branchIds', 'ownOnly', 'disabledAt'] as const;

const isSame = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** The changed fields as the activity log shows them. */
function told(user: ShownUser['user'], set: UserFields): Record<'before' | 'after', Record<string, unknown>> {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  const fields = {
    name: 'name',
    language: 'language',
    companyIds: 'company_ids',
    branchIds: 'branch_ids',
    ownOnly: 'own_only',
  } as const;
  for (const [field, name] of Object.entries(fields) as [keyof typeof fields, string][])
    if (set[field] !== undefined) {
      before[name] = user[field];
      after[name] = set[field];
    }
  if (set.role !== undefined) {
    before['role'] = user.customRoleId ?? user.role;
    after['role'] = set.customRoleId ?? set.role;
  }
  if (set.disabledAt !== undefined) {
    before['disabled'] = user.disabledAt !== null;
    after['disabled'] = set.disabledAt !== null;
  }
  return { before, after };
}

/** A user's name, role and language, and whether they may sign in. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { processNow, realNow } from '../../../shared/clock.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { isRole, OWNER_ROLES } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { endLinksOf } from '../../storage/identity/account-links.ts';
import { endSessionsOf, sessionsOf } from '../../storage/identity/sessions.ts';
import { changeUserRow, type ShownUser, shownUserOf, type UserFields } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';
import { beyond, roleGiven } from '../rules/roles.ts';
import { mayReachFar } from '../sessions.ts';
import { forbidden, MAX_SESSIONS } from '../users.ts';

export interface ChangeUser {
  id: string;
  name?: string | undefined;
  role?: string | undefined;
  language?: Language | undefined;
  disabled?: boolean | undefined;
}

/**
 * Changes a user of the scope's tenant. Who is disabled is signed out at once, on every device; a changed role counts from the next request.
 * Refusals: PERMISSION_DENIED (`edit_users`, a role with more than the actor holds, or a user who holds more), NOT_FOUND, VALIDATION_ERROR
 * (`role` not of this type of tenant), CONFIRMATION_REQUIRED (role and disabling, when the password was typed too long ago), POLICY_VIOLATION
 * (`own_account`: nobody changes their own role or disables themselves; `last_owner`: an owner who can sign in stays; `changed_meanwhile`).
 */
export async function changeUser(scope: TenantScope, { id, ...change }: ChangeUser): Promise<Result<ShownUser>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'edit_users');
  if (refused) return refused;
  const [shown, tenant] = await Promise.all([shownUserOf(scope.db, id), scope.tenant()]);
  if (shown === null || tenant === null) return err({ code: 'NOT_FOUND', entity: 'user' });
  const { user } = shown;
  const held = actor.kind === 'system' ? null : actor.permissions;
  const missing = held !== null && isRole(user.role) ? beyond(held, user.role) : undefined;
  if (missing !== undefined) return err({ code: 'PERMISSION_DENIED', permission: missing });
  const now = processNow();
  const set: UserFields = {};
  if (change.name !== undefined && change.name !== user.name) set.name = change.name;
  if (change.language !== undefined && change.language !== user.language) set.language = change.language;
  if (change.role !== undefined && change.role !== user.role) {
    const role = roleGiven(actor, tenant.type, tenant, change.role);
    if (!role.ok) return role;
    set.role = role.value;
  }
  if (change.disabled !== undefined && change.disabled !== (user.disabledAt !== null))
    set.disabledAt = change.disabled ? new Date(now) : null;
  if (Object.keys(set).length === 0) return ok(shown);
  const isFar = set.role !== undefined || set.disabledAt !== undefined;
  if (isFar && actor.kind === 'user' && actor.userId === id) return forbidden('own_account');
  if (isFar && !mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });

  const isOwner = isRole(user.role) && OWNER_ROLES.has(user.role) && user.disabledAt === null && shown.hasPassword;
  const isOwnerNext = (set.role === undefined || OWNER_ROLES.has(set.role as never)) && !set.disabledAt;
  const takesOwner = isOwner && !isOwnerNext;
  const open = isFar ? await sessionsOf(scope.db, user.realm, id, realNow(), MAX_SESSIONS) : [];
  const { before, after } = told(user, set);
  const row = await changeUserRow(
    scope.db,
    id,
    set,
    { role: user.role, ownerRoles: takesOwner ? [...OWNER_ROLES] : null },
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
  // Streams were judged by the role that opened them.
  for (const session of open) await endListening(scope, session.id);
  return ok({ user: row, hasPassword: shown.hasPassword });
}

/** The changed fields as the activity log shows them. */
function told(user: ShownUser['user'], set: UserFields): Record<'before' | 'after', Record<string, unknown>> {
  const before: Record<string, unknown> = {};
  const after: Record<string, unknown> = {};
  for (const field of ['name', 'role', 'language'] as const)
    if (set[field] !== undefined) {
      before[field] = user[field];
      after[field] = set[field];
    }
  if (set.disabledAt !== undefined) {
    before['disabled'] = user.disabledAt !== null;
    after['disabled'] = set.disabledAt !== null;
  }
  return { before, after };
}

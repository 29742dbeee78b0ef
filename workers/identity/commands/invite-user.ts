/** A new user, who gets a mail with a link to set a password. Called by invite-by-hand.ts, and by whoever makes a tenant. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { ACCOUNT_LINK_LIFE_MS } from '../../../shared/account-links.ts';
import { asInstant } from '../../../shared/clock.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { newLinkOf } from '../../storage/identity/account-links.ts';
import { countUsers, insertInvited } from '../../storage/identity/users.ts';
import { tenantIdentity } from '../../tenancy/directory.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { limitOf } from '../../tenancy/limits.ts';
import { auditBeside } from '../audit.ts';
import { roleGiven } from '../rules/roles.ts';
import { MAX_USERS } from '../users.ts';

export interface InviteUser {
  email: string;
  name: string;
  role: string;
  language: Language;
  /** made by the caller where a repeat must end in the same user; repeating then does nothing */
  id?: string;
}

/**
 * Makes a user without password in the scope's tenant and sends the invitation: user, link, audit row and mail are stored together, the mail
 * goes out through the notifications. The scope is the target tenant's with the actor who invites, who may be of a tenant above.
 * Refusals: PERMISSION_DENIED (`create_users`, or a role with more than the actor holds), VALIDATION_ERROR (`email` taken in the tenant,
 * `role` not of this type of tenant), LIMIT_REACHED (users), NOT_FOUND (no such tenant, or not below the actor's).
 */
export async function inviteUser(
  platform: Platform,
  scope: TenantScope,
  input: InviteUser,
): Promise<Result<{ userId: string }>> {
  const { actor, now } = scope;
  const refused = permissionRefusal(actor, 'create_users');
  if (refused) return refused;
  const tenant = await scope.tenant();
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const above = actor.kind === 'system' ? null : await tenantIdentity(platform, actor.tenantId);
  const role = roleGiven(actor, above?.type ?? tenant.type, tenant, input.role);
  if (!role.ok) return role;
  const userId = input.id ?? newId('user', now);
  // The tenant's own limit or the instance's, and in any case the bound of a list that is read whole.
  const max = Math.min(MAX_USERS, (await limitOf(platform, tenant, 'users')) ?? MAX_USERS);
  if ((await countUsers(scope.db)) >= max) return err({ code: 'LIMIT_REACHED', limit: 'users', max });
  const linkId = newId('account_link', now);
  const mail = { id: `${linkId}:mail`, queue: 'high' } as const;
  const sent = scope.effectWrites([{ ...mail, kind: 'notify', ref: { event: 'account.invited', userId, linkId } }]);
  const audit = auditBeside(scope, {
    log: 'identity',
    description: 'user.invited',
    subjectType: 'user',
    subjectId: userId,
    after: { name: input.name, email: input.email, role: role.value, language: input.language },
  });
  const made = await insertInvited(
    scope.db,
    {
      id: userId,
      realm: scope.tenantId,
      email: input.email,
      name: input.name,
      role: role.value,
      language: input.language,
    },
    [
      newLinkOf(scope.db, {
        id: linkId,
        realm: scope.tenantId,
        userId,
        purpose: 'invite',
        email: null,
        createdAt: now,
        expiresAt: asInstant(now + ACCOUNT_LINK_LIFE_MS.invite),
      }),
    ],
    { ...audit, tenant: [...audit.tenant, ...sent] },
    now,
  );
  if (made === 'taken') return err({ code: 'VALIDATION_ERROR', errors: { email: ['taken'] } });
  if (made === 'made') await scope.enqueue([mail]);
  return ok({ userId });
}

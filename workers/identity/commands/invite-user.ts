/** A new user, who gets a mail with a link to set a password. Called by invite-by-hand.ts, and by whoever makes a tenant. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { ACCOUNT_LINK_LIFE_MS } from '../../../shared/account-links.ts';
import { asInstant } from '../../../shared/clock.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { newLinkOf } from '../../storage/identity/account-links.ts';
import { insertInvited } from '../../storage/identity/users.ts';
import { tenantIdentity } from '../../tenancy/directory.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { roleGiven } from '../rules/roles.ts';
import { linkPerson, linkRefusal } from '../../tenancy/linked-person.ts';
import { boundsRefusal, namedRole } from '../user-access.ts';
import { MAX_USERS } from '../users.ts';

export interface InviteUser {
  email: string;
  name: string;
  /** one of ours; `role_id` says it, too, and a role of the tenant's own */
  role?: string | undefined;
  role_id?: string | undefined;
  language: Language;
  /** companies and branches they are bound to; null: all */
  company_ids?: string[] | null | undefined;
  branch_ids?: string[] | null | undefined;
  /** they see only what the linked person serves */
  own_only?: boolean | undefined;
  /** who of the staff they are */
  staff_id?: string | null | undefined;
  /** made by the caller where a repeat must end in the same user; repeating then does nothing */
  id?: string;
  /** whoever calls has proven the address and sets the password: no link, no mail */
  isProven?: true;
}

/**
 * Makes a user without password in the scope's tenant and sends the invitation: user, link, audit row and mail are stored together, the mail
 * goes out through the notifications. The scope is the target tenant's with the actor who invites, who may be of a tenant above.
 * Refusals: PERMISSION_DENIED (`create_users`, or a role with more than the actor holds), VALIDATION_ERROR (`email` taken in the tenant,
 * `role` not of this type of tenant, `staff_id` somebody else's), LIMIT_REACHED (users), NOT_FOUND (no such tenant, or not below the actor's; no
 * such role, company, branch or person), POLICY_VIOLATION (`beyond_reach`: they would see more than the actor).
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
  const named = await namedRole(scope, tenant.type, input);
  if (!named.ok) return named;
  const role = roleGiven(actor, above?.type ?? tenant.type, tenant, named.value);
  if (!role.ok) return role;
  const { own_only: ownOnly = false, staff_id: staffId = null } = input;
  const bounds = { companyIds: input.company_ids ?? null, branchIds: input.branch_ids ?? null };
  const isAbove = actor.kind === 'system' || actor.tenantId !== tenant.id;
  const outside =
    (await boundsRefusal(scope, bounds, isAbove)) ?? (await linkRefusal(scope, input.id ?? null, staffId));
  if (outside) return outside;
  const userId = input.id ?? newId('user', now);
  // The tenant's own limit or the instance's, and in any case the bound of a list that is read whole.
  const most = Math.min(MAX_USERS, (await scope.limit('users')) ?? MAX_USERS);
  const linkId = newId('account_link', now);
  const mail = { id: `${linkId}:mail`, queue: 'high' } as const;
  const isMailed = input.isProven === undefined;
  const invited = [{ ...mail, kind: 'notify', ref: { event: 'account.invited', userId, linkId } }] as const;
  const sent = isMailed ? scope.effectWrites(invited) : [];
  const audit = auditBeside(scope, {
    log: 'identity',
    description: isMailed ? 'user.invited' : 'user.created',
    subjectType: 'user',
    subjectId: userId,
    after: {
      name: input.name,
      email: input.email,
      role: named.value.own?.id ?? role.value,
      language: input.language,
      ...(bounds.companyIds && { company_ids: bounds.companyIds }),
      ...(bounds.branchIds && { branch_ids: bounds.branchIds }),
      ...(ownOnly && { own_only: true }),
    },
  });
  const made = await insertInvited(
    scope.db,
    {
      id: userId,
      realm: scope.tenantId,
      email: input.email,
      name: input.name,
      role: role.value,
      customRoleId: named.value.own?.id ?? null,
      ...bounds,
      ownOnly,
      language: input.language,
    },
    most,
    isMailed
      ? [
          newLinkOf(scope.db, {
            id: linkId,
            realm: scope.tenantId,
            userId,
            purpose: 'invite',
            email: null,
            createdAt: now,
            expiresAt: asInstant(now + ACCOUNT_LINK_LIFE_MS.invite),
          }),
        ]
      : [],
    { ...audit, tenant: [...audit.tenant, ...sent] },
    now,
  );
  if (made === 'full') return err({ code: 'LIMIT_REACHED', limit: 'users', max: most });
  if (made === 'taken') return err({ code: 'VALIDATION_ERROR', errors: { email: ['taken'] } });
  if (made === 'made' && isMailed) await scope.enqueue([mail]);
  if (staffId === null) return ok({ userId });
  // The invitation is on its way: should this fail, the same request again links the person, and nothing is made twice.
  const linked = await linkPerson(scope, userId, staffId);
  return linked.ok ? ok({ userId }) : linked;
}

/** The only owner of an account has lost phone and recovery codes: whoever is above it asks for the way back, or withdraws that. Called through tenant-commands.ts. */
import { asInstant, processNow } from '../../../shared/clock.ts';
import { ACCOUNT_LINK_LIFE_MS } from '../../../shared/account-links.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditBeside, writeAudit } from '../../identity/audit.ts';
import { mayReachFar } from '../../identity/sessions.ts';
import { endLinksOf, newLinkOf } from '../../storage/identity/account-links.ts';
import { endFactorReset, insertFactorReset, lastFactorReset } from '../../storage/identity/factor-resets.ts';
import { userOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { onlyOwner, resetPlace } from '../factor-reset.ts';

const refusal = (reason: 'not_only_owner' | 'reset_open' | 'reset_over' | 'email_unproven') =>
  err({ code: 'POLICY_VIOLATION' as const, details: { reasons: [reason] } });

/**
 * Takes nothing away: it sends a link to the owner's address, who confirms it with the password, and then a day passes in which every session of
 * theirs and a second mail can stop it (identity/commands/factor-reset.ts). Rows in both logs, this one's first.
 * Refusals: PERMISSION_DENIED (`edit_tenants`), TENANT_SUSPENDED, NOT_FOUND, CONFIRMATION_REQUIRED, POLICY_VIOLATION (`not_only_owner`: somebody else
 * of the account can take it away, or there is nothing to take; `email_unproven`; `reset_open`).
 */
export async function askFactorReset(
  platform: Platform,
  scope: TenantScope,
  { id, reason }: { id: string; reason: string },
): Promise<Result<null>> {
  const found = await resetPlace(platform, scope, 'edit_tenants', id);
  if (!found.ok) return found;
  const { actor, now } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'edit_tenants' });
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const { its } = found.value;
  const owner = onlyOwner(found.value);
  if (owner === null) return refusal('not_only_owner');
  const { user } = owner;
  if (!user.emailVerified) return refusal('email_unproven');
  const asker = await userOf(scope.db, actor.userId);
  const linkId = newId('account_link', now);
  const dueAt = asInstant(processNow() + ACCOUNT_LINK_LIFE_MS.factor_reset);
  const mails = [
    {
      id: `${linkId}:mail`,
      queue: 'high',
      kind: 'notify',
      ref: { event: 'account.factor_reset', userId: user.id, linkId },
    },
  ] as const;
  const entry = {
    log: 'identity',
    description: 'second_factor.reset_asked',
    subjectType: 'user',
    subjectId: user.id,
    after: { reason },
  };
  await writeAudit(scope, { ...entry, subjectType: 'tenant', subjectId: its.tenantId });
  const audit = auditBeside(its, entry);
  const { realm } = user;
  const link = { id: linkId, realm, userId: user.id, purpose: 'factor_reset', email: null } as const;
  const isAsked = await insertFactorReset(
    its.db,
    {
      id: newId('factor_reset', now),
      realm,
      userId: user.id,
      askedBy: actor.userId,
      askedByName: asker?.name ?? '',
      askedByTenant: scope.tenantId,
      reason,
      askedAt: processNow(),
      dueAt,
    },
    [
      endLinksOf(its.db, user.id, 'factor_reset', processNow()),
      newLinkOf(its.db, { ...link, createdAt: processNow(), expiresAt: dueAt }),
    ],
    { ...audit, tenant: [...audit.tenant, ...its.effectWrites(mails)] },
  );
  if (!isAsked) return refusal('reset_open');
  await its.enqueue(mails);
  return ok(null);
}

/**
 * Withdraws what was asked for, as long as it is not done.
 * Refusals: PERMISSION_DENIED (`edit_tenants`), TENANT_SUSPENDED, NOT_FOUND, POLICY_VIOLATION (`reset_over`).
 */
export async function withdrawFactorReset(
  platform: Platform,
  scope: TenantScope,
  { id }: { id: string },
): Promise<Result<null>> {
  const found = await resetPlace(platform, scope, 'edit_tenants', id);
  if (!found.ok) return found;
  const { its } = found.value;
  const last = await lastFactorReset(its.db);
  if (last === null || last.endedAt !== null) return refusal('reset_over');
  const entry = { log: 'identity', description: 'second_factor.reset_withdrawn' };
  const at = processNow();
  const links = [
    endLinksOf(its.db, last.userId, 'factor_reset', at),
    endLinksOf(its.db, last.userId, 'factor_stop', at),
  ];
  const beside = auditBeside(its, { ...entry, subjectType: 'user', subjectId: last.userId });
  if (!(await endFactorReset(its.db, last.userId, { by: 'withdrawn', at }, links, beside)))
    return refusal('reset_over');
  await writeAudit(scope, { ...entry, subjectType: 'tenant', subjectId: its.tenantId });
  return ok(null);
}

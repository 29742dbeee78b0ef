/** One's own passkeys get another name, or go. Called by factor-commands.ts. */
import type { PasskeyView } from '../../../shared/contract/ways-in.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { MAX_PASSKEYS } from '../../../shared/ways-in.ts';
import { deletePasskey as remove, passkeysOf, renamePasskey as rename } from '../../storage/identity/passkeys.ts';
import { hasFactor } from '../../storage/identity/second-factors.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { type Place, viewOfPasskey } from '../passkeys.ts';
import { mayReachFar } from '../sessions.ts';
import { toldChange } from '../told-change.ts';
import { forbidden } from '../users.ts';

const gone = () => err({ code: 'NOT_FOUND' as const, entity: 'passkey' });

/** Refusals: PERMISSION_DENIED (a key asks), NOT_FOUND (none of one's own). */
export async function renamePasskey(
  scope: TenantScope,
  place: Place,
  input: { id: string; name: string },
): Promise<Result<PasskeyView>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_passkeys' });
  const before = (await passkeysOf(scope.db, actor.userId, MAX_PASSKEYS)).find(({ id }) => id === input.id);
  if (before === undefined) return gone();
  const audit = auditBeside(scope, {
    log: 'identity',
    description: 'passkey.renamed',
    subjectType: 'passkey',
    subjectId: input.id,
    before: { name: before.name },
    after: { name: input.name },
  });
  const row = await rename(scope.db, actor.userId, input.id, input.name, audit);
  return row === null ? gone() : ok(viewOfPasskey(row, place));
}

/**
 * Its person is told. Refusals: PERMISSION_DENIED (a key asks), CONFIRMATION_REQUIRED, NOT_FOUND (none of one's own), POLICY_VIOLATION
 * (`second_factor_demanded`: it is the last thing that proves twice).
 */
export async function deletePasskey(
  scope: TenantScope,
  input: { id: string; address: string },
): Promise<Result<{ id: string }>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_passkeys' });
  const before = (await passkeysOf(scope.db, actor.userId, MAX_PASSKEYS)).find(({ id }) => id === input.id);
  if (before === undefined) return gone();
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const { beside, tell } = toldChange(scope, actor.userId, 'account.passkey_removed', {
    description: 'passkey.deleted',
    after: { name: before.name, host: before.host },
    ip: input.address,
  });
  const isDemanded = actor.factorDemandedFrom !== undefined;
  if (!(await remove(scope.db, actor.userId, input.id, beside, isDemanded)))
    return isDemanded && (await hasFactor(scope.db, actor.userId)) ? forbidden('second_factor_demanded') : gone();
  await tell();
  return ok({ id: input.id });
}

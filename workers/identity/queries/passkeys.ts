/** A person's own passkeys as they are shown. Called by factor-commands.ts. */
import type { PasskeyView } from '../../../shared/contract/ways-in.ts';
import { MAX_PASSKEYS } from '../../../shared/ways-in.ts';
import { passkeysOf } from '../../storage/identity/passkeys.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { type Place, viewOfPasskey } from '../passkeys.ts';

/** Of all hosts, oldest first; a key has none. Never refuses. */
export async function ownPasskeys(scope: TenantScope, place: Place): Promise<PasskeyView[]> {
  const { actor } = scope;
  if (actor.kind !== 'user') return [];
  return (await passkeysOf(scope.db, actor.userId, MAX_PASSKEYS)).map((row) => viewOfPasskey(row, place));
}

/** A passkey is made: first what the browser is asked, then what it answers. Called by factor-commands.ts. */
import { toBase64Url } from '../../../shared/base64.ts';
import { processNow } from '../../../shared/clock.ts';
import type { CreatePasskeyRequest, PasskeyView } from '../../../shared/contract/ways-in.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { MAX_PASSKEYS } from '../../../shared/ways-in.ts';
import type { Platform } from '../../env.ts';
import { insertPasskey, passkeysOf } from '../../storage/identity/passkeys.ts';
import { markProvenTwice } from '../../storage/identity/sessions.ts';
import { userOf } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { writeAudit } from '../audit.ts';
import { keepChallenge, type Place, subjectOf, takesChallenge, viewOfPasskey, webauthn } from '../passkeys.ts';
import { knownFactorRefusal } from '../second-factor.ts';
import { mayReachFar } from '../sessions.ts';
import { toldChange } from '../told-change.ts';

/**
 * What the browser makes a passkey by: for this host, kept by the device itself, and only after it has asked its owner.
 * Refusals: PERMISSION_DENIED (a key asks), CONFIRMATION_REQUIRED, LIMIT_REACHED (twenty), POLICY_VIOLATION (`second_factor_known`).
 */
export async function passkeyOptions(
  platform: Platform,
  scope: TenantScope,
  place: Place,
  { address }: { address: string },
): Promise<Result<{ options: Record<string, unknown> }>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_passkeys' });
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const guarded = await knownFactorRefusal(scope, actor);
  if (guarded) return guarded;
  const [user, known, brand] = await Promise.all([
    userOf(scope.db, actor.userId),
    passkeysOf(scope.db, actor.userId, MAX_PASSKEYS),
    scope.brand(),
  ]);
  if (user === null) return err({ code: 'UNAUTHENTICATED' });
  if (known.length >= MAX_PASSKEYS) return err({ code: 'LIMIT_REACHED', limit: 'passkeys', max: MAX_PASSKEYS });
  const { generateRegistrationOptions } = await webauthn();
  const options = await generateRegistrationOptions({
    rpName: brand.productName,
    rpID: place.host,
    userID: new Uint8Array(new TextEncoder().encode(user.id)),
    userName: user.email,
    userDisplayName: user.name,
    attestationType: 'none',
    excludeCredentials: known.filter((one) => one.host === place.host).map((one) => ({ id: one.credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await keepChallenge(platform, actor.realm, options.challenge, subjectOf(place, user.id));
  await writeAudit(scope, {
    log: 'identity',
    description: 'passkey.begun',
    subjectType: 'user',
    subjectId: user.id,
    after: { host: place.host },
    ip: address,
  });
  return ok({ options: { ...options } });
}

/**
 * Stores what the browser has made, after it was verified. Its person is told.
 * Refusals: PERMISSION_DENIED (a key asks), CONFIRMATION_REQUIRED, LIMIT_REACHED, VALIDATION_ERROR (`credential`: not an answer to a question
 * of this person and host, asked lately and answered once; or known already), POLICY_VIOLATION (`second_factor_known`).
 */
export async function createPasskey(
  platform: Platform,
  scope: TenantScope,
  place: Place,
  input: CreatePasskeyRequest & { address: string },
): Promise<Result<PasskeyView>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_passkeys' });
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const guarded = await knownFactorRefusal(scope, actor);
  if (guarded) return guarded;
  const { userId, realm } = actor;
  if ((await passkeysOf(scope.db, userId, MAX_PASSKEYS)).length >= MAX_PASSKEYS)
    return err({ code: 'LIMIT_REACHED', limit: 'passkeys', max: MAX_PASSKEYS });
  const wrong = err({ code: 'VALIDATION_ERROR' as const, errors: { credential: ['cannot be verified'] } });
  const { verifyRegistrationResponse } = await webauthn();
  const { response } = input.credential;
  const verified = await verifyRegistrationResponse({
    response: { ...input.credential, response: { ...response, transports: [] }, clientExtensionResults: {} },
    expectedChallenge: takesChallenge(platform, realm, subjectOf(place, userId)),
    expectedOrigin: place.origin,
    expectedRPID: place.host,
    requireUserVerification: true,
    // The library throws at what it does not accept.
  }).catch(() => null);
  if (verified === null || !verified.verified) return wrong;
  const { credential, credentialBackedUp } = verified.registrationInfo;
  const row = {
    id: newId('passkey', scope.now),
    realm,
    userId,
    host: place.host,
    name: input.name,
    credentialId: credential.id,
    publicKey: toBase64Url(credential.publicKey),
    counter: credential.counter,
    transports: response.transports ?? [],
    isSynced: credentialBackedUp,
    createdAt: processNow(),
  };
  const { beside, tell } = toldChange(scope, userId, 'account.passkey_added', {
    description: 'passkey.created',
    after: { name: row.name, host: row.host },
    ip: input.address,
  });
  if (!(await insertPasskey(scope.db, row, [markProvenTwice(scope.db, actor)], beside))) return wrong;
  await tell();
  return ok(viewOfPasskey({ ...row, lastUsedAt: null }, place));
}

/** Signs in by a passkey: first what the browser is asked, then its signature. Called by factor-commands.ts. */
import { fromBase64Url } from '../../../shared/base64.ts';
import { processNow } from '../../../shared/clock.ts';
import type { PasskeySignInRequest } from '../../../shared/contract/ways-in.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { countPasskey, passkeyByCredential } from '../../storage/identity/passkeys.ts';
import { inRealm, type Realm } from '../../tenancy/directory.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { writeAudit } from '../audit.ts';
import { deviceOf } from '../device-cookie.ts';
import { attempt, attemptKeys, secondsUntil, succeeded } from '../lock-out.ts';
import { letInProven, type SignedIn } from '../new-session.ts';
import { keepChallenge, type Place, subjectOf, takesChallenge, webauthn } from '../passkeys.ts';
import type { SignIn } from './sign-in.ts';

/** What the browser signs with whichever passkey of this host its owner picks. Says nothing of who has one. */
export async function passkeySignInOptions(
  platform: Platform,
  realm: Realm,
  place: Place,
): Promise<{ options: Record<string, unknown> }> {
  const { generateAuthenticationOptions } = await webauthn();
  const options = await generateAuthenticationOptions({ rpID: place.host, userVerification: 'required' });
  await keepChallenge(platform, realm.tenantId, options.challenge, subjectOf(place, null));
  return { options: { ...options } };
}

interface SignInByPasskey extends Omit<SignIn, 'email' | 'password'> {
  credential: PasskeySignInRequest['credential'];
  place: Place;
}

/**
 * Signs in. The device has asked its owner (user verification is required), so a passkey is two factors in one, and no other is asked for.
 * Refusals: INVALID_CREDENTIALS (nothing of it is told apart: unknown, another host's, a wrong signature, a challenge that is over or was
 * used, a counter that went back), RATE_LIMITED (lock-out of the line).
 */
export async function signInByPasskey(
  platform: Platform,
  input: SignInByPasskey,
): Promise<Result<SignedIn, DomainError | EdgeError>> {
  const wrong = err({ code: 'INVALID_CREDENTIALS' as const });
  const { credential, place } = input;
  const now = processNow();
  const keys = attemptKeys(platform, { account: `passkey\n${credential.id}`, address: input.address, device: null });
  const { kind, lockedUntil } = await attempt(platform, keys, now);
  if (kind === 'refused') return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(lockedUntil, now), limit: 0 });
  const found = await passkeyByCredential(platform, credential.id);
  if (found === null || found.passkey.host !== place.host) return wrong;
  const { passkey, user } = found;
  if (!(await inRealm(platform, input.realm, passkey.tenantId))) return wrong;
  const guest = { kind: 'guest', tenantId: passkey.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, passkey.tenantId, guest, input);
  const counter = await signedCounter(platform, input, passkey);
  if (counter === null) {
    await writeAudit(scope, {
      log: 'identity',
      description: 'passkey.failed',
      subjectType: 'user',
      subjectId: user.id,
      after: { name: passkey.name },
      ip: input.address,
    });
    return wrong;
  }
  if (!(await countPasskey(platform, passkey, { from: passkey.counter, to: counter, at: now }))) return wrong;
  await succeeded(platform, keys);
  const account = `${input.realm.tenantId}\n${user.email}`;
  const isNew = user.lastSignInAt !== null && (await deviceOf(platform, input.cookie, input.secure, account)) === null;
  const known = { realm: user.realm, tenantId: passkey.tenantId, userId: user.id };
  const begun = await letInProven(platform, known, { ...input, way: 'passkey', account, isNew }, null);
  return begun === null ? wrong : ok(begun);
}

/** The counter of a signature that holds; null: it does not. */
async function signedCounter(
  platform: Platform,
  { credential, place, realm }: SignInByPasskey,
  passkey: { credentialId: string; publicKey: string; counter: number; userId: string },
): Promise<number | null> {
  const publicKey = fromBase64Url(passkey.publicKey);
  if (publicKey === null) return null;
  const { userHandle } = credential.response;
  const owner = userHandle == null ? null : fromBase64Url(userHandle);
  if (owner !== null && new TextDecoder().decode(owner) !== passkey.userId) return null;
  const { verifyAuthenticationResponse } = await webauthn();
  const { clientDataJSON, authenticatorData, signature } = credential.response;
  const verified = await verifyAuthenticationResponse({
    response: { ...credential, response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} },
    expectedChallenge: takesChallenge(platform, realm.tenantId, subjectOf(place, null)),
    expectedOrigin: place.origin,
    expectedRPID: place.host,
    credential: { id: passkey.credentialId, publicKey, counter: passkey.counter },
    requireUserVerification: true,
    // The library throws at what it does not accept, also at a counter that went back.
  }).catch(() => null);
  return verified?.verified ? verified.authenticationInfo.newCounter : null;
}

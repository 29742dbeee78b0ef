/** The browser's passkeys, in and out as JSON: what `navigator.credentials` does, for browsers without its own conversion too. Loaded by profile and sign-in when they need it. */
import type { CreatePasskeyRequest, PasskeySignInRequest } from '../../shared/contract/ways-in.ts';
import { fromBase64Url, toBase64Url } from '../../shared/base64.ts';

/** Options as the server's library writes them (WebAuthn 3, § 5.1.8). */
interface Options {
  challenge: string;
  user?: { id: string };
  excludeCredentials?: { id: string }[];
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => fromBase64Url(text) ?? new Uint8Array();
const text = (buffer: ArrayBuffer): string => toBase64Url(new Uint8Array(buffer));

/** Whether the browser knows passkeys at all (only https and localhost do). */
export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === 'function';

/** Asks the device to make one; null: its owner cancelled, or it has one for this host already. */
export async function makePasskey(options: unknown): Promise<CreatePasskeyRequest['credential'] | null> {
  const { challenge, user, excludeCredentials = [], ...rest } = options as Options;
  const publicKey = {
    ...rest,
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user?.id ?? '') },
    excludeCredentials: excludeCredentials.map((one) => ({ ...one, type: 'public-key', id: bytes(one.id) })),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey }).catch(() => null)) as PublicKeyCredential | null;
  if (made === null) return null;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: 'public-key',
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: text(response.attestationObject),
      transports: response.getTransports(),
    },
  };
}

/** Asks for a signature by whichever passkey of this host its owner picks; null: cancelled, or there is none. */
export async function signByPasskey(options: unknown): Promise<PasskeySignInRequest['credential'] | null> {
  const { challenge, ...rest } = options as Options;
  const publicKey = { ...rest, challenge: bytes(challenge) } as unknown as PublicKeyCredentialRequestOptions;
  const got = (await navigator.credentials.get({ publicKey }).catch(() => null)) as PublicKeyCredential | null;
  if (got === null) return null;
  const response = got.response as AuthenticatorAssertionResponse;
  return {
    id: got.id,
    rawId: text(got.rawId),
    type: 'public-key',
    response: {
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature),
      userHandle: response.userHandle === null ? null : text(response.userHandle),
    },
  };
}

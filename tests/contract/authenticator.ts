/** An authenticator in software (WebAuthn, ES256, no attestation): what a phone does when somebody makes or uses a passkey. */
import { fromBase64Url, toBase64Url } from '../../shared/base64.ts';

/** Bits of the authenticator's data (WebAuthn 3, § 6.1). */
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

interface Answering {
  /** scheme, host and port of the page */
  origin: string;
  challenge: string;
  /** false: nobody asked the owner */
  isVerified?: boolean;
  /** of the page that the browser believes it is on; default: the origin's host */
  rpId?: string;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const joined = (...parts: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
/** CBOR of a byte string shorter than 65536. */
const cborBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.length < 24
    ? joined([0x40 | bytes.length], bytes)
    : bytes.length < 256
      ? joined([0x58, bytes.length], bytes)
      : joined([0x59, bytes.length >> 8, bytes.length & 255], bytes);
const cborText = (text: string): Uint8Array => joined([0x60 | text.length], utf8(text));

/** ASN.1 of a signature that WebCrypto gives as two numbers beside each other. */
function asn1(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array): number[] => {
    let at = 0;
    while (at < bytes.length - 1 && bytes[at] === 0) at++;
    const digits = [...bytes.slice(at)];
    const padded = (digits[0] ?? 0) > 127 ? [0, ...digits] : digits;
    return [0x02, padded.length, ...padded];
  };
  const numbers = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))];
  return joined([0x30, numbers.length, ...numbers]);
}

/** One passkey on a device. */
export async function newAuthenticator() {
  const keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
  const jwk = (await crypto.subtle.exportKey('jwk', keys.publicKey)) as { x: string; y: string };
  const id = crypto.getRandomValues(new Uint8Array(32));
  const credentialId = toBase64Url(id);
  const x = fromBase64Url(jwk.x) ?? new Uint8Array();
  const y = fromBase64Url(jwk.y) ?? new Uint8Array();
  // COSE: kty 2, alg -7, crv 1, x, y.
  const cose = joined([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21], cborBytes(x), [0x22], cborBytes(y));
  let counter = 0;

  const clientData = (type: string, { origin, challenge }: Answering): Uint8Array =>
    utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const data = async (asked: Answering, flags: number): Promise<Uint8Array> => {
    const rpId = asked.rpId ?? new URL(asked.origin).hostname;
    const bits = flags | PRESENT | (asked.isVerified === false ? 0 : VERIFIED);
    return joined(await sha256(utf8(rpId)), [bits, 0, 0, counter >> 8, counter & 255]);
  };

  return {
    credentialId,
    /** as a phone that was reset, or its copy, counts */
    setCounter: (next: number): void => {
      counter = next;
    },
    /** What `navigator.credentials.create` gives, in JSON. */
    async create(asked: Answering) {
      const attested = joined(
        await data(asked, ATTESTED),
        new Uint8Array(16),
        [id.length >> 8, id.length & 255],
        id,
        cose,
      );
      const attestation = joined(
        [0xa3],
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        [0xa0],
        cborText('authData'),
        cborBytes(attested),
      );
      return {
        id: credentialId,
        rawId: credentialId,
        type: 'public-key' as const,
        response: {
          clientDataJSON: toBase64Url(clientData('webauthn.create', asked)),
          attestationObject: toBase64Url(attestation),
          transports: ['internal'],
        },
      };
    },
    /** What `navigator.credentials.get` gives, in JSON. */
    async get(asked: Answering) {
      counter++;
      const said = clientData('webauthn.get', asked);
      const signed = await data(asked, 0);
      const raw = await crypto.subtle.sign(
        { name: 'ECDSA', hash: 'SHA-256' },
        keys.privateKey,
        joined(signed, await sha256(said)),
      );
      return {
        id: credentialId,
        rawId: credentialId,
        type: 'public-key' as const,
        response: {
          clientDataJSON: toBase64Url(said),
          authenticatorData: toBase64Url(signed),
          signature: toBase64Url(asn1(new Uint8Array(raw))),
        },
      };
    },
  };
}

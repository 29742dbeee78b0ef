/**
 * Tenants' vendor credentials at rest: AES-256-GCM under a key derived per tenant from a versioned master key. Called where a
 * credential is saved (integrations) and used (calendar sync, telephony, notifications). Values are never logged, never answered.
 */
import { fromBase64Url, toBase64Url } from '../../shared/base64.ts';
import type { Platform } from '../env.ts';

/**
 * `MASTER_KEY` is one secret (version 1), or `2:…;1:…` while keys are being rotated: the first seals, all open.
 * A sealed value reads `v<version>.<iv>.<ciphertext>`, base64url.
 */
const SEALED = /^v(\d{1,4})\.([\w-]{16})\.([\w-]{22,8192})$/;
const IV_BYTES = 12;

interface MasterKey {
  version: number;
  secret: string;
}

function masterKeys(platform: Platform): MasterKey[] {
  const config = platform.config;
  // Unit tests and a bare `vitest` have no master key; nothing real is sealed there.
  const text = config.MASTER_KEY ?? (platform.development ? config.AUTH_SECRET : '');
  if (text === '') return [];
  const versions = text.split(';').map((part) => /^(\d{1,4}):(.+)$/.exec(part.trim()));
  if (versions.some((match) => match === null)) return [{ version: 1, secret: text }];
  return versions.flatMap((match) =>
    match?.[2] === undefined ? [] : [{ version: Number(match[1]), secret: match[2] }],
  );
}

async function keyFor(master: MasterKey, tenantId: string): Promise<CryptoKey> {
  const bytes = new TextEncoder();
  const base = await crypto.subtle.importKey('raw', bytes.encode(master.secret), 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: bytes.encode(tenantId), info: bytes.encode('askproai.credentials') },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** What is signed under keys of the master key. */
type SigningPurpose = 'ledger-heads';

/** Keys for signing what lies outside our databases, derived for one purpose; the first signs, all verify. Empty without a master key. */
export async function signingKeys(
  platform: Platform,
  purpose: SigningPurpose,
): Promise<{ version: number; key: CryptoKey }[]> {
  const bytes = new TextEncoder();
  return Promise.all(
    masterKeys(platform).map(async ({ version, secret }) => {
      const base = await crypto.subtle.importKey('raw', bytes.encode(secret), 'HKDF', false, ['deriveKey']);
      const derived = {
        name: 'HKDF',
        hash: 'SHA-256',
        salt: new Uint8Array(),
        info: bytes.encode(`askproai.${purpose}`),
      };
      const as = { name: 'HMAC', hash: 'SHA-256', length: 256 };
      return { version, key: await crypto.subtle.deriveKey(derived, base, as, false, ['sign', 'verify']) };
    }),
  );
}

/** Version of the master key that seals; null: there is none. */
export const sealingVersion = (platform: Platform): number | null => masterKeys(platform)[0]?.version ?? null;

/** Seals a credential for one tenant; another tenant's scope can't open it. Throws a defect without a master key. */
export async function seal(platform: Platform, tenantId: string, plaintext: string): Promise<string> {
  const master = masterKeys(platform)[0];
  if (master === undefined) throw new Error('configuration: MASTER_KEY is missing');
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(tenantId) },
    await keyFor(master, tenantId),
    new TextEncoder().encode(plaintext),
  );
  return `v${master.version}.${toBase64Url(iv)}.${toBase64Url(new Uint8Array(sealed))}`;
}

/** The credential, or null when it can't be opened (key gone, value damaged): the integration's health says so, nothing crashes. */
export async function openSealed(platform: Platform, tenantId: string, sealed: string): Promise<string | null> {
  const match = SEALED.exec(sealed);
  const master = masterKeys(platform).find((key) => key.version === Number(match?.[1]));
  const iv = fromBase64Url(match?.[2] ?? '');
  const ciphertext = fromBase64Url(match?.[3] ?? '');
  if (match === null || iv === null || ciphertext === null || master === undefined) return null;
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(tenantId) },
      await keyFor(master, tenantId),
      ciphertext,
    );
    return new TextDecoder().decode(opened);
  } catch {
    return null;
  }
}

/**
 * The cookie by which a browser proves that an account has signed in there. It opens nothing: failed sign-ins of such a browser are counted
 * by themselves, so that whoever guesses from elsewhere can't lock its person out. Called by commands/sign-in.ts.
 */
import { toBase64Url } from '../../shared/base64.ts';
import { hmac } from '../../shared/hmac.ts';
import type { Platform } from '../env.ts';

const nameOf = (secure: boolean): string => (secure ? '__Host-askpro_device' : 'askpro_device');
const YEAR_SECONDS = 365 * 86_400;
/** A browser of the reception is shared; more than so many accounts forget the oldest. */
const MAX_ACCOUNTS = 5;
const NONCE = /^[A-Za-z0-9_-]{22}$/;
const PROOF_LENGTH = 22;

/** A key of its own, so that no other code of ours passes as a device. */
const proofOf = async (platform: Platform, nonce: string, account: string): Promise<string> =>
  toBase64Url(await hmac(`device.${platform.config.AUTH_SECRET}`, `${nonce}\n${account}`, 'SHA-256')).slice(
    0,
    PROOF_LENGTH,
  );

/** Name of the browser and proofs of the accounts it knows, as the cookie has them. */
function partsOf(cookie: string | undefined, secure: boolean): { nonce: string; proofs: string[] } | null {
  const pairs = (cookie ?? '').slice(0, 8_192).split(/;\s*/);
  const value = pairs.find((pair) => pair.startsWith(`${nameOf(secure)}=`))?.slice(nameOf(secure).length + 1);
  const [nonce, ...proofs] = value?.split('.') ?? [];
  return nonce !== undefined && NONCE.test(nonce) ? { nonce, proofs: proofs.slice(0, MAX_ACCOUNTS) } : null;
}

/** The browser's name when it proves that the account has signed in there, else null. @param account as lock-out.ts names it */
export async function deviceOf(
  platform: Platform,
  cookie: string | undefined,
  secure: boolean,
  account: string,
): Promise<string | null> {
  const parts = partsOf(cookie, secure);
  if (parts === null) return null;
  // A proof is no secret that opens something: an early end of the comparison tells nobody anything of use.
  return parts.proofs.includes(await proofOf(platform, parts.nonce, account)) ? parts.nonce : null;
}

/** `Set-Cookie` by which the browser knows the account from now on, besides those it knew. */
export async function deviceCookie(
  platform: Platform,
  cookie: string | undefined,
  secure: boolean,
  account: string,
): Promise<string> {
  const known = partsOf(cookie, secure);
  const nonce = known?.nonce ?? toBase64Url(crypto.getRandomValues(new Uint8Array(16)));
  const proof = await proofOf(platform, nonce, account);
  const proofs = [proof, ...(known?.proofs ?? []).filter((one) => one !== proof)].slice(0, MAX_ACCOUNTS);
  const attributes = `Max-Age=${YEAR_SECONDS}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  return `${nameOf(secure)}=${[nonce, ...proofs].join('.')}; ${attributes}`;
}

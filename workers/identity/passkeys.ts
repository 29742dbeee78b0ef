/** What the commands about passkeys share: the host they belong to, challenges, and the library that verifies. */
import { realNow } from '../../shared/clock.ts';
import type { PasskeyView } from '../../shared/contract/ways-in.ts';
import { newId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import { isoOrNull, MINUTE, toIso } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { insertWebauthnChallenge, type PasskeyRow, takeWebauthnChallenge } from '../storage/identity/passkeys.ts';

/** 60 kB gzip and more: loaded when somebody makes or uses a passkey. */
export const webauthn = lazy(() => import('@simplewebauthn/server'));

/** Longer than any browser's dialog stays open. */
const CHALLENGE_MS = 5 * MINUTE;

/** Where a request came in: the relying party of WebAuthn. */
export interface Place {
  /** host name without port: the id of the relying party, to which browsers bind a passkey */
  host: string;
  /** scheme, host and port: what the browser signs */
  origin: string;
}

/** Of the host header: what the directory has resolved to a realm. Whatever stands in it, this only names it. @param secure https */
export function placeOf(hostHeader: string, secure: boolean): Place {
  const named = hostHeader.toLowerCase();
  // Browsers leave the usual port out of an origin.
  const shown = named.replace(secure ? /:443$/ : /:80$/, '');
  return { host: named.replace(/:\d*$/, ''), origin: `${secure ? 'https' : 'http'}://${shown}` };
}

/** Whose and where a challenge is; a user's for making one, nobody's for signing in. */
export const subjectOf = (place: Place, userId: string | null): string => `${userId ?? 'sign-in'}@${place.host}`;

/** Stores a challenge that the library has made. @param realm of the host's tenant */
export async function keepChallenge(platform: Platform, realm: string, challenge: string, subject: string) {
  const now = realNow();
  await insertWebauthnChallenge(platform, {
    id: newId('verification', now),
    realm,
    hash: sha256Hex(challenge),
    subject,
    expiresAt: new Date(now + CHALLENGE_MS),
    at: new Date(now),
  });
}

/** Uses the challenge of an answer up, for the library: once, of this realm and subject only. */
export const takesChallenge =
  (platform: Platform, realm: string, subject: string) =>
  (challenge: string): Promise<boolean> =>
    takeWebauthnChallenge(platform, { realm, hash: sha256Hex(challenge), subject, now: new Date(realNow()) });

/** A passkey as its person sees it. */
export const viewOfPasskey = (row: Omit<PasskeyRow, 'tenantId'>, place: Place): PasskeyView => ({
  id: row.id,
  name: row.name,
  host: row.host,
  here: row.host === place.host,
  synced: row.isSynced,
  created_at: toIso(row.createdAt),
  last_used_at: isoOrNull(row.lastUsedAt),
});

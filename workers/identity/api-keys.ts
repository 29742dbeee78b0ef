/** API keys: how they are checked and made. Called by http/authenticate.ts and the commands; demo data makes fixed ones. */
import { type Actor, actorMay, type ApiKeyActor } from '../../shared/actor.ts';
import type { Instant } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { keyPermissions, type Permission, permissionsOf } from '../../shared/permissions.ts';
import { isWithin } from '../../shared/network.ts';
import type { ApiKeyMode } from '../../shared/tenant-status.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { Config, Platform } from '../env.ts';
import { reachOfMaker } from './rules/reach.ts';
import { apiKeyByHash, installKey, type OwnApiKey, touchApiKey } from '../storage/identity/api-keys.ts';

/** Keys of one tenant that are not revoked. */
export const MAX_KEYS = 50;

const KEY_PATTERN = /^Bearer\s+(ask_(?:live|test)_[A-Za-z0-9_]{8,120})$/i;
const SECRET_LENGTH = 40;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Characters of the key kept readable: scheme and five of the secret's forty. */
const PREFIX_LENGTH = 14;

/** The actor of an `Authorization` header, or null; `address`: where it comes from. `defer` keeps the note of last use off the answer's path. */
export async function actorOfApiKey(
  platform: Platform,
  { authorization, address }: { authorization: string; address: string },
  now: Instant,
  defer: (work: Promise<void>) => void,
): Promise<ApiKeyActor | null> {
  const key = KEY_PATTERN.exec(authorization.trim())?.[1];
  if (key === undefined) return null;
  // Trials with a key that looks harmless must not book and pay in earnest.
  if (!areTestKeysServed(platform.config) && key.startsWith('ask_test_')) return null;
  const bound = await apiKeyByHash(platform, sha256Hex(key), now);
  if (bound === null) return null;
  const { key: row, tenantType, maker } = bound;
  // As good as unknown from elsewhere: whoever found it learns nothing of where it works.
  if (row.ipAllow !== null && !isWithin(address, row.ipAllow)) return null;
  defer(touchApiKey(platform, row, now));
  return {
    kind: 'api_key',
    keyId: row.id,
    tenantId: row.tenantId as TenantId,
    permissions: keyPermissions(row.scopes, tenantType, maker === null ? null : permissionsOf(maker, tenantType)),
    reach: reachOfMaker(maker),
    mode: row.mode,
  };
}

/** `ask_test_` keys exist for trials: wherever the product is not the one that customers' money goes through. */
export const areTestKeysServed = ({ ENVIRONMENT }: Pick<Config, 'ENVIRONMENT'>): boolean =>
  ENVIRONMENT !== 'production';

function newSecret(mode: ApiKeyMode): string {
  let secret = '';
  while (secret.length < SECRET_LENGTH) {
    // Bytes ≥ 248 would favour the first letters.
    for (const byte of crypto.getRandomValues(new Uint8Array(SECRET_LENGTH))) {
      if (byte < 248 && secret.length < SECRET_LENGTH) secret += ALPHABET[byte % 62] ?? '';
    }
  }
  return `ask_${mode}_${secret}`;
}

/** What a new key is to be. */
export interface ApiKeyInput {
  name: string;
  mode: ApiKeyMode;
  scopes: readonly Permission[];
  /** addresses and blocks it may be used from; none: from anywhere */
  ipAllow?: readonly string[];
}
export interface CreatedKey {
  row: OwnApiKey;
  /** the key itself: shown now and never again */
  key: string;
}

/** The first scope that the maker lacks: nobody hands out more than they hold. */
export const scopeBeyond = (actor: Actor, scopes: readonly Permission[]): Permission | undefined =>
  scopes.find((scope) => !actorMay(actor, scope));

/** A key with a new secret and the row that keeps its hash; nothing is written. */
export function newKey(
  input: ApiKeyInput,
  facts: { createdBy: string; expiresAt: Instant; replacesId: string | null; now: Instant },
): CreatedKey {
  const key = newSecret(input.mode);
  return {
    key,
    row: {
      id: newId('api_key', facts.now),
      name: input.name,
      prefix: key.slice(0, PREFIX_LENGTH),
      keyHash: sha256Hex(key),
      mode: input.mode,
      scopes: [...new Set(input.scopes)],
      ipAllow: input.ipAllow === undefined || input.ipAllow.length === 0 ? null : [...new Set(input.ipAllow)],
      warnedAt: null,
      expiresAt: facts.expiresAt,
      lastUsedAt: null,
      createdBy: facts.createdBy,
      createdAt: facts.now,
      replacesId: facts.replacesId,
      revokedAt: null,
    },
  };
}

/** A key with a given text, without expiry: demo data and tests only. Repeating it does nothing. */
export async function installApiKey(
  platform: Platform,
  input: { tenantId: TenantId; id: string; name: string; key: string; scopes: readonly Permission[] },
  now: Instant,
): Promise<void> {
  await installKey(platform, {
    tenantId: input.tenantId,
    id: input.id,
    name: input.name,
    prefix: input.key.slice(0, PREFIX_LENGTH),
    keyHash: sha256Hex(input.key),
    mode: input.key.startsWith('ask_live_') ? 'live' : 'test',
    scopes: [...input.scopes],
    createdBy: 'system:demo',
    createdAt: now,
  });
}

/** API keys: made, shown once, checked, rotated, revoked. Called by http/authenticate.ts and identity/routes.ts; demo data makes fixed ones. */
import { type Actor, actorMay, type ApiKeyActor, causerOf } from '../../shared/actor.ts';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { isPermission, type Permission } from '../../shared/permissions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { Platform } from '../env.ts';
import {
  type ApiKeyRow,
  apiKeyByHash,
  apiKeyOf,
  apiKeysOf,
  insertApiKey,
  replaceApiKey,
  revokeApiKey,
  touchApiKey,
} from '../storage/identity-db.ts';

const DAY_MS = 86_400_000;
export const DEFAULT_LIFE_DAYS = 90;
export const MAX_LIFE_DAYS = 365;
/** How long a rotated key goes on working beside its successor. */
export const DEFAULT_GRACE_DAYS = 7;
export const MAX_GRACE_DAYS = 30;
/** Keys of one tenant that are not revoked. */
const MAX_KEYS = 50;

const KEY_PATTERN = /^Bearer\s+(ask_(?:live|test)_[A-Za-z0-9_]{8,120})$/i;
const SECRET_LENGTH = 40;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Characters of the key kept readable: scheme and five of the secret's forty. */
const PREFIX_LENGTH = 14;

/** The actor of an `Authorization` header, or null. `defer` keeps the note of last use off the answer's path. */
export async function actorOfApiKey(
  platform: Platform,
  authorization: string,
  now: Instant,
  defer: (work: Promise<void>) => void,
): Promise<ApiKeyActor | null> {
  const key = KEY_PATTERN.exec(authorization.trim())?.[1];
  if (key === undefined) return null;
  const row = await apiKeyByHash(platform, sha256Hex(key), now);
  if (row === null) return null;
  defer(touchApiKey(platform, row, now));
  return {
    kind: 'api_key',
    keyId: row.id,
    tenantId: row.tenantId as TenantId,
    permissions: row.scopes.filter(isPermission),
    mode: row.mode,
  };
}

function newSecret(mode: 'live' | 'test'): string {
  let secret = '';
  while (secret.length < SECRET_LENGTH) {
    // Bytes ≥ 248 would favour the first letters.
    for (const byte of crypto.getRandomValues(new Uint8Array(SECRET_LENGTH))) {
      if (byte < 248 && secret.length < SECRET_LENGTH) secret += ALPHABET[byte % 62] ?? '';
    }
  }
  return `ask_${mode}_${secret}`;
}

export interface NewKey {
  name: string;
  mode: 'live' | 'test';
  scopes: readonly Permission[];
  lifeDays: number;
}
export interface ShownKey {
  row: ApiKeyRow;
  /** the key itself: shown now and never again */
  key: string;
}

/** The first scope that the maker lacks: nobody hands out more than they hold. */
const beyond = (actor: Actor, scopes: readonly Permission[]): Permission | undefined =>
  scopes.find((scope) => !actorMay(actor, scope));

/** Refuses PERMISSION_DENIED for a scope the actor lacks, LIMIT_REACHED beyond 50 keys. */
export async function createApiKey(
  platform: Platform,
  tenantId: TenantId,
  actor: Actor,
  input: NewKey,
  now: Instant,
): Promise<Result<ShownKey>> {
  const missing = beyond(actor, input.scopes);
  if (missing !== undefined) return err({ code: 'PERMISSION_DENIED', permission: missing });
  if ((await apiKeysOf(platform, tenantId, null, MAX_KEYS)).length >= MAX_KEYS) {
    return err({ code: 'LIMIT_REACHED', limit: 'api_keys', max: MAX_KEYS });
  }
  const shown = shownKey(tenantId, input, causerOf(actor), asInstant(now + input.lifeDays * DAY_MS), null, now);
  await insertApiKey(platform, shown.row);
  return ok(shown);
}

function shownKey(
  tenantId: TenantId,
  input: Omit<NewKey, 'lifeDays'>,
  createdBy: string,
  expiresAt: Instant,
  replacesId: string | null,
  now: Instant,
): ShownKey {
  const key = newSecret(input.mode);
  return {
    key,
    row: {
      tenantId,
      id: newId('api_key', now),
      name: input.name,
      prefix: key.slice(0, PREFIX_LENGTH),
      keyHash: sha256Hex(key),
      mode: input.mode,
      scopes: [...new Set(input.scopes)],
      expiresAt,
      lastUsedAt: null,
      createdBy,
      createdAt: now,
      replacesId,
      revokedAt: null,
    },
  };
}

/** A new key with the same name and scopes for another 90 days; the old one works on for `graceDays`. NOT_FOUND, PERMISSION_DENIED. */
export async function rotateApiKey(
  platform: Platform,
  tenantId: TenantId,
  actor: Actor,
  id: string,
  graceDays: number,
  now: Instant,
): Promise<Result<ShownKey & { oldExpiresAt: Instant }>> {
  const old = await apiKeyOf(platform, tenantId, id);
  if (old === null) return err({ code: 'NOT_FOUND', entity: 'api_key' });
  const scopes = old.scopes.filter(isPermission);
  const missing = beyond(actor, scopes);
  if (missing !== undefined) return err({ code: 'PERMISSION_DENIED', permission: missing });
  const shown = shownKey(
    tenantId,
    { name: old.name, mode: old.mode, scopes },
    causerOf(actor),
    asInstant(now + DEFAULT_LIFE_DAYS * DAY_MS),
    old.id,
    now,
  );
  const graceEnd = now + graceDays * DAY_MS;
  const oldExpiresAt = asInstant(Math.min(old.expiresAt ?? graceEnd, graceEnd));
  await replaceApiKey(platform, shown.row, old.id, oldExpiresAt);
  return ok({ ...shown, oldExpiresAt });
}

/** NOT_FOUND when the tenant has no such live key. */
export async function deleteApiKey(
  platform: Platform,
  tenantId: TenantId,
  id: string,
  now: Instant,
): Promise<Result<{ id: string }>> {
  return (await revokeApiKey(platform, tenantId, id, now)) ? ok({ id }) : err({ code: 'NOT_FOUND', entity: 'api_key' });
}

/** A key with a given text, without expiry: demo data and tests only. Repeating it does nothing. */
export async function installApiKey(
  platform: Platform,
  input: { tenantId: TenantId; id: string; name: string; key: string; scopes: readonly Permission[] },
  now: Instant,
): Promise<void> {
  await insertApiKey(platform, {
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

/**
 * Identity only: which tenant a host, called number or agent belongs to, and who its parent is. Memory (30 s) → KV → D1. Status, brand
 * and permission are judged behind the scope, never here. A change shows at once where it was made and everywhere within 60 s.
 */
import { BoundedMap } from '../../shared/bounded-map.ts';
import { realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { type Language, asLanguage } from '../../shared/i18n/language.ts';
import { type Platform, bindingsOf } from '../env.ts';
import {
  agentRecord,
  numberRecord,
  type TenantRecord,
  tenantByHost,
  tenantById,
  tenantBySlug,
} from '../storage/platform-db.ts';

/**
 * The one place where a text becomes a tenant's id: texts that we ourselves signed or stored (a verified route or link, a queue's message,
 * a row written before). Untrusted input goes through `tenantIdentity` and its fellows instead, which ask the directory.
 */
export const asTenantId = (text: string): TenantId => text as TenantId;

/** What a host fixes: brand and the tenants whose members may sign in and act here. */
export interface Realm {
  // own set: what a host stands for
  kind: 'platform' | 'tenant';
  /** id of the host's tenant; `platform` on the platform's own host */
  tenantId: string;
  host: string;
}

interface TenantIdentity {
  tenantId: TenantId;
  parentId: string | null;
  type: TenantRecord['type'];
  slug: string;
}

export interface NumberIdentity {
  tenantId: TenantId;
  branchId: string;
  agentId: string | null;
}

export interface AgentIdentity {
  tenantId: TenantId;
  branchId: string | null;
  language: Language;
  /** its own wording, which was checked when it was saved; null: the product's */
  firstSentence: string | null;
  /** its calls are recorded: whoever calls is told so first */
  recording: boolean;
}

const MEMORY_MS = 30_000;
/** KV's shortest life; together with memory the longest that a change may stay unseen is 90 s, 60 s where nothing was cached. */
const KV_SECONDS = 60;
/** An unknown host or number is remembered shortly, so that a scan costs no D1. */
const MISS_MS = 10_000;
const MAX_ENTRIES = 10_000;

const memory = new BoundedMap<string, { value: unknown; until: number }>(MAX_ENTRIES);

async function lookUp<T>(platform: Platform, key: string, ask: () => Promise<T | null>): Promise<T | null> {
  const now = realNow();
  const hit = memory.get(key);
  if (hit && hit.until > now) return hit.value as T | null;
  let value = (await bindingsOf(platform)
    .DIRECTORY.get(key, 'json')
    .catch(() => null)) as T | null;
  if (value === null) {
    try {
      value = await ask();
    } catch (fault) {
      // D1 is down: what was known stands (identity hardly ever changes); nothing known is the caller's to handle.
      if (hit?.value) return hit.value as T;
      throw fault;
    }
    if (value !== null)
      await bindingsOf(platform)
        .DIRECTORY.put(key, JSON.stringify(value), { expirationTtl: KV_SECONDS })
        .catch(() => undefined);
  }
  memory.set(key, { value, until: now + (value === null ? MISS_MS : MEMORY_MS) });
  return value;
}

/** A name serves from now on, or no more: the next request asks the source. Other isolates follow within half a minute. */
export async function forgetHost(platform: Platform, host: string): Promise<void> {
  memory.delete(`host:${host}`);
  await bindingsOf(platform)
    .DIRECTORY.delete(`host:${host}`)
    .catch(() => undefined);
}

/** A tenant hangs below somebody else from now on: the next request asks the source, other isolates follow within ninety seconds. */
export async function forgetIdentity(platform: Platform, { id, slug }: { id: string; slug: string }): Promise<void> {
  for (const key of [`tenant:${id}`, `slug:${slug}`]) {
    memory.delete(key);
    await bindingsOf(platform)
      .DIRECTORY.delete(key)
      .catch(() => undefined);
  }
}

export const forgetAllInMemory = (): void => memory.clear();

const identityOf = (t: TenantRecord | null): TenantIdentity | null =>
  t && { tenantId: t.id, parentId: t.parentId, type: t.type, slug: t.slug };

export const tenantIdentity = (platform: Platform, tenantId: string): Promise<TenantIdentity | null> =>
  lookUp(platform, `tenant:${tenantId}`, async () => identityOf(await tenantById(platform, tenantId)));

export const tenantOfSlug = (platform: Platform, slug: string): Promise<TenantIdentity | null> =>
  lookUp(platform, `slug:${slug}`, async () => identityOf(await tenantBySlug(platform, slug)));

export const tenantOfNumber = (platform: Platform, e164: string): Promise<NumberIdentity | null> =>
  /^\+\d{4,15}$/.test(e164)
    ? lookUp(platform, `number:${e164}`, async () => {
        const n = await numberRecord(platform, e164);
        return n && { tenantId: n.tenantId, branchId: n.branchId, agentId: n.agentId };
      })
    : Promise.resolve(null);

export const tenantOfAgent = (platform: Platform, agentId: string): Promise<AgentIdentity | null> =>
  lookUp(platform, `agent:${agentId.slice(0, 128)}`, async () => {
    const a = await agentRecord(platform, agentId);
    return (
      a && {
        tenantId: a.tenantId,
        branchId: a.branchId,
        language: asLanguage(a.language),
        firstSentence: a.firstSentence,
        recording: a.recording,
      }
    );
  });

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Host header → realm; null for every host we don't serve (neutral 404). */
export async function realmOf(platform: Platform, hostHeader: string): Promise<Realm | null> {
  const host = hostHeader.toLowerCase().replace(/:\d{1,5}$/, '');
  const config = platform.config;
  const platformHost = config.PUBLIC_URL ? new URL(config.PUBLIC_URL).hostname : null;
  if (LOOPBACK.test(host) || host === platformHost) return { kind: 'platform', tenantId: 'platform', host };
  for (const root of ['localhost', config.ROOT_DOMAIN]) {
    if (!root || !host.endsWith(`.${root}`)) continue;
    const slug = host.slice(0, -root.length - 1);
    if (!SLUG.test(slug)) return null;
    const tenant = await tenantOfSlug(platform, slug);
    return tenant && { kind: 'tenant', tenantId: tenant.tenantId, host };
  }
  if (host.length > 253 || !/^[a-z0-9.-]+$/.test(host)) return null;
  const tenant = await lookUp(platform, `host:${host}`, async () => identityOf(await tenantByHost(platform, host)));
  return tenant && { kind: 'tenant', tenantId: tenant.tenantId, host };
}

/** Depth of the tenant tree: platform → reseller → business. */
const MAX_DEPTH = 3;

/** True when the tenant is the realm's own or hangs below it; on the platform host every tenant does. */
export async function inRealm(platform: Platform, realm: Realm, tenantId: string): Promise<boolean> {
  if (realm.kind === 'platform') return true;
  let at: string | null = tenantId;
  for (let i = 0; at !== null && i < MAX_DEPTH; i++) {
    if (at === realm.tenantId) return true;
    at = (await tenantIdentity(platform, at))?.parentId ?? null;
  }
  return false;
}

/**
 * Whose call is this, and does the signature prove it? Nothing but the look-up of candidates happens before the signature is verified.
 * A tenant's own Retell key is good for that tenant alone. Called by the webhook and function routes.
 */
import { isTestCall, type TenantId } from '../../shared/ids.ts';
import type { Instant } from '../../shared/clock.ts';
import { type Language, asLanguage } from '../../shared/i18n/language.ts';
import type { Platform } from '../env.ts';
import { hmacSha256Hex, verifyRetell } from '../integrations/signatures.ts';
import { tenantOfCall } from '../storage/queries/calls.ts';
import {
  asTenantId,
  type AgentIdentity,
  type NumberIdentity,
  tenantIdentity,
  tenantOfAgent,
  tenantOfNumber,
  tenantOfSlug,
} from '../tenancy/directory.ts';
import { opened, platformCredential, rememberedOwnKey } from '../tenancy/credentials.ts';
import type { Fallback, KeyOwner } from './route-token.ts';
import { readRoute } from './route-token.ts';

/** A request as Retell sent it, before anything in it is believed. */
export interface SignedRequest {
  rawBody: string;
  header: string | null;
  /** `{company}` of the path, if any */
  company: string | null;
  /** request clock and process clock */
  now: Instant;
  processNow: Instant;
  requestId: string;
  waitUntil(work: Promise<unknown>): void;
}

/** What the unverified request names; each is only a candidate until the key has spoken. */
export interface Named {
  rawBody: string;
  header: string | null;
  /** `{company}` of the path, if any: tenant slug or id */
  company: string | null;
  route: string | null;
  /** our number: called, or calling when the call goes out */
  number: string | null;
  agentId: string | null;
  callId: string | null;
  /** the request's clock: routes and copies of keys age by it */
  now: Instant;
  /** the clock the signature's time is held against */
  signedNow: Instant;
}

/**
 * The clock a signature is judged by. They differ in development alone, where one request's clock can be moved (`x-askpro-now`) while its
 * sender signs by the process clock, or by the moved one: the nearer counts.
 */
function signatureClock(header: string | null, now: Instant, process: Instant): Instant {
  const stamp = Number(/^v=(\d{1,16}),/.exec(header ?? '')?.[1] ?? process);
  return Math.abs(stamp - now) < Math.abs(stamp - process) ? now : process;
}

/** The request with the names that were read out of its body. */
export const namedIn = (
  { rawBody, header, company, now, processNow }: SignedRequest,
  names: Pick<Named, 'route' | 'number' | 'agentId' | 'callId'>,
): Named => ({ rawBody, header, company, now, signedNow: signatureClock(header, now, processNow), ...names });

export interface KnownCall {
  kind: 'call';
  tenantId: TenantId;
  branchId: string | null;
  language: Language;
  /** the agent may only note call backs */
  fallback: Fallback | null;
  keyOwner: KeyOwner;
  /** the inbound webhook opens this call's row: no other request has to */
  opened: boolean;
  /** the caller's number as the call row has it; only for bodies without a call object */
  caller: string | null;
}
export type Verified =
  | KnownCall
  /** signed by a key of ours, but the call belongs to no tenant of that key; `apiKey` may ask Retell about it */
  | { kind: 'unknown'; apiKey: string; keyTenantId: string | null }
  | { kind: 'invalid' };

/** The tenant's own Retell key, or null: it uses the platform's. One that can't be decrypted counts as none (health reports it). */
const ownRetellKey = (platform: Platform, tenantId: TenantId, now: Instant): Promise<string | null> =>
  rememberedOwnKey(platform, tenantId, 'retell', now);

/** The platform's Retell key, or null. */
export const platformRetellKey = async (platform: Platform): Promise<string | null> =>
  opened(await platformCredential(platform, 'retell'))?.key ?? null;

/** Verifies the body and finds the tenant the call belongs to. */
export async function verifyCall(platform: Platform, named: Named): Promise<Verified> {
  const config = platform.config;
  const signedBy = (apiKey: string): Promise<boolean> =>
    verifyRetell({ rawBody: named.rawBody, header: named.header, apiKey, now: named.signedNow });

  const route = named.route === null ? null : await readRoute(config.AUTH_SECRET, named.route, named.now);
  // A test call costs nothing: whoever holds a key of Retell's can neither open one nor go on with one, and its route is good for it alone.
  const isTest = isTestCall(named.callId);
  const isItsOwn = isTest ? route?.keyOwner === 'test' && route.callId === named.callId : route?.keyOwner !== 'test';
  if (route !== null && isItsOwn && route.number === (named.number ?? route.number) && named.company === null) {
    // Signed by us: the tenant stood in it when the call came in.
    const tenantId = asTenantId(route.tenantId);
    const key = await keyOfRoute(platform, route.keyOwner, tenantId, named.now);
    if (key && (await signedBy(key))) {
      return {
        kind: 'call',
        tenantId,
        branchId: route.branchId,
        language: route.language,
        fallback: route.fallback,
        keyOwner: route.keyOwner,
        opened: route.callId !== null && route.callId === named.callId,
        caller: null,
      };
    }
    // A key may have been changed during the call: the directory's candidates decide.
  }
  // … but not over a test call: no directory knows one.
  if (isTest) return { kind: 'invalid' };

  const [company, number, agent] = await Promise.all([
    companyOf(platform, named.company),
    named.number === null ? null : tenantOfNumber(platform, named.number),
    named.agentId === null ? null : tenantOfAgent(platform, named.agentId),
  ]);
  const row =
    number === null && agent === null && named.callId !== null ? await tenantOfCall(platform, named.callId) : null;
  const candidates = new Set([company, number?.tenantId, agent?.tenantId, row?.tenantId].filter((id) => id != null));

  let keyTenantId: string | null = null;
  let apiKey: string | null = null;
  for (const tenantId of candidates) {
    const own = await ownRetellKey(platform, tenantId, named.now);
    if (own === null || !(await signedBy(own))) continue;
    keyTenantId = tenantId;
    apiKey = own;
    break;
  }
  if (apiKey === null) {
    const shared = await platformRetellKey(platform);
    if (shared !== null && (await signedBy(shared))) apiKey = shared;
  }
  if (apiKey === null) return { kind: 'invalid' };

  const unknown = { kind: 'unknown', apiKey, keyTenantId: keyTenantId ?? company } as const;
  // A company in the path that we don't have, or whose number this is not: the call has no tenant.
  if (named.company !== null && company === null) return unknown;
  const owner = row ?? placeOf(number, agent);
  if (owner === null) return unknown;
  const { tenantId } = owner;
  if (keyTenantId !== null && keyTenantId !== tenantId) return unknown;
  if (company !== null && company !== tenantId) return unknown;
  return {
    kind: 'call',
    tenantId,
    branchId: owner.branchId,
    language: asLanguage(owner.language),
    fallback: null,
    keyOwner: keyTenantId === null ? 'platform' : 'tenant',
    opened: row !== null,
    caller: row?.theirNumber ?? null,
  };
}

/** What test calls are signed with: no key of Retell's, which a new business has not got yet. */
export const testCallKey = (platform: Platform): Promise<string> =>
  hmacSha256Hex(platform.config.AUTH_SECRET, 'test calls');

async function keyOfRoute(
  platform: Platform,
  owner: KeyOwner,
  tenantId: TenantId,
  now: Instant,
): Promise<string | null | undefined> {
  switch (owner) {
    case 'platform':
      return platformRetellKey(platform);
    case 'tenant':
      return ownRetellKey(platform, tenantId, now);
    case 'test':
      return testCallKey(platform);
  }
}

interface Place {
  tenantId: TenantId;
  branchId: string | null;
  language: string | null;
}

/** Number and agent must agree on whose they are; an agent we don't know says nothing. */
function placeOf(number: NumberIdentity | null, agent: AgentIdentity | null): Place | null {
  const tenantId = number?.tenantId ?? agent?.tenantId;
  if (tenantId === undefined || (agent !== null && agent.tenantId !== tenantId)) return null;
  return { tenantId, branchId: number?.branchId ?? agent?.branchId ?? null, language: agent?.language ?? null };
}

/** Whose call Retell says it is, for a body that named only a call id; the key that signed that body must belong to that tenant. */
export async function ownerOfCall(
  platform: Platform,
  named: { number: string | null; agentId: string | null },
  keyTenantId: string | null,
): Promise<KnownCall | null> {
  const [number, agent] = await Promise.all([
    named.number === null ? null : tenantOfNumber(platform, named.number),
    named.agentId === null ? null : tenantOfAgent(platform, named.agentId),
  ]);
  const place = placeOf(number, agent);
  if (place === null || (keyTenantId !== null && keyTenantId !== place.tenantId)) return null;
  return {
    kind: 'call',
    tenantId: place.tenantId,
    branchId: place.branchId,
    language: asLanguage(place.language),
    fallback: null,
    keyOwner: keyTenantId === null ? 'platform' : 'tenant',
    opened: false,
    caller: null,
  };
}

/** `/{company}` of a webhook path: a tenant's slug or id. */
async function companyOf(platform: Platform, company: string | null): Promise<TenantId | null> {
  if (company === null) return null;
  const tenant = (await tenantOfSlug(platform, company)) ?? (await tenantIdentity(platform, company));
  return tenant?.tenantId ?? null;
}

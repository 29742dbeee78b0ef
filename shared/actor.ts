/** Who asks: made by the edge (session, API key) or by the cause of background work; carried by every tenant scope and audit row. */
import type { ApiKeyMode } from './tenant-status.ts';
import type { DomainError } from './errors.ts';
import type { TenantId } from './ids.ts';
import type { Language } from './i18n/language.ts';
import type { Permission, Role } from './permissions.ts';
import { type Err, err } from './result.ts';

/**
 * How far somebody reaches into the tenant: only these companies, only these branches, only what is their own. Each bound counts by itself;
 * outside of it things do not exist for them (workers/tenancy/within-reach.ts).
 */
export interface Reach {
  /** null: all */
  companyIds: readonly string[] | null;
  /** null: all (of the companies) */
  branchIds: readonly string[] | null;
  /** the user whose linked person's appointments are all there is; null: everybody's */
  ownOf: string | null;
}
/** Everything of the tenant. */
export const WHOLE_REACH: Reach = { companyIds: null, branchIds: null, ownOf: null };

/** A signed-in person. `tenantId` is the tenant the user belongs to, `realm` the one the account was created in. */
export interface UserActor {
  kind: 'user';
  userId: string;
  tenantId: TenantId;
  realm: string;
  role: Role;
  /** of the tenant's own, which is based on that role; null: that role as it is */
  ownRole: { id: string; name: string } | null;
  permissions: readonly Permission[];
  reach: Reach;
  language: Language;
  sessionId: string;
  /** epoch ms at which the password was last typed in this session; null: not known */
  confirmedAt: number | null;
  /** the session was begun by two proofs, or a second factor was set up in it */
  provenTwice?: boolean;
  /** epoch ms from which on two proofs are demanded of this person; left out: they are not */
  factorDemandedFrom?: number;
  /** present: somebody of the operator looks at the account as this person (docs/support.md); the session is theirs, not the person's */
  impersonator?: Impersonator;
}

/** Who stands behind a session of the support. */
interface Impersonator {
  userId: string;
  /** row of `support_sessions`: why, until when */
  supportId: string;
}

/** A program with an API key of a tenant. */
export interface ApiKeyActor {
  kind: 'api_key';
  keyId: string;
  tenantId: TenantId;
  permissions: readonly Permission[];
  /** of the person who made it */
  reach: Reach;
  mode: ApiKeyMode;
}

/** A visitor of a tenant's own host (booking page, white-label page): may what the public may, nothing else. */
interface GuestActor {
  kind: 'guest';
  tenantId: TenantId;
  permissions: readonly Permission[];
}

/** Our own machinery acting for a tenant: a verified webhook, a queue consumer, cron, the phone agent. */
interface SystemActor {
  kind: 'system';
  cause: 'webhook' | 'queue' | 'cron' | 'agent' | 'signup' | 'demo';
}

export type Actor = UserActor | ApiKeyActor | GuestActor | SystemActor;

/** How far an actor reaches; visitors and our own machinery are bound by what they are given to do. */
export const reachOf = (actor: Actor): Reach => ('reach' in actor ? actor.reach : WHOLE_REACH);

/** Between the person and who looks at the account as that person: part of no id (ids.ts). */
const BEHIND = '~';

/** Short, PII-free name of the causer for audit rows, log lines and rate keys, e.g. `user:usr_…`; in a session of the support `user:usr_…~usr_…`. */
export function causerOf(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return withImpersonator(`user:${actor.userId}`, actor.impersonator?.userId);
    case 'api_key':
      return `api_key:${actor.keyId}`;
    case 'guest':
      return 'guest';
    case 'system':
      return `system:${actor.cause}`;
  }
}

/** A causer's name with who stands behind it; as it is where nobody does. */
export const withImpersonator = (causer: string, impersonatorId: string | undefined): string =>
  impersonatorId === undefined ? causer : `${causer}${BEHIND}${impersonatorId}`;

/** A causer's name taken apart for a row of the activity log: before and behind the first colon, and who stood behind the session. */
export function causerParts(causer: string): { causerType: string; causerId: string; impersonatorId: string | null } {
  const [name = '', impersonatorId = null] = causer.split(BEHIND);
  const at = name.indexOf(':');
  return at < 0
    ? { causerType: name, causerId: '', impersonatorId }
    : { causerType: name.slice(0, at), causerId: name.slice(at + 1), impersonatorId };
}

/** Our own machinery is trusted by construction; everyone else needs the permission. */
export const actorMay = (actor: Actor, permission: Permission): boolean =>
  actor.kind === 'system' || actor.permissions.includes(permission);

/** First line of a command. Refuses (PERMISSION_DENIED) an actor who may not; null: go on. */
export const permissionRefusal = (actor: Actor, permission: Permission): Err<DomainError> | null =>
  actorMay(actor, permission) ? null : err({ code: 'PERMISSION_DENIED', permission });

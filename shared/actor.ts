/** Who asks: made by the edge (session, API key) or by the cause of background work; carried by every tenant scope and audit row. */
import type { ApiKeyMode } from './tenant-status.ts';
import type { DomainError } from './errors.ts';
import type { TenantId } from './ids.ts';
import type { Language } from './i18n/language.ts';
import type { Permission, Role } from './permissions.ts';
import { type Err, err } from './result.ts';

/** A signed-in person. `tenantId` is the tenant the user belongs to, `realm` the one the account was created in. */
export interface UserActor {
  kind: 'user';
  userId: string;
  tenantId: TenantId;
  realm: string;
  role: Role;
  permissions: readonly Permission[];
  language: Language;
  sessionId: string;
  /** epoch ms at which the password was last typed in this session; null: not known */
  confirmedAt: number | null;
}

/** A program with an API key of a tenant. */
export interface ApiKeyActor {
  kind: 'api_key';
  keyId: string;
  tenantId: TenantId;
  permissions: readonly Permission[];
  mode: ApiKeyMode;
}

/** A visitor of a tenant's own host (booking page, white-label page): may what the public may, nothing else. */
export interface GuestActor {
  kind: 'guest';
  tenantId: TenantId;
  permissions: readonly Permission[];
}

/** Our own machinery acting for a tenant: a verified webhook, a queue consumer, cron, the phone agent. */
export interface SystemActor {
  kind: 'system';
  cause: 'webhook' | 'queue' | 'cron' | 'agent' | 'demo';
}

export type Actor = UserActor | ApiKeyActor | GuestActor | SystemActor;

/** Short, PII-free name of the causer for audit rows, log lines and rate keys, e.g. `user:usr_…`. */
export function causerOf(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return `user:${actor.userId}`;
    case 'api_key':
      return `api_key:${actor.keyId}`;
    case 'guest':
      return 'guest';
    case 'system':
      return `system:${actor.cause}`;
  }
}

/** A causer's name taken apart for a row of the activity log: before and behind the first colon. */
export function causerParts(causer: string): { causerType: string; causerId: string } {
  const at = causer.indexOf(':');
  return at < 0
    ? { causerType: causer, causerId: '' }
    : { causerType: causer.slice(0, at), causerId: causer.slice(at + 1) };
}

/** Our own machinery is trusted by construction; everyone else needs the permission. */
export const actorMay = (actor: Actor, permission: Permission): boolean =>
  actor.kind === 'system' || actor.permissions.includes(permission);

/** First line of a command. Refuses (PERMISSION_DENIED) an actor who may not; null: go on. */
export const permissionRefusal = (actor: Actor, permission: Permission): Err<DomainError> | null =>
  actorMay(actor, permission) ? null : err({ code: 'PERMISSION_DENIED', permission });

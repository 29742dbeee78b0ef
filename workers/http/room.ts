/** How every `routes.ts` starts: a typed Hono app whose validation failures speak the error registry. Called by all rooms. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Actor } from '../../shared/actor.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Env } from '../env.ts';
import type { Realm } from '../tenancy/directory.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { refuse } from './problem.ts';
import { fieldErrors } from './validation.ts';

/** What a handler finds on its context. `scope` is there behind `requirePermission` (or `requireScope`), nowhere else. */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    /** the request's clock; never read another */
    now: Instant;
    language: Language;
    /** what the host fixes: brand and the tenants that may be signed in to here */
    realm: Realm;
    actor?: Actor;
    scope: TenantScope;
    /** `Idempotency-Key` of the request, for commands that carry their own key */
    idempotencyKey?: string;
    /** why the request failed, for the log line only */
    failure?: string;
  };
}

/** A room's Hono app. A malformed id in the path is an unknown id (404); everything else that zod refuses is 422. */
export function createRoom(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      if (result.target === 'param') return refuse(c, { code: 'NOT_FOUND', entity: 'path' });
      return refuse(c, { code: 'VALIDATION_ERROR', errors: fieldErrors(result.error, c.get('language')) });
    },
  });
}

/** How every `routes.ts` starts: a typed Hono app whose validation failures speak the error registry. Called by all modules. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Actor } from '../../shared/actor.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Env, Platform } from '../env.ts';
import type { Realm } from '../tenancy/directory.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { assert } from '../../shared/result.ts';
import { type Refusal, refuse } from './problem.ts';
import { faultOfJson, faultOfTexts, type TextFault } from './texts.ts';
import { fieldErrors, hiddenErrors } from './validation.ts';

/** What every handler finds on its context. Bindings are for the entry points (import law); a handler takes `platform`. */
interface CommonVariables {
  platform: Platform;
  requestId: string;
  /** the request's clock; never read another */
  now: Instant;
  language: Language;
  /** what the host fixes: brand and the tenants that may be signed in to here */
  realm: Realm;
  /** `Idempotency-Key` of the request, for commands that carry their own key */
  idempotencyKey?: string;
  /** why the request failed, for the log line only */
  failure?: string;
}

/** The context of middleware and of routes that anybody may call: no tenant's scope is in it. */
export interface OpenEnv {
  Bindings: Env;
  Variables: CommonVariables & { actor?: Actor };
}

/** The context behind `guarded(...)` or `requireScope`: somebody is signed in and `scope` is their tenant. */
export interface AppEnv {
  Bindings: Env;
  Variables: CommonVariables & { actor: Actor; scope: TenantScope };
}

type GuardedApp = OpenAPIHono<AppEnv>;
/** A module's routes: `openapi` takes guarded routes, whose handlers hold a scope; `open` takes public and signed ones, whose handlers don't. */
export interface ModuleRoutes extends GuardedApp {
  open: OpenAPIHono<OpenEnv>['openapi'];
}

/**
 * A module's Hono app. A malformed id in the path is an unknown id (404); everything else that zod refuses is 422, and so is every text of
 * a JSON body or query that holds invisible characters. Signed webhooks declare no body: vendors' texts are folded where they are read.
 * A route that is registered through the wrong method is a defect at start: what is declared open never sees a scope.
 */
export function createRoutes(): ModuleRoutes {
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: async (result, c) => {
      const { target } = result;
      // The body as it came, not as a schema trimmed it: members that no schema names and names of members too.
      const fault = target === 'json' ? faultOfJson(await c.req.text()) : null;
      if (fault !== null) return refuse(c, refusalOf(fault, c));
      if (result.success) {
        const inQuery = target === 'query' ? faultOfTexts(result.data) : null;
        return inQuery === null ? undefined : refuse(c, refusalOf(inQuery, c));
      }
      if (target === 'param') return refuse(c, { code: 'NOT_FOUND', entity: 'path' });
      return refuse(c, { code: 'VALIDATION_ERROR', errors: fieldErrors(result.error, c.get('language')) });
    },
  });
  const register = app.openapi.bind(app);
  const checked =
    (open: boolean): typeof register =>
    (route, handler, hook) => {
      const declared = 'x-public' in route || 'x-signed' in route || 'x-self-guarded' in route;
      assert(declared === open, `${route.method} ${route.path}: ${open ? 'guarded, use openapi' : 'open, use open'}`);
      return register(route, handler, hook);
    };
  return Object.assign(app, { openapi: checked(false), open: checked(true) as unknown as ModuleRoutes['open'] });
}

const refusalOf = (fault: TextFault, c: Context<AppEnv>): Refusal =>
  fault === 'half'
    ? { code: 'MALFORMED_JSON' }
    : { code: 'VALIDATION_ERROR', errors: hiddenErrors(fault.hidden, c.get('language')) };

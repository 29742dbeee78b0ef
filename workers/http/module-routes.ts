/** How every `routes.ts` starts: a typed Hono app whose validation failures speak the error registry. Called by all modules. */
import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z, type ZodError } from 'zod';
import type { Actor, UserActor } from '../../shared/actor.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Language } from '../../shared/i18n/language.ts';
import type { Env, Platform } from '../env.ts';
import type { Realm } from '../tenancy/directory.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { assert } from '../../shared/result.ts';
import { type Refusal, refuse } from './problem.ts';
import { faultOfJson, faultOfTexts, type TextFault } from './texts.ts';
import { isRefusedToSupport, refuseSupport } from './support-guard.ts';
import { unknownFields } from './unknown-fields.ts';
import { fieldErrors, hiddenErrors, unknownErrors } from './validation.ts';

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
  /** a session was presented from outside the networks of its account: the address (identity/sessions.ts) */
  elsewhere?: string;
  /** a session that still owes a second factor: nobody, but for the routes that set one up (permission.ts) */
  owing?: { actor: UserActor; scope: TenantScope };
  /** why the request failed, for the log line only */
  failure?: string;
  /** what the request was refused with, for the log lines only */
  refusal?: string;
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
  const app = new OpenAPIHono<AppEnv>({ defaultHook: (result, c) => judged(result, c, NOTHING_DECLARED) });
  const register = app.openapi.bind(app);
  const checked =
    (open: boolean): typeof register =>
    (route, handler, hook) => {
      const isOpen = 'x-public' in route || 'x-signed' in route || 'x-self-guarded' in route;
      assert(isOpen === open, `${route.method} ${route.path}: ${open ? 'guarded, use openapi' : 'open, use open'}`);
      const declared = declaredOf(route);
      // A route without a query is asked nothing: what an address asks all the same is refused, which a validator of nothing does.
      const guards = [route.middleware ?? []].flat();
      const asked = {
        ...route,
        ...(STRICT.test(route.path) && route.request?.query === undefined
          ? { request: { ...route.request, query: NOTHING_ASKED } }
          : {}),
        ...(!open && isRefusedToSupport(route) ? { middleware: [refuseSupport, ...guards] } : {}),
      };
      const judge = (result: Validated, c: Context<AppEnv>) => judged(result, c, declared);
      // The hook's own type is that of the route's answers; what it refuses, every route declares.
      return register(asked as typeof route, handler, hook ?? (judge as unknown as typeof hook));
    };
  return Object.assign(app, { openapi: checked(false), open: checked(true) as unknown as ModuleRoutes['open'] });
}

/** What a validator found out about one part of a request. */
type Validated = { target: string } & ({ success: true; data: unknown } | { success: false; error: ZodError });

/** What a route takes, by part: members beside it are refused by name. */
type Declared = Partial<Record<'json' | 'query', z.ZodType>>;
const NOTHING_DECLARED: Declared = {};
const NOTHING_ASKED = z.object({});
/** Our own REST. What vendors send and addresses of pages say may hold more than we know. */
const STRICT = /^\/(api\/(v1|v2|billing)|customer)\//;

function declaredOf({ path, request }: RouteConfig): Declared {
  if (!STRICT.test(path)) return NOTHING_DECLARED;
  const content = request?.body?.content['application/json'];
  const json = content !== undefined && 'schema' in content ? content.schema : undefined;
  const { query } = request ?? {};
  return {
    ...(json instanceof z.ZodType ? { json } : {}),
    query: query instanceof z.ZodType ? query : NOTHING_ASKED,
  };
}

/** The refusal of one part of a request; undefined: it is fine. */
async function judged(result: Validated, c: Context<AppEnv>, declared: Declared): Promise<Response | undefined> {
  const { target } = result;
  // The body as it came, not as a schema trimmed it: members that no schema names and names of members too.
  const text = target === 'json' ? await c.req.text() : '';
  const fault = target === 'json' ? faultOfJson(text) : null;
  if (fault !== null) return refuse(c, refusalOf(fault, c));
  if (target === 'param' && !result.success) return refuse(c, { code: 'NOT_FOUND', entity: 'path' });
  const inQuery = target === 'query' && result.success ? faultOfTexts(result.data) : null;
  if (inQuery !== null) return refuse(c, refusalOf(inQuery, c));
  const schema = target === 'json' ? declared.json : target === 'query' ? declared.query : undefined;
  const unknown = schema === undefined ? [] : unknownFields(schema, target === 'json' ? bodyOf(text) : c.req.query());
  if (result.success && unknown.length === 0) return undefined;
  const language = c.get('language');
  const errors = {
    ...unknownErrors(unknown, language),
    ...(result.success ? {} : fieldErrors(result.error, language)),
  };
  return refuse(c, { code: 'VALIDATION_ERROR', errors });
}

/** Null for what is no JSON: whoever reads the body says so. */
function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const refusalOf = (fault: TextFault, c: Context<AppEnv>): Refusal =>
  fault === 'half'
    ? { code: 'MALFORMED_JSON' }
    : { code: 'VALIDATION_ERROR', errors: hiddenErrors(fault.hidden, c.get('language')) };

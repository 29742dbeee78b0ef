/** Who: sign-in and out, own sessions, `GET /api/me`, API keys. Mounted by app.ts; pages and integrators call it. */
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { processNow, realNow } from '../../shared/clock.ts';
import { PERMISSIONS } from '../../shared/permissions.ts';
import { toIso } from '../../shared/time.ts';
import { answer } from '../http/answer.ts';
import { cursorOf, pageOf, WHOLE_LIST } from '../http/list.ts';
import { requireScope } from '../http/permission.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { type OpenEnv, createRoom } from '../http/room.ts';
import {
  doneBody,
  errorResponses,
  guarded,
  guardErrors,
  idParam,
  idShown,
  instantShown,
  itemOf,
  jsonAnswer,
  jsonBody,
  lineText,
  listOf,
  page,
  publicRoute,
} from '../http/schema.ts';
import { type ApiKeyRow, apiKeysOf, deleteSession, sessionsOf, userProfile } from '../storage/identity-db.ts';
import { effectiveBrand } from '../tenancy/brand.ts';
import { openTenant } from '../tenancy/scope.ts';
import {
  createApiKey,
  DEFAULT_GRACE_DAYS,
  DEFAULT_LIFE_DAYS,
  deleteApiKey,
  MAX_GRACE_DAYS,
  MAX_LIFE_DAYS,
  rotateApiKey,
} from './api-keys.ts';
import { authOf } from './auth.ts';
import { writeAudit } from './audit.ts';
import { MAX_PASSWORD_LENGTH } from './password.ts';
import { expiredCookie } from './session-cookie.ts';
import { signIn } from './sign-in.ts';

export const identityRoutes = createRoom();

const isSecure = (c: Context<OpenEnv>): boolean => c.req.url.startsWith('https:');

// ---------------------------------------------------------------- sign-in

const userShown = z.object({ id: idShown('user'), name: z.string(), email: z.string(), language: z.string() });

identityRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/sign-in/email',
    tags: ['identity'],
    summary: 'Sign in with e-mail and password; sets the session cookie',
    ...publicRoute,
    request: {
      body: jsonBody(
        z.object({
          email: z.email().max(254).openapi({ example: 'owner@salon-schoen.test' }),
          password: z.string().min(1).max(MAX_PASSWORD_LENGTH).openapi({ example: 'askpro-demo-2026' }),
          remember_me: z.boolean().default(true),
        }),
      ),
    },
    responses: {
      200: jsonAnswer(
        itemOf(z.object({ user: userShown, tenant_id: idShown('tenant'), role: z.string() })),
        'signed in',
      ),
      ...errorResponses('INVALID_CREDENTIALS', 'RATE_LIMITED', 'VALIDATION_ERROR', 'MALFORMED_JSON', 'ORIGIN_REFUSED'),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const signedIn = await signIn(c.get('platform'), {
      email: body.email,
      password: body.password,
      rememberMe: body.remember_me,
      realm: c.get('realm'),
      address: addressOf(c),
      headers: browserHeaders(c),
      secure: isSecure(c),
    });
    if (!signedIn.ok) return refuse(c, signedIn.error);
    const { actor, setCookies } = signedIn.value;
    for (const cookie of setCookies) c.header('Set-Cookie', cookie, { append: true });
    c.header('Cache-Control', 'no-store');
    const profile = await userProfile(c.get('platform'), actor.realm, actor.userId);
    const scope = openTenant(c.get('platform'), actor.tenantId, actor, {
      now: c.get('now'),
      requestId: c.get('requestId'),
    });
    c.executionCtx.waitUntil(
      writeAudit(scope, {
        log: 'identity',
        description: 'session.started',
        subjectType: 'user',
        subjectId: actor.userId,
        ip: addressOf(c),
      }),
    );
    return c.json(
      {
        success: true as const,
        data: {
          user: profile ?? { id: actor.userId, name: '', email: body.email, language: actor.language },
          tenant_id: actor.tenantId,
          role: actor.role,
        },
      },
      200,
    );
  },
);

/** Only what the session row keeps: the old cookie must not reach the library, a sign-in starts a new session. */
function browserHeaders(c: Context<OpenEnv>): Headers {
  const headers = new Headers();
  const agent = c.req.header('User-Agent');
  if (agent !== undefined) headers.set('User-Agent', agent.slice(0, 300));
  const address = c.req.header('CF-Connecting-IP');
  if (address !== undefined) headers.set('CF-Connecting-IP', address);
  return headers;
}

identityRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/auth/sign-out',
    tags: ['identity'],
    summary: 'End the present session; also without one',
    ...publicRoute,
    responses: { 200: jsonAnswer(doneBody, 'signed out'), ...errorResponses('ORIGIN_REFUSED', 'RATE_LIMITED') },
  }),
  async (c) => {
    const actor = c.get('actor');
    if (actor?.kind === 'user') await deleteSession(c.get('platform'), actor.realm, actor.userId, actor.sessionId);
    c.header('Set-Cookie', expiredCookie(isSecure(c)));
    return c.json({ success: true as const }, 200);
  },
);

identityRoutes.open(
  createRoute({
    method: 'get',
    path: '/api/auth/get-session',
    tags: ['identity'],
    summary: 'The present session, or null; rolls its expiry once a day',
    ...publicRoute,
    responses: {
      200: jsonAnswer(
        itemOf(z.object({ user_id: idShown('user'), tenant_id: idShown('tenant'), role: z.string() }).nullable()),
        'the session',
      ),
      ...errorResponses('RATE_LIMITED'),
    },
  }),
  async (c) => {
    const actor = c.get('actor');
    c.header('Cache-Control', 'no-store');
    if (actor?.kind !== 'user') return c.json({ success: true as const, data: null }, 200);
    const headers = browserHeaders(c);
    headers.set('Cookie', c.req.header('Cookie') ?? '');
    const auth = await authOf(c.get('platform'), actor.realm, isSecure(c));
    for (const cookie of (await auth.getSession(headers)).headers.getSetCookie())
      c.header('Set-Cookie', cookie, { append: true });
    return c.json(
      { success: true as const, data: { user_id: actor.userId, tenant_id: actor.tenantId, role: actor.role } },
      200,
    );
  },
);

// ---------------------------------------------------------------- own sessions

/** A person has a handful; the list is not paged. */
const MAX_SESSIONS = 100;

identityRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/auth/sessions',
    tags: ['identity'],
    summary: "The signed-in user's own live sessions, newest first",
    middleware: requireScope,
    'x-actor': 'user',
    responses: {
      200: jsonAnswer(
        listOf(
          z.object({
            id: idShown('session'),
            created_at: instantShown(),
            expires_at: instantShown(),
            user_agent: z.string().nullable(),
            current: z.boolean(),
          }),
        ),
        'sessions',
      ),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const actor = c.get('actor');
    const rows =
      actor?.kind === 'user'
        ? await sessionsOf(c.get('platform'), actor.realm, actor.userId, realNow(), MAX_SESSIONS)
        : [];
    return c.json(
      {
        success: true as const,
        data: rows.map((row) => ({
          id: row.id,
          created_at: row.createdAt.toISOString(),
          expires_at: row.expiresAt.toISOString(),
          user_agent: row.userAgent,
          current: actor?.kind === 'user' && row.id === actor.sessionId,
        })),
        meta: WHOLE_LIST,
      },
      200,
    );
  },
);

identityRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/api/auth/sessions/{id}',
    tags: ['identity'],
    summary: 'End one of the own sessions',
    middleware: requireScope,
    'x-actor': 'user',
    request: { params: z.object({ id: idParam('session') }) },
    responses: { 200: jsonAnswer(itemOf(z.object({ id: idShown('session') })), 'ended'), ...guardErrors() },
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const actor = c.get('actor');
    const gone = actor?.kind === 'user' && (await deleteSession(c.get('platform'), actor.realm, actor.userId, id));
    if (!gone) return refuse(c, { code: 'NOT_FOUND', entity: 'session' });
    await writeAudit(c.get('scope'), {
      log: 'identity',
      description: 'session.ended',
      subjectType: 'session',
      subjectId: id,
    });
    return c.json({ success: true as const, data: { id } }, 200);
  },
);

// ---------------------------------------------------------------- who am I

/** Master data so young may come from the isolate's copy: branch names only. */
const BRANCHES_MAX_AGE_MS = 30_000;

const brandShown = z.object({
  product_name: z.string(),
  colors: z
    .object({ fill: z.string(), on_fill: z.string(), text: z.string(), text_dark: z.string().optional() })
    .nullable(),
});

identityRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/me',
    tags: ['identity'],
    summary: 'The signed-in user or API key with tenant, role, permissions, branches and brand',
    middleware: requireScope,
    responses: {
      200: jsonAnswer(
        itemOf(
          z.object({
            user: userShown.nullable(),
            tenant: z.object({
              id: idShown('tenant'),
              slug: z.string(),
              name: z.string(),
              type: z.enum(['platform', 'reseller', 'business']),
              status: z.string(),
              currency: z.string(),
              time_zone: z.string(),
            }),
            role: z.string(),
            permissions: z.array(z.string()),
            language: z.string(),
            branches: z.array(z.object({ id: idShown('branch'), name: z.string(), time_zone: z.string() })),
            brand: brandShown,
          }),
        ),
        'who asks',
      ),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const actor = c.get('actor');
    const scope = c.get('scope');
    if (actor === undefined || actor.kind === 'guest' || actor.kind === 'system')
      return refuse(c, { code: 'UNAUTHENTICATED' });
    const [tenant, user, schedule] = await Promise.all([
      scope.tenant(),
      actor.kind === 'user' ? userProfile(c.get('platform'), actor.realm, actor.userId) : null,
      scope.calendar.schedule({ maxAgeMs: BRANCHES_MAX_AGE_MS }),
    ]);
    if (tenant === null) return refuse(c, { code: 'NOT_FOUND', entity: 'tenant' });
    const brand = await effectiveBrand(c.get('platform'), tenant);
    return c.json(
      {
        success: true as const,
        data: {
          user,
          tenant: {
            id: tenant.id,
            slug: tenant.slug,
            name: tenant.name,
            type: tenant.type,
            status: tenant.status,
            currency: tenant.currency,
            time_zone: tenant.timeZone,
          },
          role: actor.kind === 'user' ? actor.role : 'api_key',
          permissions: [...actor.permissions],
          language: user?.language ?? c.get('language'),
          branches: schedule.result.ok
            ? schedule.result.value.branches
                .filter((branch) => branch.body.active)
                .map((branch) => ({ id: branch.id, name: branch.body.name, time_zone: branch.body.timeZone }))
            : [],
          brand: { product_name: brand.productName, colors: brand.colors },
        },
      },
      200,
    );
  },
);

// ---------------------------------------------------------------- API keys

const keyShown = z.object({
  id: idShown('api_key'),
  name: z.string(),
  prefix: z.string().openapi({ description: 'the first characters of the key' }),
  mode: z.enum(['live', 'test']),
  scopes: z.array(z.string()),
  expires_at: instantShown().nullable(),
  last_used_at: instantShown().nullable(),
  created_at: instantShown(),
  replaces_id: idShown('api_key').nullable(),
});
const keyWithSecret = keyShown.extend({ key: z.string().openapi({ description: 'shown once' }) });

const isoOrNull = (instant: number | null): string | null => (instant === null ? null : toIso(instant));
const shownOf = (row: ApiKeyRow) => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  mode: row.mode,
  scopes: row.scopes,
  expires_at: isoOrNull(row.expiresAt),
  last_used_at: isoOrNull(row.lastUsedAt),
  created_at: toIso(row.createdAt),
  replaces_id: row.replacesId,
});

identityRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/api-keys',
    tags: ['identity'],
    summary: 'API keys that were not revoked, oldest first',
    ...guarded('view_api_keys'),
    request: { query: page() },
    responses: { 200: jsonAnswer(listOf(keyShown), 'API keys'), ...guardErrors() },
  }),
  async (c) => {
    const { cursor, limit } = c.req.valid('query');
    const after = cursorOf(cursor, ['string']);
    if (!after.ok) return refuse(c, after.error);
    const rows = await apiKeysOf(c.get('platform'), c.get('scope').tenantId, after.value?.[0] ?? null, limit + 1);
    const { shown, meta } = pageOf(rows, limit, (row) => [row.id]);
    return c.json({ success: true as const, data: shown.map(shownOf), meta }, 200);
  },
);

identityRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/api-keys',
    tags: ['identity'],
    summary: 'Make an API key; the key is shown this once',
    ...guarded('create_api_keys'),
    // No `idempotent`: its stored answer would keep the secret.
    request: {
      body: jsonBody(
        z.object({
          name: lineText(100).min(1).openapi({ example: 'Website' }),
          mode: z.enum(['live', 'test']).default('live'),
          scopes: z
            .array(z.enum(PERMISSIONS as [(typeof PERMISSIONS)[number], ...(typeof PERMISSIONS)[number][]]))
            .min(1)
            .max(PERMISSIONS.length)
            .openapi({ example: ['view_appointments'] }),
          expires_in_days: z.int().min(1).max(MAX_LIFE_DAYS).default(DEFAULT_LIFE_DAYS),
        }),
      ),
    },
    responses: {
      201: jsonAnswer(itemOf(keyWithSecret), 'the new key'),
      ...guardErrors(),
      ...errorResponses('LIMIT_REACHED'),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const scope = c.get('scope');
    const result = await createApiKey(
      c.get('platform'),
      scope.tenantId,
      scope.actor,
      { name: body.name, mode: body.mode, scopes: body.scopes, lifeDays: body.expires_in_days },
      processNow(),
    );
    if (result.ok) {
      await writeAudit(scope, {
        log: 'identity',
        description: 'api_key.created',
        subjectType: 'api_key',
        subjectId: result.value.row.id,
        after: { name: body.name, mode: body.mode, scopes: body.scopes },
      });
    }
    return answer(c, { result }, (made) => ({ success: true, data: { ...shownOf(made.row), key: made.key } }), 201);
  },
);

identityRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/api-keys/{id}/rotate',
    tags: ['identity'],
    summary: 'Replace an API key; the old one works on for the grace period',
    ...guarded('edit_api_keys'),
    request: {
      params: z.object({ id: idParam('api_key') }),
      body: jsonBody(z.object({ grace_days: z.int().min(0).max(MAX_GRACE_DAYS).default(DEFAULT_GRACE_DAYS) })),
    },
    responses: {
      201: jsonAnswer(itemOf(keyWithSecret.extend({ old_expires_at: instantShown() })), 'the new key'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const scope = c.get('scope');
    const result = await rotateApiKey(
      c.get('platform'),
      scope.tenantId,
      scope.actor,
      id,
      c.req.valid('json').grace_days,
      processNow(),
    );
    if (result.ok) {
      await writeAudit(scope, {
        log: 'identity',
        description: 'api_key.rotated',
        subjectType: 'api_key',
        subjectId: id,
        after: { replaced_by: result.value.row.id, old_expires_at: toIso(result.value.oldExpiresAt) },
      });
    }
    return answer(
      c,
      { result },
      (made) => ({
        success: true,
        data: { ...shownOf(made.row), key: made.key, old_expires_at: toIso(made.oldExpiresAt) },
      }),
      201,
    );
  },
);

identityRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/api/v1/api-keys/{id}',
    tags: ['identity'],
    summary: 'Revoke an API key at once',
    ...guarded('delete_api_keys'),
    request: { params: z.object({ id: idParam('api_key') }) },
    responses: { 200: jsonAnswer(itemOf(z.object({ id: idShown('api_key') })), 'revoked'), ...guardErrors() },
  }),
  async (c) => {
    const { id } = c.req.valid('param');
    const scope = c.get('scope');
    const result = await deleteApiKey(c.get('platform'), scope.tenantId, id, processNow());
    if (result.ok) {
      await writeAudit(scope, {
        log: 'identity',
        description: 'api_key.revoked',
        subjectType: 'api_key',
        subjectId: id,
      });
    }
    return answer(c, { result }, (gone) => ({ success: true, data: { id: gone.id } }));
  },
);

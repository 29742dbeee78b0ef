/** `GET /api/health` for load balancers and `GET /api/health/detailed` for monitors and people. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { permissionRefusal } from '../../shared/actor.ts';
import { processNow } from '../../shared/clock.ts';
import { detailedHealthResponse, healthResponse } from '../../shared/contract/health.ts';
import { toIso } from '../../shared/time.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { refuse } from '../http/problem.ts';
import { type OpenEnv, createRoutes } from '../http/module-routes.ts';
import { guardErrors, jsonAnswer, publicRoute, selfGuarded } from '../http/schema.ts';
import { openTenant } from '../tenancy/scope.ts';
import { VERSION } from './version.ts';
import { detailedHealth } from './health-checks.ts';

export const healthRoutes = createRoutes();

healthRoutes.open(
  createRoute({
    method: 'get',
    path: '/api/health',
    tags: ['operations'],
    summary: 'Is the Worker up; asks nothing else',
    ...publicRoute,
    responses: {
      200: jsonAnswer(healthResponse, 'up'),
    },
  }),
  (c) => {
    return c.json({ status: 'ok' as const, timestamp: toIso(processNow()), version: VERSION }, 200);
  },
);

healthRoutes.open(
  createRoute({
    method: 'get',
    path: '/api/health/detailed',
    ...selfGuarded,
    tags: ['operations'],
    summary:
      "Checks, integrations and today's numbers: of the caller's tenant, or of the platform for monitor and operator",
    responses: {
      200: jsonAnswer(detailedHealthResponse, 'up, perhaps degraded'),
      503: jsonAnswer(detailedHealthResponse, 'something that everything needs is down'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const actor = c.get('actor');
    const monitor = isMonitor(c);
    if (!monitor) {
      if (actor === undefined || actor.kind === 'guest') return refuse(c, { code: 'UNAUTHENTICATED' });
      const refused = permissionRefusal(actor, 'view_health');
      if (refused) return refuse(c, refused.error);
    }
    const platform = monitor || (actor?.kind === 'user' && actor.role === 'super_admin');
    const own =
      platform || actor?.kind === 'system' || actor === undefined
        ? null
        : openTenant(c.get('platform'), actor.tenantId, actor);
    const timeZone = (await own?.tenant())?.timeZone ?? 'UTC';
    const health = await detailedHealth(c.get('platform'), own?.tenantId ?? null, timeZone);
    return health.status === 'down' ? c.json(health, 503) : c.json(health, 200);
  },
);

function isMonitor(c: Context<OpenEnv>): boolean {
  const token = c.get('platform').config.MONITOR_TOKEN;
  const given = /^Bearer\s+(\S{16,256})$/.exec(c.req.header('Authorization') ?? '')?.[1];
  // Hashes are compared: the length of a common prefix discloses nothing about the token.
  return token !== undefined && given !== undefined && sha256Hex(given) === sha256Hex(token);
}

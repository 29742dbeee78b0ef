/** `POST /api/dev/clock`, development and test only: moves the process clock that alarms, queues, cron and signature checks follow. */
import { createRoute, z } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { asInstant, clockOffset, type Instant, processNow, realNow, setClockOffset } from '../../shared/clock.ts';
import { fromIso, toIso } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import { boundBody, MAX_JSON_BYTES } from './body.ts';
import { notFound, refuse } from './problem.ts';
import { type OpenEnv, createRoutes } from './module-routes.ts';
import { errorResponses, jsonAnswer, jsonBody, publicRoute } from './schema.ts';

/** Ten years each way: beyond it is a typing error. */
const MAX_ADVANCE_SECONDS = 10 * 366 * 86_400;

/** What else must follow the clock (objects with alarms, queues that wait). */
type OnClockMoved = (platform: Platform, now: Instant) => Promise<void>;

/** Before validation, so that outside development even a wrong body meets the neutral 404. */
const developmentOnly = createMiddleware<OpenEnv>(async (c, next) => {
  if (!c.get('platform').development) return notFound(c);
  await next();
  return undefined;
});

/** 404 outside development and test, like any unknown path. */
export function devClockRoutes(onClockMoved: OnClockMoved) {
  const routes = createRoutes();
  routes.open(
    createRoute({
      method: 'post',
      path: '/api/dev/clock',
      tags: ['development'],
      summary: 'Move the process clock (development only)',
      ...publicRoute,
      middleware: [developmentOnly, boundBody(MAX_JSON_BYTES)] as const,
      request: {
        body: jsonBody(
          z
            .object({
              now: z.string().max(40).optional().openapi({ example: '2026-11-24T09:00:00Z' }),
              advance_seconds: z.number().min(-MAX_ADVANCE_SECONDS).max(MAX_ADVANCE_SECONDS).optional(),
              reset: z.boolean().optional(),
            })
            .refine((body) => Object.values(body).filter((value) => value !== undefined).length === 1, {
              error: 'exactly one of now, advance_seconds, reset',
            }),
        ),
      },
      responses: {
        200: jsonAnswer(
          z.object({ success: z.literal(true), now: z.string(), offset_seconds: z.number() }),
          'the clock as it runs now',
        ),
        ...errorResponses('NOT_FOUND', 'VALIDATION_ERROR'),
      },
    }),
    async (c) => {
      const body = c.req.valid('json');
      const offset = offsetFor(body);
      if (offset === null) return refuse(c, { code: 'VALIDATION_ERROR', errors: { now: ['ISO 8601 with zone'] } });
      setClockOffset(offset);
      await onClockMoved(c.get('platform'), processNow());
      return c.json({ success: true as const, now: toIso(processNow()), offset_seconds: clockOffset() / 1000 }, 200);
    },
  );
  return routes;
}

/** The new offset in ms; null when `now` is not an instant. */
function offsetFor(body: {
  now?: string | undefined;
  advance_seconds?: number | undefined;
  reset?: boolean | undefined;
}): number | null {
  if (body.now !== undefined) {
    const wanted = fromIso(body.now);
    return wanted === null ? null : wanted - realNow();
  }
  if (body.advance_seconds !== undefined) return asInstant(clockOffset() + body.advance_seconds * 1000);
  return body.reset === true ? 0 : clockOffset();
}

/** HTTP of availability: simple and composite questions, holds. Thin: shapes in and out. Mounted through routes.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import { err, ok } from '../../shared/result.ts';
import { addDays, timeOf, toIso } from '../../shared/time.ts';
import { newId } from '../../shared/ids.ts';
import { answer } from '../http/answer.ts';
import { createRoom } from '../http/room.ts';
import {
  errorResponses,
  guarded,
  guardErrors,
  idField,
  idParam,
  idShown,
  instantShown,
  jsonAnswer,
  jsonBody,
  wallDate,
  wallTime,
} from '../http/schema.ts';
import { actorRefOf, callerOf, commandKey, isHouse, limitOf, outcome, showSlot, slotShown } from './edge-routes.ts';
import { MAX_HOLDS_PER_KEY, visitorHash } from './rules/hold.ts';
import { verifyQuote } from './quote-action.ts';
import {
  type AvailabilityAnswer,
  MAX_HOLD_SECONDS,
  MAX_HOLDS_PER_OWNER,
  MAX_QUERY_DAYS,
  MAX_SERVICES_PER_BOOKING,
  MAX_SLOTS,
  type Slot,
} from './types.ts';

export const availabilityRoutes = createRoom();

const minutes = () => z.int().min(1).max(1_440);
const reason = z.enum(['free', 'full', 'closed', 'outside_notice', 'not_configured', 'upstream_down']);
const preference = z.enum(['even_load', 'earliest', 'same_staff', 'least_fragmentation']);
const asked = z.object({
  date: wallDate().openapi({ description: 'day of the branch', example: '2026-11-24' }),
  time: wallTime().optional().openapi({ description: 'an exact wish; `available` then speaks of it alone' }),
  days: z.int().min(1).max(MAX_QUERY_DAYS).optional().openapi({ description: 'days to look at from `date` on (1)' }),
  staff_id: idField('staff').optional(),
  branch_id: idField('branch').optional(),
  party_size: z.int().min(1).max(500).optional(),
  preference: preference.optional(),
  limit: z.int().min(1).max(MAX_SLOTS).optional(),
});
const found = {
  success: z.literal(true),
  available: z.boolean(),
  reason,
  branch_id: idShown('branch').nullable(),
  time_zone: z.string(),
  next_available_slots: z.array(slotShown),
};

type Asked = z.infer<typeof asked>;
const windowOf = (body: Asked) => ({ fromDate: body.date, untilDate: addDays(body.date, (body.days ?? 1) - 1) });

availabilityRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v2/availability/simple',
    tags: ['booking'],
    summary: 'Free slots of one service',
    ...guarded('view_availability'),
    request: {
      body: jsonBody(asked.extend({ service_id: idField('service'), duration_minutes: minutes().optional() })),
    },
    responses: {
      200: jsonAnswer(z.object({ ...found, slots: z.array(slotShown) }), 'free slots, or why there are none'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const checked = await c.get('scope').calendar.checkAvailability({
      now: c.get('now'),
      services: [
        {
          serviceId: body.service_id,
          ...(body.duration_minutes === undefined ? {} : { durationMinutes: body.duration_minutes }),
        },
      ],
      branchId: body.branch_id ?? null,
      staffId: body.staff_id ?? null,
      window: windowOf(body),
      ...(body.time === undefined ? {} : { at: { date: body.date, time: body.time } }),
      ...(body.party_size === undefined ? {} : { partySize: body.party_size }),
      ...(body.preference === undefined ? {} : { preference: body.preference }),
      ...(body.limit === undefined ? {} : { limit: body.limit }),
      internal: isHouse(c),
      rate: limitOf(c, 'availability'),
    });
    const { result } = checked;
    if (!result.ok) return answer(c, { ...outcome(checked), result }, () => ({}) as never);
    const shown = await Promise.all(
      [offered(result.value), result.value.next].map((list) =>
        Promise.all(list.map((slot) => showSlot(c, slot, result.value.scheduleVersion))),
      ),
    );
    return answer(c, { ...outcome(checked), result: ok(result.value) }, (value) => ({
      success: true,
      ...head(value),
      slots: shown[0] ?? [],
      next_available_slots: shown[1] ?? [],
    }));
  },
);

/** With an exact wish the one slot, else those of the window. */
const offered = (value: AvailabilityAnswer): Slot[] => (value.slot ? [value.slot] : value.slots);
const head = (value: AvailabilityAnswer) => ({
  available: value.available,
  reason: value.reason,
  branch_id: value.branchId === '' ? null : value.branchId,
  time_zone: value.timeZone,
});

const segmentShown = z.object({
  service_id: idShown('service').nullable(),
  kind: z.enum(['active', 'passive']),
  start: wallTime(),
  end: wallTime(),
  staff_id: idShown('staff').nullable(),
});
const compositeSlot = slotShown.extend({ segments: z.array(segmentShown) });

availabilityRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v2/availability/composite',
    tags: ['booking'],
    summary: 'Free slots for several services in one visit, or a composite one',
    ...guarded('view_availability'),
    request: {
      body: jsonBody(
        asked.extend({
          services: z
            .array(z.object({ service_id: idField('service'), duration: minutes().optional() }))
            .min(1)
            .max(MAX_SERVICES_PER_BOOKING),
        }),
      ),
    },
    responses: {
      200: jsonAnswer(
        z.object({ ...found, total_duration: z.int(), slots: z.array(compositeSlot) }),
        'free slots with their segments',
      ),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const checked = await c.get('scope').calendar.checkAvailability({
      now: c.get('now'),
      services: body.services.map((s) => ({
        serviceId: s.service_id,
        ...(s.duration === undefined ? {} : { durationMinutes: s.duration }),
      })),
      branchId: body.branch_id ?? null,
      staffId: body.staff_id ?? null,
      window: windowOf(body),
      ...(body.time === undefined ? {} : { at: { date: body.date, time: body.time } }),
      ...(body.preference === undefined ? {} : { preference: body.preference }),
      ...(body.limit === undefined ? {} : { limit: body.limit }),
      internal: isHouse(c),
      rate: limitOf(c, 'availability'),
    });
    const { result } = checked;
    if (!result.ok) return answer(c, { ...outcome(checked), result }, () => ({}) as never);
    const { value } = result;
    const clock = clockOf(value.timeZone);
    const slots = await Promise.all(
      offered(value).map(async (slot) => ({
        ...(await showSlot(c, slot, value.scheduleVersion)),
        segments: slot.segments.map((s) => ({
          service_id: s.serviceId,
          kind: s.kind,
          start: clock(s.startsAt),
          end: clock(s.endsAt),
          staff_id: s.staffId,
        })),
      })),
    );
    const next = await Promise.all(value.next.map((slot) => showSlot(c, slot, value.scheduleVersion)));
    const first = offered(value)[0] ?? value.next[0];
    return answer(c, { ...outcome(checked), result: ok(value) }, () => ({
      success: true,
      ...head(value),
      total_duration: first?.durationMinutes ?? 0,
      slots,
      next_available_slots: next,
    }));
  },
);

const clockOf = (zone: string) => (instant: number) => timeOf(instant, zone);

availabilityRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v2/holds',
    tags: ['booking'],
    summary: 'Keeps an offered slot for some minutes',
    ...guarded('create_holds'),
    request: {
      body: jsonBody(
        z.object({
          quote: z.string().min(1).max(2_000),
          ttl_seconds: z.int().min(1).max(MAX_HOLD_SECONDS).optional(),
          visitor: z
            .string()
            .trim()
            .min(1)
            .max(128)
            .optional()
            .openapi({
              description: `API keys: whom the slot is kept for, in a word of yours. Each visitor may hold ${MAX_HOLDS_PER_OWNER} slots at once, a key ${MAX_HOLDS_PER_KEY} in all; without it the key itself ${MAX_HOLDS_PER_OWNER}. Only a hash is kept`,
            }),
        }),
      ),
    },
    responses: {
      201: jsonAnswer(
        z.object({ success: z.literal(true), lock_token: idShown('hold'), lock_expires_at: instantShown() }),
        'the slot is kept',
      ),
      ...guardErrors(),
      ...errorResponses('APPOINTMENT_CONFLICT', 'QUOTE_STALE', 'LIMIT_REACHED', 'TENANT_SUSPENDED'),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const now = c.get('now');
    const { quote: presented, ttl_seconds, visitor } = c.req.valid('json');
    const caller = callerOf(c);
    const quote = await verifyQuote(scope.config.AUTH_SECRET, scope.tenantId, presented);
    if (!quote) return answer(c, { result: err({ code: 'NOT_FOUND', entity: 'quote' }) }, () => ({}) as never, 201);
    if (quote.expiresAt <= now)
      return answer(
        c,
        { result: err({ code: 'QUOTE_STALE', details: { alternatives: [] } }) },
        () => ({}) as never,
        201,
      );
    const held = await scope.calendar.hold({
      key: commandKey(c, 'hold'),
      now,
      actor: actorRefOf(caller),
      lockToken: `${newId('hold', now)}${newId('hold', now).slice(-11)}`,
      services: quote.serviceIds.map((serviceId) => ({ serviceId })),
      branchId: quote.branchId,
      staffId: quote.staffId,
      startsAt: quote.startsAt,
      partySize: quote.partySize,
      ...(ttl_seconds === undefined ? {} : { ttlSeconds: ttl_seconds }),
      ...(visitor === undefined || caller.kind !== 'api_key'
        ? {}
        : { visitor: visitorHash(scope.config.AUTH_SECRET, caller.keyId, visitor) }),
      quote,
      internal: isHouse(c),
      rate: limitOf(c, 'create'),
    });
    return answer(
      c,
      outcome(held),
      ({ hold }) => ({ success: true, lock_token: hold.lockToken, lock_expires_at: toIso(hold.expiresAt) }),
      201,
    );
  },
);

availabilityRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/api/v2/holds/{lock_token}',
    tags: ['booking'],
    summary: 'Gives a held slot back',
    ...guarded('delete_holds'),
    request: { params: z.object({ lock_token: idParam('hold') }) },
    responses: { 200: jsonAnswer(z.object({ success: z.literal(true) }), 'the slot is free again'), ...guardErrors() },
  }),
  async (c) => {
    const released = await c.get('scope').calendar.releaseHold({
      key: commandKey(c, 'release'),
      now: c.get('now'),
      actor: actorRefOf(callerOf(c)),
      lockToken: c.req.valid('param').lock_token,
    });
    return answer(c, outcome(released), () => ({ success: true }));
  },
);

/** HTTP of availability: simple and composite questions, holds. Thin: shapes in and out. Mounted through routes.ts. */
import { createRoute, type z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  compositeAvailabilityRequest,
  compositeAvailabilityResponse,
  holdParams,
  holdRequest,
  holdResponse,
  releaseHoldResponse,
  simpleAvailabilityRequest,
  simpleAvailabilityResponse,
} from '../../shared/contract/availability.ts';
import { newId } from '../../shared/ids.ts';
import { err, ok } from '../../shared/result.ts';
import { addDays, timeOf, toIso } from '../../shared/time.ts';
import { answer } from '../http/answer.ts';
import { type AppEnv, createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { actorRefOf } from './actor-ref.ts';
import { callerOf, commandKey, isStaffUser, limitOf, outcome, takesOffered, viewOfSlot } from './edge-routes.ts';
import { verifyQuote } from './quote-action.ts';
import { visitorHash } from './rules/hold.ts';
import type { AvailabilityAnswer } from './commands/inputs.ts';
import type { Slot } from './rows.ts';

export const availabilityRoutes = createRoutes();

/** What both questions say besides their services: where, whom, when, how many answers, on whose behalf. */
const askedIn = (
  c: Context<AppEnv>,
  body: z.output<typeof simpleAvailabilityRequest> | z.output<typeof compositeAvailabilityRequest>,
) => ({
  now: c.get('now'),
  branchId: body.branch_id ?? null,
  staffId: body.staff_id ?? null,
  window: { fromDate: body.date, untilDate: addDays(body.date, (body.days ?? 1) - 1) },
  ...(body.time === undefined ? {} : { at: { date: body.date, time: body.time } }),
  ...(body.preference === undefined ? {} : { preference: body.preference }),
  ...(body.limit === undefined ? {} : { limit: body.limit }),
  internal: isStaffUser(c),
  offeredOnly: takesOffered(c),
  ...(body.party_size === undefined ? {} : { partySize: body.party_size }),
  rate: limitOf(c, 'availability'),
});

availabilityRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v2/availability/simple',
    tags: ['booking'],
    summary: 'Free slots of one service',
    ...guarded('view_availability'),
    request: { body: jsonBody(simpleAvailabilityRequest) },
    responses: {
      200: jsonAnswer(simpleAvailabilityResponse, 'free slots, or why there are none'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const checked = await c.get('scope').calendar.checkAvailability({
      services: [
        {
          serviceId: body.service_id,
          ...(body.duration_minutes === undefined ? {} : { durationMinutes: body.duration_minutes }),
        },
      ],
      ...askedIn(c, body),
    });
    const { result } = checked;
    if (!result.ok) return answer(c, { ...outcome(checked), result }, () => ({}) as never);
    const shown = await Promise.all(
      [offered(result.value), result.value.next].map((list) =>
        Promise.all(list.map((slot) => viewOfSlot(c, slot, result.value.scheduleVersion))),
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

/** With an exact time the one slot, else those of the window. */
const offered = (value: AvailabilityAnswer): Slot[] => (value.slot ? [value.slot] : value.slots);
const head = (value: AvailabilityAnswer) => ({
  available: value.available,
  reason: value.reason,
  branch_id: value.branchId === '' ? null : value.branchId,
  time_zone: value.timeZone,
});

availabilityRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v2/availability/composite',
    tags: ['booking'],
    summary: 'Free slots for several services in one visit, or a composite one',
    ...guarded('view_availability'),
    request: { body: jsonBody(compositeAvailabilityRequest) },
    responses: {
      200: jsonAnswer(compositeAvailabilityResponse, 'free slots with their segments'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const body = c.req.valid('json');
    const checked = await c.get('scope').calendar.checkAvailability({
      services: body.services.map((s) => ({
        serviceId: s.service_id,
        ...(s.duration === undefined ? {} : { durationMinutes: s.duration }),
      })),
      ...askedIn(c, body),
    });
    const { result } = checked;
    if (!result.ok) return answer(c, { ...outcome(checked), result }, () => ({}) as never);
    const { value } = result;
    const clock = clockOf(value.timeZone);
    const slots = await Promise.all(
      offered(value).map(async (slot) => ({
        ...(await viewOfSlot(c, slot, value.scheduleVersion)),
        segments: slot.segments.map((s) => ({
          service_id: s.serviceId,
          kind: s.kind,
          start: clock(s.startsAt),
          end: clock(s.endsAt),
          staff_id: s.staffId,
        })),
      })),
    );
    const next = await Promise.all(value.next.map((slot) => viewOfSlot(c, slot, value.scheduleVersion)));
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
    request: { body: jsonBody(holdRequest) },
    responses: {
      201: jsonAnswer(holdResponse, 'the slot is kept'),
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
      // The quote names everybody.
      staffId: null,
      startsAt: quote.startsAt,
      ...(ttl_seconds === undefined ? {} : { ttlSeconds: ttl_seconds }),
      ...(visitor === undefined || caller.kind !== 'api_key'
        ? {}
        : { visitor: visitorHash(scope.config.AUTH_SECRET, caller.keyId, visitor) }),
      quote,
      internal: isStaffUser(c),
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
    request: { params: holdParams },
    responses: { 200: jsonAnswer(releaseHoldResponse, 'the slot is free again'), ...guardErrors() },
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

/** HTTP of bookings v2: create, read, move, cancel, what the policy says. Thin: shapes in and out. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { actorMay } from '../../shared/actor.ts';
import {
  appointmentParams,
  appointmentResponse,
  bookRequest,
  bookResponse,
  cancelQuery,
  cancelRequest,
  cancelResponse,
  policyQuery,
  policyResponse,
  rescheduleRequest,
  rescheduleResponse,
} from '../../shared/contract/appointments.ts';
import { MAX_PARTY_VISITS } from '../../shared/calendar-limits.ts';
import { newId } from '../../shared/ids.ts';
import { asCents, centsToDecimal } from '../../shared/money.ts';
import { err } from '../../shared/result.ts';
import { toIso } from '../../shared/time.ts';
import { isReachable } from '../tenancy/reach.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { actorRefOf } from './actor-ref.ts';
import { callerOf, commandKey, isStaffUser, limitOf, mayBackdate, outcome, takesOffered } from './edge-routes.ts';
import { bookFor } from './book-for.ts';
import { BOOKINGS_AN_HOUR } from './bounds.ts';
import { verifyQuote } from './quote-action.ts';
import { viewOfAppointment } from './queries/appointment-view.ts';
import { policyCheck } from './rules/policy.ts';
import type { Book } from './commands/inputs.ts';
import type { QuotePayload } from './rows.ts';

export const bookingRoutes = createRoutes();

const bookingErrors = () =>
  errorResponses(
    'APPOINTMENT_CONFLICT',
    'QUOTE_STALE',
    'HOLD_EXPIRED',
    'IDEMPOTENCY_MISMATCH',
    'TENANT_SUSPENDED',
    'POLICY_VIOLATION',
  );

bookingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v2/bookings',
    tags: ['booking'],
    summary: 'Books a free slot, exactly once',
    ...guarded('create_appointments'),
    request: { body: jsonBody(bookRequest) },
    responses: {
      201: jsonAnswer(bookResponse, 'booked'),
      ...guardErrors(),
      ...bookingErrors(),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const now = c.get('now');
    const caller = callerOf(c);
    const body = c.req.valid('json');
    let quote: QuotePayload | null = null;
    if (body.quote !== undefined) {
      quote = await verifyQuote(scope.config.AUTH_SECRET, scope.tenantId, body.quote);
      if (!quote) return answer(c, { result: err({ code: 'NOT_FOUND', entity: 'quote' }) }, () => ({}) as never, 201);
    }
    const more = body.more_service_ids ?? [];
    const duration = body.duration_minutes;
    const command: Book = {
      key: commandKey(c, 'book'),
      now,
      actor: actorRefOf(caller),
      appointmentId: newId('appointment', now),
      partyIds: Array.from({ length: MAX_PARTY_VISITS - 1 }, () => newId('appointment', now)),
      customerId: body.customer_id,
      services: [body.service_id, ...more].map((serviceId, i) => ({
        serviceId,
        ...(i === 0 && duration !== undefined ? { durationMinutes: duration } : {}),
      })),
      branchId: body.branch_id ?? null,
      staffId: body.staff_id ?? null,
      startsAt: body.starts_at,
      ...(body.party_size === undefined ? {} : { partySize: body.party_size }),
      // Never what the caller says of itself: by the source people are charged and limited.
      source: caller.kind === 'user' ? 'admin' : 'api',
      notes: body.notes ?? null,
      internalNotes: body.internal_notes ?? null,
      callId: body.call_id ?? null,
      quote,
      lockToken: body.lock_token ?? null,
      notify: body.notify_customer ?? true,
      internal: isStaffUser(c),
      offeredOnly: takesOffered(c),
      backdate: isStaffUser(c) && mayBackdate(c),
      customerHourlyLimit: isStaffUser(c) ? null : BOOKINGS_AN_HOUR * scope.config.RATE_LIMIT_SCALE,
      rate: limitOf(c, 'create'),
    };
    const booked = await bookFor(scope, command);
    // A message is on its way only to whom one can be sent.
    const made = booked.result.ok && booked.result.value.confirmationQueued ? booked.result.value.appointment : null;
    const confirmed = made !== null && (await isReachable(scope, made.customerId, made.companyId).catch(() => false));
    return answer(
      c,
      outcome(booked),
      ({ appointment, party, staffName }) => ({
        success: true,
        appointment_id: appointment.id,
        calcom_booking_id: actorMay(caller, 'view_calcom') ? appointment.calcomUid : null,
        sync_status: appointment.syncStatus,
        confirmation_sent: confirmed,
        status: appointment.status,
        starts_at: toIso(appointment.startsAt),
        ends_at: toIso(appointment.endsAt),
        staff_id: appointment.staffId,
        staff_name: staffName,
        price_cents: appointment.priceCents,
        currency: appointment.currency,
        version: appointment.version,
        ...(party.length === 0
          ? {}
          : {
              party: party.map((one) => ({
                appointment_id: one.appointment.id,
                starts_at: toIso(one.appointment.startsAt),
                ends_at: toIso(one.appointment.endsAt),
                staff_id: one.appointment.staffId,
                staff_name: one.staffName,
                price_cents: one.appointment.priceCents,
              })),
            }),
      }),
      201,
    );
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/bookings/{id}',
    tags: ['booking'],
    summary: 'A booking as the calendar has it now',
    ...guarded('view_appointments'),
    request: { params: appointmentParams },
    responses: { 200: jsonAnswer(appointmentResponse, 'the booking'), ...guardErrors() },
  }),
  async (c) => {
    const found = await c.get('scope').calendar.appointment(c.req.valid('param').id);
    const version = found.result.ok ? found.result.value.appointment.version : undefined;
    return answer(c, { ...outcome(found), version }, (detail) => ({
      success: true,
      data: viewOfAppointment(
        detail.appointment,
        detail.texts,
        { ...detail, seesCalcom: actorMay(callerOf(c), 'view_calcom') },
        { language: c.get('language'), now: c.get('now') },
      ),
    }));
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/api/v2/bookings/{id}/reschedule',
    tags: ['booking'],
    summary: 'Moves a booking; the old slot is freed only when the new one is taken',
    ...guarded('edit_appointments'),
    request: {
      params: appointmentParams,
      body: jsonBody(rescheduleRequest),
    },
    responses: {
      200: jsonAnswer(rescheduleResponse, 'moved'),
      ...guardErrors(),
      ...bookingErrors(),
      ...errorResponses(
        'VERSION_CONFLICT',
        'ILLEGAL_TRANSITION',
        'POLICY_CONFIRMATION_REQUIRED',
        'APPOINTMENT_CONFLICT',
      ),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const now = c.get('now');
    const body = c.req.valid('json');
    let quote: QuotePayload | null = null;
    if (body.quote !== undefined) {
      quote = await verifyQuote(scope.config.AUTH_SECRET, scope.tenantId, body.quote);
      if (!quote) return answer(c, { result: err({ code: 'NOT_FOUND', entity: 'quote' }) }, () => ({}) as never);
    }
    const moved = await scope.calendar.reschedule({
      key: commandKey(c, 'move'),
      now,
      actor: actorRefOf(callerOf(c)),
      appointmentId: c.req.valid('param').id,
      modificationId: newId('modification', now),
      newStartsAt: body.new_starts_at,
      ...(body.staff_id === undefined ? {} : { staffId: body.staff_id }),
      branchId: body.branch_id ?? null,
      ...(body.duration_minutes === undefined ? {} : { durationMinutes: body.duration_minutes }),
      expectedVersion: body.expected_version ?? presentedVersion(c),
      reason: body.reason ?? null,
      quote,
      lockToken: body.lock_token ?? null,
      confirm: body.confirm ?? false,
      notify: body.notify_customer ?? true,
      internal: isStaffUser(c),
      offeredOnly: takesOffered(c),
      backdate: mayBackdate(c),
      rate: limitOf(c, 'reschedule'),
    });
    return answer(c, outcome(moved), ({ appointment, oldStartsAt, newStartsAt, policyCheck: check, staffName }) => ({
      success: true,
      appointment_id: appointment.id,
      old_time: toIso(oldStartsAt),
      new_time: toIso(newStartsAt),
      policy_check: check,
      policy_violation: appointment.policyViolation,
      staff_id: appointment.staffId,
      staff_name: staffName,
      version: appointment.version,
    }));
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/api/v2/bookings/{id}',
    tags: ['booking'],
    summary: 'Cancels a booking; its slot is free at once',
    ...guarded('delete_appointments'),
    request: {
      params: appointmentParams,
      query: cancelQuery,
      body: { required: false, content: { 'application/json': { schema: cancelRequest } } },
    },
    responses: {
      200: jsonAnswer(cancelResponse, 'cancelled'),
      ...guardErrors(),
      ...errorResponses(
        'VERSION_CONFLICT',
        'ILLEGAL_TRANSITION',
        'POLICY_CONFIRMATION_REQUIRED',
        'POLICY_VIOLATION',
        'IDEMPOTENCY_MISMATCH',
      ),
    },
  }),
  async (c) => {
    const now = c.get('now');
    const query = c.req.valid('query');
    // Empty where none came.
    const body = c.req.valid('json');
    const cancelled = await c.get('scope').calendar.cancel({
      key: commandKey(c, 'cancel'),
      now,
      actor: actorRefOf(callerOf(c)),
      appointmentId: c.req.valid('param').id,
      modificationId: newId('modification', now),
      expectedVersion: body.expected_version ?? query.expected_version ?? presentedVersion(c),
      reason: body.reason ?? query.reason ?? null,
      confirm: body.confirm ?? query.confirm ?? false,
      notify: body.notify_customer ?? query.notify_customer ?? true,
      backdate: mayBackdate(c),
      rate: limitOf(c, 'cancel'),
    });
    return answer(c, outcome(cancelled), (value) => ({
      success: true,
      appointment_id: value.appointment.id,
      refund_eligible: value.refundEligible,
      policy_check: value.policyCheck,
      policy_violation: value.policyViolation,
      cancellation_fee: Number(centsToDecimal(asCents(value.cancellationFeeCents), value.appointment.currency)),
      cancellation_fee_cents: value.cancellationFeeCents,
      version: value.appointment.version,
    }));
  },
);

bookingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v2/bookings/{id}/policy',
    tags: ['booking'],
    summary: 'What the policy would say to cancelling or moving now',
    ...guarded('view_appointments'),
    request: {
      params: appointmentParams,
      query: policyQuery,
    },
    responses: {
      200: jsonAnswer(policyResponse, 'the policy'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const found = await c.get('scope').calendar.appointment(c.req.valid('param').id);
    const { action } = c.req.valid('query');
    return answer(c, outcome(found), ({ appointment }) => {
      const verdict = policyCheck(action, appointment, c.get('now'));
      return {
        success: true,
        data: {
          policy_check: verdict.check,
          cancellation_fee: Number(centsToDecimal(asCents(verdict.feeCents), appointment.currency)),
          cancellation_fee_cents: verdict.feeCents,
          reasons: verdict.reasons,
          may_change: actorMay(callerOf(c), 'edit_appointments'),
        },
      };
    });
  },
);

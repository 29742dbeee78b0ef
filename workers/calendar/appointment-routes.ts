/** HTTP of what is done with appointments, and of the calendar's day from the object itself. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { StatusAction, StatusActionPath } from '../../shared/appointment-status.ts';
import {
  addAppointmentNoteRequest,
  addAppointmentNoteResponse,
  appointmentParams,
  calendarDayQuery,
  calendarDayResponse,
  calendarRangeQuery,
  calendarRangeResponse,
  statusActionParams,
  statusActionRequest,
  statusActionResponse,
} from '../../shared/contract/appointments.ts';
import { newId } from '../../shared/ids.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer } from '../http/schema.ts';
import { actorRefOf } from './actor-ref.ts';
import { callerOf, commandKey, outcome } from './edge-routes.ts';
import { daysView, dayView } from './queries/day.ts';
import { viewOfNewNote } from './queries/notes.ts';

export const appointmentRoutes = createRoutes();

// Before the route of all actions, whose pattern fits this path too.
appointmentRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/appointments/{id}/notes',
    tags: ['appointments'],
    summary: 'Adds a note for the team or for its management; customers never see it',
    ...guarded('create_notes'),
    request: {
      params: appointmentParams,
      body: { required: true, content: { 'application/json': { schema: addAppointmentNoteRequest } } },
    },
    responses: {
      201: jsonAnswer(addAppointmentNoteResponse, 'the note'),
      ...guardErrors(),
      ...errorResponses('LIMIT_REACHED', 'IDEMPOTENCY_MISMATCH'),
    },
  }),
  async (c) => {
    const now = c.get('now');
    const scope = c.get('scope');
    const { text, visibility } = c.req.valid('json');
    const added = await scope.calendar.addAppointmentNote({
      key: commandKey(c, 'note'),
      now,
      actor: actorRefOf(callerOf(c)),
      appointmentId: c.req.valid('param').id,
      noteId: newId('note', now),
      visibility,
      text,
    });
    const data = added.result.ok ? await viewOfNewNote(scope, { ...added.result.value.note, text }) : null;
    return answer(c, outcome(added), () => ({ success: true, data: data as NonNullable<typeof data> }), 201);
  },
);

const ACTIONS = {
  confirm: 'confirm',
  start: 'start',
  complete: 'complete',
  'no-show': 'no_show',
} as const satisfies Record<StatusActionPath, StatusAction>;

appointmentRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/appointments/{id}/{action}',
    tags: ['appointments'],
    summary: 'Confirms, starts, completes an appointment, or notes that nobody came',
    ...guarded('edit_appointments'),
    request: {
      params: statusActionParams,
      body: { required: false, content: { 'application/json': { schema: statusActionRequest } } },
    },
    responses: {
      200: jsonAnswer(statusActionResponse, 'the new state'),
      ...guardErrors(),
      ...errorResponses('VERSION_CONFLICT', 'ILLEGAL_TRANSITION', 'IDEMPOTENCY_MISMATCH'),
    },
  }),
  async (c) => {
    const now = c.get('now');
    const { id, action } = c.req.valid('param');
    const body = c.req.header('Content-Type')?.includes('json') ? c.req.valid('json') : {};
    const changed = await c.get('scope').calendar.setStatus({
      key: commandKey(c, `status.${action}`),
      now,
      actor: actorRefOf(callerOf(c)),
      appointmentId: id,
      modificationId: newId('modification', now),
      action: ACTIONS[action],
      expectedVersion: body.expected_version ?? presentedVersion(c),
    });
    return answer(c, outcome(changed), ({ appointment }) => ({
      success: true,
      data: { id: appointment.id, status: appointment.status, version: appointment.version },
    }));
  },
);

// ---------------------------------------------------------------- the day

appointmentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calendar/day',
    tags: ['appointments'],
    summary: 'A day of all staff columns, from the calendar itself',
    ...guarded('view_appointments'),
    request: { query: calendarDayQuery },
    responses: { 200: jsonAnswer(calendarDayResponse, 'the day'), ...guardErrors() },
  }),
  async (c) => {
    const { branch_id, date, staff_id } = c.req.valid('query');
    const read = await dayView(c.get('scope'), {
      now: c.get('now'),
      branchId: branch_id ?? null,
      staffId: staff_id ?? null,
      date,
      language: c.get('language'),
    });
    return answer(c, read, (data) => ({ success: true, data }));
  },
);

appointmentRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calendar/range',
    tags: ['appointments'],
    summary: 'Several days of all staff columns, from the calendar itself',
    ...guarded('view_appointments'),
    request: { query: calendarRangeQuery },
    responses: { 200: jsonAnswer(calendarRangeResponse, 'the days'), ...guardErrors() },
  }),
  async (c) => {
    const { branch_id, from, days, staff_id } = c.req.valid('query');
    const read = await daysView(c.get('scope'), {
      now: c.get('now'),
      branchId: branch_id ?? null,
      staffId: staff_id ?? null,
      date: from,
      days,
      language: c.get('language'),
    });
    return answer(c, read, (data) => ({ success: true, data }));
  },
);

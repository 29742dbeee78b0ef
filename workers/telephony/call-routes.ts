/** REST of calls and call back requests: list, one with transcript and receipt. Mounted by app.ts behind session or API key. */
import { createRoute, z } from '@hono/zod-openapi';
import { actorMay } from '../../shared/actor.ts';
import { CALL_STATUSES, callReceiptSchema, SENTIMENTS } from '../../shared/contract/faces.ts';
import { fullName } from '../../shared/full-name.ts';
import { maskPhone } from '../../shared/mask-phone.ts';
import { dateOf, toIso } from '../../shared/time.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import { refuse } from '../http/problem.ts';
import { createRoom } from '../http/room.ts';
import {
  guardErrors,
  guarded,
  idParam,
  idShown,
  instantShown,
  itemOf,
  jsonAnswer,
  listOf,
  page,
} from '../http/schema.ts';
import {
  type CallbackRow,
  type CallRow,
  callbackById,
  callbacksPage,
  callById,
  callsPage,
} from '../storage/queries/calls.ts';
import { customersByIds } from '../storage/queries/customers.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { transcriptOf } from './call-store.ts';
import { type CallMoney, receiptOf } from './receipt.ts';

export const callRoutes = createRoom();

/** Names of branches may be a minute old in a list. */
const NAMES_MAX_AGE_MS = 60_000;

const listItem = z.object({
  id: idShown('call'),
  status: z.enum(CALL_STATUSES),
  direction: z.enum(['inbound', 'outbound']),
  started_at: instantShown(),
  ended_at: instantShown().nullable(),
  duration_seconds: z.number().nullable(),
  from_masked: z.string().nullable(),
  customer: z.object({ id: idShown('customer'), name: z.string().nullable() }).nullable(),
  branch: z.object({ id: idShown('branch'), name: z.string() }).nullable(),
  summary: z.string().nullable(),
  sentiment: z.enum(SENTIMENTS).nullable(),
  successful: z.boolean().nullable(),
  appointment_id: idShown('appointment').nullable(),
  charged_cents: z.int().nullable(),
  currency: z.string(),
});

const detail = listItem.extend({
  transcript: z.array(
    z.object({ role: z.enum(['agent', 'caller', 'system']), text: z.string(), at: z.number().nullable() }),
  ),
  receipt: callReceiptSchema.nullable(),
  appointment: z
    .object({
      id: idShown('appointment'),
      service: z.object({ id: idShown('service'), name: z.string() }).nullable(),
      staff: z.object({ id: idShown('staff'), name: z.string() }).nullable(),
      branch_id: idShown('branch').nullable(),
      date: z.string(),
      starts_at: instantShown(),
      ends_at: instantShown(),
      status: z.string(),
    })
    .nullable(),
  disconnection_reason: z.string().nullable(),
  agent_id: z.string().nullable(),
  time_zone: z.string(),
});

interface Beside {
  customers: ReadonlyMap<string, string | null>;
  branches: ReadonlyMap<string, { name: string; timeZone: string }>;
  currency: string;
}

async function beside(scope: TenantScope, customerIds: readonly (string | null)[]): Promise<Beside> {
  const [people, schedule, tenant] = await Promise.all([
    customersByIds(
      scope.db,
      customerIds.filter((id) => id !== null),
    ),
    scope.calendar.schedule({ maxAgeMs: NAMES_MAX_AGE_MS }),
    scope.tenant(),
  ]);
  const branches = schedule.result.ok ? schedule.result.value.branches : [];
  return {
    customers: new Map(people.map((person) => [person.id, fullName(person)])),
    branches: new Map(
      branches.map((branch) => [branch.id, { name: branch.body.name, timeZone: branch.body.timeZone }]),
    ),
    currency: tenant?.currency ?? 'EUR',
  };
}

const customerOf = (row: { customerId: string | null }, { customers }: Beside) =>
  row.customerId !== null && customers.has(row.customerId)
    ? { id: row.customerId, name: customers.get(row.customerId) ?? null }
    : null;

function listView(row: CallRow, names: Beside): z.infer<typeof listItem> {
  const branch = row.branchId === null ? undefined : names.branches.get(row.branchId);
  return {
    id: row.id,
    status: row.status,
    direction: row.direction,
    started_at: toIso(row.startedAt),
    ended_at: row.endedAt === null ? null : toIso(row.endedAt),
    duration_seconds: row.durationMs === null ? null : Math.ceil(row.durationMs / 1000),
    from_masked: row.fromNumber === null ? null : maskPhone(row.fromNumber),
    customer: customerOf(row, names),
    branch: branch && row.branchId !== null ? { id: row.branchId, name: branch.name } : null,
    summary: row.summary,
    sentiment: row.sentiment,
    successful: row.successful,
    appointment_id: row.appointmentId,
    charged_cents: row.chargedCents,
    currency: row.currency ?? names.currency,
  };
}

const flag = () =>
  z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .openapi({ type: 'string', enum: ['true', 'false'] });

callRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calls',
    tags: ['calls'],
    summary: 'Calls, newest first',
    ...guarded('view_calls'),
    request: {
      query: page().extend({
        status: z.enum(CALL_STATUSES).optional(),
        sentiment: z.enum(SENTIMENTS).optional(),
        with_appointment: flag(),
        customer_id: idParam('customer').optional(),
      }),
    },
    responses: { 200: jsonAnswer(listOf(listItem), 'a page of calls'), ...guardErrors() },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const after = cursorOf(query.cursor, ['number', 'string']);
    if (!after.ok) return refuse(c, after.error);
    const scope = c.get('scope');
    const rows = await callsPage(scope.db, {
      after: after.value && { startedAt: after.value[0], id: after.value[1] },
      limit: query.limit + 1,
      ...(query.status === undefined ? {} : { status: query.status }),
      ...(query.sentiment === undefined ? {} : { sentiment: query.sentiment }),
      ...(query.with_appointment === undefined ? {} : { withAppointment: query.with_appointment }),
      ...(query.customer_id === undefined ? {} : { customerId: query.customer_id }),
    });
    const { shown, meta } = pageOf(rows, query.limit, (row) => [row.startedAt, row.id]);
    const names = await beside(
      scope,
      shown.map((row) => row.customerId),
    );
    return c.json(
      {
        success: true as const,
        data: shown.map((row) => listView(row, names)),
        meta,
      },
      200,
    );
  },
);

callRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calls/{id}',
    tags: ['calls'],
    summary: 'One call: transcript, analysis, appointment, receipt',
    ...guarded('view_calls'),
    request: { params: z.object({ id: idParam('call') }) },
    responses: { 200: jsonAnswer(itemOf(detail), 'the call'), ...guardErrors() },
  }),
  async (c) => {
    const scope = c.get('scope');
    const row = await callById(scope.db, c.req.valid('param').id);
    if (!row) return refuse(c, { code: 'NOT_FOUND', entity: 'call' });
    const may = (permission: 'view_transcripts' | 'view_platform_costs') => {
      const actor = c.get('actor');
      return actor !== undefined && actorMay(actor, permission);
    };
    const [names, transcript, appointment] = await Promise.all([
      beside(scope, [row.customerId]),
      may('view_transcripts') ? transcriptOf(c.get('scope'), row) : [],
      appointmentOf(scope, row.appointmentId, c.get('language')),
    ]);
    const timeZone =
      (row.branchId === null ? undefined : names.branches.get(row.branchId)?.timeZone) ?? 'Europe/Berlin';
    return c.json(
      {
        success: true as const,
        data: {
          ...listView(row, names),
          transcript,
          receipt: receiptOf({
            state: row.chargeState,
            heldCents: row.heldCents,
            currency: row.currency ?? names.currency,
            money: row.money as CallMoney | null,
            provider: may('view_platform_costs')
              ? { costUsdMicros: row.costUsdMicros, parts: row.costParts ?? [] }
              : null,
          }),
          appointment,
          disconnection_reason: row.disconnectionReason,
          agent_id: row.agentId,
          time_zone: timeZone,
        },
      },
      200,
    );
  },
);

async function appointmentOf(
  scope: TenantScope,
  id: string | null,
  language: 'de' | 'en',
): Promise<z.infer<typeof detail>['appointment']> {
  if (id === null) return null;
  const { result } = await scope.calendar.appointment(id);
  if (!result.ok) return null;
  const { appointment, serviceNames, staffName, timeZone } = result.value;
  return {
    id: appointment.id,
    service: {
      id: appointment.serviceId,
      name: serviceNames.map((name) => (language === 'en' ? (name.en ?? name.de) : name.de)).join(' + '),
    },
    staff: { id: appointment.staffId, name: staffName },
    branch_id: appointment.branchId,
    date: dateOf(appointment.startsAt, timeZone),
    starts_at: toIso(appointment.startsAt),
    ends_at: toIso(appointment.endsAt),
    status: appointment.status,
  };
}

// ---------------------------------------------------------------- call back requests

const callback = z.object({
  id: idShown('callback_request'),
  kind: z.enum(['callback', 'manual_booking']),
  status: z.enum(['open', 'done']),
  call_id: idShown('call').nullable(),
  customer: z.object({ id: idShown('customer'), name: z.string().nullable() }).nullable(),
  branch_id: idShown('branch').nullable(),
  phone: z.string().nullable(),
  name: z.string().nullable(),
  reason: z.string().nullable(),
  wish: z.record(z.string(), z.unknown()),
  created_at: instantShown(),
});

const callbackView = (row: CallbackRow, names: Beside): z.infer<typeof callback> => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  call_id: row.callId,
  customer: customerOf(row, names),
  branch_id: row.branchId,
  phone: row.phone,
  name: row.name,
  reason: row.reason,
  wish: row.wish ?? {},
  created_at: toIso(row.createdAt),
});

callRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/callback-requests',
    tags: ['calls'],
    summary: 'Call backs that the phone agent noted, newest first',
    ...guarded('view_callback_requests'),
    request: { query: page().extend({ status: z.enum(['open', 'done']).optional() }) },
    responses: { 200: jsonAnswer(listOf(callback), 'a page of requests'), ...guardErrors() },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const after = cursorOf(query.cursor, ['number', 'string']);
    if (!after.ok) return refuse(c, after.error);
    const scope = c.get('scope');
    const rows = await callbacksPage(scope.db, {
      after: after.value && { createdAt: after.value[0], id: after.value[1] },
      limit: query.limit + 1,
      ...(query.status === undefined ? {} : { status: query.status }),
    });
    const { shown, meta } = pageOf(rows, query.limit, (row) => [row.createdAt, row.id]);
    const names = await beside(
      scope,
      shown.map((row) => row.customerId),
    );
    return c.json(
      {
        success: true as const,
        data: shown.map((row) => callbackView(row, names)),
        meta,
      },
      200,
    );
  },
);

callRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/callback-requests/{id}',
    tags: ['calls'],
    summary: 'One call back request',
    ...guarded('view_callback_requests'),
    request: { params: z.object({ id: idParam('callback_request') }) },
    responses: { 200: jsonAnswer(itemOf(callback), 'the request'), ...guardErrors() },
  }),
  async (c) => {
    const scope = c.get('scope');
    const row = await callbackById(scope.db, c.req.valid('param').id);
    if (!row) return refuse(c, { code: 'NOT_FOUND', entity: 'callback_request' });
    return c.json({ success: true as const, data: callbackView(row, await beside(scope, [row.customerId])) }, 200);
  },
);

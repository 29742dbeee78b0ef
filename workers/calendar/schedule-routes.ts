/**
 * HTTP of master data: services, staff, branches, working hours, exceptions, resources. Read from and written to the calendar object;
 * shapes outside are snake_case, the object validates the whole. Mounted through routes.ts.
 */
import { createRoute, z } from '@hono/zod-openapi';
import { newId, type Noun } from '../../shared/ids.ts';
import type { Permission, Resource } from '../../shared/permissions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { toIso } from '../../shared/time.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { pageById } from '../http/list.ts';
import { createRoom } from '../http/room.ts';
import {
  errorResponses,
  guarded,
  guardErrors,
  idField,
  idParam,
  idShown,
  instantShown,
  itemOf,
  jsonAnswer,
  jsonBody,
  lineText,
  listOf,
  page,
  personName,
  wallDate,
  wallTime,
} from '../http/schema.ts';
import { actorRefOf, callerOf, commandKey, outcome } from './edge-routes.ts';
import {
  MAX_APPOINTMENT_MINUTES,
  MAX_DAYS_AHEAD,
  type ScheduleItem,
  type ScheduleKind,
  type ScheduleSnapshot,
} from './types.ts';

export const scheduleRoutes = createRoom();

// ---------------------------------------------------------------- shapes, once for requests (ids read) and once for answers (ids shown)

type IdSchema = (noun: string) => z.ZodType<string>;
const reading: IdSchema = (noun) => idField(noun) as unknown as z.ZodType<string>;
const showing: IdSchema = (noun) => idShown(noun);

const names = () =>
  z.object({ de: lineText(120).min(1).openapi({ example: 'Haarschnitt' }), en: lineText(120).min(1).optional() });
const minutes = (max = MAX_APPOINTMENT_MINUTES) => z.int().min(0).max(max);
const period = () =>
  z.object({ from: wallTime().openapi({ example: '09:00' }), to: wallTime().openapi({ example: '17:00' }) });
const requirement = (id: IdSchema) =>
  z.object({ any_of: z.array(id('resource')).min(1).max(50), units: z.int().min(1).max(1_000).optional() });
const colour = () =>
  z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable()
    .optional();

const SHAPES = {
  service: (id: IdSchema) => ({
    name: names(),
    category: lineText(80).nullable().optional(),
    aliases: z.array(lineText(80)).max(40).optional(),
    duration_minutes: z.int().min(1).max(MAX_APPOINTMENT_MINUTES).openapi({ example: 60 }),
    buffer_before_minutes: minutes(480).optional(),
    buffer_after_minutes: minutes(480).optional(),
    price_cents: z.int().min(0).max(100_000_000).openapi({ example: 4_500 }),
    currency: z.string().length(3).openapi({ example: 'EUR' }),
    deposit_cents: z.int().min(0).optional(),
    max_per_slot: z.int().min(1).max(500).optional(),
    colour: colour(),
    active: z.boolean().optional(),
    online_bookable: z.boolean().optional(),
    needs_confirmation: z.boolean().optional(),
    min_notice_minutes: z.int().min(0).max(525_600).optional(),
    max_days_ahead: z.int().min(0).max(MAX_DAYS_AHEAD).optional(),
    slot_step_minutes: z.int().min(1).max(720).optional(),
    branch_ids: z.array(id('branch')).max(50).optional(),
    staff: z
      .array(
        z.object({
          staff_id: id('staff'),
          duration_minutes: minutes().nullable().optional(),
          price_cents: z.int().min(0).nullable().optional(),
        }),
      )
      .max(200),
    resources: z.array(requirement(id)).max(4).optional(),
    segments: z
      .array(
        z.object({
          id: lineText(128).min(1),
          kind: z.enum(['active', 'passive']),
          duration_minutes: z.int().min(1).max(MAX_APPOINTMENT_MINUTES),
          service_id: id('service').nullable().optional(),
          name: names().nullable().optional(),
          staff_ids: z.array(id('staff')).max(200).optional(),
          resources: z.array(requirement(id)).max(4).optional(),
          gap_min_minutes: minutes().optional(),
          gap_max_minutes: minutes().optional(),
        }),
      )
      .max(16)
      .optional(),
    same_staff: z.boolean().optional(),
    calcom_event_type_id: lineText(64).nullable().optional().openapi({ 'x-external-id': true }),
    neutral_name: names().nullable().optional(),
  }),
  staff: (id: IdSchema) => ({
    first_name: personName(120).min(1).openapi({ example: 'Anna' }),
    last_name: personName(120).optional(),
    branch_ids: z.array(id('branch')).min(1).max(50),
    active: z.boolean().optional(),
    email: lineText(254).nullable().optional(),
    languages: z.array(lineText(8)).max(12).optional(),
    colour: colour(),
    calcom_user_id: lineText(64).nullable().optional().openapi({ 'x-external-id': true }),
    aliases: z.array(lineText(80)).max(20).optional(),
  }),
  branch: () => ({
    name: lineText(120).min(1).openapi({ example: 'Berlin-Mitte' }),
    time_zone: z.string().max(64).openapi({ example: 'Europe/Berlin' }),
    country: z.string().length(2).openapi({ example: 'DE' }),
    holiday_region: lineText(10).nullable().optional(),
    closed_on_holidays: z.boolean().optional(),
    main: z.boolean().optional(),
    active: z.boolean().optional(),
    address: z
      .object({ street: lineText(200), postal_code: lineText(20), city: lineText(120) })
      .nullable()
      .optional(),
    phone: lineText(32).nullable().optional(),
    area_code: lineText(8).nullable().optional(),
  }),
  hours: (id: IdSchema) => ({
    staff_id: id('staff').nullable().optional(),
    resource_id: id('resource').nullable().optional(),
    branch_id: id('branch')
      .nullable()
      .optional()
      .openapi({ description: 'alone: the branch’s own hours; with staff_id: that person’s hours at this branch' }),
    day_of_week: z.int().min(0).max(6).openapi({ description: '0 = Sunday', example: 2 }),
    periods: z.array(period()).min(1).max(12),
    breaks: z.array(period()).max(12).optional(),
    valid_from: wallDate().nullable().optional(),
    valid_until: wallDate().nullable().optional(),
  }),
  exception: (id: IdSchema) => ({
    staff_id: id('staff').nullable().optional(),
    resource_id: id('resource').nullable().optional(),
    branch_id: id('branch').nullable().optional().openapi({ description: 'none of the three: the whole company' }),
    kind: z.enum(['vacation', 'sick', 'absence', 'closure', 'public_holiday', 'extra_shift']),
    from_date: wallDate().openapi({ example: '2027-08-02' }),
    to_date: wallDate().openapi({ example: '2027-08-13' }),
    from_time: wallTime().nullable().optional(),
    to_time: wallTime().nullable().optional(),
    outside_branch_hours: z.boolean().optional(),
    note: z.string().trim().max(300).nullable().optional(),
  }),
  resource: (id: IdSchema) => ({
    branch_id: id('branch'),
    name: lineText(120).min(1).openapi({ example: 'Raum 1' }),
    type: z.enum(['room', 'equipment']),
    capacity: z.int().min(1).max(1_000).optional(),
    active: z.boolean().optional(),
  }),
} as const;
type Kind = keyof typeof SHAPES;

const COLLECTIONS: readonly {
  kind: Kind;
  path: string;
  permission: Resource & ('services' | 'staff' | 'branches' | 'working_hours' | 'exceptions' | 'resources');
  noun: Noun;
}[] = [
  { kind: 'service', path: 'services', permission: 'services', noun: 'service' },
  { kind: 'staff', path: 'staff', permission: 'staff', noun: 'staff' },
  { kind: 'branch', path: 'branches', permission: 'branches', noun: 'branch' },
  { kind: 'hours', path: 'working-hours', permission: 'working_hours', noun: 'hours' },
  { kind: 'exception', path: 'exceptions', permission: 'exceptions', noun: 'exception' },
  { kind: 'resource', path: 'resources', permission: 'resources', noun: 'resource' },
];

// ---------------------------------------------------------------- inside ↔ outside

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
const renamed = (value: unknown, rename: (key: string) => string): Json => {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename));
  if (value === null || typeof value !== 'object') return (value ?? null) as Json;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [rename(key), renamed(member, rename)]),
  );
};
const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What callers never write is added here: the company follows from the branch. */
function bodyOf(kind: Kind, read: Record<string, unknown>, schedule: ScheduleSnapshot): Result<Record<string, Json>> {
  const { expected_version: _version, confirm: _confirm, ...rest } = read;
  const body = renamed(rest, camel) as Record<string, Json>;
  const company = companyOf(kind, body, schedule);
  switch (kind) {
    case 'service':
    case 'staff':
    case 'branch':
    case 'resource':
      return company === null ? err({ code: 'NOT_FOUND', entity: 'branch' }) : ok({ ...body, companyId: company });
    case 'hours': {
      const { staffId, resourceId, dayOfWeek, branchId, ...more } = body;
      const owner = ownerOf(staffId, resourceId, branchId);
      if (!owner)
        return err({ code: 'VALIDATION_ERROR', errors: { staff_id: ['staff_id, resource_id or branch_id'] } });
      return ok({
        ...more,
        ...owner,
        weekday: dayOfWeek ?? null,
        branchId: owner.ownerKind === 'staff' ? (branchId ?? null) : null,
      });
    }
    case 'exception': {
      const { staffId, resourceId, branchId, ...more } = body;
      const owner = ownerOf(staffId, resourceId, branchId);
      if (!owner && company === null) return err({ code: 'NOT_FOUND', entity: 'branch' });
      return ok({
        ...more,
        ...(owner ?? { ownerKind: 'company', ownerId: company }),
        branchId: owner?.ownerKind === 'staff' ? (branchId ?? null) : null,
      });
    }
  }
}

function ownerOf(
  staffId: Json | undefined,
  resourceId: Json | undefined,
  branchId: Json | undefined,
): { ownerKind: string; ownerId: string } | null {
  if (typeof staffId === 'string') return { ownerKind: 'staff', ownerId: staffId };
  if (typeof resourceId === 'string') return { ownerKind: 'resource', ownerId: resourceId };
  if (typeof branchId === 'string') return { ownerKind: 'branch', ownerId: branchId };
  return null;
}

function companyOf(kind: Kind, body: Record<string, Json>, schedule: ScheduleSnapshot): string | null {
  const listed = Array.isArray(body['branchIds']) ? body['branchIds'][0] : undefined;
  const named = kind === 'branch' ? undefined : (body['branchId'] ?? listed);
  if (typeof named === 'string') return schedule.branches.find((b) => b.id === named)?.body.companyId ?? null;
  return (schedule.branches.find((b) => b.body.main) ?? schedule.branches[0])?.body.companyId ?? null;
}

function shown(item: ScheduleItem): Record<string, Json> {
  const outside = renamed(item.body, snake) as Record<string, Json>;
  const meta = { id: item.id, version: item.version, updated_at: toIso(item.updatedAt) };
  if (item.kind === 'hours' || item.kind === 'exception') {
    const { owner_kind: kind, owner_id: owner, weekday, branch_id: at, ...more } = outside;
    return {
      ...meta,
      ...more,
      ...(item.kind === 'hours' ? { day_of_week: weekday ?? null } : {}),
      staff_id: kind === 'staff' ? (owner ?? null) : null,
      resource_id: kind === 'resource' ? (owner ?? null) : null,
      branch_id: kind === 'branch' ? (owner ?? null) : (at ?? null),
    };
  }
  const { company_id: _company, requirement_sets: _sets, group_id: _group, user_id: _user, ...more } = outside;
  return { ...meta, ...more };
}

const collectionOf = (schedule: ScheduleSnapshot, kind: Kind): ScheduleItem[] => {
  switch (kind) {
    case 'service':
      return schedule.services;
    case 'staff':
      return schedule.staff;
    case 'branch':
      return schedule.branches;
    case 'hours':
      return schedule.hours;
    case 'exception':
      return schedule.exceptions;
    case 'resource':
      return schedule.resources;
  }
};

// ---------------------------------------------------------------- routes

const VERSIONED = {
  expected_version: z.int().positive().optional(),
  confirm: z.boolean().optional().openapi({ description: 'also where future appointments lose their place' }),
};
/** Where an appointment would lose its place. */
const changeErrors = () => errorResponses('VERSION_CONFLICT', 'IN_USE', 'IDEMPOTENCY_MISMATCH');

for (const { kind, path, permission, noun } of COLLECTIONS) {
  const may = (action: 'view' | 'create' | 'edit' | 'delete'): Permission => `${action}_${permission}`;
  const request = z.object(SHAPES[kind](reading));
  const row = z.object({ id: idShown(noun), version: z.int(), updated_at: instantShown(), ...SHAPES[kind](showing) });
  const tags = ['master data'];
  const params = z.object({ id: idParam(noun) });

  scheduleRoutes.openapi(
    createRoute({
      method: 'get',
      path: `/api/v1/${path}`,
      tags,
      summary: `All ${path}`,
      ...guarded(may('view')),
      request: { query: page() },
      responses: { 200: jsonAnswer(listOf(row), 'a page'), ...guardErrors() },
    }),
    async (c) => {
      const read = await c.get('scope').calendar.schedule();
      const listed = read.result.ok
        ? pageById(collectionOf(read.result.value, kind), c.req.valid('query'))
        : read.result;
      return answer(c, { ...outcome(read), result: listed }, ({ shown: list, meta }) => ({
        success: true,
        data: list.map(shown) as never[],
        meta,
      }));
    },
  );

  scheduleRoutes.openapi(
    createRoute({
      method: 'get',
      path: `/api/v1/${path}/{id}`,
      tags,
      summary: `One of the ${path}`,
      ...guarded(may('view')),
      request: { params },
      responses: { 200: jsonAnswer(itemOf(row), 'the item'), ...guardErrors() },
    }),
    async (c) => {
      const read = await c.get('scope').calendar.schedule();
      if (!read.result.ok) return answer(c, { ...outcome(read), result: read.result }, () => ({}) as never);
      const { id } = c.req.valid('param');
      const item = collectionOf(read.result.value, kind).find((one) => one.id === id);
      const result: Result<ScheduleItem> = item ? ok(item) : err({ code: 'NOT_FOUND', entity: noun });
      return answer(c, { ...outcome(read), result, version: item?.version }, (one) => ({
        success: true,
        data: shown(one) as never,
      }));
    },
  );

  scheduleRoutes.openapi(
    createRoute({
      method: 'post',
      path: `/api/v1/${path}`,
      tags,
      summary: `Adds to the ${path}`,
      ...guarded(may('create')),
      request: { body: jsonBody(request) },
      responses: { 201: jsonAnswer(itemOf(row), 'the new item'), ...guardErrors(), ...changeErrors() },
    }),
    async (c) => {
      const scope = c.get('scope');
      const now = c.get('now');
      const read = await scope.calendar.schedule();
      const body = read.result.ok ? bodyOf(kind, c.req.valid('json'), read.result.value) : read.result;
      if (!body.ok) return answer(c, { result: body }, () => ({}) as never, 201);
      const id = newId(noun, now);
      const put = await scope.calendar.putSchedule({
        key: commandKey(c, `add.${kind}`),
        now,
        actor: actorRefOf(callerOf(c)),
        kind: kind satisfies ScheduleKind,
        id,
        body: body.value,
        expectedVersion: null,
      });
      return answer(
        c,
        { ...outcome(put), version: put.result.ok ? put.result.value.item.version : undefined },
        ({ item }) => ({ success: true, data: shown(item) as never }),
        201,
      );
    },
  );

  scheduleRoutes.openapi(
    createRoute({
      method: 'put',
      path: `/api/v1/${path}/{id}`,
      tags,
      summary: `Replaces one of the ${path}`,
      ...guarded(may('edit')),
      request: { params, body: jsonBody(request.extend(VERSIONED)) },
      responses: {
        200: jsonAnswer(itemOf(row).extend({ stranded: z.int() }), 'the item as it is now'),
        ...guardErrors(),
        ...changeErrors(),
      },
    }),
    async (c) => {
      const scope = c.get('scope');
      const read = await scope.calendar.schedule();
      const json = c.req.valid('json') as Record<string, unknown> & { expected_version?: number; confirm?: boolean };
      const { id } = c.req.valid('param');
      if (read.result.ok && !collectionOf(read.result.value, kind).some((one) => one.id === id)) {
        return answer(c, { result: err({ code: 'NOT_FOUND', entity: noun }) }, () => ({}) as never);
      }
      const body = read.result.ok ? bodyOf(kind, json, read.result.value) : read.result;
      if (!body.ok) return answer(c, { result: body }, () => ({}) as never);
      const put = await scope.calendar.putSchedule({
        key: commandKey(c, `put.${kind}.${id}`),
        now: c.get('now'),
        actor: actorRefOf(callerOf(c)),
        kind: kind satisfies ScheduleKind,
        id,
        body: body.value,
        expectedVersion: json.expected_version ?? presentedVersion(c),
        mustExist: true,
        confirm: json.confirm ?? false,
      });
      return answer(
        c,
        { ...outcome(put), version: put.result.ok ? put.result.value.item.version : undefined },
        ({ item, stranded }) => ({
          success: true,
          data: shown(item) as never,
          stranded,
        }),
      );
    },
  );

  scheduleRoutes.openapi(
    createRoute({
      method: 'delete',
      path: `/api/v1/${path}/{id}`,
      tags,
      summary: `Removes one of the ${path}`,
      ...guarded(may('delete')),
      request: {
        params,
        query: z.object({
          expected_version: z.coerce.number().int().positive().optional(),
          confirm: z.enum(['true', 'false']).optional(),
        }),
      },
      responses: {
        200: jsonAnswer(z.object({ success: z.literal(true), stranded: z.int() }), 'removed'),
        ...guardErrors(),
        ...changeErrors(),
      },
    }),
    async (c) => {
      const { id } = c.req.valid('param');
      const query = c.req.valid('query');
      const removed = await c.get('scope').calendar.removeScheduleItem({
        key: commandKey(c, `remove.${kind}.${id}`),
        now: c.get('now'),
        actor: actorRefOf(callerOf(c)),
        kind: kind satisfies ScheduleKind,
        id,
        expectedVersion: query.expected_version ?? presentedVersion(c),
        confirm: query.confirm === 'true',
      });
      return answer(c, outcome(removed), ({ stranded }) => ({ success: true, stranded }));
    },
  );
}

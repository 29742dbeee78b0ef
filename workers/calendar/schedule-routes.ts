/**
 * HTTP of master data: services, staff, branches, working hours, exceptions, resources. Read from and written to the calendar object;
 * shapes outside are snake_case, the object validates the whole. Mounted through routes.ts.
 */
import { createRoute } from '@hono/zod-openapi';
import { branches } from '../../shared/contract/branches.ts';
import { exceptions, hours } from '../../shared/contract/hours.ts';
import { toInside, toOutside } from '../../shared/contract/mapper.ts';
import { resources } from '../../shared/contract/resources.ts';
import { services } from '../../shared/contract/services.ts';
import { staff } from '../../shared/contract/staff.ts';
import { newId } from '../../shared/ids.ts';
import type { Permission, Resource } from '../../shared/permissions.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { toIso } from '../../shared/time.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { pageById } from '../http/list.ts';
import { createRoom } from '../http/room.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { actorRefOf, callerOf, commandKey, outcome } from './edge-routes.ts';
import type { ScheduleBodies, ScheduleItem, ScheduleItemOf, ScheduleSnapshot } from './master-data.ts';
import type { ScheduleKind } from '../events/calendar.ts';

export const scheduleRoutes = createRoom();

const CONTRACTS = {
  service: services,
  staff,
  branch: branches,
  hours,
  exception: exceptions,
  resource: resources,
} as const;
type Kind = keyof typeof CONTRACTS;
type Contract<K extends Kind> = (typeof CONTRACTS)[K];
type View<K extends Kind> = ReturnType<Contract<K>['view']['parse']>;
type Body<K extends Kind> = ReturnType<Contract<K>['body']['parse']>;
/** What is written of an item, under the names used inside. */
type Stored<K extends Kind> = Omit<ScheduleBodies[K], 'groupId' | 'userId' | 'requirementSets'>;

const COLLECTIONS: readonly {
  kind: Kind;
  path: string;
  permission: Resource & ('services' | 'staff' | 'branches' | 'working_hours' | 'exceptions' | 'resources');
}[] = [
  { kind: 'service', path: 'services', permission: 'services' },
  { kind: 'staff', path: 'staff', permission: 'staff' },
  { kind: 'branch', path: 'branches', permission: 'branches' },
  { kind: 'hours', path: 'working-hours', permission: 'working_hours' },
  { kind: 'exception', path: 'exceptions', permission: 'exceptions' },
  { kind: 'resource', path: 'resources', permission: 'resources' },
];

// ---------------------------------------------------------------- inside ↔ outside

const NO_BRANCH = { code: 'NOT_FOUND', entity: 'branch' } as const;

/** Per kind: the body as it is stored, and the item as it is shown. What callers never write is added here: the company follows from the branch. */
const FORMS: {
  [K in Kind]: {
    stored: (body: Body<K>, schedule: ScheduleSnapshot) => Result<Stored<K>>;
    shown: (item: ScheduleItemOf<K>) => View<K>;
  };
} = {
  service: {
    stored: (body, schedule) => inCompany(toInside(services.body, body), companyOf(schedule, body.branch_ids[0])),
    shown: (item) => toOutside(services.view, { ...headOf(item), ...item.body }),
  },
  staff: {
    stored: (body, schedule) => inCompany(toInside(staff.body, body), companyOf(schedule, body.branch_ids[0])),
    shown: (item) => toOutside(staff.view, { ...headOf(item), ...item.body }),
  },
  branch: {
    stored: (body, schedule) => inCompany(toInside(branches.body, body), companyOf(schedule, undefined)),
    shown: (item) => toOutside(branches.view, { ...headOf(item), ...item.body }),
  },
  resource: {
    stored: (body, schedule) => inCompany(toInside(resources.body, body), companyOf(schedule, body.branch_id)),
    shown: (item) => toOutside(resources.view, { ...headOf(item), ...item.body }),
  },
  hours: {
    stored: (body) => {
      const { staffId, resourceId, branchId, dayOfWeek, ...more } = toInside(hours.body, body);
      const owner = ownerOf(staffId, resourceId, branchId);
      if (!owner)
        return err({ code: 'VALIDATION_ERROR', errors: { staff_id: ['staff_id, resource_id or branch_id'] } });
      return ok({ ...more, ...owner, weekday: dayOfWeek, branchId: owner.ownerKind === 'staff' ? branchId : null });
    },
    shown: (item) =>
      toOutside(hours.view, {
        ...headOf(item),
        ...item.body,
        ...ownersOf(item.body),
        dayOfWeek: item.body.weekday,
      }),
  },
  exception: {
    stored: (body, schedule) => {
      const { staffId, resourceId, branchId, ...more } = toInside(exceptions.body, body);
      const company = companyOf(schedule, branchId ?? undefined);
      const owner = ownerOf(staffId, resourceId, branchId);
      if (!owner && company === null) return err(NO_BRANCH);
      return ok({
        ...more,
        ...(owner ?? { ownerKind: 'company', ownerId: company ?? '' }),
        branchId: owner?.ownerKind === 'staff' ? branchId : null,
      });
    },
    shown: (item) => toOutside(exceptions.view, { ...headOf(item), ...item.body, ...ownersOf(item.body) }),
  },
};

const headOf = (item: ScheduleItem): { id: string; version: number; updatedAt: string } => ({
  id: item.id,
  version: item.version,
  updatedAt: toIso(item.updatedAt),
});

const inCompany = <B extends object>(body: B, companyId: string | null): Result<B & { companyId: string }> =>
  companyId === null ? err(NO_BRANCH) : ok({ ...body, companyId });

/** The company of a branch, else of the main one; null: that branch is not there. */
function companyOf(schedule: ScheduleSnapshot, branchId: string | undefined): string | null {
  const branch =
    branchId === undefined
      ? (schedule.branches.find((b) => b.body.main) ?? schedule.branches[0])
      : schedule.branches.find((b) => b.id === branchId);
  return branch?.body.companyId ?? null;
}

/** Outside an item names its person, resource or branch; inside it has one owner, the narrowest of them. */
function ownerOf(
  staffId: string | null,
  resourceId: string | null,
  branchId: string | null,
): { ownerKind: 'staff' | 'resource' | 'branch'; ownerId: string } | null {
  if (staffId !== null) return { ownerKind: 'staff', ownerId: staffId };
  if (resourceId !== null) return { ownerKind: 'resource', ownerId: resourceId };
  if (branchId !== null) return { ownerKind: 'branch', ownerId: branchId };
  return null;
}

const ownersOf = (body: ScheduleBodies['hours' | 'exception']) => ({
  staffId: body.ownerKind === 'staff' ? body.ownerId : null,
  resourceId: body.ownerKind === 'resource' ? body.ownerId : null,
  branchId: body.ownerKind === 'branch' ? body.ownerId : body.branchId,
});

/** The forms of one kind, for code that serves all of them: kind and body come from the same route. */
interface Forms {
  stored: (body: unknown, schedule: ScheduleSnapshot) => Result<object>;
  shown: (item: ScheduleItem) => object;
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

/** Where an appointment would lose its place. */
const changeErrors = () => errorResponses('VERSION_CONFLICT', 'IN_USE', 'IDEMPOTENCY_MISMATCH');

for (const { kind, path, permission } of COLLECTIONS) {
  const may = (action: 'view' | 'create' | 'edit' | 'delete'): Permission => `${action}_${permission}`;
  // One of the six: to the compiler all of them have the first one's shapes.
  const contract = CONTRACTS[kind] as Contract<'service'>;
  const { noun, params } = contract;
  const { stored, shown } = FORMS[kind] as unknown as Forms;
  const tags = ['master data'];

  scheduleRoutes.openapi(
    createRoute({
      method: 'get',
      path: `/api/v1/${path}`,
      tags,
      summary: `All ${path}`,
      ...guarded(may('view')),
      request: { query: contract.listQuery },
      responses: { 200: jsonAnswer(contract.listResponse, 'a page'), ...guardErrors() },
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
      responses: { 200: jsonAnswer(contract.itemResponse, 'the item'), ...guardErrors() },
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
      request: { body: jsonBody(contract.body) },
      responses: { 201: jsonAnswer(contract.itemResponse, 'the new item'), ...guardErrors(), ...changeErrors() },
    }),
    async (c) => {
      const scope = c.get('scope');
      const now = c.get('now');
      const read = await scope.calendar.schedule();
      const body = read.result.ok ? stored(c.req.valid('json'), read.result.value) : read.result;
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
      request: { params, body: jsonBody(contract.replaceRequest) },
      responses: {
        200: jsonAnswer(contract.replaceResponse, 'the item as it is now'),
        ...guardErrors(),
        ...changeErrors(),
      },
    }),
    async (c) => {
      const scope = c.get('scope');
      const read = await scope.calendar.schedule();
      const { expected_version, confirm, ...json } = c.req.valid('json');
      const { id } = c.req.valid('param');
      if (read.result.ok && !collectionOf(read.result.value, kind).some((one) => one.id === id)) {
        return answer(c, { result: err({ code: 'NOT_FOUND', entity: noun }) }, () => ({}) as never);
      }
      const body = read.result.ok ? stored(json, read.result.value) : read.result;
      if (!body.ok) return answer(c, { result: body }, () => ({}) as never);
      const put = await scope.calendar.putSchedule({
        key: commandKey(c, `put.${kind}.${id}`),
        now: c.get('now'),
        actor: actorRefOf(callerOf(c)),
        kind: kind satisfies ScheduleKind,
        id,
        body: body.value,
        expectedVersion: expected_version ?? presentedVersion(c),
        mustExist: true,
        confirm: confirm ?? false,
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
        query: contract.removeQuery,
      },
      responses: {
        200: jsonAnswer(contract.removeResponse, 'removed'),
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

/** REST of customers: list, one, create, change. Mounted by app.ts behind session or API key. */
import { createRoute, z } from '@hono/zod-openapi';
import { fullName } from '../../shared/full-name.ts';
import { LANGUAGES } from '../../shared/i18n/language.ts';
import { newId } from '../../shared/ids.ts';
import { toIso } from '../../shared/time.ts';
import { etagOf, presentedVersion } from '../http/answer.ts';
import { idempotent } from '../http/idempotency.ts';
import { cursorOf, pageOf, WHOLE_LIST } from '../http/list.ts';
import { requirePermission } from '../http/permission.ts';
import { refuse } from '../http/problem.ts';
import { createRoom } from '../http/room.ts';
import {
  errorResponses,
  guardErrors,
  guarded,
  idParam,
  idShown,
  instantShown,
  itemOf,
  jsonAnswer,
  jsonBody,
  listOf,
  page,
  personName,
} from '../http/schema.ts';
import { writeAudit } from '../identity/audit.ts';
import {
  type CustomerPhoneRow,
  type CustomerRow,
  customerRow,
  customersPage,
  insertCustomerOnce,
  phonesOf,
  replacePhones,
  updateCustomer,
} from '../storage/queries/customers.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { type Line, phone } from './customers.ts';

export const customerRoutes = createRoom();

const MAX_NAME = 120;
const MAX_NOTES = 2_000;
const MAX_PHONES = 5;

const customer = z.object({
  id: idShown('customer'),
  name: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
  phones: z.array(z.object({ e164: z.string(), extension: z.string(), primary: z.boolean() })),
  language: z.string().nullable(),
  is_vip: z.boolean(),
  journey_status: z.enum(['lead', 'prospect', 'customer', 'regular', 'vip', 'at_risk', 'churned']),
  source: z.string(),
  notes: z.string().nullable(),
  last_activity_at: instantShown().nullable(),
  created_at: instantShown(),
  version: z.int(),
});

const view = (row: CustomerRow, phones: readonly CustomerPhoneRow[]): z.infer<typeof customer> => ({
  id: row.id,
  name: fullName(row),
  first_name: row.firstName,
  last_name: row.lastName,
  email: row.email,
  phones: phones
    .filter((phone) => phone.customerId === row.id)
    .map(({ e164, extension, primary }) => ({ e164, extension, primary })),
  language: row.language,
  is_vip: row.vip,
  journey_status: row.journeyStatus,
  source: row.source,
  notes: row.notes,
  last_activity_at: row.lastActivityAt === null ? null : toIso(row.lastActivityAt),
  created_at: toIso(row.createdAt),
  version: row.version,
});

const name = () => personName(MAX_NAME).min(1).nullable();
/** What a caller may set; everything else on the row is the system's. */
const fields = z.object({
  first_name: name().optional().openapi({ example: 'Anna' }),
  last_name: name().optional().openapi({ example: 'Müller' }),
  email: z.email().max(254).nullable().optional().openapi({ example: 'anna@example.test' }),
  phones: z
    .array(z.string().min(3).max(60))
    .max(MAX_PHONES)
    .optional()
    .openapi({ description: 'in any spelling; the first is the primary one', example: ['+4915112345678'] }),
  language: z.enum(LANGUAGES).nullable().optional(),
  is_vip: z.boolean().optional(),
  notes: z.string().max(MAX_NOTES).nullable().optional(),
});
type Fields = z.infer<typeof fields>;

/** Reads every number with the tenant's country; the ones that can't be a person's line are named. */
async function linesOf(scope: TenantScope, phones: readonly string[]): Promise<{ lines: Line[]; wrong: string[] }> {
  const country = (await scope.tenant())?.country ?? 'DE';
  const { readPhone } = await phone();
  const lines: Line[] = [];
  const wrong: string[] = [];
  for (const text of phones) {
    const reading = readPhone(text, { country });
    if (reading.e164 === null || reading.action === 'reject') wrong.push(text);
    else if (!lines.some((line) => line.e164 === reading.e164 && line.extension === (reading.extension ?? ''))) {
      lines.push({ e164: reading.e164, extension: reading.extension ?? '' });
    }
  }
  return { lines, wrong };
}

const columns = (input: Fields) => ({
  ...(input.first_name === undefined ? {} : { firstName: input.first_name }),
  ...(input.last_name === undefined ? {} : { lastName: input.last_name }),
  ...(input.email === undefined ? {} : { email: input.email?.toLowerCase() ?? null }),
  ...(input.language === undefined ? {} : { language: input.language }),
  ...(input.is_vip === undefined ? {} : { vip: input.is_vip }),
  ...(input.notes === undefined ? {} : { notes: input.notes }),
});

customerRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/customers',
    tags: ['customers'],
    summary: 'Customers, newest first; by phone in any spelling or by e-mail',
    ...guarded('view_customers'),
    request: {
      query: page().extend({
        phone: z.string().min(3).max(60).optional(),
        email: z.string().max(254).optional(),
        is_vip: z.enum(['true', 'false']).optional(),
      }),
    },
    responses: { 200: jsonAnswer(listOf(customer), 'a page of customers'), ...guardErrors() },
  }),
  async (c) => {
    const query = c.req.valid('query');
    const scope = c.get('scope');
    const after = cursorOf(query.cursor, ['number', 'string']);
    if (!after.ok) return refuse(c, after.error);
    const wanted = query.phone === undefined ? null : (await linesOf(scope, [query.phone])).lines[0];
    if (query.phone !== undefined && !wanted) {
      return c.json({ success: true as const, data: [], meta: WHOLE_LIST }, 200);
    }
    const rows = await customersPage(scope.db, {
      after: after.value && { createdAt: after.value[0], id: after.value[1] },
      limit: query.limit + 1,
      ...(wanted ? { phone: wanted.e164 } : {}),
      ...(query.email === undefined ? {} : { email: query.email.toLowerCase() }),
      ...(query.is_vip === undefined ? {} : { vip: query.is_vip === 'true' }),
    });
    const { shown, meta } = pageOf(rows, query.limit, (row) => [row.createdAt, row.id]);
    const phones = await phonesOf(
      scope.db,
      shown.map((row) => row.id),
    );
    return c.json(
      {
        success: true as const,
        data: shown.map((row) => view(row, phones)),
        meta,
      },
      200,
    );
  },
);

customerRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/customers/{id}',
    tags: ['customers'],
    summary: 'One customer',
    ...guarded('view_customers'),
    request: { params: z.object({ id: idParam('customer') }) },
    responses: { 200: jsonAnswer(itemOf(customer), 'the customer'), ...guardErrors() },
  }),
  async (c) => {
    const scope = c.get('scope');
    const row = await customerRow(scope.db, c.req.valid('param').id);
    if (!row) return refuse(c, { code: 'NOT_FOUND', entity: 'customer' });
    c.header('ETag', etagOf(row.version));
    return c.json({ success: true as const, data: view(row, await phonesOf(scope.db, [row.id])) }, 200);
  },
);

customerRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/customers',
    tags: ['customers'],
    summary: 'Create a customer',
    ...guarded('create_customers'),
    middleware: [requirePermission('create_customers'), idempotent],
    request: { body: jsonBody(fields) },
    responses: { 201: jsonAnswer(itemOf(customer), 'the customer'), ...guardErrors() },
  }),
  async (c) => {
    const input = c.req.valid('json');
    const scope = c.get('scope');
    if (!input.first_name && !input.last_name && !input.email && !input.phones?.length) {
      return refuse(c, { code: 'VALIDATION_ERROR', errors: { last_name: ['required'] } });
    }
    const { lines, wrong } = await linesOf(scope, input.phones ?? []);
    if (wrong.length > 0) return refuse(c, { code: 'VALIDATION_ERROR', errors: { phones: wrong } });
    const id = newId('customer', scope.now);
    await insertCustomerOnce(
      scope.db,
      {
        id,
        firstName: null,
        lastName: null,
        email: null,
        ...columns(input),
        source: scope.actor.kind === 'api_key' ? 'api' : 'admin',
        createdAt: scope.now,
        updatedAt: scope.now,
      },
      null,
    );
    if (lines.length > 0) await replacePhones(scope.db, id, lines, scope.now);
    await scope.calendar.registerCustomers({ customerIds: [id], now: scope.now });
    await writeAudit(scope, {
      log: 'customers',
      description: 'customer.created',
      subjectType: 'customer',
      subjectId: id,
      after: columns(input),
    });
    const row = await customerRow(scope.db, id);
    if (!row) return refuse(c, { code: 'NOT_FOUND', entity: 'customer' });
    c.header('ETag', etagOf(row.version));
    return c.json({ success: true as const, data: view(row, await phonesOf(scope.db, [id])) }, 201);
  },
);

customerRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/api/v1/customers/{id}',
    tags: ['customers'],
    summary: 'Change a customer; `If-Match` protects against overwriting somebody else’s change',
    ...guarded('edit_customers'),
    request: { params: z.object({ id: idParam('customer') }), body: jsonBody(fields) },
    responses: {
      200: jsonAnswer(itemOf(customer), 'the customer'),
      ...guardErrors(),
      ...errorResponses('VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const input = c.req.valid('json');
    const scope = c.get('scope');
    const { id } = c.req.valid('param');
    const before = await customerRow(scope.db, id);
    if (!before) return refuse(c, { code: 'NOT_FOUND', entity: 'customer' });
    const { lines, wrong } = await linesOf(scope, input.phones ?? []);
    if (wrong.length > 0) return refuse(c, { code: 'VALIDATION_ERROR', errors: { phones: wrong } });
    const expected = presentedVersion(c);
    const after = await updateCustomer(scope.db, id, expected, columns(input), scope.now);
    if (!after) {
      const current = await customerRow(scope.db, id);
      if (!current) return refuse(c, { code: 'NOT_FOUND', entity: 'customer' });
      return refuse(c, {
        code: 'VERSION_CONFLICT',
        details: { expected_version: expected ?? before.version, current_version: current.version },
      });
    }
    if (input.phones !== undefined) await replacePhones(scope.db, id, lines, scope.now);
    await writeAudit(scope, {
      log: 'customers',
      description: 'customer.updated',
      subjectType: 'customer',
      subjectId: id,
      before: Object.fromEntries(Object.keys(columns(input)).map((key) => [key, before[key as keyof CustomerRow]])),
      after: columns(input),
    });
    c.header('ETag', etagOf(after.version));
    return c.json({ success: true as const, data: view(after, await phonesOf(scope.db, [id])) }, 200);
  },
);

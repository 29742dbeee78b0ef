import { createRoute, z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { createRoutes } from '../../workers/http/module-routes.ts';
import {
  guarded,
  guardErrors,
  idField,
  idParam,
  idOut,
  instantField,
  jsonAnswer,
  jsonBody,
  listOf,
  page,
  publicRoute,
} from '../../workers/http/schema.ts';
import { mismatches } from './answers.ts';
import { documentPath, type OpenApi, operationsOf, PLACEHOLDER, setAt } from './document.ts';

const answers = { 200: jsonAnswer(listOf(z.object({ id: idOut('customer') })), 'x'), ...guardErrors() };
const documentOf = (route: Parameters<typeof createRoute>[0]): OpenApi => {
  const routes = createRoutes();
  routes.openAPIRegistry.registerPath(createRoute(route));
  return routes.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } }) as unknown as OpenApi;
};
const only = (route: Parameters<typeof createRoute>[0]) => {
  const [operation] = operationsOf(documentOf(route));
  if (operation === undefined) throw new Error('no operation');
  return operation;
};

describe('reading the document', () => {
  it('finds ids in path, query and body, required or not, and a body the schema accepts', () => {
    const body = z.object({
      customer_id: idField('customer'),
      staff_id: idField('staff').optional(),
      at: instantField(),
      services: z.array(z.object({ service_id: idField('service'), minutes: z.int().min(5) })).min(1),
      note: z.string().optional(),
    });
    const operation = only({
      method: 'post',
      path: '/api/x/{id}',
      ...guarded('view_customers'),
      request: {
        params: z.object({ id: idParam('appointment') }),
        query: page().extend({ branch_id: idParam('branch').optional() }),
        body: jsonBody(body),
      },
      responses: answers,
    });
    expect(operation.findings).toEqual([]);
    expect(operation.kind).toBe('tenant');
    expect(operation.lists).toBe('customer');
    expect(operation.places).toEqual([
      { in: 'path', name: 'id', noun: 'appointment', required: true, part: null },
      { in: 'query', name: 'branch_id', noun: 'branch', required: false, part: null },
      { in: 'body', name: 'customer_id', noun: 'customer', required: true, part: null },
      { in: 'body', name: 'staff_id', noun: 'staff', required: false, part: null },
      { in: 'body', name: 'services.0.service_id', noun: 'service', required: true, part: null },
    ]);
    const filled = ['customer_id', 'services.0.service_id'].reduce(
      (made, way) => setAt(made, way, 'cus_1'),
      operation.body ?? null,
    );
    expect(body.safeParse(filled).success).toBe(true);
    expect(JSON.stringify(operation.body)).toContain(PLACEHOLDER);
  });

  it('a path parameter without a noun is a finding that says what to add', () => {
    const operation = only({
      method: 'get',
      path: '/api/x/{thing}',
      ...guarded('view_customers'),
      request: { params: z.object({ thing: z.string() }) },
      responses: answers,
    });
    expect(operation.findings[0]).toMatch(/GET \/api\/x\/\{thing\}.*idParam/);
  });

  it('a body member that looks like an id without a noun is a finding, one of another system is not', () => {
    const operation = only({
      method: 'post',
      path: '/api/x',
      ...guarded('view_customers'),
      request: {
        body: jsonBody(z.object({ staff_id: z.string(), payment_id: z.string().openapi({ 'x-external-id': true }) })),
      },
      responses: answers,
    });
    expect(operation.findings).toHaveLength(1);
    expect(operation.findings[0]).toContain('"staff_id"');
  });

  it('says where an answer is not what the document promises', () => {
    const document = documentOf({ method: 'get', path: '/api/x', ...publicRoute, responses: answers });
    const where = { method: 'GET', path: '/api/x' };
    const judged = (body: unknown) => mismatches(document, where, 200, body);
    const meta = { next_cursor: null, has_more: false };
    expect(judged({ success: true, data: [{ id: 'cus_1' }], meta })).toEqual([]);
    expect(judged({ success: true, data: [{ id: 1, phone: '+49' }], meta: { has_more: false } }).sort()).toEqual([
      '$.data[0].id: must be string',
      '$.data[0].phone: not declared',
      '$.meta.next_cursor: missing',
    ]);
  });

  it('reads formats, unions and lengths of an answer', () => {
    const shape = z.object({
      at: z.iso.datetime(),
      day: z.iso.date().nullable(),
      kind: z.enum(['a', 'b']),
      n: z.int().max(3),
    });
    const document = documentOf({
      method: 'get',
      path: '/api/x/{id}',
      ...publicRoute,
      responses: { 200: jsonAnswer(shape, 'x') },
    });
    const judged = (body: unknown) => mismatches(document, { method: 'GET', path: '/api/x/{id}' }, 200, body);
    expect(judged({ at: '2026-11-24T09:00:00Z', day: null, kind: 'a', n: 3 })).toEqual([]);
    const problems = judged({ at: 'tomorrow', day: '2026-02-31', kind: 'c', n: 4 });
    for (const way of ['$.at', '$.day', '$.kind', '$.n'])
      expect(
        problems.some((problem) => problem.startsWith(`${way}: `)),
        way,
      ).toBe(true);
  });

  it('a public route is public', () => {
    expect(only({ method: 'get', path: '/api/x', ...publicRoute, responses: answers }).kind).toBe('public');
  });

  it('knows a Hono path by its document path', () => {
    expect(documentPath('/api/x/:id/y/:other')).toBe('/api/x/{id}/y/{other}');
  });
});

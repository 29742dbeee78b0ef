/** REST of usage events. Mounted by office-app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  type UsageEventView,
  usageEventsListResponse,
  usageEventsQuery,
  usageEventsRequest,
  usageEventsResponse,
  usageExportQuery,
} from '../../shared/contract/usage-events.ts';
import type { DomainError } from '../../shared/errors.ts';
import { METADATA_OF } from '../../shared/usage-events.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { problemBody, refuse } from '../http/problem.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { formatHead } from '../object-runtime/events.ts';
import { recordUsage } from './commands/record-usage.ts';
import { ownCompanies, usageEventPage, usageExport } from './queries/usage-events.ts';

export const usageRoutes = createRoutes();
const PATH = '/api/v2/usage-events';
const tags = ['usage'];

usageRoutes.openapi(
  createRoute({
    method: 'post',
    path: PATH,
    tags,
    summary:
      'Record what was used: one event, or up to 1,000 at once, each answered by itself. An event is charged once under its own `idempotency_key`, by the plan of the day it happened',
    ...guarded('create_usage'),
    request: { body: jsonBody(usageEventsRequest) },
    responses: {
      202: jsonAnswer(usageEventsResponse, 'all of them are recorded'),
      207: jsonAnswer(usageEventsResponse, 'some were there already, or were refused'),
      ...guardErrors(),
      ...errorResponses('OBJECT_FENCED', 'PAYLOAD_TOO_LARGE'),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const body = c.req.valid('json');
    const events = 'events' in body ? body.events : [body];
    const named = new Set(events.flatMap(({ company_id }) => (company_id === undefined ? [] : [company_id])));
    const own = await ownCompanies(scope, named);
    if (!own.ok) return refuse(c, own.error);
    const recorded = await recordUsage(
      scope,
      events.map(({ idempotency_key, event_type, quantity, occurred_at, company_id, metadata }) => ({
        key: idempotency_key,
        eventType: event_type,
        quantity,
        ...(occurred_at === undefined ? {} : { occurredAt: occurred_at }),
        ...(company_id === undefined ? {} : { companyId: company_id }),
        ...(metadata === undefined ? {} : { metadata: definedOf(metadata) }),
      })),
    );
    if (!recorded.ok) return refuse(c, recorded.error);
    const { results, head } = recorded.value;
    c.header('X-Askpro-Head', formatHead(head));
    const count = (status: string): number => results.filter((one) => one.status === status).length;
    const said = {
      success: true as const,
      accepted: count('accepted'),
      duplicates: count('duplicate'),
      rejected: count('rejected'),
      results: results.map((one, n) => {
        const key = events[n]?.idempotency_key ?? '';
        return {
          idempotency_key: key,
          status: one.status,
          ...(one.status === 'accepted' && one.late ? { late: true } : {}),
          ...(one.status === 'rejected'
            ? { error: problemBody(refusalOf(one.code, key), c.get('language'), c.get('requestId')).error }
            : {}),
        };
      }),
    };
    return said.accepted === results.length ? c.json(said, 202) : c.json(said, 207);
  },
);

/** Without members that are not there: the type of a partial schema allows them as undefined. */
const definedOf = <T extends object>(said: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };

function refusalOf(
  code: 'VALIDATION_ERROR' | 'IDEMPOTENCY_MISMATCH' | 'TOO_OLD' | 'IN_FUTURE',
  key: string,
): DomainError {
  if (code === 'VALIDATION_ERROR') return { code, errors: {} };
  return code === 'IDEMPOTENCY_MISMATCH' ? { code, key } : { code };
}

usageRoutes.openapi(
  createRoute({
    method: 'get',
    path: PATH,
    tags,
    summary: 'A day’s events of one type, in the order in which they came; kept 13 months',
    ...guarded('view_usage'),
    request: { query: usageEventsQuery },
    responses: { 200: jsonAnswer(usageEventsListResponse, 'a page of events'), ...guardErrors() },
  }),
  async (c) => {
    const { event_type: eventType, ...asked } = c.req.valid('query');
    const result = await usageEventPage(c.get('scope'), { ...asked, eventType });
    return answer(c, { result }, ({ shown, meta }) => ({ success: true, data: shown, meta }));
  },
);

usageRoutes.openapi(
  createRoute({
    method: 'get',
    path: `${PATH}/export`,
    tags,
    summary:
      'A day’s events of one type as CSV or one JSON a line; where there are more than a part holds, `X-Next-Cursor` names the next',
    ...guarded('export_usage'),
    request: { query: usageExportQuery },
    responses: {
      200: {
        description: 'the file',
        content: { 'text/csv': { schema: z.string() }, 'application/x-ndjson': { schema: z.string() } },
      },
      ...guardErrors(),
    },
  }),
  async (c) => {
    const { event_type: eventType, date, format, cursor } = c.req.valid('query');
    const part = await usageExport(c.get('scope'), { eventType, date, cursor });
    if (!part.ok) return refuse(c, part.error);
    const { next, events } = part.value;
    const columns = ['idempotency_key', 'quantity', 'occurred_at', 'company_id', ...METADATA_OF[eventType]];
    const lineOf = (event: UsageEventView): string =>
      format === 'ndjson' ? `${JSON.stringify(event)}\n` : csvLine(cellsOf(event, columns));
    const encoder = new TextEncoder();
    c.header('Content-Type', format === 'csv' ? 'text/csv; charset=UTF-8' : 'application/x-ndjson; charset=UTF-8');
    c.header('Cache-Control', 'no-store');
    c.header('Content-Disposition', `attachment; filename="usage-${eventType}-${date}.${format}"`);
    if (next !== null) c.header('X-Next-Cursor', next);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        if (format === 'csv' && cursor === undefined) controller.enqueue(encoder.encode(csvLine(columns)));
      },
      async pull(controller) {
        const { value, done } = await events.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value.map(lineOf).join('')));
      },
    });
    return c.body(body, 200);
  },
);

const cellsOf = (event: UsageEventView, columns: readonly string[]): string[] => {
  const said: Readonly<Record<string, unknown>> = { ...event.metadata, ...event };
  return columns.map((name) => String(said[name] ?? ''));
};
/** Quoted; what a program could read as a formula begins with an apostrophe. */
const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => `"${(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',')}\r\n`;

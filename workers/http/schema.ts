/**
 * How a route declares what it takes and answers: bodies, answers, refusals, permission. The shapes themselves stand in
 * `shared/contract/`. Called by all `routes.ts`.
 */
// Also for its effect: it gives zod's types `.openapi()`.
import '@hono/zod-openapi';
import type { z } from 'zod';
import { problem } from '../../shared/contract/parts.ts';
import type { Permission } from '../../shared/permissions.ts';
import { requirePermission } from './permission.ts';
import { type RefusalCode, STATUS } from './problem.ts';

// workers/crm still takes its building blocks from here.
export {
  doneBody,
  idField,
  type IdOf,
  idParam,
  idOut,
  instantField,
  instantOut,
  itemOf,
  lineText,
  listOf,
  page,
  personName,
  wallDate,
  wallTime,
} from '../../shared/contract/parts.ts';

/** A JSON body of a request. */
export const jsonBody = <T extends z.ZodType>(schema: T) =>
  ({ required: true, content: { 'application/json': { schema } } }) as const;

/** A JSON answer. */
export const jsonAnswer = <T extends z.ZodType>(schema: T, description: string) =>
  ({ description, content: { 'application/json': { schema } } }) as const;

// A copy made here: in the built Worker the shapes' chunk runs before the import above, and what was made before it has no `.openapi()`.
const problemSchema = problem.clone().openapi('Problem');

interface ProblemAnswer {
  description: string;
  content: { 'application/json': { schema: typeof problemSchema } };
}

/** The declared refusals of a route, by code; several codes of one status share an answer. */
export function errorResponses<C extends RefusalCode>(
  ...codes: C[]
): { [K in C as (typeof STATUS)[K]]: ProblemAnswer } {
  const responses: Record<number, ProblemAnswer> = {};
  for (const code of codes) {
    const status = STATUS[code];
    const known = responses[status];
    responses[status] = {
      description: known ? `${known.description} · ${code}` : code,
      content: { 'application/json': { schema: problemSchema } },
    };
  }
  return responses as { [K in C as (typeof STATUS)[K]]: ProblemAnswer };
}

/** Refusals that every authenticated route shares. */
export const guardErrors = () =>
  errorResponses(
    'UNAUTHENTICATED',
    'PERMISSION_DENIED',
    'ADDRESS_REFUSED',
    'SECOND_FACTOR_REQUIRED',
    'RATE_LIMITED',
    'VALIDATION_ERROR',
    'NOT_FOUND',
  );

const OPEN_CODES = ['RATE_LIMITED', 'VALIDATION_ERROR', 'MALFORMED_JSON', 'ORIGIN_REFUSED'] as const;

/** Refusals of every open route with a body, whoever asks, and those of its own. */
export const openErrors = <C extends RefusalCode = never>(...own: C[]) =>
  errorResponses<(typeof OPEN_CODES)[number] | C>(...OPEN_CODES, ...own);

/** Spread into `createRoute`: the permission is checked, documented and known to the contract test. */
export const guarded = (permission: Permission) => ({
  middleware: requirePermission(permission),
  security: [{ session: [] as string[] }, { apiKey: [] as string[] }],
  'x-permission': permission,
});

/** Spread into `createRoute` of a route anybody may call (health, sign-in): says so in the document and to the contract test. */
export const publicRoute = { security: [] as { [name: string]: string[] }[], 'x-public': true } as const;

/** Spread into `createRoute` of a route that judges itself who may read (a monitor's token or a session); its handler holds no scope. */
export const selfGuarded = { 'x-self-guarded': true } as const;

/** Spread into `createRoute` of a webhook or function: unsigned requests get 401 before anything else happens. */
export const signedRoute = (vendor: string) => ({
  security: [{ [`${vendor}Signature`]: [] }] as { [name: string]: string[] }[],
  'x-signed': vendor,
});

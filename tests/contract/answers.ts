/**
 * Judges answers by the OpenAPI document with ajv (JSON Schema 2020-12, formats too). Objects are closed: a member that the document does
 * not declare is a problem, or clients would come to rely on it. Called by hostile-check.ts and two-tenant.workerd.test.ts.
 */
import addFormats from 'ajv-formats';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { isWallTime } from '../../shared/time.ts';
import type { Json, JsonSchema, OpenApi, Operation } from './document.ts';

const MAX_PROBLEMS = 10;
/** Words of OpenAPI and ours that judge nothing. */
const ANNOTATIONS = ['example', 'x-id-of', 'x-external-id'];

type Where = Pick<Operation, 'method' | 'path'>;

interface Judge {
  ajv: Ajv2020;
  compiled: Map<string, ValidateFunction>;
}
const judges = new WeakMap<OpenApi, Judge>();

/** What of an answer the document does not allow, as `way: problem`; at most ten. */
export function mismatches(document: OpenApi, { method, path }: Where, status: number, value: unknown): string[] {
  const judge = judges.get(document) ?? judgeOf(document);
  judges.set(document, judge);
  const steps = [
    'paths',
    path,
    method.toLowerCase(),
    'responses',
    String(status),
    'content',
    'application/json',
    'schema',
  ];
  const pointer = steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const validate = judge.compiled.get(pointer) ?? judge.ajv.compile({ $ref: `document#/${pointer}` });
  judge.compiled.set(pointer, validate);
  if (validate(value)) return [];
  return [...new Set((validate.errors ?? []).map(problemOf))].slice(0, MAX_PROBLEMS);
}

function judgeOf(document: OpenApi): Judge {
  const ajv = new Ajv2020({
    strict: true,
    strictTuples: false,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
  });
  addFormats.default(ajv);
  // The document says `time` of `HH:MM` on the branch's clock; JSON Schema means a time with seconds and a zone. To be said by a pattern.
  ajv.addFormat('time', isWallTime);
  ajv.addVocabulary([...new Set([...Object.keys(document), ...ANNOTATIONS])]);
  ajv.addSchema(closed(document as Json) as JsonSchema, 'document');
  return { ajv, compiled: new Map() };
}

/** The document with every object closed that says its members and not that others may come. */
function closed(value: Json): Json {
  if (Array.isArray(value)) return value.map(closed);
  if (value === null || typeof value !== 'object') return value;
  const made = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]));
  const isObject = made['type'] === 'object' || (Array.isArray(made['type']) && made['type'].includes('object'));
  return isObject && made['properties'] !== undefined && made['additionalProperties'] === undefined
    ? { ...made, additionalProperties: false }
    : made;
}

function problemOf({ instancePath, message, keyword, params }: ErrorObject): string {
  const way = `$${instancePath.replace(/\/(\d+)/g, '[$1]').replaceAll('/', '.')}`;
  if (keyword === 'additionalProperties') return `${way}.${String(params['additionalProperty'])}: not declared`;
  if (keyword === 'required') return `${way}.${String(params['missingProperty'])}: missing`;
  if (keyword === 'enum') return `${way}: none of the choices`;
  return `${way}: ${message ?? keyword}`;
}

/**
 * Reads the OpenAPI document for the two-tenant test: which routes there are, where each carries ids, and an input that its schemas
 * accept. Pure. A route it can't classify is a finding with the words that say what to add.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonSchema = { [key: string]: unknown };

/** Where an id stands in a request. `path` names: query or path parameter, or the way into the body (`events.0.customer_id`). */
export interface IdPlace {
  in: 'path' | 'query' | 'body';
  name: string;
  noun: string;
  required: boolean;
  /** a place inside an optional part of the body: the part as the schema wants it, set before the id is */
  part: BodyPart | null;
  /** a signed or secret token, not an id: a foreign one may also be refused as stale or expired */
  token?: true;
}

interface BodyPart {
  way: string;
  value: Json;
}

export interface BodyField {
  way: string;
  /** `date`, `time`, `date-time`, an id's noun is `id`; else the JSON type */
  kind: string;
}

export interface Operation {
  method: string;
  /** `/api/v1/customers/{id}` */
  path: string;
  kind: 'tenant' | 'public' | 'signed';
  /** who may call it: a person only, or anybody with the permission */
  actor: 'any' | 'user';
  places: IdPlace[];
  /** values of required parameters that are no ids */
  parameters: { in: 'path' | 'query'; name: string; value: string }[];
  /** a body that the schema accepts; ids are the placeholder */
  body: Json | undefined;
  /** every member that the body may have, optional ones and those of array items (`services.0.duration`) too */
  fields: BodyField[];
  /** names of all query parameters */
  query: string[];
  /** nouns whose ids the 2xx answer lists under `data[].id` */
  lists: string | null;
  /** nouns whose ids stand anywhere in the 2xx answer */
  names: ReadonlySet<string>;
  /** status → schema of the JSON answer */
  answers: ReadonlyMap<string, JsonSchema>;
  findings: string[];
}

interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  schema?: JsonSchema;
  example?: Json;
  [extension: `x-${string}`]: unknown;
}
interface RawOperation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Record<string, { schema?: JsonSchema }> };
  responses?: Record<string, { content?: Record<string, { schema?: JsonSchema }> }>;
  security?: unknown[];
  [extension: `x-${string}`]: unknown;
}
export interface OpenApi {
  paths?: Record<string, Record<string, unknown>>;
  components?: { schemas?: Record<string, JsonSchema> };
}

export const PLACEHOLDER = '__id__';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Looks like an id of ours; ids of other systems say `x-external-id: true`. */
/** Members that carry a token of a tenant, with the noun whose fixture makes one. */
const TOKENS: Readonly<Record<string, string>> = { quote: 'quote', lock_token: 'hold' };
const ID_NAME = /(^id$|^ids$|_id$|_ids$)/;
/** Schemas nested deeper than this are not ours. */
const MAX_DEPTH = 12;

/** Every operation of the document, with what is missing for the test to drive it. */
export function operationsOf(document: OpenApi): Operation[] {
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const raw = item[method] as RawOperation | undefined;
      if (raw !== undefined) found.push(operationOf(document, method, path, raw));
    }
  }
  return found;
}

function operationOf(document: OpenApi, method: string, path: string, raw: RawOperation): Operation {
  const operation: Operation = {
    method: method.toUpperCase(),
    path,
    kind: raw['x-public'] === true ? 'public' : raw['x-signed'] !== undefined ? 'signed' : 'tenant',
    actor: raw['x-actor'] === 'user' ? 'user' : 'any',
    places: [],
    parameters: [],
    body: undefined,
    fields: [],
    query: [],
    lists: null,
    names: new Set(),
    answers: new Map(),
    findings: [],
  };
  const label = `${operation.method} ${path}`;
  for (const parameter of raw.parameters ?? []) {
    if (parameter.in !== 'path' && parameter.in !== 'query') continue;
    if (parameter.in === 'query') operation.query.push(parameter.name);
    const schema = resolve(document, parameter.schema ?? {});
    const noun = nounOf(schema) ?? (typeof parameter['x-id-of'] === 'string' ? parameter['x-id-of'] : null);
    const required = parameter.in === 'path' || parameter.required === true;
    if (noun !== null) {
      operation.places.push({ in: parameter.in, name: parameter.name, noun, required, part: null });
    } else if (
      isExternal(schema) ||
      Array.isArray(schema['enum']) ||
      !(ID_NAME.test(parameter.name) || parameter.in === 'path')
    ) {
      if (required)
        operation.parameters.push({
          in: parameter.in,
          name: parameter.name,
          value: String(exampleOf(document, schema, 0)),
        });
    } else if (operation.kind === 'tenant') {
      operation.findings.push(
        `${label}: ${parameter.in} parameter "${parameter.name}" looks like an id: use idParam('<noun>') (shared/contract/parts.ts), or externalId() when another system made it`,
      );
    } else {
      operation.parameters.push({
        in: parameter.in,
        name: parameter.name,
        value: String(exampleOf(document, schema, 0)),
      });
    }
  }
  for (const name of path.match(/\{([^}]+)\}/g) ?? []) {
    const bare = name.slice(1, -1);
    const known = [...operation.places, ...operation.parameters].some((p) => p.in === 'path' && p.name === bare);
    if (!known && operation.kind === 'tenant')
      operation.findings.push(`${label}: path parameter "${bare}" is not declared in request.params`);
  }
  const body = raw.requestBody?.content?.['application/json']?.schema;
  if (body !== undefined) {
    operation.body = exampleOf(document, body, 0);
    operation.fields = fieldsOf(document, body, [], 0);
    collectIds(document, body, { way: [], required: true, part: null, depth: 0 }, operation, label);
  }
  for (const [status, answer] of Object.entries(raw.responses ?? {})) {
    const shown = answer.content?.['application/json']?.schema;
    if (shown !== undefined) operation.answers = new Map([...operation.answers, [status, shown]]);
    if (!status.startsWith('2')) continue;
    operation.lists ??= listedNoun(document, shown);
    if (shown !== undefined) operation.names = new Set([...operation.names, ...nounsIn(document, shown, 0)]);
  }
  return operation;
}

/** Query parameters of a GET → values to ask for: every choice of a declared set, else an example. Ids are the placeholder. */
export function choicesOf(document: OpenApi, path: string): Map<string, string[]> {
  const raw = document.paths?.[path]?.['get'] as RawOperation | undefined;
  const found = new Map<string, string[]>();
  for (const parameter of raw?.parameters ?? []) {
    if (parameter.in !== 'query') continue;
    const schema = resolve(document, parameter.schema ?? {});
    const choices = [schema, ...branchesOf(schema)].find((one) => Array.isArray(one['enum']))?.['enum'];
    found.set(
      parameter.name,
      ((choices as Json[] | undefined) ?? [parameter.example ?? exampleOf(document, schema, 0)]).map(String),
    );
  }
  return found;
}

/** Follows `$ref`; the document has no cycles between refs of ours. */
function resolve(document: OpenApi, schema: JsonSchema): JsonSchema {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  return document.components?.schemas?.[ref.split('/').at(-1) ?? ''] ?? {};
}

const nounOf = (schema: JsonSchema): string | null => {
  const noun = schema['x-id-of'];
  if (typeof noun === 'string') return noun;
  for (const branch of branchesOf(schema)) {
    const inner = branch['x-id-of'];
    if (typeof inner === 'string') return inner;
  }
  return null;
};
const isExternal = (schema: JsonSchema): boolean =>
  schema['x-external-id'] === true || branchesOf(schema).some((b) => b['x-external-id'] === true);
const branchesOf = (schema: JsonSchema): JsonSchema[] =>
  ['anyOf', 'oneOf', 'allOf'].flatMap((key) => (Array.isArray(schema[key]) ? (schema[key] as JsonSchema[]) : []));
const typeOf = (schema: JsonSchema): string | undefined => {
  const type = schema['type'];
  return Array.isArray(type) ? (type.find((t) => t !== 'null') as string | undefined) : (type as string | undefined);
};
const propertiesOf = (schema: JsonSchema): [string, JsonSchema][] =>
  Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
const requiredOf = (schema: JsonSchema): ReadonlySet<string> =>
  new Set((schema['required'] as string[] | undefined) ?? []);

/** A value the schema accepts: its example, default, first choice, or one made from its type. Objects: required members only. */
function exampleOf(document: OpenApi, given: JsonSchema, depth: number): Json {
  const schema = resolve(document, given);
  if (depth > MAX_DEPTH) return null;
  if (nounOf(schema) !== null) return PLACEHOLDER;
  if (typeOf(schema) !== 'object' || schema['example'] !== undefined) {
    if (schema['example'] !== undefined) return schema['example'] as Json;
    if (Array.isArray(schema['examples']) && schema['examples'].length > 0) return schema['examples'][0] as Json;
    if (schema['default'] !== undefined) return schema['default'] as Json;
    if (schema['const'] !== undefined) return schema['const'] as Json;
    if (Array.isArray(schema['enum'])) return schema['enum'][0] as Json;
  }
  const branch = branchesOf(schema)[0];
  if (branch !== undefined && schema['allOf'] === undefined) return exampleOf(document, branch, depth + 1);
  if (schema['allOf'] !== undefined) {
    const merged: { [key: string]: Json } = {};
    for (const part of branchesOf(schema)) Object.assign(merged, exampleOf(document, part, depth + 1));
    return merged;
  }
  switch (typeOf(schema)) {
    case 'object': {
      const made: { [key: string]: Json } = {};
      const required = requiredOf(schema);
      for (const [name, property] of propertiesOf(schema))
        if (required.has(name)) made[name] = exampleOf(document, property, depth + 1);
      return made;
    }
    case 'array': {
      const count = Math.max(1, Number(schema['minItems'] ?? 0));
      const item = (schema['items'] ?? {}) as JsonSchema;
      return Array.from({ length: count }, () => exampleOf(document, item, depth + 1));
    }
    case 'integer':
    case 'number':
      return Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? 1);
    case 'boolean':
      return true;
    case 'string':
      if (schema['format'] === 'date-time') return '2026-11-24T09:00:00Z';
      if (schema['format'] === 'date') return '2026-11-24';
      if (schema['format'] === 'email') return 'someone@example.test';
      return 'x'.repeat(Math.max(1, Number(schema['minLength'] ?? 1)));
    default:
      return null;
  }
}

/** Every member a body may have, with the way to it. */
function fieldsOf(document: OpenApi, given: JsonSchema, way: readonly string[], depth: number): BodyField[] {
  const schema = resolve(document, given);
  if (depth > MAX_DEPTH) return [];
  const isId = nounOf(schema) !== null;
  const own: BodyField[] =
    way.length === 0
      ? []
      : [{ way: way.join('.'), kind: isId ? 'id' : String(schema['format'] ?? typeOf(schema) ?? 'any') }];
  if (isId) return own;
  return [
    ...own,
    ...propertiesOf(schema).flatMap(([name, property]) => fieldsOf(document, property, [...way, name], depth + 1)),
    ...(typeOf(schema) === 'array'
      ? fieldsOf(document, (schema['items'] ?? {}) as JsonSchema, [...way, '0'], depth + 1)
      : []),
    ...branchesOf(schema).flatMap((branch) =>
      fieldsOf(document, branch, way, depth + 1).filter((f) => f.way !== way.join('.')),
    ),
  ];
}

interface Walk {
  way: readonly string[];
  required: boolean;
  part: BodyPart | null;
  depth: number;
}

/** Ids in the body, required and optional; members that look like ids and say nothing are findings. */
function collectIds(document: OpenApi, given: JsonSchema, at: Walk, operation: Operation, label: string): void {
  const schema = resolve(document, given);
  if (at.depth > MAX_DEPTH) return;
  const noun = nounOf(schema);
  if (noun !== null) {
    operation.places.push({ in: 'body', name: at.way.join('.'), noun, required: at.required, part: at.part });
    return;
  }
  const deeper = { ...at, depth: at.depth + 1 };
  if (typeOf(schema) === 'array') {
    collectIds(document, (schema['items'] ?? {}) as JsonSchema, { ...deeper, way: [...at.way, '0'] }, operation, label);
    return;
  }
  // Of alternatives the first is the example.
  const first = branchesOf(schema)[0];
  if (first !== undefined) collectIds(document, first, deeper, operation, label);
  const needed = requiredOf(schema);
  for (const [name, property] of propertiesOf(schema)) {
    const inner = resolve(document, property);
    const way = [...at.way, name];
    const isScalar = typeOf(inner) !== 'object' && typeOf(inner) !== 'array';
    // A bare `id` inside a list is the caller's own name for a part of this body.
    const isLocal = name === 'id' && at.way.length > 0;
    if (
      nounOf(inner) === null &&
      isScalar &&
      ID_NAME.test(name) &&
      !isLocal &&
      !isExternal(inner) &&
      operation.kind === 'tenant'
    ) {
      operation.findings.push(
        `${label}: body member "${way.join('.')}" looks like an id: use idField('<noun>') (shared/contract/parts.ts), or externalId() when another system made it`,
      );
      continue;
    }
    const present = needed.has(name);
    const token = TOKENS[name];
    if (nounOf(inner) === null && token !== undefined && typeOf(inner) === 'string') {
      operation.places.push({
        in: 'body',
        name: way.join('.'),
        noun: token,
        required: at.required && present,
        part: at.part,
        token: true,
      });
      continue;
    }
    const part =
      at.part ??
      (present || nounOf(inner) !== null || isScalar ? null : { way: way.join('.'), value: partOf(document, inner) });
    collectIds(document, property, { ...deeper, way, required: at.required && present, part }, operation, label);
  }
}

/** An optional part as the schema wants it; a list gets one element even where none would do. */
function partOf(document: OpenApi, schema: JsonSchema): Json {
  const item = schema['items'] as JsonSchema | undefined;
  return typeOf(schema) === 'array' && item !== undefined
    ? [exampleOf(document, item, 0)]
    : exampleOf(document, schema, 0);
}

/** Ways to the placeholders in a value. */
export function placeholdersIn(value: Json | undefined, way: readonly string[] = []): string[] {
  if (value === PLACEHOLDER) return [way.join('.')];
  if (Array.isArray(value)) return value.flatMap((item, index) => placeholdersIn(item, [...way, String(index)]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, item]) => placeholdersIn(item, [...way, name]));
  }
  return [];
}

function nounsIn(document: OpenApi, given: JsonSchema, depth: number): string[] {
  const schema = resolve(document, given);
  if (depth > MAX_DEPTH) return [];
  const own = nounOf(schema);
  const inner = [
    ...branchesOf(schema),
    ...propertiesOf(schema).map(([, property]) => property),
    (schema['items'] ?? {}) as JsonSchema,
  ];
  return [
    ...(own === null ? [] : [own]),
    ...inner.flatMap((part) => (Object.keys(part).length === 0 ? [] : nounsIn(document, part, depth + 1))),
  ];
}

/** The noun of `data[].id` of a list answer. */
function listedNoun(document: OpenApi, given: JsonSchema | undefined): string | null {
  if (given === undefined) return null;
  const data = propertiesOf(resolve(document, given)).find(([name]) => name === 'data')?.[1];
  if (data === undefined) return null;
  const list = resolve(document, data);
  if (typeOf(list) !== 'array') return null;
  const id = propertiesOf(resolve(document, (list['items'] ?? {}) as JsonSchema)).find(([name]) => name === 'id')?.[1];
  return id === undefined ? null : nounOf(resolve(document, id));
}

/** Sets a value in a body at a way such as `events.0.customer_id`, making what is missing on it. */
export function setAt(body: Json | undefined, way: string, value: Json): Json {
  const steps = way.split('.').filter((step) => step !== '');
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (/^\d+$/.test(step)) {
    const list = Array.isArray(body) ? [...body] : [];
    list[Number(step)] = setAt(list[Number(step)], rest.join('.'), value);
    return list;
  }
  const object = typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};
  object[step] = setAt(object[step], rest.join('.'), value);
  return object;
}

/** The document's path of a Hono route: `/x/:id{[0-9]+}` → `/x/{id}`. */
export const documentPath = (honoPath: string): string => honoPath.replaceAll(/:([A-Za-z_]+)(\{[^}]*\})?\??/g, '{$1}');

/** What nobody should send and somebody will: bodies, members, queries, paths and headers. Pure lists; called by the hostile-input tests. */
import fc from 'fast-check';
import { type BodyField, type Json, type Operation, setAt } from './document.ts';

/** Values that only exist in JSON text (1e309, duplicated keys, `__proto__` as an own key): written in place of a marker. */
const RAW = '\u0001raw:';
const RAW_TEXTS: readonly string[] = [
  '1e309',
  '-1e309',
  '9007199254740993',
  '-0',
  '5e-324',
  '0.1e-400',
  '1E400',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  '{"a":1,"a":2,"__proto__":null}',
  '"\\ud800"',
  '"\\udc00 \\ud83d"',
  nested(2_000, '[', ']'),
  nested(2_000, '{"a":', '}', '1'),
];
const raw = (index: number): Json => `${RAW}${index}`;

/** Opens and closes `depth` levels. */
function nested(depth: number, open: string, close: string, inner = ''): string {
  return open.repeat(depth) + inner + close.repeat(depth);
}

/** JSON text of a body in which markers stand for raw JSON. */
export const textOfBody = (body: Json): string =>
  JSON.stringify(body).replace(/"\\u0001raw:(\d+)"/g, (_, index: string) => RAW_TEXTS[Number(index)] ?? 'null');

/** Texts for every member that takes one, and for query, path and headers. */
export const TEXTS: readonly string[] = [
  '',
  ' ',
  '\t\n',
  'a'.repeat(5_000),
  'ä'.repeat(70_000),
  '\u0000',
  'a\u0000b',
  '\u202eevil\u202c',
  '\u200b\u200d\u2060\ufeff',
  '👩‍👩‍👧‍👦'.repeat(60),
  'Z̸̡̢̛͇͈͉̮̯̰̱̙̜̝̞͕͓̲̳̹̺͗̔͛͌͐͆͐͠͝͝',
  'ﷺ'.repeat(300),
  'İıßẞǆﬀＡ９',
  '٠١٢٣',
  "'; DROP TABLE customers; --",
  "' OR '1'='1",
  '" UNION ALL VALUES(1,2) --',
  '%_[a-z]*?',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{7*7}} \u0024{7*7} #{7*7} <%= 7*7 %> {name} {code}',
  '\u0024{jndi:ldap://x}',
  '$where: 1',
  '../../../../etc/passwd',
  '..\\..\\x',
  '%2e%2e%2f%00',
  'a\r\nSet-Cookie: stolen=1',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '=cmd|calc!A1',
  'null',
  'true',
  'NaN',
  'Infinity',
  '-1',
  '1e309',
  '0x10',
  '1,5',
  '9'.repeat(400),
  '\uffff\ufffe',
];

/** One of each kind of what nobody sees: controls, soft hyphen, zero-width, bidi, separators, byte order mark, tag, filler. */
export const HIDDEN: readonly string[] = [
  '\u0000',
  '\b',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u00ad',
  '\u200b',
  '\u200f',
  '\u202e',
  '\u2028',
  '\u2066',
  '\ufeff',
  '\u3164',
  '\u{e0041}',
];
/** Members that may have several lines; every other text is one line. */
export const MANY_LINES: ReadonlySet<string> = new Set([
  'notes',
  'internal_notes',
  'note',
  'items.0.note',
  'reason',
  // of a note on an appointment
  'text',
  // how a branch is reached
  'transport_info',
  'items.0.transport_info',
]);

const NUMBERS: readonly number[] = [
  0,
  -1,
  1,
  0.1,
  1.5,
  -2.5,
  59,
  61,
  1_441,
  2 ** 31,
  -(2 ** 31),
  2 ** 53,
  -(2 ** 53),
  1e15,
  1e16,
  1e21,
  1e308,
  -1e308,
  5e-324,
];
const STRUCTURES: readonly Json[] = [
  null,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  [{}],
  ['x', 1, null],
  { a: 1 },
  { length: 1e9 },
  { toString: 'x', valueOf: 1, toJSON: 1, call: 1 },
  { de: 'x', __typename: 'x' },
  Array.from({ length: 2_000 }, () => 'x'),
  Array.from({ length: 300 }, () => ({})),
];
const DATES: readonly string[] = [
  '0000-01-01',
  '0001-01-01',
  '1582-10-10',
  '1899-12-31',
  '1970-01-01',
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2027-03-28',
  '2027-10-31',
  '9999-12-31',
  '10000-01-01',
  '-000001-01-01',
  '+275760-09-13',
  '2026-11-24 ',
  '2026-11-24T09:00:00Z',
  '٢٠٢٦-١١-٢٤',
];
const TIMES: readonly string[] = ['00:00', '24:00', '24:01', '23:59:60', '02:30', '-1:00', '9:00', '09:00 ', '99:99'];
const INSTANTS: readonly string[] = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '1970-01-01T00:00:00Z',
  '2026-11-24T09:00:00',
  '2026-11-24T09:00:00+99:99',
  '2026-11-24T25:00:00Z',
  '2027-03-28T02:30:00+01:00',
  '2027-10-31T02:30:00+02:00',
  '2026-11-24T09:00:00.123456789Z',
  '2026-02-30T09:00:00Z',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-12:00',
  '+275760-09-13T00:00:00Z',
  '1e309',
];
const IDS: readonly string[] = [
  'x',
  'cus_doesnotexist00000000',
  `cus_${'a'.repeat(4_000)}`,
  'a'.repeat(128),
  'a'.repeat(129),
  '-cus',
  'cus/../ten',
  'cus_1;drop',
  'cus_1 ',
  '\ucafe',
  'ten_',
  '0',
  '-1',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'null',
  'a:b:c',
  '....',
];

/** Members that no caller ever writes; each value is a mark that must never be seen again. */
export const MARK = 'mark7c1f';
export const MARK_NUMBER = 918_273_645;
const NEVER_WRITTEN: { [member: string]: Json } = {
  tenant_id: `ten_${MARK}`,
  tenantId: `ten_${MARK}`,
  company_id: `com_${MARK}`,
  companyId: `com_${MARK}`,
  user_id: `usr_${MARK}`,
  realm: MARK,
  role: MARK,
  permissions: [MARK],
  id: `apt_${MARK}`,
  appointment_id: `apt_${MARK}`,
  price_cents: MARK_NUMBER,
  priceCents: MARK_NUMBER,
  total_cents: MARK_NUMBER,
  amount: MARK_NUMBER,
  version: MARK_NUMBER,
  balance: MARK_NUMBER,
  balance_cents: MARK_NUMBER,
  bonus_cents: MARK_NUMBER,
  status: MARK,
  paid_at: MARK,
  lock_token_expires: MARK,
  lock_expires_at: `2099-01-01T00:00:00Z#${MARK}`,
  created_at: `2001-01-01T00:00:00Z#${MARK}`,
  createdAt: MARK_NUMBER,
  epoch: MARK_NUMBER,
  seq: MARK_NUMBER,
  hash: MARK,
  key: MARK,
  now: MARK_NUMBER,
  actor: { kind: 'system', id: MARK },
  internal: true,
  rate: null,
  is_admin: true,
  __typename: MARK,
};

/** The body with every member that callers never write and this operation does not declare. */
export function withUnknownMembers(operation: Operation, body: Json): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const declared = new Set(operation.fields.map((field) => field.way));
  const extra = Object.entries(NEVER_WRITTEN).filter(([member]) => !declared.has(member));
  return { ...Object.fromEntries(extra), ...body };
}

/** A function's body whose arguments, and whose top level, name what callers never say. */
export function withUnknownArguments(body: Json): Json {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const args = body['args'];
  const said = typeof args === 'object' && args !== null && !Array.isArray(args) ? args : {};
  return { ...NEVER_WRITTEN, ...body, args: { ...NEVER_WRITTEN, ...said } };
}

/** What may be put where a member of this kind stands. */
function valuesFor(kind: string): readonly Json[] {
  const special: readonly Json[] =
    kind === 'date'
      ? DATES
      : kind === 'time'
        ? TIMES
        : kind === 'date-time'
          ? INSTANTS
          : kind === 'id'
            ? IDS
            : kind === 'integer' || kind === 'number'
              ? [...NUMBERS, raw(0), raw(1), raw(2), raw(3), raw(4), raw(5)]
              : [];
  return special;
}
const ANY_VALUE: readonly Json[] = [
  ...TEXTS,
  ...NUMBERS,
  ...STRUCTURES,
  ...DATES.slice(0, 4),
  ...IDS.slice(0, 8),
  ...RAW_TEXTS.map((_, index) => raw(index)),
];

interface Change {
  way: string;
  value: Json;
}

/** One member changed: half of the time to something of its own kind. */
const changeOf = (fields: readonly BodyField[]): fc.Arbitrary<Change> =>
  fc.constantFrom(...fields).chain((field) => {
    const own = valuesFor(field.kind);
    const any = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...ANY_VALUE) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
    );
    const value = own.length === 0 ? any : fc.oneof(fc.constantFrom(...own), any);
    return value.map((v) => ({ way: field.way, value: v }));
  });

/** Changes of one request: mostly one member, now and then two. */
export const changesOf = (fields: readonly BodyField[]): fc.Arbitrary<Change[]> =>
  fc.array(changeOf(fields), { minLength: 1, maxLength: 2, size: 'small' });

/** Members of a body that no document describes (vendors' bodies): what stands there is what it may be. */
export function fieldsOfValue(value: Json, way: readonly string[] = []): BodyField[] {
  const own: BodyField[] = way.length === 0 ? [] : [{ way: way.join('.'), kind: kindOf(value) }];
  if (typeof value !== 'object' || value === null) return own;
  const inner = Array.isArray(value) ? [['0', value[0] ?? null] as const] : Object.entries(value);
  return [...own, ...inner.flatMap(([name, member]) => fieldsOfValue(member, [...way, name]))];
}

function kindOf(value: Json): string {
  if (typeof value !== 'string') return typeof value;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return 'date-time';
  return /^\d{4}-\d\d-\d\d$/.test(value) ? 'date' : 'string';
}

export const applyChanges = (body: Json, changes: readonly Change[]): Json =>
  changes.reduce((made, change) => setAt(made, change.way, change.value), body);

/** Whole bodies that are no JSON, or JSON of another shape. */
export const WHOLE_BODIES: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[] = [
  ['empty', ''],
  ['blank', ' \n '],
  ['open brace', '{'],
  ['cut off', '{"a":'],
  ['two values', '{"a":1}{"b":2}'],
  ['single quotes', "{'a':1}"],
  ['trailing comma', '{"a":1,}'],
  ['NaN', 'NaN'],
  ['undefined', 'undefined'],
  ['null', 'null'],
  ['true', 'true'],
  ['number', '0'],
  ['text', '"x"'],
  ['empty array', '[]'],
  ['array of objects', '[{},{}]'],
  ['empty object', '{}'],
  ['byte order mark', '\ufeff{}'],
  ['a number too large', '{"a":1e309}'],
  ['duplicated keys', '{"amount_cents":1,"amount_cents":2,"events":[],"events":null}'],
  ['own __proto__', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}'],
  ['2,000 arrays', nested(2_000, '[', ']')],
  ['2,000 objects', nested(2_000, '{"a":', '}', '1')],
  ['60,000 arrays', nested(60_000, '[', ']')],
  ['lone surrogates', '{"name":"\\ud800","\\udfff":1}'],
  ['NUL', '{"name":"\\u0000"}'],
  ['NUL as is', '{"name":"\u0000"}'],
  ['form', 'a=1&b=2'],
  ['XML', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
  ['no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d])],
  ['gzip', new Uint8Array([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ['10,000 keys', `{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`],
];

export const CONTENT_TYPES: readonly (string | null)[] = [
  null,
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/octet-stream',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'application/problem+json',
  'application/jsonx',
  'a/b/c;;;',
  'x'.repeat(2_000),
];

/** Header → values that a client could send. Times far away are for reads only: they would be written into the tenant's history. */
export const HEADERS: readonly (readonly [string, string])[] = [
  ['Idempotency-Key', ''],
  ['Idempotency-Key', 'k'.repeat(5_000)],
  ['Idempotency-Key', 'schlüssel mit leer'],
  ['Idempotency-Key', '__proto__'],
  ['Idempotency-Key', '"; DROP TABLE x'],
  ['If-Match', '*'],
  ['If-Match', '"abc"'],
  ['If-Match', '"1", "2"'],
  ['If-Match', 'W/"999999999999999"'],
  ['If-Match', '"-1"'],
  ['If-Match', '""'],
  ['If-Match', '"1e9"'],
  ['If-None-Match', '*'],
  ['X-Askpro-Min', 'x'],
  ['X-Askpro-Min', ':::,,,;'],
  ['X-Askpro-Min', 'calendar:-1.-1'],
  ['X-Askpro-Min', 'calendar:1e309.1,ledger:NaN.1'],
  ['X-Askpro-Min', 'calendar:1.1,'.repeat(500)],
  ['X-Askpro-Min', '__proto__:1.1'],
  ['Last-Event-ID', 'x'],
  ['Last-Event-ID', '1.999999999999999'],
  ['Last-Event-ID', '999999999.1'],
  ['Last-Event-ID', '-1.-1'],
  ['Last-Event-ID', '1.1'.repeat(1_000)],
  ['x-askpro-now', 'gestern'],
  ['x-askpro-now', '2026-13-45T99:99:99Z'],
  ['x-askpro-now', '1e309'],
  ['Authorization', ''],
  ['Authorization', 'Bearer'],
  ['Authorization', 'Bearer  '],
  ['Authorization', `Bearer ask_test_${'x'.repeat(10_000)}`],
  ['Authorization', 'Bearer ask_live___proto__'],
  ['Authorization', 'Basic YTpi'],
  ['Authorization', 'Bearer sch\u00fcssel'],
  ['Cookie', 'x=y; '.repeat(4_000)],
  ['Cookie', 'askpro_session=%'],
  ['Cookie', '__proto__=1; constructor=2; ='],
  ['Cookie', ';;;==;'],
  ['Accept-Language', 'x'.repeat(5_000)],
  ['Accept-Language', 'de;q=NaN, en;q=1e309, *;q=-1'],
  ['Accept', 'x'.repeat(5_000)],
  ['Origin', 'null'],
  ['Origin', 'http://['],
  ['Sec-Fetch-Site', 'cross-site'],
  ['Host', 'evil.example'],
  ['Host', '[::1'],
  ['Host', 'localhost:99999'],
  ['Host', `${'a'.repeat(300)}.localhost`],
  ['Host', '__proto__.localhost'],
  ['User-Agent', 'ü'.repeat(3_000)],
  ['CF-Connecting-IP', '9'.repeat(3_000)],
  ['CF-Connecting-IP', "'; DROP TABLE x"],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['Transfer-Encoding', 'chunked, x'],
  ['Content-Encoding', 'gzip'],
  ['Content-Length', '-5'],
  ['Expect', '100-continue'],
  ['Range', 'bytes=0-,999999999999-'],
];
export const FAR_TIMES: readonly string[] = [
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '1970-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-12:00',
];

const cursor = (parts: unknown): string => btoa(JSON.stringify(parts)).replace(/=+$/, '');
/** Query values: forged cursors (well-formed base64 of the wrong parts) beside the texts. */
const QUERY_VALUES: readonly string[] = [
  '',
  '0',
  '-1',
  '1e9',
  '101',
  '0.5',
  'NaN',
  'x'.repeat(600),
  '%',
  '!!!!',
  cursor([]),
  cursor(['x']),
  cursor([1]),
  cursor([1, 2]),
  cursor(['a', 'b']),
  cursor([1e308, 'x']),
  cursor([-1, '']),
  cursor([null, {}]),
  cursor({ length: 2 }),
  cursor(['a'.repeat(300), 1]),
  cursor([1, 'x', 'y', 'z', 'w']),
  cursor([2 ** 53, "' OR 1=1 --"]),
  '0000-01-01',
  '9999-12-31',
  '2026-02-30',
  'confirmed,confirmed,x',
  ',,,,',
  'true',
  '__proto__',
  "' OR '1'='1",
  '\u0000',
  '\ud800',
  '../../etc/passwd',
];
const UNKNOWN_QUERY: readonly (readonly [string, string])[] = [
  ['tenant_id', `ten_${MARK}`],
  ['businessId', `ten_${MARK}`],
  ['__proto__', 'x'],
  ['constructor', 'x'],
  ['limit[]', '1'],
  ['limit[__proto__]', '1'],
  ['x'.repeat(3_000), 'y'],
];

/** Query strings for an operation: every parameter with every value, repeated, huge, and some nobody declared. */
export function queriesOf(operation: Operation): string[] {
  const made: string[] = [];
  for (const name of operation.query) {
    for (const value of QUERY_VALUES) made.push(`${name}=${safeEncode(value)}`);
    made.push(`${name}=1&${name}=2&${name}=x`, `${name}`, `${name}=%ff%fe`, `${name}=${'9'.repeat(4_000)}`);
  }
  for (const [name, value] of UNKNOWN_QUERY) made.push(`${safeEncode(name)}=${safeEncode(value)}`);
  made.push(Array.from({ length: 500 }, (_, i) => `p${i}=${i}`).join('&'), '&&&===&', '?', '%');
  return made;
}

/** Ids as they may stand in a path. */
export const PATH_IDS: readonly string[] = [
  ...IDS.map(safeEncode),
  ...TEXTS.slice(0, 20)
    .filter((text) => text.length < 3_000)
    .map(safeEncode),
  '%',
  '%ff',
  '%2e%2e%2f%2e%2e',
  '%00',
  '..%5c..',
  'a%0d%0aX: y',
  '*',
  ':id',
  '{id}',
  'x'.repeat(8_000),
].filter((text) => text !== '');

/** Percent-encodes; a lone surrogate has no encoding and becomes its replacement. */
function safeEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

export const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND'];

/**
 * Somebody with a text of theirs in every place that places.ts covers, and the look for it: in all tables of D1, in both objects' files, in
 * KV and R2, whoever they belong to. Imported by tests of this folder only.
 */
import { runInDurableObject } from 'cloudflare:test';
import { eq } from 'drizzle-orm';
import { env, unique } from '../../../tests/contract/tenants.ts';
import { asInstant, processNow } from '../../../shared/clock.ts';
import { newId, type TenantId } from '../../../shared/ids.ts';
import { platformOf } from '../../env.ts';
import { setWebhookAside } from '../../operations/webhook-aside.ts';
import { storeWebhook } from '../../operations/webhook-log.ts';
import { callbackAttempts, callbackRequests, callRecordings, calls } from '../../storage/tables/calls.ts';
import { consents, customerNotes, customerPhones, customers } from '../../storage/tables/crm.ts';
import { importRows, imports } from '../../storage/tables/imports.ts';
import { notifications } from '../../storage/tables/notifications.ts';
import { Caller, mobile, type Person, person } from '../../telephony/identity.fixture.ts';
import type { Salon } from '../../telephony/telephony.fixture.ts';

export interface Planted {
  at: Salon;
  who: Person;
  /** in all that says who it was, unlike any other text */
  mark: string;
  callId: string;
}

/** A word of letters, as names have them. */
const letters = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(10)), (n) => 'bcdfghklmnprstvw'[n % 16]).join('');

const must = <T>(answer: { result: { ok: true; value: T } | { ok: false; error: unknown } }): T => {
  if (!answer.result.ok) throw new Error(JSON.stringify(answer.result.error));
  return answer.result.value;
};

/** By the product's own commands, where there is one; else as rows, as the product writes them. */
export async function planted(at: Salon): Promise<Planted> {
  const mark = `zz${letters()}zz`;
  const who = await person(at, `Er${mark} ${mark}`, mobile());
  await plantRow(at, who, mark);
  await plantAppointments(at, who, mark);
  const callId = await plantCalls(at, who, mark);
  await plantRequests(at, { who, mark, callId });
  await plantBodies(at, { who, mark, callId });
  return { at, who, mark, callId };
}

async function plantRow({ scope, tenantId }: Salon, { id }: Person, mark: string): Promise<void> {
  const email = `${mark}@example.test`;
  await scope.db.update(customers, { email, notes: mark, language: 'de', origin: mark }, eq(customers.id, id));
  const line = { e164: `+491599${Math.floor(Math.random() * 1e7)}`, extension: mark, customerId: id, primary: false };
  await scope.db.insert(customerPhones, { ...line, createdAt: processNow() });
  await env.DB.prepare(
    'UPDATE audit_values SET before = ?2, after = ?2, ip = ?3 WHERE tenant_id = ?1 AND audit_id IN (SELECT id FROM audit_log WHERE tenant_id = ?1 AND subject_id = ?4)',
  )
    .bind(tenantId, JSON.stringify({ notes: mark }), mark, id)
    .run();
}

const noteIdOf = ({ id }: Person): string => `nte_of_${id}`;

async function plantAppointments({ scope, haircut, branchId }: Salon, who: Person, mark: string): Promise<void> {
  const actor = { kind: 'user', id: 'usr_test' } as const;
  const now = processNow();
  // Each person of a test another hour: several may be planted in one salon.
  const hour = 8 + Math.floor(Math.random() * 6);
  const day = 2 + 7 * Math.floor(Math.random() * 40);
  const startsAt = asInstant(Date.UTC(2027, 2, day, hour));
  const { appointment } = must(
    await scope.calendar.book({
      key: unique('book'),
      now,
      actor,
      appointmentId: newId('appointment', now),
      customerId: who.id,
      services: [{ serviceId: haircut }],
      branchId,
      staffId: null,
      startsAt,
      source: 'admin',
      notes: `${mark} Wunsch`,
      internalNotes: `${mark} intern`,
      notify: false,
      internal: true,
    }),
  );
  who.appointments.push({ id: appointment.id, startsAt: new Date(startsAt).toISOString(), when: '' });
  must(
    await scope.calendar.addAppointmentNote({
      key: unique('note'),
      now,
      actor,
      appointmentId: appointment.id,
      noteId: noteIdOf(who),
      visibility: 'staff',
      text: `${mark} Farbe`,
    }),
  );
  must(
    await scope.calendar.cancel({
      key: unique('cancel'),
      now,
      actor,
      appointmentId: appointment.id,
      modificationId: unique('mod'),
      reason: `${mark} krank`,
      notify: false,
    }),
  );
}

/** A call with its transcript in the row, one of ours to them with it in R2, and one whose conversation the object still has. */
async function plantCalls(at: Salon, who: Person, mark: string): Promise<string> {
  const { scope, tenantId } = at;
  const now = processNow();
  const [inbound, outbound] = [unique('call'), unique('call')];
  const common = { status: 'analyzed', startedAt: now, openedAt: now, updatedAt: now, customerId: who.id } as const;
  const known = (value: unknown) => ({ rank: 1, value });
  await scope.db.insert(calls, {
    ...common,
    id: inbound,
    direction: 'inbound',
    fromNumber: who.phone,
    toNumber: at.number,
    transcript: JSON.stringify([{ role: 'user', text: mark, at: 0 }]),
    summary: mark,
    analysis: { name: mark },
    recordingUrl: `https://x.test/${mark}`,
    knowledge: { summary: known(mark), fromNumber: known(who.phone), analysis: known({ name: mark }) },
  });
  await scope.db.insert(calls, {
    ...common,
    id: outbound,
    direction: 'outbound',
    fromNumber: at.number,
    toNumber: who.phone,
    transcriptKey: `transcripts/${tenantId}/${outbound}/b`,
    knowledge: { toNumber: known(who.phone), recordingUrl: known(`https://x.test/${mark}`) },
  });
  const audioKey = scope.archive.audioKey(inbound);
  await env.ARCHIVE.put(audioKey, mark);
  const recording = { state: 'kept' as const, audioKey, bytes: mark.length, contentType: 'audio/wav', copiedAt: now };
  await scope.db.insert(callRecordings, { ...recording, callId: inbound, startedAt: now, createdAt: now });
  for (const version of ['a', 'b']) await env.ARCHIVE.put(`transcripts/${tenantId}/${outbound}/${version}`, mark);
  const caller = new Caller(at, who.phone);
  await caller.rings();
  await caller.tells(`Hier ist ${who.name}`).says('check-customer', { customer_name: who.name });
  await scope.db.update(calls, { customerId: who.id }, eq(calls.id, caller.callId));
  return inbound;
}

type Called = Omit<Planted, 'at'>;

/** What others are to do for the person, and what the person was told. */
async function plantRequests({ scope, tenantId }: Salon, { who, mark, callId }: Called): Promise<void> {
  const now = processNow();
  const callbackId = unique('cbr');
  await scope.db.insert(callbackRequests, {
    id: callbackId,
    kind: 'callback',
    status: 'open',
    callId,
    customerId: who.id,
    phone: who.phone,
    name: mark,
    reason: mark,
    wish: { said: mark },
    createdAt: now,
  });
  await scope.db.insert(callbackAttempts, {
    id: unique('cba'),
    callbackId,
    userId: 'usr_test',
    at: now,
    outcome: 'no_answer',
    note: mark,
  });
  const importId = unique('imp');
  const fileKey = `imports/${tenantId}/${importId}/`;
  await scope.db.insert(imports, {
    id: importId,
    kind: 'customers',
    state: 'checked',
    fileName: mark,
    source: mark,
    head: { headers: ['Name'], samples: [[mark]] },
    fileKey,
    createdBy: 'user:usr_test',
    createdAt: now,
  });
  await scope.db.insert(importRows, {
    importId,
    row: 2,
    outcome: 'duplicate',
    e164: mark,
    email: mark,
    nameKey: mark,
    cells: [mark],
    read: { lastName: mark },
    problems: [],
    matches: [who.id],
    createdAt: now,
  });
  for (const name of ['file', 'part-0']) await env.ARCHIVE.put(`${fileKey}${name}`, mark);
  await scope.db.insert(notifications, {
    id: unique('ntf'),
    eventType: 'appointment.confirmed',
    channel: 'email',
    recipient: `${mark}@example.test`,
    language: 'de',
    customerId: who.id,
    data: JSON.stringify({ said: mark }),
    dedupeKey: unique('d'),
    status: 'pending',
    scheduledAt: now,
    expiresAt: now + 1,
    errorMessage: mark,
    subject: mark,
    body: mark,
    createdAt: now,
  });
  await scope.db.insert(consents, {
    id: unique('cst'),
    customerId: who.id,
    purpose: 'marketing',
    channel: 'email',
    state: 'given',
    at: now,
    way: 'written',
    textVersion: mark,
    proof: mark,
    recordedBy: 'user:x',
    createdAt: now,
  });
  await scope.db.insert(customerNotes, {
    id: unique('cno'),
    customerId: who.id,
    subject: mark,
    text: mark,
    type: 'medical',
    visibility: 'staff',
    authorKind: 'user',
    authorId: 'usr_x',
    createdAt: now,
    updatedAt: now,
  });
  // The answer about a note names neither appointment nor customer.
  const note = { id: noteIdOf(who), visibility: 'staff', text: mark };
  for (const answer of [{ data: { id: who.id, name: mark } }, { data: note }])
    await env.DB.prepare(
      'INSERT INTO request_outcomes (tenant_id, causer, key, input_hash, status, body, created_at, expires_at) VALUES (?, ?, ?, ?, 200, ?, ?, ?)',
    )
      .bind(tenantId, 'user:x', unique('k'), 'h', JSON.stringify(answer), now, now + 86_400_000)
      .run();
}

/** Webhooks of a call and of a booking, in D1, in R2, and waiting in R2 for a D1 that was down. */
async function plantBodies({ tenantId }: Salon, { who, mark, callId }: Called): Promise<void> {
  const platform = platformOf(env);
  const common = { tenantId, now: asInstant(processNow()) };
  const attendee = { name: who.name, email: `${mark}@example.test` };
  const calcom = { ...common, source: 'calcom', eventType: 'BOOKING_CREATED' } as const;
  const retell = { ...common, source: 'retell', eventType: 'call_ended' } as const;
  const call = JSON.stringify({ call: { transcript: mark, from: who.phone } });
  await storeWebhook(platform, { ...retell, uniqueId: `call_ended:${callId}`, payload: call });
  await setWebhookAside(platform, { ...retell, uniqueId: `call_ended:${unique('call')}`, payload: call });
  const small = await storeWebhook(platform, {
    ...calcom,
    uniqueId: unique('evt'),
    payload: JSON.stringify({ attendee }),
  });
  await storeWebhook(platform, {
    ...calcom,
    uniqueId: unique('evt'),
    payload: JSON.stringify({ attendee, filling: 'x'.repeat(70_000) }),
  });
  await env.DB.prepare('UPDATE webhook_logs SET error_message = ?1 WHERE tenant_id = ?2 AND id = ?3')
    .bind(`Unexpected token, "${attendee.name}" is not valid JSON`, tenantId, small.id)
    .run();
}

// ---------------------------------------------------------------- the look for it

type Objects = 'calendar' | 'ledger';
const stubOf = (kind: Objects, tenantId: TenantId): DurableObjectStub => {
  const { CALENDAR, LEDGER } = env as unknown as Record<'CALENDAR' | 'LEDGER', DurableObjectNamespace>;
  const space = kind === 'calendar' ? CALENDAR : LEDGER;
  return space.get(space.idFromName(tenantId));
};
export const inObject = <T>(
  kind: Objects,
  tenantId: TenantId,
  look: (storage: DurableObjectStorage) => T,
): Promise<T> => runInDurableObject(stubOf(kind, tenantId), (_object, state) => look(state.storage));

const TABLES =
  "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'";

/** Tables of an object's file with their columns that may hold a text. */
export const textColumnsOf = (sql: SqlStorage): string[] =>
  sql
    .exec<{ name: string }>(TABLES)
    .toArray()
    .flatMap(({ name }) =>
      sql
        .exec<{ name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${name}')`)
        .toArray()
        .filter(({ type }) => type !== 'INTEGER')
        .map((column) => `${name}.${column.name}`),
    );

/** One row: 1 under each column that holds one of the texts somewhere, in whatever case. */
const search = (table: string, columns: readonly string[]): string =>
  `SELECT ${columns
    .map((c) => `max(instr(lower("${c}"), ?1) > 0 OR instr("${c}", ?2) > 0) AS "${c}"`)
    .join(', ')} FROM "${table}"`;
const hits = (table: string, row: Record<string, unknown> | undefined): string[] =>
  Object.entries(row ?? {})
    .filter(([, found]) => found === 1)
    .map(([column]) => `${table}.${column}`);

let columnsOfD1: Promise<Map<string, string[]>> | null = null;
/** Tables of D1 with their columns; those that are computed of others are left out. */
export async function d1Columns(): Promise<Map<string, string[]>> {
  const { results } = await env.DB.prepare(TABLES).all<{ name: string }>();
  const tables = results.map(({ name }) => name);
  const infos = await env.DB.batch<{ name: string }>(
    tables.map((name) => env.DB.prepare(`SELECT name FROM pragma_table_xinfo('${name}') WHERE hidden = 0`)),
  );
  return new Map(tables.map((name, i) => [name, infos[i]?.results.map((column) => column.name) ?? []]));
}

async function inD1(texts: readonly [string, string]): Promise<string[]> {
  columnsOfD1 ??= d1Columns();
  const columns = [...(await columnsOfD1)];
  const found = await env.DB.batch<Record<string, unknown>>(
    columns.map(([table, names]) => env.DB.prepare(search(table, names)).bind(...texts)),
  );
  return columns.flatMap(([table], i) => hits(table, found[i]?.results[0]));
}

const inFile = (kind: Objects, tenantId: TenantId, texts: readonly [string, string]): Promise<string[]> =>
  inObject(kind, tenantId, ({ sql }) =>
    sql
      .exec<{ name: string }>(TABLES)
      .toArray()
      .flatMap(({ name }) => {
        const columns = sql.exec<{ name: string }>(`SELECT name FROM pragma_table_info('${name}')`).toArray();
        const names = columns.map((column) => column.name);
        return hits(`${kind}:${name}`, sql.exec(search(name, names), ...texts).toArray()[0]);
      }),
  );

async function inR2(texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await env.ARCHIVE.list(cursor === undefined ? {} : { cursor });
    for (const { key } of page.objects) {
      const object = await env.ARCHIVE.get(key);
      const text =
        `${key} ${JSON.stringify(object?.customMetadata ?? {})} ${(await object?.text()) ?? ''}`.toLowerCase();
      if (texts.some((one) => text.includes(one))) found.push(`r2:${key.split('/')[0]}/`);
    }
    if (!page.truncated) return found;
    cursor = page.cursor;
  }
}

async function inKv(texts: readonly string[]): Promise<string[]> {
  const { keys } = await env.DIRECTORY.list();
  const values = await Promise.all(
    keys.map(async ({ name }) => `${name} ${await env.DIRECTORY.get(name)}`.toLowerCase()),
  );
  return values.some((value) => texts.some((one) => value.includes(one))) ? ['kv:'] : [];
}

/** Where it still says who it was: `table.column` of D1, `object:table.column`, `r2:folder/`, `kv:`; of all tenants. */
export async function traces({ at, who, mark }: Pick<Planted, 'at' | 'who' | 'mark'>): Promise<string[]> {
  await at.scope.calendar.flush(2_000);
  await at.scope.ledger.flush(2_000);
  const texts = [mark, who.phone.slice(1)] as const;
  const found = await Promise.all([
    inD1(texts),
    inFile('calendar', at.tenantId, texts),
    inFile('ledger', at.tenantId, texts),
    inR2(texts),
    inKv(texts),
  ]);
  return [...new Set(found.flat())].sort();
}

/** Calendars as busy times: from the file to a time that nobody can book, replaced, removed, killed at each statement and begun again. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { addDays, dateOf, DAY, instantsOf, toIso } from '../../shared/time.ts';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi, generousEnv, type Reply, signIn } from '../../tests/contract/requests.ts';
import { PLATFORM, unique } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { runJob } from '../jobs/job-runner.ts';
import { importById } from '../storage/queries/imports.ts';
import { checkImport } from './commands/check-import.ts';
import { createImport } from './commands/create-import.ts';
import { runImport } from './commands/run-import.ts';
import { takeFile } from './commands/take-file.ts';
import { quiet, released, runUntil, unwrap, worked } from './killed.fixture.ts';

let tenant: FurnishedTenant;
beforeAll(async () => {
  tenant = await furnishTenant(signIn);
});
afterEach(() => vi.restoreAllMocks());

const ZONE = 'Europe/Berlin';
/** A day some weeks ahead. */
const day = (n: number): string => addDays(dateOf(processNow(), ZONE), 28 + n);
const at = (date: string, time: string): number => instantsOf(date, time, ZONE)[0] as number;
const stamp = (date: string, time: string): string => `${date}T${time}00`.replace(/[-:]/g, '');
const event = (uid: string, date: string, from: string, to: string, ...more: string[]): string =>
  [
    'BEGIN:VEVENT',
    `UID:${uid}@test`,
    `DTSTART;TZID=${ZONE}:${stamp(date, from)}`,
    `DTEND;TZID=${ZONE}:${stamp(date, to)}`,
    ...more,
    'END:VEVENT',
  ].join('\r\n');
const calendar = (name: string, ...events: string[]): string =>
  ['BEGIN:VCALENDAR', `X-WR-CALNAME:${name}`, ...events, 'END:VCALENDAR'].join('\r\n');

const ask = (method: string, path: string, body?: unknown): Promise<Reply> =>
  askApi(tenant.apiKey, method, `/api/v1${path}`, body === undefined ? {} : { body });

const ask2 = (method: string, path: string, body: unknown): Promise<Reply> =>
  askApi(tenant.apiKey, method, `/api/v2${path}`, { body });

async function send(id: string, file: string) {
  const context = createExecutionContext();
  const request = new Request(`${PLATFORM}/api/v1/imports/${id}/file`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${tenant.apiKey}`, 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  const response = await app.fetch(request, generousEnv, context);
  const body = (await response.json()) as { data: { state: string; source: string | null; [name: string]: unknown } };
  await waitOnExecutionContext(context);
  return body.data;
}

async function checked(file: string, how: object = {}): Promise<string> {
  const { id } = (await ask('POST', '/imports', { kind: 'busy_times', file_name: 'Privat.ics' })).body.data;
  expect((await send(id, file)).state).toBe('read');
  const check = await ask('POST', `/imports/${id}/check`, { staff_id: tenant.staff, ...how });
  expect(check.status, check.text).toBe(200);
  await worked(tenant.scope, id);
  return id;
}
async function ran(id: string, how: object = {}): Promise<Reply> {
  const run = await ask('POST', `/imports/${id}/run`, how);
  expect(run.status, run.text).toBe(200);
  await worked(tenant.scope, id);
  return ask('GET', `/imports/${id}`);
}
const imported = async (file: string, how: object = {}): Promise<Reply> => ran(await checked(file, how));

const sources = async () => (await ask('GET', `/staff/${tenant.staff}/busy-sources`)).body.data;
const absences = async (date: string) => {
  const { result } = await tenant.scope.calendar.day({ now: tenant.scope.now, branchId: null, date: date as never });
  if (!result.ok) throw new Error(result.error.code);
  return result.value.staff
    .find(({ id }) => id === tenant.staff)
    ?.absences.filter(({ reason }) => reason === 'external')
    .map(({ from, to, title }) => [from, to, title]);
};
describe('a calendar', () => {
  it('is told, imported, shown without titles, replaced and removed', async () => {
    const name = unique('Privat');
    const [one, two] = [day(0), day(1)];
    const first = calendar(
      name,
      event('a', one, '10:00', '11:00', 'SUMMARY:Zahnarzt'),
      event('b', one, '10:30', '12:00'),
      event('c', two, '23:00', '23:30'),
      event('free', one, '15:00', '16:00', 'TRANSP:TRANSPARENT'),
      event('broken', one, '15:00', '16:00', 'RRULE:FREQ=SECONDLY'),
      event('past', '2020-01-01', '10:00', '11:00'),
    );
    const id = await checked(first);
    const view = (await ask('GET', `/imports/${id}`)).body.data;
    expect(view).toMatchObject({
      kind: 'busy_times',
      state: 'checked',
      staff_id: tenant.staff,
      source: name,
      titles: false,
      counts: { rows: 4, new: 3, present: 0, refused: 1, met: 0, left_free: 1, left_past: 1 },
    });
    const rows = (await ask('GET', `/imports/${id}/rows`)).body.data;
    expect(rows).toMatchObject([
      {
        outcome: 'refused',
        event: null,
        problems: [
          { fault: 'rule_too_often', column: 'RRULE', value: 'FREQ=SECONDLY', text: expect.stringMatching(/\.$/) },
        ],
      },
      {
        outcome: 'new',
        read: null,
        event: { starts_at: toIso(at(one, '10:00')), title: null, all_day: false, appointments: [] },
      },
      { outcome: 'new' },
      { outcome: 'new' },
    ]);
    expect((await ask('GET', `/imports/${id}/refused`)).text).toMatch(/RRULE;FREQ=SECONDLY;/);
    expect(await absences(one)).toEqual([]);
    expect((await ran(id)).body.data).toMatchObject({ state: 'written', counts: { times: 3, stranded: 0 } });
    expect(await absences(one)).toEqual([['10:00', '12:00', null]]);
    const [source] = await sources();
    expect(source).toMatchObject({ name, times: 3, import_id: id, until: toIso(at(two, '23:30')) });
    // The same again: all of it is there, and it stays one source.
    const again = await checked(first, { titles: true });
    expect((await ask('GET', `/imports/${again}`)).body.data.counts).toMatchObject({ new: 0, present: 3 });
    await ran(again);
    expect(await absences(one)).toEqual([['10:00', '12:00', 'Zahnarzt']]);
    // Another file of the same name: what it leaves out is free.
    await imported(calendar(name, event('a', one, '14:00', '15:00')));
    expect(await absences(one)).toEqual([['14:00', '15:00', null]]);
    expect(await absences(two)).toEqual([]);
    expect(await sources()).toHaveLength(1);
    // Another calendar stands beside it.
    await imported(calendar(unique('Verein'), event('x', one, '17:00', '18:00')));
    expect(await sources()).toHaveLength(2);
    const gone = await ask('DELETE', `/staff/${tenant.staff}/busy-sources/${source.id}`);
    expect(gone.body.data).toEqual({ id: source.id, times: 1 });
    expect(await absences(one)).toEqual([['17:00', '18:00', null]]);
    expect((await ask('DELETE', `/staff/${tenant.staff}/busy-sources/${source.id}`)).status).toBe(404);
    await tenant.scope.calendar.flush(2_000);
    const log = await ask('GET', `/activity?subject_id=${source.id}`);
    expect(log.body.data.map((row: { event: string }) => row.event)).toEqual([
      'busy_source.removed',
      'busy_source.replaced',
      'busy_source.replaced',
      'busy_source.replaced',
    ]);
  });

  it('asks about appointments in its times: they stay, and about them nobody is asked again', async () => {
    const slot = await freeSlot();
    const reply = await book(slot);
    expect(reply.status, reply.text).toBe(201);
    const booked = reply.body as unknown as Slot & { appointment_id: string };
    const file = calendar(unique('Schule'), over(slot));
    const id = await checked(file);
    expect((await ask('GET', `/imports/${id}/rows`)).body.data[0].event.appointments).toEqual([
      { appointment_id: booked.appointment_id, branch_id: tenant.branch, starts_at: booked.starts_at },
    ]);
    const asked = await ask('POST', `/imports/${id}/run`, {});
    expect([asked.status, asked.body.error.code]).toEqual([409, 'WOULD_STRAND']);
    expect(asked.body.error.details.stranded).toEqual([
      { appointment_id: booked.appointment_id, starts_at: booked.starts_at },
    ]);
    expect((await ask('POST', `/imports/${id}/run`, { confirm: true, confirm_token: 'x.y' })).status).toBe(409);
    const end = await ran(id, { confirm: true, confirm_token: asked.body.error.details.confirm_token });
    expect(end.body.data).toMatchObject({ state: 'written', counts: { times: 1, stranded: 1 } });
    expect((await ask('GET', `/appointments/${booked.appointment_id}`)).body.data.starts_at).toBe(booked.starts_at);
    expect((await imported(file)).body.data.counts).toMatchObject({ times: 1, stranded: 0 });
  });

  it('makes its times refused to whoever books, and free again when it is removed', async () => {
    const slot = await freeSlot();
    await imported(calendar(unique('Arzt'), over(slot)));
    const free = await slotsOn(dateOf(Date.parse(slot.starts_at), ZONE));
    expect(free.map(({ starts_at }) => starts_at)).not.toContain(slot.starts_at);
    const refused = await book(slot);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'APPOINTMENT_CONFLICT']);
    for (const { id } of await sources()) await ask('DELETE', `/staff/${tenant.staff}/busy-sources/${id}`);
    expect((await book(slot)).status).toBe(201);
  });

  it.each([
    ['a table', 'Name;Telefon\nAnna;1', 'no_calendar'],
    ['an empty one', calendar('x'), 'no_events'],
  ])('that is %s says so at once', async (_what, file, fault) => {
    const { id } = (await ask('POST', '/imports', { kind: 'busy_times', file_name: 'x.ics' })).body.data;
    expect(await send(id, file)).toMatchObject({ state: 'broken', fault, fault_text: expect.stringMatching(/\.$/) });
  });

  it('needs a person who is there', async () => {
    const { id } = (await ask('POST', '/imports', { kind: 'busy_times', file_name: 'x.ics' })).body.data;
    await send(id, calendar('x', event('a', day(0), '10:00', '11:00')));
    expect((await ask('POST', `/imports/${id}/check`, {})).status).toBe(422);
    expect((await ask('POST', `/imports/${id}/check`, { staff_id: 'stf_unknown' })).status).toBe(404);
  });
});

interface Slot {
  starts_at: string;
  ends_at: string;
}
const slotsOn = async (date: string): Promise<Slot[]> => {
  const asked = { date, service_id: tenant.service, staff_id: tenant.staff };
  const reply = await ask2('POST', '/availability/simple', asked);
  expect(reply.status, reply.text).toBe(200);
  return (reply.body as unknown as { slots: Slot[] }).slots;
};
/** The first time that is free on some day. */
async function freeSlot(): Promise<Slot> {
  for (let n = 2; n < 20; n++) {
    const [slot] = await slotsOn(day(n));
    if (slot) return slot;
  }
  throw new Error('nothing is free');
}
const book = async ({ starts_at }: Slot): Promise<Reply> =>
  ask2('POST', '/bookings', {
    customer_id: await somebody(),
    service_id: tenant.service,
    staff_id: tenant.staff,
    starts_at,
  });
const somebody = async (): Promise<string> => {
  const made = await ask('POST', '/customers', { first_name: 'Anna', last_name: 'Muster' });
  expect(made.status, made.text).toBe(201);
  return made.body.data.id;
};
const utc = (iso: string): string => new Date(iso).toISOString().replace(/[-:]|\.000/g, '');
/** An event that takes exactly a slot. */
const over = ({ starts_at, ends_at }: Slot): string =>
  ['BEGIN:VEVENT', 'UID:s@test', `DTSTART:${utc(starts_at)}`, `DTEND:${utc(ends_at)}`, 'END:VEVENT'].join('\r\n');

describe('killed and begun again', () => {
  it('not where somebody has booked since it was agreed to: nothing is entered, and it is asked again', async () => {
    const slot = await freeSlot();
    const id = await checked(calendar(unique('Arzt'), over(slot)));
    const { scope } = tenant;
    const run = await runImport(quiet(), scope, id, { by_number: 'skip', by_name: 'skip' });
    expect(run.ok).toBe(true);
    expect((await book(slot)).status).toBe(201);
    await runJob(quiet(), tenant.tenantId, (run.ok && run.value.runJob) || '');
    const after = (await ask('GET', `/imports/${id}`)).body.data;
    expect(after).toMatchObject({ state: 'checked', counts: { asked_again: 1 } });
    expect(await absences(dateOf(Date.parse(slot.starts_at), ZONE))).toEqual([]);
    const asked = await ask('POST', `/imports/${id}/run`, {});
    expect(asked.status).toBe(409);
    const end = await ran(id, { confirm: true, confirm_token: asked.body.error.details.confirm_token });
    expect(end.body.data.counts).toMatchObject({ times: 1, stranded: 1 });
    expect(end.body.data.counts).not.toHaveProperty('asked_again');
    for (const { id: source } of await sources()) await ask('DELETE', `/staff/${tenant.staff}/busy-sources/${source}`);
  });

  it('at every fifth statement: each time once, and what was before until all of it is there', async () => {
    for (const level of ['warn', 'error', 'log'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
    const name = unique('Serie');
    const { scope } = tenant;
    let kills = 0;
    for (let point = 1; point <= 46; point += 5) {
      const from = `${String(8 + (point % 10)).padStart(2, '0')}:00`;
      // More than two parts of five hundred.
      const series = ['a', 'b', 'c', 'd'].map((uid) =>
        event(uid, dateOf(processNow() + DAY, ZONE), from, '19:00', 'RRULE:FREQ=DAILY'),
      );
      const { id } = unwrap(await createImport(scope, { kind: 'busy_times', file_name: 'x.ics' }));
      unwrap(await takeFile(scope, id, new TextEncoder().encode(calendar(name, ...series))));
      const choice = { fields: [], branch_id: null, staff_id: tenant.staff as never, source: null, titles: false };
      const check = unwrap(await checkImport(quiet(), scope, id, choice));
      if (!(await runUntil(tenant.scope, check.checkJob ?? '', point))) kills++;
      await released(check.checkJob ?? '');
      await runJob(quiet(), tenant.tenantId, check.checkJob ?? '');
      const times = (await importById(scope.db, id))?.counts?.['rows'] ?? 0;
      expect(times).toBeGreaterThan(1_400);
      const run = unwrap(await runImport(quiet(), scope, id, { by_number: 'skip', by_name: 'skip' }));
      if (!(await runUntil(tenant.scope, run.runJob ?? '', point))) kills++;
      // The one or the other, never both and never nothing.
      const between = await absences(day(30));
      expect(between?.length, `killed after ${point} statements`).toBe(
        point === 1 ? (between?.length === 0 ? 0 : 1) : 1,
      );
      await released(run.runJob ?? '');
      await runJob(quiet(), tenant.tenantId, run.runJob ?? '');
      const row = await importById(scope.db, id);
      expect([row?.state, row?.counts]).toMatchObject(['written', { times, stranded: 0 }]);
      expect(await absences(day(30))).toEqual([[from, '19:00', null]]);
      const known = unwrap((await scope.calendar.busySources(tenant.staff)).result).filter((one) => one.name === name);
      expect(known).toMatchObject([{ times, importId: id }]);
    }
    expect(kills).toBeGreaterThan(8);
  }, 120_000);
});

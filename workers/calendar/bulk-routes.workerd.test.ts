/** Many appointments by one request, over HTTP through the assembled app: each is answered by itself, what was refused says why, and what has an opposite is taken back. */
import { beforeAll, describe, expect, it } from 'vitest';
import { modificationListResponse } from '../../shared/contract/appointment-changes.ts';
import { bulkResponse } from '../../shared/contract/resource-list.ts';
import { appointmentListResponse } from '../../shared/contract/appointments.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { addDays, dateOf, instantsOf, toIso } from '../../shared/time.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi, type Reply } from '../../tests/contract/requests.ts';

const ZONE = 'Europe/Berlin';
let tenant: FurnishedTenant;
let customer = '';
let minute = 0;

const call = (method: string, path: string, body?: unknown): Promise<Reply> =>
  askApi(tenant.apiKey, method, path, body === undefined ? {} : { body });
const bulk = async (verb: string, items: { id: string; expected_version?: number }[], more: object = {}) => {
  const reply = await call('POST', `/api/v1/appointments/bulk/${verb}`, { items, ...more });
  expect(reply.status, JSON.stringify(reply.body)).toBe(207);
  return bulkResponse.parse(reply.body).results;
};
/** Appointments half an hour apart on a day that far ahead. */
async function booked(count: number, daysAhead: number): Promise<{ id: string; expected_version: number }[]> {
  const made: { id: string; expected_version: number }[] = [];
  const date = addDays(dateOf(processNow(), ZONE), daysAhead);
  for (let i = 0; i < count; i++) {
    const at = 8 * 60 + 30 * (minute++ % 20);
    const time = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
    const now = processNow();
    const id = newId('appointment', now);
    const { result } = await tenant.scope.calendar.book({
      key: `bulk:${id}`,
      now,
      actor: { kind: 'system', id: 'test' },
      appointmentId: id,
      customerId: customer,
      services: [{ serviceId: tenant.service }],
      branchId: tenant.branch,
      staffId: tenant.staff,
      startsAt: instantsOf(date, time, ZONE)[0] ?? asInstant(0),
      source: 'admin',
      notify: false,
      internal: true,
      backdate: false,
    });
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    made.push({ id, expected_version: result.value.appointment.version });
  }
  minute = 0;
  await tenant.scope.calendar.flush(2_000);
  return made;
}
const startOf = async (id: string): Promise<string> =>
  (await call('GET', `/api/v1/appointments/${id}`)).body['data']['starts_at'] as string;

beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
  const make = FIXTURES['customer'];
  if (!make) throw new Error('no customer fixture');
  customer = await make(tenant);
});

describe('many appointments by one request', () => {
  it('one that is refused stops none of the others, and the older version is told', async () => {
    const [first, second] = await booked(2, 20);
    const results = await bulk('cancel', [
      { ...first, id: first?.id ?? '' },
      { id: second?.id ?? '', expected_version: 99 },
      { id: newId('appointment', processNow()) },
    ]);
    expect(results.map(({ status, error }) => [status, error?.code ?? null])).toEqual([
      [200, null],
      [409, 'VERSION_CONFLICT'],
      [404, 'NOT_FOUND'],
    ]);
  });

  it('who is moved makes room for the one behind: a row of neighbours moves by half an hour and back', async () => {
    const row = await booked(4, 21);
    const before = await Promise.all(row.map(({ id }) => startOf(id)));
    const moved = await bulk('move', row, { minutes: 30 });
    expect(moved.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const after = await Promise.all(row.map(({ id }) => startOf(id)));
    expect(after.map((text, i) => Date.parse(text) - Date.parse(before[i] ?? ''))).toEqual(row.map(() => 1_800_000));
    const undone = await bulk(
      'move',
      row.map(({ id }, i) => ({ id, expected_version: moved[i]?.version ?? 0 })),
      {
        minutes: -30,
      },
    );
    expect(undone.every(({ status }) => status === 200)).toBe(true);
    expect(await Promise.all(row.map(({ id }) => startOf(id)))).toEqual(before);
  });

  it('cancelled and deleted ones leave the list, stand in that of the deleted, and come back', async () => {
    const row = await booked(2, 22);
    expect((await bulk('delete', row)).map(({ error }) => error?.code)).toEqual([
      'ILLEGAL_TRANSITION',
      'ILLEGAL_TRANSITION',
    ]);
    const cancelled = await bulk('cancel', row, { notify_customer: false });
    const gone = await bulk(
      'delete',
      row.map(({ id }, i) => ({ id, expected_version: cancelled[i]?.version ?? 0 })),
    );
    expect(gone.map(({ status }) => status)).toEqual([200, 200]);
    await tenant.scope.calendar.flush(2_000);
    const day = dateOf(Date.parse(toIso(processNow())) + 22 * 86_400_000, ZONE);
    const listed = async (more = ''): Promise<string[]> =>
      appointmentListResponse
        .parse((await call('GET', `/api/v1/appointments?from=${day}&to=${day}${more}`)).body)
        .data.map(({ id }) => id);
    expect(await listed()).toEqual([]);
    expect((await listed('&deleted=true')).sort()).toEqual(row.map(({ id }) => id).sort());
    expect((await call('GET', `/api/v1/appointments/${row[0]?.id}`)).status).toBe(404);
    const undeleted = await bulk(
      'undo',
      row.map(({ id }, i) => ({ id, expected_version: gone[i]?.version ?? 0 })),
    );
    expect(undeleted.map(({ status }) => status)).toEqual([200, 200]);
    // The next step back is the cancellation.
    const restored = await bulk(
      'undo',
      row.map(({ id }, i) => ({ id, expected_version: undeleted[i]?.version ?? 0 })),
    );
    expect(restored.map(({ error }) => error)).toEqual([null, null]);
    await tenant.scope.calendar.flush(2_000);
    expect((await listed()).length).toBe(2);
    const changes = modificationListResponse.parse(
      (await call('GET', `/api/v1/appointments/${row[0]?.id}/modifications?limit=1`)).body,
    );
    expect(changes.data.map(({ type, new_status }) => [type, new_status])).toEqual([['restore', 'confirmed']]);
    const older = modificationListResponse.parse(
      (await call('GET', `/api/v1/appointments/${row[0]?.id}/modifications?cursor=${changes.meta.next_cursor}`)).body,
    );
    expect(older.data.map(({ type }) => type)).toEqual(['cancel']);
  });

  it('takes at most a hundred, and a move has to say where to', async () => {
    const many = Array.from({ length: 101 }, () => ({ id: newId('appointment', processNow()) }));
    expect((await call('POST', '/api/v1/appointments/bulk/confirm', { items: many })).status).toBe(422);
    expect((await call('POST', '/api/v1/appointments/bulk/move', { items: many.slice(0, 1) })).status).toBe(422);
  });
});

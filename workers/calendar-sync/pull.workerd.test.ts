/**
 * What Cal.com tells, over HTTP and signed: every booking is an appointment or a conflict that people see, rooms and branches included; nothing
 * is booked twice, nothing is dropped. Requests wait, declined ones are gone, no-shows and ends are noted. Uids are for who may see Cal.com.
 */
import { createExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runsOf, seedOf } from '../../tests/counts.ts';
import { generousEnv } from '../../tests/contract/requests.ts';
import { env, freshAddress, PLATFORM, type SeededTenant, seedTenant, unique } from '../../tests/contract/tenants.ts';
import type { AppointmentListResponse, AppointmentView } from '../../shared/contract/appointments.ts';
import type { ConflictView } from '../../shared/contract/conflicts.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import type { Permission } from '../../shared/permissions.ts';
import { boundaryOf, dateOf, toIso } from '../../shared/time.ts';
import { app } from '../app.ts';
import { salonItems } from '../calendar/salon.fixture.ts';
import type { ScheduleInput } from '../calendar/types.ts';
import { configOf, platformOf } from '../env.ts';
import { processWebhook } from '../handlers.ts';
import { installApiKey } from '../identity/api-keys.ts';
import { signCalcom } from '../integrations/signatures.ts';
import { reconcile } from '../projection/rebuild.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { FakeCalcom, type FakeBooking, messageOf } from './calcom.fixture.ts';

const SECRET = configOf(env).CALCOM_WEBHOOK_SECRET ?? '';
const ZONE = 'Europe/Berlin';
const OFFSET = Date.parse('2027-03-01T08:00:00Z') - Date.now();
beforeAll(() => setClockOffset(OFFSET));
afterAll(() => setClockOffset(0));

/** More of them need more than the days below: they only meet more that is taken. */
const BOOKINGS = runsOf('calcom-bookings', { ...env });

const HOURS = [{ from: '09:00', to: '18:00' }];
/** Anna works in Mitte until Thursday and in Nord on Friday and Saturday; each branch has one room, which a massage needs. */
function twoBranches(): ScheduleInput[] {
  const items = salonItems();
  const bodyOf = (id: string) => items.find((item) => item.id === id)?.body as Record<string, unknown>;
  const room = (id: string, branchId: string): ScheduleInput => ({
    kind: 'resource',
    id,
    body: { companyId: 'com', branchId, name: id, type: 'room', capacity: 1 },
  });
  const kept = items.filter(({ id }) => !/^hrs_a|^stf_|^srv_cut$/.test(id));
  return [
    ...kept,
    { kind: 'branch', id: 'bra_nord', body: { ...bodyOf('bra_mitte'), name: 'Nord', main: false } },
    {
      kind: 'staff',
      id: 'stf_anna',
      body: { ...bodyOf('stf_anna'), calcomUserId: '501', branchIds: ['bra_mitte', 'bra_nord'] },
    },
    { kind: 'staff', id: 'stf_ben', body: { ...bodyOf('stf_ben'), calcomUserId: '502' } },
    room('res_mitte', 'bra_mitte'),
    room('res_nord', 'bra_nord'),
    { kind: 'service', id: 'srv_cut', body: { ...bodyOf('srv_cut'), calcomEventTypeId: '77' } },
    {
      kind: 'service',
      id: 'srv_massage',
      body: {
        ...bodyOf('srv_cut'),
        name: { de: 'Massage' },
        calcomEventTypeId: '78',
        resources: [{ anyOf: ['res_mitte', 'res_nord'] }],
      },
    },
    ...[2, 3, 4, 5, 6].flatMap((weekday): ScheduleInput[] => [
      ...(weekday > 4
        ? [
            {
              kind: 'hours' as const,
              id: `hrs_nord${weekday}`,
              body: { ownerKind: 'branch', ownerId: 'bra_nord', weekday, periods: HOURS },
            },
          ]
        : []),
      {
        kind: 'hours',
        id: `hrs_a${weekday}`,
        body: {
          ownerKind: 'staff',
          ownerId: 'stf_anna',
          branchId: weekday > 4 ? 'bra_nord' : 'bra_mitte',
          weekday,
          periods: HOURS,
        },
      },
    ]),
  ];
}

interface Salon extends SeededTenant {
  scope: TenantScope;
  calcom: FakeCalcom;
}

async function openSalon(): Promise<Salon> {
  const tenant = await seedTenant({ role: 'admin' });
  const now = processNow();
  const scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' }, { now });
  const seeded = await scope.calendar.putScheduleMany({
    key: 'seed',
    now,
    actor: { kind: 'system', id: 'test' },
    items: twoBranches(),
  });
  expect(seeded.result.ok, JSON.stringify(seeded.result)).toBe(true);
  return { ...tenant, scope, calcom: new FakeCalcom([], unique('cal')) };
}

/** A webhook as it arrives, worked on as the queue does. */
async function hear(salon: Salon, triggerEvent: string, payload: Record<string, unknown>, flat = false): Promise<void> {
  const at = processNow();
  const body = flat
    ? JSON.stringify({ triggerEvent, createdAt: new Date(at).toISOString(), ...payload })
    : messageOf(triggerEvent, payload, at);
  const request = new Request(`${PLATFORM}/api/calcom/webhook/${salon.slug}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Cal-Signature-256': await signCalcom(body, SECRET),
      'CF-Connecting-IP': freshAddress(),
    },
    body,
  });
  const response = await app.fetch(request, env, createExecutionContext());
  expect(response.status, await response.clone().text()).toBe(200);
  const waiting = await env.DB.prepare("SELECT id FROM webhook_logs WHERE tenant_id = ? AND state = 'received'")
    .bind(salon.tenantId)
    .all<{ id: string }>();
  for (const { id } of waiting.results) await processWebhook(generousEnv, salon.tenantId, id);
}

async function get<T>(salon: Salon, path: string, apiKey = salon.apiKey): Promise<{ status: number; body: T }> {
  const request = new Request(`${PLATFORM}${path}`, {
    headers: { Authorization: `Bearer ${apiKey}`, 'CF-Connecting-IP': freshAddress() },
  });
  const response = await app.fetch(request, env, createExecutionContext());
  return { status: response.status, body: (await response.json()) as T };
}
async function post<T>(salon: Salon, path: string, body: unknown): Promise<{ status: number; body: T }> {
  const request = new Request(`${PLATFORM}${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${salon.apiKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': unique('key'),
      'CF-Connecting-IP': freshAddress(),
    },
    body: JSON.stringify(body),
  });
  const response = await app.fetch(request, env, createExecutionContext());
  return { status: response.status, body: (await response.json()) as T };
}

async function all<T>(salon: Salon, path: string): Promise<T[]> {
  await salon.scope.calendar.flush(5_000);
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: { body: { data: T[]; meta: { next_cursor: string | null } } } = await get(
      salon,
      `${path}${path.includes('?') ? '&' : '?'}limit=20${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    rows.push(...page.body.data);
    cursor = page.body.meta.next_cursor;
  } while (cursor !== null);
  return rows;
}

const day = (n: number): string => `2027-03-${String(n).padStart(2, '0')}`;
const on = (date: string, minutes: number): string => toIso(boundaryOf(date, minutes, ZONE, 'start'));

describe('50 bookings of Cal.com into full rooms and for people of two branches', () => {
  it('are each an appointment or a conflict that the page shows, and nobody and nothing is taken twice', async () => {
    const salon = await openSalon();
    // A walk of its own, the same every time.
    let seed = seedOf(7, { ...env });
    const pick = <T>(...list: T[]): T => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return list[Math.floor(seed / 65_536) % list.length] as T;
    };
    const made: FakeBooking[] = [];
    for (let n = 0; n < BOOKINGS; n++) {
      const booking = salon.calcom.book({
        // Monday to Saturday; on Monday nobody works and no branch can be told for Anna.
        start: on(day(pick(8, 9, 10, 12, 12, 13)), pick(540, 570, 600, 690, 750, 840, 930)),
        type: pick('77', '78', '78', '78', '99'),
        host: pick('501', '501', '501', '502', '503'),
        minutes: 60,
        email: `guest${n}@example.test`,
        name: `Gast ${n}`,
      });
      made.push(booking);
      await hear(salon, 'BOOKING_CREATED', salon.calcom.payload(booking));
    }

    const appointments = await all<AppointmentView>(salon, '/api/v1/appointments');
    const conflicts = await all<ConflictView>(salon, '/api/v1/conflicts?status=open');
    const seen = [...appointments, ...conflicts].map((one) => one.calcom_booking_id);
    expect(seen.toSorted()).toEqual(made.map(({ uid }) => uid).toSorted());
    expect(new Set(conflicts.map(({ reason }) => reason))).toEqual(
      new Set(['person_taken', 'resource_taken', 'unknown_service', 'unknown_staff', 'unknown_branch']),
    );
    expect(appointments.length).toBeGreaterThan(10);
    for (const { reason, resolutions, customer_name, in_the_way } of conflicts) {
      expect(resolutions).toEqual(['keep_ours', 'take_theirs', 'dismiss']);
      expect(customer_name).toBe('Gast');
      expect(in_the_way !== null).toBe(reason === 'person_taken' || reason === 'resource_taken');
    }

    // The branch is the one whose hours she works that day.
    for (const one of appointments.filter(({ staff_id }) => staff_id === 'stf_anna'))
      expect(one.branch_id).toBe(dateOf(Date.parse(one.starts_at), ZONE) < day(12) ? 'bra_mitte' : 'bra_nord');
    const rows = await env.DB.prepare(
      'SELECT staff_id, resources, starts_at, ends_at FROM appointments WHERE tenant_id = ?',
    )
      .bind(salon.tenantId)
      .all<{ staff_id: string; resources: string; starts_at: number; ends_at: number }>();
    const takes = rows.results.flatMap((row) =>
      [
        row.staff_id,
        ...(JSON.parse(row.resources) as { resourceId: string }[]).map(({ resourceId }) => resourceId),
      ].map((what) => ({ what, from: row.starts_at, to: row.ends_at })),
    );
    for (const [i, one] of takes.entries())
      for (const other of takes.slice(i + 1))
        expect(
          one.what === other.what && one.from < other.to && other.from < one.to,
          JSON.stringify([one, other]),
        ).toBe(false);
    for (const one of appointments.filter(({ service_id }) => service_id === 'srv_massage')) {
      const stored = rows.results.find(
        (row) => toIso(row.starts_at) === one.starts_at && row.staff_id === one.staff_id,
      );
      expect(stored?.resources).toContain(one.branch_id === 'bra_mitte' ? 'res_mitte' : 'res_nord');
    }

    // Settled by two clicks: the room is free once those who had it are gone.
    const waiting = conflicts.find(({ reason }) => reason === 'resource_taken');
    expect(waiting?.in_the_way).not.toBeNull();
    const tooEarly = await post<{ error: { code: string; details: { conflicting_appointment_id: string } } }>(
      salon,
      `/api/v1/conflicts/${waiting?.id}/resolve`,
      { resolution: 'take_theirs' },
    );
    expect(tooEarly).toMatchObject({ status: 409, body: { error: { code: 'APPOINTMENT_CONFLICT' } } });
    const theirs = waiting?.theirs ?? { starts_at: '', ends_at: '' };
    for (const { id, starts_at, ends_at } of appointments) {
      if (starts_at >= theirs.ends_at || ends_at <= theirs.starts_at) continue;
      const freed = await salon.scope.calendar.cancel({
        key: `free ${id}`,
        now: processNow(),
        actor: { kind: 'user', id: 'usr_1' },
        appointmentId: id,
        modificationId: newId('modification', processNow()),
        notify: false,
      });
      expect(freed.result.ok).toBe(true);
    }
    const settled = await post<{ data: ConflictView }>(salon, `/api/v1/conflicts/${waiting?.id}/resolve`, {
      resolution: 'take_theirs',
    });
    expect(settled, JSON.stringify(settled.body)).toMatchObject({
      status: 200,
      body: { data: { status: 'resolved', resolution: 'take_theirs', resolutions: [] } },
    });
    const after = await all<AppointmentView>(salon, '/api/v1/appointments');
    expect(after.map((one) => one.calcom_booking_id)).toContain(waiting?.calcom_booking_id);
    const audits = await env.DB.prepare(
      "SELECT causer_type FROM audit_log WHERE tenant_id = ? AND subject_id = ? AND description LIKE '%resolved%'",
    )
      .bind(salon.tenantId, waiting?.id)
      .all();
    expect(audits.results).toHaveLength(1);
  }, 120_000);
});

describe('what Cal.com says of one booking', () => {
  const one = (salon: Salon, pending = false) =>
    salon.calcom.book({
      type: '77',
      host: '502',
      start: on(day(9), 600),
      minutes: 60,
      email: 'g@example.test',
      pending,
    });
  const statuses = async (salon: Salon) =>
    (await all<AppointmentView>(salon, '/api/v1/appointments')).map(({ status }) => status);

  it('requested is pending, accepted confirmed', async () => {
    const salon = await openSalon();
    const booking = one(salon, true);
    await hear(salon, 'BOOKING_REQUESTED', salon.calcom.payload(booking));
    expect(await statuses(salon)).toEqual(['pending']);
    setClockOffset(OFFSET + 5_000);
    await hear(salon, 'BOOKING_CREATED', salon.calcom.payload({ ...booking, status: 'accepted' }));
    expect(await statuses(salon)).toEqual(['confirmed']);
    setClockOffset(OFFSET);
  });

  it('declined, the request is gone: from the calendar, the list and the customer’s count', async () => {
    const salon = await openSalon();
    const booking = one(salon, true);
    await hear(salon, 'BOOKING_REQUESTED', salon.calcom.payload(booking));
    await hear(
      salon,
      'BOOKING_REJECTED',
      salon.calcom.payload({ ...booking, status: 'rejected' }, { metadata: undefined }),
    );
    expect(await statuses(salon)).toEqual([]);
    const stats = await env.DB.prepare('SELECT appointments FROM customer_stats WHERE tenant_id = ?')
      .bind(salon.tenantId)
      .all();
    expect(stats.results).toEqual([{ appointments: 0 }]);
    const audit = await env.DB.prepare(
      "SELECT 1 FROM audit_log WHERE tenant_id = ? AND description = 'appointment.removed'",
    )
      .bind(salon.tenantId)
      .all();
    expect(audit.results).toHaveLength(1);
    expect((await reconcile(platformOf(env), salon.tenantId, 'calendar')).differences).toEqual([]);
    // The place is free again.
    const next = one(salon);
    await hear(salon, 'BOOKING_CREATED', salon.calcom.payload(next));
    expect(await statuses(salon)).toEqual(['confirmed']);
  });

  it('ended is completed; a no-show is noted, and taken back', async () => {
    const salon = await openSalon();
    const booking = one(salon);
    await hear(salon, 'BOOKING_CREATED', salon.calcom.payload(booking));
    const noShow = (noShow: boolean) => ({
      message: 'marked',
      attendees: [{ email: 'g@example.test', noShow }],
      bookingUid: booking.uid,
      bookingId: booking.id,
    });
    // Ahead of its time nobody has stayed away.
    await hear(salon, 'BOOKING_NO_SHOW_UPDATED', noShow(true));
    expect(await statuses(salon)).toEqual(['confirmed']);
    const clockAfter = (ms: number) => setClockOffset(Date.parse(booking.end) - Date.now() + ms);
    clockAfter(60_000);
    await hear(salon, 'MEETING_ENDED', salon.calcom.payload(booking), true);
    expect(await statuses(salon)).toEqual(['completed']);
    clockAfter(120_000);
    await hear(salon, 'BOOKING_NO_SHOW_UPDATED', noShow(true));
    expect(await statuses(salon)).toEqual(['no_show']);
    clockAfter(180_000);
    await hear(salon, 'BOOKING_NO_SHOW_UPDATED', noShow(false));
    expect(await statuses(salon)).toEqual(['completed']);
    setClockOffset(OFFSET);
  });
});

it('uids are told only to who may see Cal.com, and conflicts too', async () => {
  const salon = await openSalon();
  const booking = salon.calcom.book({
    type: '77',
    host: '502',
    start: on(day(9), 600),
    minutes: 60,
    email: 'g@example.test',
  });
  await hear(salon, 'BOOKING_CREATED', salon.calcom.payload(booking));
  await salon.scope.calendar.flush(5_000);
  const key = async (scopes: Permission[]): Promise<string> => {
    const now = processNow();
    const id = newId('api_key', now);
    const secret = `ask_test_${unique('k').replaceAll('-', '_')}`;
    await installApiKey(platformOf(env), { tenantId: salon.tenantId, id, name: 'k', key: secret, scopes }, now);
    return secret;
  };
  const [blind, seeing] = [
    await key(['view_appointments', 'view_webhook_logs']),
    await key(['view_appointments', 'view_calcom', 'view_webhook_logs']),
  ];
  for (const [apiKey, expected] of [
    [blind, null],
    [seeing, booking.uid],
  ] as const) {
    const list = await get<AppointmentListResponse>(salon, '/api/v1/appointments', apiKey);
    const id = list.body.data[0]?.id;
    const shown = await get<{ data: AppointmentView }>(salon, `/api/v1/appointments/${id}`, apiKey);
    const version2 = await get<{ data: AppointmentView }>(salon, `/api/v2/bookings/${id}`, apiKey);
    const logs = await get<{ data: { unique_id: string }[] }>(salon, '/api/v1/webhook-logs', apiKey);
    expect([list.body.data[0], shown.body.data, version2.body.data].map((row) => row?.calcom_booking_id)).toEqual([
      expected,
      expected,
      expected,
    ]);
    expect(JSON.stringify([list, shown, version2, logs]).includes(booking.uid)).toBe(expected !== null);
  }
  expect((await get(salon, '/api/v1/conflicts', blind)).status).toBe(403);
  expect((await get(salon, '/api/v1/conflicts', seeing)).status).toBe(200);
  expect((await post(salon, '/api/v1/conflicts/cnf_none/resolve', { resolution: 'dismiss' })).status).toBe(404);
});

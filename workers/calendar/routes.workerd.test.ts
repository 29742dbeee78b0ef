/** The calendar's HTTP, driven through the assembled app with an API key: what is offered can be held, booked, moved and cancelled. */
import {
  appointmentListResponse,
  type AppointmentView,
  type BookRequest,
  bookResponse,
  calendarDayResponse,
  cancelResponse,
  policyResponse,
  type RescheduleRequest,
  rescheduleResponse,
} from '../../shared/contract/appointments.ts';
import {
  compositeAvailabilityResponse,
  type SimpleAvailabilityRequest,
  type SimpleAvailabilityResponse,
  simpleAvailabilityResponse,
  type SlotView,
} from '../../shared/contract/availability.ts';
import { platformOf } from '../env.ts';
import { createExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays, dateOf, weekdayOf } from '../../shared/time.ts';
import { processNow } from '../../shared/clock.ts';
import { askApi, generousEnv, type Reply } from '../../tests/contract/requests.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { env, PLATFORM, seedTenant } from '../../tests/contract/tenants.ts';
import type { Permission } from '../../shared/permissions.ts';
import { newId } from '../../shared/ids.ts';
import { installApiKey } from '../identity/api-keys.ts';
import { app } from '../app.ts';
import { openTenant } from '../tenancy/scope.ts';

let tenant: FurnishedTenant;
let customer = '';

const call = (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  bindings: typeof env = generousEnv,
): Promise<Reply> => askApi(tenant.apiKey, method, path, { body, headers, bindings });
/** The next Wednesday at least a week away. */
const day = (): string => {
  let date = addDays(dateOf(processNow(), 'Europe/Berlin'), 40);
  while (weekdayOf(date) !== 3) date = addDays(date, 1);
  return date;
};
const slots = async (more: Partial<SimpleAvailabilityRequest> = {}): Promise<SimpleAvailabilityResponse> => {
  const asked: SimpleAvailabilityRequest = { date: day(), service_id: tenant.service, ...more };
  return simpleAvailabilityResponse.parse((await call('POST', '/api/v2/availability/simple', asked)).body);
};
/** Books an offered slot with its quote. */
const bookedBy = ({ starts_at, quote }: SlotView, more: Partial<BookRequest> = {}) =>
  call('POST', '/api/v2/bookings', {
    customer_id: customer,
    service_id: tenant.service,
    starts_at,
    quote,
    ...more,
  } satisfies BookRequest);
const slotAt = (offered: SimpleAvailabilityResponse, start: string): SlotView => {
  const slot = offered.slots.find((one) => one.start === start);
  if (slot === undefined) throw new Error(`no slot at ${start}`);
  return slot;
};

beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
  const make = FIXTURES['customer'];
  if (!make) throw new Error('no customer fixture');
  customer = await make(tenant);
  await env.DB.prepare('UPDATE customers SET email = ? WHERE id = ?').bind('erika@muster.example', customer).run();
});

describe('holds of an API key', () => {
  it('are counted by visitor, whose name is kept nowhere', async () => {
    const offered = await slots({ branch_id: tenant.branch });
    const at = (start: string) => slotAt(offered, start).quote;
    const hold = (start: string, visitor: string) => call('POST', '/api/v2/holds', { quote: at(start), visitor });
    const visitor = 'erika@muster.example';
    for (const start of ['20:00', '20:30', '21:00']) expect((await hold(start, visitor)).status).toBe(201);
    expect(await hold('21:30', ` ${visitor} `)).toMatchObject({
      status: 422,
      body: { error: { code: 'LIMIT_REACHED', details: { max: 3 } } },
    });
    expect((await hold('21:30', 'max@muster.example')).status).toBe(201);
    expect((await hold('22:00', 'x'.repeat(129))).status).toBe(422);
    await tenant.scope.calendar.flush(2_000);
    const { results } = await env.DB.prepare("SELECT * FROM feed WHERE tenant_id = ? AND command_name = 'hold'")
      .bind(tenant.tenantId)
      .all();
    expect(results.length).toBeGreaterThanOrEqual(4);
    expect(JSON.stringify(results)).not.toContain('muster');
  });
});

describe('from an offer to a cancellation', () => {
  it('holds by quote, books by token, moves and cancels with versions, and lists its own write', async () => {
    const offered = await slots();
    expect(offered).toMatchObject({
      success: true,
      available: true,
      reason: 'free',
      branch_id: tenant.branch,
      time_zone: 'Europe/Berlin',
    });
    expect(offered.slots[0]).toMatchObject({
      start: '00:00',
      end: '00:30',
      staff_id: tenant.staff,
      price_cents: 3_000,
    });
    const ten = slotAt(offered, '10:00');
    const held = await call('POST', '/api/v2/holds', { quote: ten.quote });
    expect(held.status).toBe(201);
    const asked = {
      customer_id: customer,
      service_id: tenant.service,
      starts_at: ten.starts_at,
    } satisfies BookRequest;
    const refused = await call('POST', '/api/v2/bookings', asked);
    expect(refused).toMatchObject({
      status: 409,
      body: { success: false, error: { code: 'APPOINTMENT_CONFLICT', details: { reason: 'full' } } },
    });
    expect(refused.body.error.details.alternatives).toHaveLength(3);
    const key = { 'Idempotency-Key': `book-${customer}` };
    const booked = await call(
      'POST',
      '/api/v2/bookings',
      { ...asked, lock_token: held.body.lock_token, quote: ten.quote },
      key,
    );
    expect(booked).toMatchObject({
      status: 201,
      body: { success: true, calcom_booking_id: null, confirmation_sent: true, staff_name: 'Maria' },
    });
    const again = await call(
      'POST',
      '/api/v2/bookings',
      { ...asked, lock_token: held.body.lock_token, quote: ten.quote },
      key,
    );
    expect(again.body.appointment_id).toBe(booked.body.appointment_id);
    const other = await call('POST', '/api/v2/bookings', { ...asked, notes: 'anders' }, key);
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'IDEMPOTENCY_MISMATCH' } } });

    const id = bookResponse.parse(booked.body).appointment_id;
    const noon = slotAt(offered, '12:00');
    const stale = await call(
      'PATCH',
      `/api/v2/bookings/${id}/reschedule`,
      { new_starts_at: noon.starts_at } satisfies RescheduleRequest,
      { 'If-Match': '"9"' },
    );
    expect(stale).toMatchObject({
      status: 409,
      body: { error: { code: 'VERSION_CONFLICT', details: { current_version: 1 } } },
    });
    const moved = await call('PATCH', `/api/v2/bookings/${id}/reschedule`, {
      new_starts_at: noon.starts_at,
      reason: 'später',
    } satisfies RescheduleRequest);
    rescheduleResponse.parse(moved.body);
    expect(moved).toMatchObject({
      status: 200,
      body: { success: true, old_time: ten.starts_at, new_time: noon.starts_at, policy_check: 'passed', version: 2 },
    });
    const head = moved.headers.get('X-Askpro-Head') ?? '';
    expect(head).toMatch(/^calendar:1\.\d+$/);
    const list = await call('GET', `/api/v1/appointments?customer_id=${customer}`, undefined, { 'X-Askpro-Min': head });
    expect(appointmentListResponse.parse(list.body).data).toMatchObject([
      {
        id,
        starts_at: noon.starts_at,
        service_name: 'Haarschnitt',
        staff_name: 'Maria',
      } satisfies Partial<AppointmentView>,
    ]);
    const seen = await call('GET', `/api/v1/calendar/day?date=${day()}`);
    expect(calendarDayResponse.parse(seen.body).data.appointments).toMatchObject([{ id, customer: { id: customer } }]);
    const policy = await call('GET', `/api/v2/bookings/${id}/policy?action=cancel`);
    expect(policyResponse.parse(policy.body).data).toMatchObject({ policy_check: 'passed', cancellation_fee_cents: 0 });
    const cancelled = await call('DELETE', `/api/v2/bookings/${id}?reason=krank&notify_customer=false`);
    cancelResponse.parse(cancelled.body);
    expect(cancelled).toMatchObject({
      status: 200,
      body: { success: true, refund_eligible: true, policy_violation: false, cancellation_fee: 0 },
    });
    const twice = await call('DELETE', `/api/v2/bookings/${id}`);
    expect(twice).toMatchObject({ status: 409, body: { error: { code: 'ILLEGAL_TRANSITION' } } });
  });

  it('promises no confirmation to whom none can be sent, and books several people in one', async () => {
    const landline = await FIXTURES['customer']?.(tenant);
    const offered = await slots({ branch_id: tenant.branch });
    const booked = await call('POST', '/api/v2/bookings', {
      customer_id: landline,
      service_id: tenant.service,
      starts_at: slotAt(offered, '15:00').starts_at,
    });
    expect(booked).toMatchObject({ status: 201, body: { confirmation_sent: false } });
    // One person works here: two people are served one after the other, as it was offered.
    const two = await slots({ party_size: 2 });
    const turn = two.slots[0];
    if (turn?.party === undefined) throw new Error('a party has visits');
    expect(turn.party.map((one) => one.start)).toEqual(['00:00', '00:30']);
    expect(turn.price_cents).toBe(6_000);
    const party = await call('POST', '/api/v2/bookings', {
      customer_id: landline,
      service_id: tenant.service,
      starts_at: turn.starts_at,
      quote: turn.quote,
    });
    expect(party).toMatchObject({ status: 201, body: { starts_at: turn.starts_at } });
    expect(party.body.party).toMatchObject([{ starts_at: turn.party[1]?.starts_at }]);
    // Without a promise nobody is served one after the other unasked.
    const unasked = await call('POST', '/api/v2/bookings', {
      customer_id: landline,
      service_id: tenant.service,
      starts_at: slotAt(offered, '17:00').starts_at,
      party_size: 2,
    });
    expect(unasked).toMatchObject({ status: 409, body: { error: { code: 'APPOINTMENT_CONFLICT' } } });
    for (const { appointment_id } of [booked.body, party.body, ...party.body.party])
      expect((await call('DELETE', `/api/v2/bookings/${appointment_id}`, { confirm: true })).status).toBe(200);
  });

  it('books an offer of another length as it was offered', async () => {
    const slot = slotAt(await slots({ duration_minutes: 45 }), '14:00');
    expect(slot.end).toBe('14:45');
    const booked = await bookedBy(slot);
    expect(booked.status).toBe(201);
    const { starts_at, ends_at } = bookResponse.parse(booked.body);
    expect(Date.parse(ends_at) - Date.parse(starts_at)).toBe(45 * 60_000);
  });

  it('knows by itself how a booking was made, whatever the caller says', async () => {
    const slot = slotAt(await slots({}), '15:00');
    const booked = await bookedBy(slot, { source: 'phone_ai' });
    expect(booked.status).toBe(201);
    const id = bookResponse.parse(booked.body).appointment_id;
    const shown = await call('GET', `/api/v1/appointments/${id}`);
    expect(shown.body.data.source).toBe('api');
    // The tests below count what lies on this day.
    expect((await call('DELETE', `/api/v2/bookings/${id}`)).status).toBe(200);
  });

  it('names services in the language that is asked for', async () => {
    const slot = slotAt(await slots({}), '16:00');
    const booked = await bookedBy(slot);
    const id = bookResponse.parse(booked.body).appointment_id;
    for (const [language, name] of [
      ['de', 'Haarschnitt'],
      ['en', 'Cut'],
    ] as const) {
      const spoken = { 'Accept-Language': language };
      const shown = await call('GET', `/api/v1/appointments/${id}`, undefined, spoken);
      expect(shown.body.data.service_name).toBe(name);
      const list = await call('GET', `/api/v1/appointments?customer_id=${customer}`, undefined, spoken);
      const row = appointmentListResponse.parse(list.body).data.find((one) => one.id === id);
      expect(row?.service_name).toBe(name);
    }
    expect((await call('DELETE', `/api/v2/bookings/${id}`)).status).toBe(200);
  });

  it('is cancelled by who may delete appointments: who only edits them is refused', async () => {
    const slot = slotAt(await slots({}), '16:00');
    const booked = await bookedBy(slot);
    const id = bookResponse.parse(booked.body).appointment_id;
    const keyOf = async (permission: Permission): Promise<string> => {
      const now = processNow();
      const key = `ask_test_${permission}_${now}`;
      const { tenantId } = tenant;
      await installApiKey(
        platformOf(env),
        { tenantId, id: newId('api_key', now), name: permission, key, scopes: [permission] },
        now,
      );
      return key;
    };
    const refused = await askApi(await keyOf('edit_appointments'), 'DELETE', `/api/v2/bookings/${id}`);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'PERMISSION_DENIED']);
    expect((await askApi(await keyOf('delete_appointments'), 'DELETE', `/api/v2/bookings/${id}`)).status).toBe(200);
  });

  it('answers composite questions with segments', async () => {
    const { body } = await call('POST', '/api/v2/availability/composite', {
      date: day(),
      services: [
        { service_id: tenant.service, duration: 20 },
        { service_id: tenant.service, duration: 40 },
      ],
    });
    compositeAvailabilityResponse.parse(body);
    expect(body).toMatchObject({ available: true, total_duration: 60 });
    expect(body.slots[0].segments).toMatchObject([
      { start: '00:00', end: '00:20' },
      { start: '00:20', end: '01:00' },
    ]);
  });
});

describe('limits and refusals', () => {
  it('counts bookings a minute and says so in headers', async () => {
    const plain = { ...env, RATE_LIMIT_SCALE: '1' } as typeof env;
    const first = await call(
      'POST',
      '/api/v2/bookings',
      {
        customer_id: 'cus_nobody',
        service_id: tenant.service,
        starts_at: `${day()}T10:00:00Z`,
      } satisfies BookRequest,
      {},
      plain,
    );
    expect(first).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
    expect(first.headers.get('X-RateLimit-Limit')).toBe('30');
    expect(Number(first.headers.get('X-RateLimit-Remaining'))).toBeLessThan(30);
  });
  it.each<[string, { [F in keyof BookRequest]?: unknown }]>([
    ['a past start', { starts_at: '2020-01-01T10:00:00Z' }],
    ['a start with seconds', { starts_at: '2030-01-01T10:00:30Z' }],
    ['a time without zone', { starts_at: '2030-01-01T10:00:00' }],
    ['a number', { starts_at: 5 }],
  ])('%s is a validation error', async (_name, more) => {
    const reply = await call('POST', '/api/v2/bookings', {
      customer_id: customer,
      service_id: tenant.service,
      ...more,
    });
    expect(reply).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_ERROR' } } });
  });
});

describe('master data', () => {
  it('is created, read, replaced with its version, and refused where it would strand appointments', async () => {
    const made = await call('POST', '/api/v1/exceptions', {
      staff_id: tenant.staff,
      kind: 'vacation',
      from_date: addDays(day(), 1),
      to_date: addDays(day(), 1),
    });
    expect(made).toMatchObject({
      status: 201,
      body: { data: { staff_id: tenant.staff, version: 1, kind: 'vacation' } },
    });
    const path = `/api/v1/exceptions/${made.body.data.id}`;
    const onBooked = { staff_id: tenant.staff, kind: 'vacation', from_date: day(), to_date: day() };
    expect(await call('PUT', path, { ...onBooked, expected_version: 7 })).toMatchObject({
      status: 409,
      body: { error: { code: 'VERSION_CONFLICT' } },
    });
    const refused = await call('PUT', path, { ...onBooked, expected_version: 1 });
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'WOULD_STRAND' } } });
    const agreed = { confirm: true, confirm_token: refused.body.error.details.confirm_token };
    expect(await call('PUT', path, { ...onBooked, expected_version: 1, ...agreed })).toMatchObject({
      status: 200,
      body: { stranded: 1, data: { version: 2 } },
    });
    const { available, reason } = await slots();
    expect({ available, reason }).toEqual({ available: false, reason: 'away' });
    expect((await call('DELETE', path)).status).toBe(200);
    expect((await call('GET', path)).status).toBe(404);
    expect((await slots()).available).toBe(true);
  });
});

describe('the live stream', () => {
  const heard = async (scopes: readonly Permission[]): Promise<string> => {
    const { tenantId, apiKey } = await seedTenant({ scopes });
    const context = createExecutionContext();
    const gone = new AbortController();
    const response = await app.fetch(
      new Request(`${PLATFORM}/api/v1/live`, { headers: { Authorization: `Bearer ${apiKey}` }, signal: gone.signal }),
      generousEnv,
      context,
    );
    if (response.status !== 200) return String(response.status);
    const { calendar } = openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' });
    await calendar.announce({ event: 'call', id: 'call_secret' });
    await calendar.announce({ event: 'reset' });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('event: reset')) text += (await reader?.read())?.value ?? '';
    gone.abort();
    return text;
  };

  it('tells of calls only to who may see them', async () => {
    expect(await heard(['view_appointments', 'view_calls'])).toContain('call_secret');
    const without = await heard(['view_appointments']);
    expect(without).toContain('event: hello');
    expect(without).not.toContain('call');
    expect(await heard(['view_calls'])).toBe('403');
  });
});

/** Erased while they are on the phone, or while something is on its way to them: what comes afterwards says nothing of them. */
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '../../../tests/contract/tenants.ts';
import { byHand } from '../../operations/together.fixture.ts';
import { processNow } from '../../../shared/clock.ts';
import { platformOf } from '../../env.ts';
import { notify, sendNotification } from '../../notifications/notify.ts';
import type { EffectRow } from '../../operations/effects.ts';
import { callbackRequests, calls } from '../../storage/tables/calls.ts';
import { customers } from '../../storage/tables/crm.ts';
import { deadLetters, effects } from '../../storage/tables/delivery.ts';
import { notifications } from '../../storage/tables/notifications.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { Caller } from '../../telephony/identity.fixture.ts';
import { processRetellWebhook } from '../../telephony/jobs.ts';
import { type Salon, salon, send } from '../../telephony/telephony.fixture.ts';
import { erase } from './erasure.fixture.ts';
import { planted, type Planted, traces } from './planted.fixture.ts';

const platform = platformOf(env);

beforeEach(() => {
  for (const level of ['warn', 'error', 'log'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** What Retell tells of a call, worked on at once. */
async function hear(at: Salon, caller: Caller, event: string, more: Record<string, unknown>): Promise<void> {
  expect((await send('/webhooks/retell', { event, call: caller.call(more) })).status).toBe(200);
  const stored = await env.DB.prepare('SELECT id FROM webhook_logs WHERE tenant_id = ? AND unique_id = ?')
    .bind(at.tenantId, `${event}:${caller.callId}`)
    .first<{ id: string }>();
  if (!stored) throw new Error('not stored');
  await processRetellWebhook(platform, at.tenantId, stored.id);
}

const ended = (mark: string) => ({
  start_timestamp: processNow() - 60_000,
  end_timestamp: processNow(),
  transcript: `User: hier ist ${mark}`,
  transcript_object: [{ role: 'user', content: `hier ist ${mark}` }],
});
const analysed = (mark: string) => ({
  ...ended(mark),
  recording_url: `https://x.test/${mark}`,
  call_analysis: { call_summary: mark, custom_analysis_data: { name: mark } },
});

describe('erased while they are on the phone', () => {
  it('with their number shown: start, transcript, end, summary and recording leave nothing but what the call cost', async () => {
    const one = await planted(await salon());
    const { at, mark, who } = one;
    const caller = new Caller(at, who.phone);
    await caller.rings();
    await caller.tells(`Guten Tag, hier ist ${who.name}`).says('check-customer', { customer_name: who.name });
    await erase(one);
    await hear(at, caller, 'call_started', { start_timestamp: processNow() - 60_000 });
    await hear(at, caller, 'call_ended', ended(mark));
    await hear(at, caller, 'call_analyzed', analysed(mark));
    expect(await traces(one)).toEqual([]);
    const row = await at.scope.db.row(calls, eq(calls.id, caller.callId));
    expect(row).toMatchObject({ summary: null, transcript: null, fromNumber: null, recordingUrl: null });
    expect(row?.durationMs).toBe(60_000);
    expect(await at.scope.db.row(customers, eq(customers.id, who.id))).toMatchObject({ lastActivityAt: null });
  });

  it('with their number withheld, told apart by name and appointment: no row of D1 knew whose call it was', async () => {
    const one = await planted(await salon());
    const { at, mark, who } = one;
    const caller = new Caller(at, null);
    await caller.rings();
    const merge = { customerId: who.id, identity: { said: { name: who.name, e164: who.phone, extension: '' } } };
    await at.scope.calendar.conversation({ now: processNow(), callId: caller.callId, merge });
    await erase(one);
    expect(await traces(one)).toEqual([]);
    await hear(at, caller, 'call_ended', ended(mark));
    await hear(at, caller, 'call_analyzed', analysed(mark));
    expect(await traces(one)).toEqual([]);
  });

  it('of a call whose row is opened by its end: it is opened without them', async () => {
    const one = await planted(await salon());
    const { at, mark, who } = one;
    const caller = new Caller(at, who.phone);
    const merge = { customerId: who.id, identity: { said: { name: who.name, e164: who.phone, extension: '' } } };
    await at.scope.calendar.conversation({ now: processNow(), callId: caller.callId, merge });
    await erase(one);
    await hear(at, caller, 'call_ended', ended(mark));
    expect(await traces(one)).toEqual([]);
    expect(await at.scope.db.row(calls, eq(calls.id, caller.callId))).toMatchObject({ erasedAt: expect.any(Number) });
  });

  it('what the model heard before makes nobody new: neither by booking, nor by a look-up, nor by a call back', async () => {
    const one = await planted(await salon());
    const { at, who } = one;
    const caller = new Caller(at, who.phone);
    await caller.rings();
    await caller.tells(`Guten Tag, hier ist ${who.name}`).says('check-customer', { customer_name: who.name });
    await erase(one);
    const people = (await at.scope.db.rows(customers)).map(({ id }) => id);
    const named = { customer_name: who.name, phone_number: who.phone };
    const booking = { ...named, service: 'Haarschnitt', starts_at: '2027-04-06T10:00:00+02:00', notes: who.name };
    for (const customer of [{}, { customer_id: who.id }]) {
      const booked = await caller.says('book-appointment', { ...booking, ...customer });
      expect(booked.body).toMatchObject({ success: false, code: 'TEMPORARILY_UNAVAILABLE' });
    }
    await caller.says('check-customer', named);
    await caller.says('collect-appointment', { ...named, service: 'Haarschnitt', when: 'Dienstag 10 Uhr' });
    const asked = await caller.says('request-callback', { ...named, reason: `${who.name} will Farbe` });
    expect(asked.body).toMatchObject({ success: true });
    expect(await traces(one)).toEqual([]);
    expect((await at.scope.db.rows(customers)).map(({ id }) => id)).toEqual(people);
    // The request itself is there: somebody may listen to the call.
    const requests = await at.scope.db.rows(callbackRequests, { where: eq(callbackRequests.callId, caller.callId) });
    expect(requests).toMatchObject([{ status: 'open', phone: null, name: null, reason: null }]);
    await hear(at, caller, 'call_ended', ended(one.mark));
    expect(await traces(one)).toEqual([]);
  });
});

describe('erased while a message is on its way', () => {
  const TWILIO = { TWILIO_ACCOUNT_SID: 'AC1', TWILIO_AUTH_TOKEN: 'token', TWILIO_FROM: '+4930111222' };
  let answer: () => Promise<Response> = () => Promise.resolve(Response.json({}));
  beforeAll(() => {
    vi.stubGlobal('fetch', () => answer());
  });
  afterAll(() => vi.unstubAllGlobals());

  const context = (at: Salon, kind: string, ref: object) => ({
    scope: openTenant(platformOf({ ...env, ...TWILIO }), at.tenantId, { kind: 'system', cause: 'queue' }, {}),
    effect: { id: `${kind}:test`, attempts: 1, phase: null, ref: JSON.stringify(ref) } as unknown as EffectRow,
    ...byHand(at.tenantId),
  });
  const cancelled = async ({ at, who }: Planted) => {
    const appointmentId = who.appointments[0]?.id ?? '';
    const { result } = await at.scope.calendar.appointment(appointmentId);
    if (!result.ok) throw new Error(result.error.code);
    const { version, startsAt } = result.value.appointment;
    return { event: 'appointment.cancelled' as const, appointmentId, customerId: who.id, version, startsAt };
  };

  it('what was not sent yet is never made of them', async () => {
    const one = await planted(await salon());
    const ref = await cancelled(one);
    await erase(one);
    expect(await notify({ ...context(one.at, 'notify', ref), ref })).toEqual({ kind: 'done' });
    expect(await traces(one)).toEqual([]);
  });

  it('a provider that repeats the message while it is erased is not written down; nor does it outlast an erasure', async () => {
    const one = await planted(await salon());
    const { at, who } = one;
    const notice = await cancelled(one);
    await notify({ ...context(at, 'notify', notice), ref: notice });
    const rows = await at.scope.db.rows(notifications, { where: eq(notifications.customerId, who.id) });
    const sms = rows.find(({ channel }) => channel === 'sms');
    if (sms === undefined) throw new Error('no SMS');
    const meanwhile: (() => Promise<unknown>)[] = [];
    const refused = { code: 21_211, message: `can’t be sent: Hallo ${who.name}` };
    answer = async () => {
      await meanwhile.pop()?.();
      return Response.json(refused, { status: 400 });
    };
    const ref = { notificationId: sms.id };
    const sending = () => sendNotification({ ...context(at, 'send', ref), ref });
    const before = await sending();
    expect(before).toEqual({ kind: 'park', reason: 'Twilio 21211' });
    const said = await at.scope.db.row(notifications, eq(notifications.id, sms.id));
    expect(said?.errorMessage).toContain(who.name);
    await at.scope.db.update(notifications, { status: 'pending' }, eq(notifications.id, sms.id));
    meanwhile.push(() => erase(one));
    expect(await sending()).toEqual({ kind: 'park', reason: 'Twilio 21211' });
    expect(await traces(one)).toEqual([]);
    const work = [await at.scope.db.rows(effects), await at.scope.db.rows(deadLetters)];
    expect(JSON.stringify(work)).not.toContain(one.mark);
  });
});

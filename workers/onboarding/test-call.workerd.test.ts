/** A test call is a call in everything but its cost: the same functions, the same calendar; nothing charged, nothing sent, and nobody else can make one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import type { TestCallTurn } from '../../shared/contract/onboarding.ts';
import { isTestCall } from '../../shared/ids.ts';
import { app } from '../app.ts';
import { signRetell } from '../integrations/signatures.ts';
import { defaultTerms, PER_MINUTE_PLAN } from '../ledger/rules/terms.ts';
import { healCalls } from '../telephony/heal.ts';
import { platformOf } from '../env.ts';
import { savePhoneNumber } from '../storage/platform-db.ts';
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env, PLATFORM } from '../../tests/contract/tenants.ts';
import { type Business, callUntilBooked, data, emptyBusiness, openShop } from './business.fixture.ts';

const FRIDAY = '2026-11-20T10:00:00+01:00';
const RETELL_KEY = 'key_demo_retell';
const HAIRCUT = 'Hier ist Erika Mustermann, ich möchte einen Herrenhaarschnitt am Donnerstag um 15 Uhr';

const toFriday = (): void => setClockOffset(Date.parse(FRIDAY) - Date.now());
beforeAll(toFriday);
afterAll(() => setClockOffset(0));

async function barber(): Promise<Business> {
  const business = await emptyBusiness();
  await openShop(business, 'barber');
  return business;
}

async function say(business: Business, last: TestCallTurn, text: string): Promise<TestCallTurn> {
  return data(await business.ask('POST', `/api/v1/test-calls/${last.id}/say`, { text, state: last.state }));
}

async function effectsOf(business: Business): Promise<string[]> {
  await business.scope.calendar.flush(5_000);
  await business.scope.ledger.flush(5_000);
  const { results } = await env.DB.prepare('SELECT DISTINCT kind FROM effects WHERE tenant_id = ?1 ORDER BY kind')
    .bind(business.tenantId)
    .all<{ kind: string }>();
  return results.map((row) => row.kind);
}

/** As Retell would send it, signed with the platform's key. */
async function asRetell(path: string, body: object): Promise<{ status: number; text: string }> {
  const raw = JSON.stringify(body);
  const context = createExecutionContext();
  const headers = {
    'Content-Type': 'application/json',
    'X-Retell-Signature': await signRetell(raw, RETELL_KEY, processNow()),
  };
  const response = await app.fetch(
    new Request(`${PLATFORM}${path}`, { method: 'POST', body: raw, headers }),
    env,
    context,
  );
  const text = await response.text();
  await waitOnExecutionContext(context);
  return { status: response.status, text };
}

describe('a test call', () => {
  it('books, and neither charges nor sends anything, also when its appointment is cancelled', async () => {
    const business = await barber();
    await business.scope.ledger.putTerms({ key: 'terms', terms: defaultTerms(PER_MINUTE_PLAN) });
    const before = await business.scope.ledger.balance();
    const turns = await callUntilBooked(business, [HAIRCUT, 'Ja, gern']);
    const last = turns.at(-1) as TestCallTurn;
    expect(last.appointment, last.says).toBeTruthy();
    expect(last.says).toContain('gebucht');
    // No message is promised, because none is sent.
    expect(last.says).not.toMatch(/SMS|E-Mail/);
    data(await business.ask('POST', `/api/v1/test-calls/${last.id}/end`, { state: last.state }));

    const shown = (await business.ask('GET', `/api/v1/calls/${last.id}`)).body.data;
    expect(shown).toMatchObject({ test: true, status: 'ended', charged_cents: null });
    expect(shown.transcript.length).toBe(5);
    const { result: entries } = await business.scope.ledger.entries({ limit: 10 });
    expect(entries.ok && entries.value.items).toEqual([]);
    expect((await business.scope.ledger.balance()).result).toEqual(before.result);
    // The link to its call is all that follows from the booking.
    expect(await effectsOf(business)).toEqual(['call.link', 'calcom.routes'].sort());

    const cancelled = await business.ask('DELETE', `/api/v2/bookings/${last.appointment?.id}`, { confirm: true });
    expect(cancelled.status, cancelled.text).toBe(200);
    expect(await effectsOf(business)).toEqual(['call.link', 'calcom.routes'].sort());
    const messages = await env.DB.prepare('SELECT count(*) AS n FROM notifications WHERE tenant_id = ?1')
      .bind(business.tenantId)
      .first<{ n: number }>();
    expect(messages?.n).toBe(0);
  });

  it('leaves no customer in lists, searches and figures; the appointment still says who tried it', async () => {
    const business = await barber();
    const last = (await callUntilBooked(business, [HAIRCUT, 'Ja, gern'])).at(-1) as TestCallTurn;
    expect(last.appointment).toBeTruthy();
    for (const query of ['', '?q=Mustermann', '?sort=name', '?q=%2B491713920099']) {
      const listed = await business.ask('GET', `/api/v1/customers${query}`);
      expect(listed.status, listed.text).toBe(200);
      expect(listed.body.data, query).toEqual([]);
    }
    const rows = await env.DB.prepare('SELECT source, last_name FROM customers WHERE tenant_id = ?1')
      .bind(business.tenantId)
      .all();
    expect(rows.results).toEqual([{ source: 'test', last_name: 'Mustermann' }]);
  });

  it('goes on where the same caller wants to hear, move and cancel the appointment', async () => {
    const business = await barber();
    let turn = (await callUntilBooked(business, [HAIRCUT, 'Ja'])).at(-1) as TestCallTurn;
    turn = await say(business, turn, 'Wann ist mein Termin?');
    expect(turn.asked[0]).toMatchObject({ function: 'list-appointments', answer: { success: true } });
    expect(turn.says).toMatch(/Donnerstag/);
    turn = await say(business, turn, 'Ich möchte ihn auf Samstag, den 28. November um 11 Uhr verschieben');
    expect(turn.asked[0]?.function).toBe('reschedule-appointment');
    expect(turn.asked[0]?.answer, turn.says).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    turn = await say(business, turn, 'Ja, bitte');
    expect(turn.says).toMatch(/verschoben/);
    turn = await say(business, turn, 'Doch lieber absagen');
    turn = await say(business, turn, 'Ja');
    expect(turn.asked[0]).toMatchObject({ function: 'cancel-appointment', answer: { success: true } });
    expect((await effectsOf(business)).filter((kind) => /notify|push|usage/.test(kind))).toEqual([]);
  });

  it('answers questions without losing the booking it is in', async () => {
    const business = await barber();
    let turn = data<TestCallTurn>(await business.ask('POST', '/api/v1/test-calls', {}));
    turn = await say(business, turn, 'Ich hätte gern einen Herrenhaarschnitt');
    turn = await say(business, turn, 'Wann haben Sie geöffnet?');
    expect(turn.asked[0]?.function).toBe('opening-hours');
    turn = await say(business, turn, 'Am Donnerstag um 15 Uhr');
    expect(turn.asked[0]?.answer).toMatchObject({ missing: ['customer_name'] });
    turn = await say(business, turn, 'Max Meier');
    expect(turn.asked[0]?.answer).toMatchObject({ complete: true, customer_name: 'Max Meier' });
    turn = await say(business, turn, 'Nein, doch nicht');
    expect(turn.asked).toEqual([]);
    turn = await say(business, turn, 'Am 27. November um 12 Uhr');
    turn = await say(business, turn, 'Ja');
    expect(turn.appointment, turn.says).toBeTruthy();
  });

  it('is stopped by an emergency like any other', async () => {
    const business = await barber();
    const turn = data<TestCallTurn>(await business.ask('POST', '/api/v1/test-calls', {}));
    const answered = await say(business, turn, 'Hilfe, mein Mann ist zusammengebrochen und atmet nicht mehr');
    expect(answered.says).toContain('112');
  });

  it('can be opened by nobody else: neither a key of Retell’s nor the route of another call makes one', async () => {
    const business = await barber();
    const number = '+493099887766';
    const { result } = await business.scope.calendar.schedule();
    const branchId = result.ok ? (result.value.branches[0]?.id ?? '') : '';
    await savePhoneNumber(platformOf(env), {
      tenantId: business.tenantId,
      e164: number,
      branchId,
      agentId: null,
      active: true,
    });
    const own = data<TestCallTurn>(await business.ask('POST', '/api/v1/test-calls', {}));
    const { route } = JSON.parse(own.state);
    const call = { from_number: '+4915112345678', to_number: number, direction: 'inbound' };
    const asked = (call_id: string, metadata = {}) =>
      asRetell('/api/retell/opening-hours', { name: 'opening_hours', call: { ...call, call_id, metadata }, args: {} });
    expect((await asked('call_real')).status).toBe(200);
    expect((await asked(own.id)).status).toBe(401);
    expect((await asked(own.id, { route })).status).toBe(401);
    expect((await asked('tcl_made_up')).status).toBe(401);
    // With somebody else's test route a real call stays a real call: its number says whose it is, and it costs.
    expect((await asked('call_other', { route })).status).toBe(200);
    const webhook = await asRetell('/webhooks/retell', { event: 'call_ended', call: { ...call, call_id: own.id } });
    expect(webhook.status).toBe(401);
    const inbound = { event: 'call_inbound', call_inbound: { call_id: 'tcl_made_up', ...call } };
    expect((await asRetell('/webhooks/retell/inbound', inbound)).status).toBe(404);
  });

  it('is found by its own business alone, and only with its own state', async () => {
    const [ours, theirs] = [await barber(), await barber()];
    const mine = data<TestCallTurn>(await ours.ask('POST', '/api/v1/test-calls', {}));
    const other = data<TestCallTurn>(await theirs.ask('POST', '/api/v1/test-calls', {}));
    const path = `/api/v1/test-calls/${mine.id}/say`;
    for (const state of [mine.state, other.state, '{}', 'x'])
      expect((await theirs.ask('POST', path, { text: 'Hallo', state })).status).toBe(404);
    expect((await ours.ask('POST', path, { text: 'Hallo', state: other.state })).status).toBe(404);
  });

  it('that nobody ends is ended by the cron, and Retell is not asked about it', async () => {
    const business = await barber();
    const { id } = data<TestCallTurn>(await business.ask('POST', '/api/v1/test-calls', {}));
    expect(isTestCall(id)).toBe(true);
    setClockOffset(Date.parse(FRIDAY) + 30 * 60_000 - Date.now());
    try {
      // Fifty a run: calls that other tests left open stand before it.
      for (let asked = 1; asked > 0; ) ({ asked } = await healCalls(platformOf(env)));
    } finally {
      toFriday();
    }
    const shown = (await business.ask('GET', `/api/v1/calls/${id}`)).body.data;
    expect(shown).toMatchObject({ status: 'ended', charged_cents: null, test: true });
  });
});

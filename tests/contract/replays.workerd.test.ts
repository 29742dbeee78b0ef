/**
 * Webhooks as they really arrive, over HTTP with the vendors' own bodies: a hundred times, late, in every order, badly signed. What they
 * leave behind — rows, feed, ledger — is the same as if each had come once and in time.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { addDays, dateOf } from '../../shared/time.ts';
import { effectHandlers, processWebhook } from '../../workers/handlers.ts';
import { SIGNATURE_TOLERANCE_MS, signRetell, signStripe } from '../../workers/integrations/signatures.ts';
import { configOf, platformOf } from '../../workers/env.ts';
import { runEffect } from '../../workers/operations/effects.ts';
import { reconcile } from '../../workers/projection/rebuild.ts';
import { type FurnishedTenant, furnishTenant, sentNotification } from './fixtures.ts';
import { settled, shoot, type Shot } from './hostile-check.ts';
import { signIn } from './requests.ts';
import {
  connectLine,
  mapCalcom,
  type Line,
  type Opened,
  openTopup,
  signed,
  stripeEvent,
  type Vendor,
  wire,
  wireForm,
} from './signed.ts';
import { env, freshAddress, PLATFORM, unique } from './tenants.ts';
import { stubVendors } from './vendors.ts';

const REPLAYS = 100;
const AT_ONCE = 10;
const SEED = 20_261_120;
/** From one address; the next ones are 429. */
const BAD_SIGNATURES_A_MINUTE = 20;

interface Delivery {
  vendor: Vendor;
  path: string;
  body: string;
}

async function deliver(delivery: Delivery): Promise<Shot> {
  const shot = await shoot(
    await signed(delivery.vendor, delivery.path, delivery.body),
    `${delivery.vendor} ${delivery.path}`,
  );
  expect(shot.status, shot.text).toBe(200);
  return shot;
}

/** Messages to people are retried in their own time, and the vendors of this test are down. */
const LEAVES_THE_SYSTEM = ['notify.send', 'calcom.push', 'calcom.cancel'];

/** Works until nothing inside the system waits: stored webhooks, outboxes, effects. */
async function atRest(tenant: FurnishedTenant): Promise<void> {
  await settled();
  for (let round = 0; round < 400; round++) {
    const waiting = await env.DB.prepare("SELECT id FROM webhook_logs WHERE tenant_id = ?1 AND state = 'received'")
      .bind(tenant.tenantId)
      .all<{ id: string }>();
    for (const { id } of waiting.results) await processWebhook(env, tenant.tenantId, id);
    await tenant.scope.calendar.flush(5_000);
    await tenant.scope.ledger.flush(5_000);
    const effects = await env.DB.prepare(
      // A message makes its link when it is written, before the vendor refuses it: each that is due has been tried once.
      `SELECT id FROM effects WHERE tenant_id = ?1 AND state IN ('pending', 'running')
        AND (kind NOT IN (SELECT value FROM json_each(?2)) OR (kind = 'notify.send' AND not_before <= ?3 AND (attempts = 0 OR state = 'running')))`,
    )
      .bind(tenant.tenantId, JSON.stringify(LEAVES_THE_SYSTEM), processNow())
      .all<{ id: string }>();
    for (const { id } of effects.results) await runEffect(platformOf(env), tenant.tenantId, id, effectHandlers());
    if (waiting.results.length + effects.results.length === 0) return;
    // What runs in the queue's consumer just now is not ours to run: it needs a moment.
    await scheduler.wait(25);
  }
  throw new Error('work never ends');
}

/** Columns that move by themselves while a message waits for its vendor. */
const RESTLESS: Readonly<Record<string, string>> = {
  effects: 'id, kind, ref',
  notifications: 'id, event_type, provider_message_id',
};

/** Everything D1 has of the tenant, the feed and the projected ledger among it, and the heads of both objects. */
async function everything(tenant: FurnishedTenant): Promise<Record<string, string[]>> {
  await atRest(tenant);
  const found: Record<string, string[]> = {};
  const { results: tables } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%tenant_id%' ORDER BY name",
  ).all<{ name: string }>();
  for (const { name } of tables) {
    const { results } = await env.DB.prepare(`SELECT ${RESTLESS[name] ?? '*'} FROM ${name} WHERE tenant_id = ?1`)
      .bind(tenant.tenantId)
      .all();
    found[name] = results.map((row) => JSON.stringify(row)).sort();
  }
  const balance = await tenant.scope.ledger.balance();
  const schedule = await tenant.scope.calendar.schedule();
  found['heads'] = [JSON.stringify(balance.head), JSON.stringify(schedule.head)];
  found['balance'] = [JSON.stringify(balance.result)];
  return found;
}

/** What one has and the other has not, by table, so that a red run names the row. */
function differences(before: Record<string, string[]>, after: Record<string, string[]>): string[] {
  const only = (one: Record<string, string[]>, other: Record<string, string[]>, sign: string): string[] =>
    Object.entries(one).flatMap(([table, rows]) =>
      rows.filter((row) => other[table]?.includes(row) !== true).map((row) => `${sign} ${table} ${row}`),
    );
  const counts = Object.keys({ ...before, ...after })
    .filter((table) => before[table]?.length !== after[table]?.length)
    .map((table) => `${table}: ${before[table]?.length} rows, then ${after[table]?.length}`);
  return [...counts, ...only(before, after, '-'), ...only(after, before, '+')];
}

/** A hundred deliveries of these, shuffled, ten at a time. */
async function replay(deliveries: readonly Delivery[], isRepeat: (shot: Shot) => boolean): Promise<void> {
  const many = Array.from({ length: REPLAYS }, (_, i) => deliveries[i % deliveries.length]).filter(
    (d) => d !== undefined,
  );
  const [order = []] = fc.sample(fc.shuffledSubarray(many, { minLength: REPLAYS }), { seed: SEED, numRuns: 1 });
  for (let i = 0; i < order.length; i += AT_ONCE) {
    for (const shot of await Promise.all(order.slice(i, i + AT_ONCE).map(deliver)))
      expect(isRepeat(shot), shot.text).toBe(true);
  }
}
const saysDuplicate = (shot: Shot): boolean => (JSON.parse(shot.text) as { duplicate?: boolean }).duplicate === true;

/** The moment of a signature that no vendor's tolerance takes any more. */
const tooLate = (): number => processNow() - SIGNATURE_TOLERANCE_MS - 1_000;
const late = (path: string, name: string, header: string, body: string): Promise<Shot> => {
  const headers = { [name]: header, 'CF-Connecting-IP': freshAddress() };
  return shoot(new Request(`${PLATFORM}${path}`, { method: 'POST', headers, body }), 'late');
};

const orders = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((one, i) => orders([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]));

async function addsUp(tenant: FurnishedTenant): Promise<void> {
  const { result } = await tenant.scope.ledger.verify();
  expect(result.ok && result.value).toMatchObject({ ok: true, problems: [] });
  for (const kind of ['calendar', 'ledger'] as const)
    expect((await reconcile(platformOf(env), tenant.tenantId, kind)).differences, kind).toEqual([]);
}

beforeAll(() => {
  stubVendors();
  for (const level of ['error', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterAll(() => vi.restoreAllMocks());

describe('Retell', () => {
  let tenant: FurnishedTenant;
  let line: Line;
  beforeAll(async () => {
    tenant = await furnishTenant(signIn);
    line = await connectLine(tenant);
  });

  const eventsOf = (callId: string): Delivery[] =>
    ['call_started', 'call_ended', 'call_analyzed'].map((name) => {
      const event = wire(`retell/${name}.json`);
      const call = { ...(event['call'] as object), call_id: callId, agent_id: line.agentId, to_number: line.number };
      return { vendor: 'retell', path: '/webhooks/retell', body: JSON.stringify({ ...event, call }) };
    });

  it('a call told a hundred times is one row and one charge', async () => {
    const events = eventsOf(unique('call'));
    for (const event of events) await deliver(event);
    const before = await everything(tenant);
    expect(before['calls']).toHaveLength(1);
    await replay(events, saysDuplicate);
    expect(differences(before, await everything(tenant))).toEqual([]);
    await addsUp(tenant);
  });

  it('who rings is asked a hundred times, and the call is opened once', async () => {
    const inbound = wire('retell/call_inbound.request.json');
    const asked = {
      ...(inbound['call_inbound'] as object),
      call_id: unique('call'),
      agent_id: line.agentId,
      to_number: line.number,
    };
    const delivery: Delivery = {
      vendor: 'retell',
      path: '/webhooks/retell/inbound',
      body: JSON.stringify({ ...inbound, call_inbound: asked }),
    };
    await deliver(delivery);
    const before = await everything(tenant);
    await replay([delivery], (shot) => shot.text.includes('dynamic_variables'));
    expect(differences(before, await everything(tenant))).toEqual([]);
  });

  it('the events of a call lead to the same row and charge in every order', async () => {
    const ends: unknown[] = [];
    for (const order of orders([0, 1, 2])) {
      const callId = unique('call');
      const events = eventsOf(callId);
      for (const index of order) {
        const event = events[index];
        if (event) await deliver(event);
        await atRest(tenant);
      }
      const row = await env.DB.prepare('SELECT * FROM calls WHERE tenant_id = ?1 AND id = ?2')
        .bind(tenant.tenantId, callId)
        .first();
      const { status, duration_ms, started_at, ended_at, charge_state, charged_cents, summary, sentiment, transcript } =
        row ?? {};
      ends.push({
        status,
        duration_ms,
        started_at,
        ended_at,
        charge_state,
        charged_cents,
        summary,
        sentiment,
        transcript,
      });
    }
    expect(ends[0]).toMatchObject({ charge_state: 'captured' });
    for (const end of ends) expect(end).toEqual(ends[0]);
    await addsUp(tenant);
  });

  it('a booking that the agent sends a hundred times is one appointment', async () => {
    const body = wire('retell/custom_function.request.json');
    const call = {
      ...(body['call'] as object),
      call_id: unique('call'),
      agent_id: line.agentId,
      to_number: line.number,
    };
    const date = addDays(dateOf(processNow(), 'Europe/Berlin'), 5);
    const args = {
      date,
      time: '14:00',
      service: 'Haarschnitt',
      customer_name: 'Erika Muster',
      phone_number: '+4915112345678',
    };
    const delivery: Delivery = {
      vendor: 'retell',
      path: '/api/retell/book-appointment',
      body: JSON.stringify({ ...body, name: 'book_appointment', args, call }),
    };
    const first = JSON.parse((await deliver(delivery)).text) as { success: boolean; appointment_id: string };
    expect(first, JSON.stringify(first)).toMatchObject({ success: true });
    const before = await everything(tenant);
    await replay([delivery], (shot) => shot.text.includes(first.appointment_id));
    expect(differences(before, await everything(tenant))).toEqual([]);
    await addsUp(tenant);
  });

  it('a signature older than five minutes is none', async () => {
    const [event] = eventsOf(unique('call'));
    const body = event?.body ?? '';
    const header = await signRetell(body, configOf(env).RETELL_API_KEY ?? '', tooLate());
    expect((await late('/webhooks/retell', 'X-Retell-Signature', header, body)).status).toBe(401);
  });
});

describe('Cal.com', () => {
  let tenant: FurnishedTenant;
  beforeAll(async () => {
    tenant = await furnishTenant(signIn);
    await mapCalcom(tenant);
  });

  /** Created, moved, cancelled: one booking, as the wire fixtures tell it. @param day moves it, so that two families don't want one slot */
  const family = (name: string, day: number): Delivery[] =>
    ['CREATED', 'RESCHEDULED', 'CANCELLED'].map((trigger) => {
      const event = wire(`calcom/BOOKING_${trigger}.json`);
      const text = JSON.stringify(event)
        .replaceAll('bFJeNb2uX8ANpT3JL5EfXw', `old${name}`)
        .replaceAll('qKcFyCSn9qfuj1Ba435EXE', `new${name}`)
        .replaceAll('2026-10-30T', `2026-12-0${day}T`)
        .replaceAll('2026-11-02T', `2026-12-1${day}T`);
      return { vendor: 'calcom', path: `/api/calcom/webhook/${tenant.slug}`, body: text };
    });

  it('a booking told a hundred times is one appointment', async () => {
    const [created, moved] = family(unique('a'), 1);
    const events = [created, moved].filter((event) => event !== undefined);
    for (const event of events) {
      await deliver(event);
      await atRest(tenant);
    }
    const before = await everything(tenant);
    expect(before['appointments']).toHaveLength(1);
    expect(before['appointments']?.[0]).toContain('"status":"confirmed"');
    await replay(events, saysDuplicate);
    expect(differences(before, await everything(tenant))).toEqual([]);
  });

  it('created, moved and cancelled end cancelled in every order', async () => {
    for (const [index, order] of orders([0, 1, 2]).entries()) {
      const name = unique('o');
      const events = family(name, index + 2);
      for (const step of order) {
        const event = events[step];
        if (event) await deliver(event);
        await atRest(tenant);
      }
      const { results } = await env.DB.prepare(
        'SELECT status FROM appointments WHERE tenant_id = ?1 AND (calcom_uid LIKE ?2 OR calcom_uid LIKE ?3)',
      )
        .bind(tenant.tenantId, `old${name}%`, `new${name}%`)
        .all<{ status: string }>();
      expect(
        results.filter((row) => row.status !== 'cancelled'),
        `order ${order.join()}`,
      ).toEqual([]);
      expect(results.length, `order ${order.join()}`).toBeLessThanOrEqual(1);
      if (order[0] === 0) expect(results).toHaveLength(1);
    }
    await addsUp(tenant);
  });
});

describe('Stripe', () => {
  let tenant: FurnishedTenant;
  beforeAll(async () => {
    tenant = await furnishTenant(signIn);
  });
  const UPDATES = [
    'checkout.session.completed',
    'payment_intent.succeeded',
    'charge.refunded.partial',
    'charge.dispute.created',
  ];
  const eventsOf = (topup: Opened): Delivery[] =>
    UPDATES.map((name) => ({
      vendor: 'stripe',
      path: '/webhooks/stripe',
      body: JSON.stringify(stripeEvent(name, tenant, topup, unique('evt'))),
    }));
  const topupOf = async (topup: Opened): Promise<unknown> => {
    const { result } = await tenant.scope.ledger.topup({ topupId: topup.topupId });
    if (!result.ok) throw new Error(result.error.code);
    const { status, refundedCents, disputedCents } = result.value;
    return { status, refundedCents, disputedCents };
  };

  it('a payment told a hundred times is one credit, one refund, one dispute', async () => {
    const events = eventsOf(await openTopup(tenant, 10_000));
    for (const event of events) await deliver(event);
    const before = await everything(tenant);
    await replay(events, saysDuplicate);
    expect(differences(before, await everything(tenant))).toEqual([]);
    await addsUp(tenant);
  });

  it('one payment in every order leaves the same balance and the same top-up', async () => {
    const ends: unknown[] = [];
    for (const order of orders([0, 1, 2, 3])) {
      const topup = await openTopup(tenant, 10_000);
      const start = await tenant.scope.ledger.balance();
      const events = eventsOf(topup);
      for (const index of order) {
        const event = events[index];
        if (event) await deliver(event);
      }
      const end = await tenant.scope.ledger.balance();
      const moved =
        end.result.ok && start.result.ok ? end.result.value.availableMicros - start.result.value.availableMicros : null;
      ends.push({ moved, topup: await topupOf(topup) });
    }
    expect(ends).toHaveLength(24);
    for (const end of ends) expect(end).toEqual(ends[0]);
    await atRest(tenant);
    await addsUp(tenant);
  });

  it('a signature older than five minutes is none', async () => {
    const [event] = eventsOf(await openTopup(tenant, 10_000));
    const body = event?.body ?? '';
    const header = await signStripe(body, configOf(env).STRIPE_WEBHOOK_SECRET ?? '', tooLate());
    expect((await late('/webhooks/stripe', 'Stripe-Signature', header, body)).status).toBe(401);
  });
});

describe('Twilio', () => {
  it('a delivery report only ever moves a message forward, however often and late it comes', async () => {
    const tenant = await furnishTenant(signIn);
    const sid = `SM${crypto.randomUUID().replaceAll('-', '')}`;
    const id = await sentNotification(tenant, { statusRank: 3, providerMessageId: sid });
    const update = (name: string, status?: string): Delivery => {
      const form = wireForm(`twilio/${name}.form.txt`);
      form.set('MessageSid', sid);
      if (status !== undefined) form.set('MessageStatus', status);
      return { vendor: 'twilio', path: `/webhooks/twilio/status/${tenant.slug}`, body: form.toString() };
    };
    const rowOf = () =>
      env.DB.prepare('SELECT * FROM notifications WHERE tenant_id = ?1 AND id = ?2').bind(tenant.tenantId, id).first();
    await deliver(update('status.delivered'));
    const before = await rowOf();
    expect(before).toMatchObject({ status: 'delivered' });
    await replay(
      [
        update('status.delivered'),
        update('status.delivered', 'sent'),
        update('status.delivered', 'queued'),
        update('status.undelivered.30003'),
      ],
      saysDuplicate,
    );
    expect(await rowOf()).toEqual(before);
  });
});

describe('bad signatures', () => {
  it.each(['retell', 'calcom', 'stripe', 'twilio'] as const)(
    '%s: more than twenty a minute from one address are 429, and good ones still pass',
    async (vendor) => {
      const tenant = await furnishTenant(signIn);
      const line = await connectLine(tenant);
      const address = freshAddress();
      const [path, body] = {
        retell: [
          '/webhooks/retell',
          JSON.stringify({ event: 'call_started', call: { call_id: unique('call'), to_number: line.number } }),
        ],
        calcom: [`/api/calcom/webhook/${tenant.slug}`, JSON.stringify(wire('calcom/PING.json'))],
        stripe: [
          '/webhooks/stripe',
          JSON.stringify(
            stripeEvent(
              'payment_method.attached',
              tenant,
              { topupId: 'x', gross: 1, net: 1, sessionId: 'cs_x' },
              unique('evt'),
            ),
          ),
        ],
        twilio: [`/webhooks/twilio/status/${tenant.slug}`, wireForm('twilio/status.delivered.form.txt').toString()],
      }[vendor] as [string, string];
      const bad = async (): Promise<Shot> => {
        const request = await signed(vendor, path, body, address);
        const forged = new Request(request.url, { method: 'POST', headers: request.headers, body: `${body} ` });
        return shoot(forged, `${vendor} forged`, env);
      };
      // Windows are minutes of the clock: what would run over the end of one begins with the next.
      const left = 60_000 - (Date.now() % 60_000);
      if (left < 10_000) await new Promise((resolve) => setTimeout(resolve, left + 50));
      for (let i = 0; i < BAD_SIGNATURES_A_MINUTE; i++) expect((await bad()).status).toBe(401);
      for (let i = 0; i < 3; i++) {
        const shot = await bad();
        expect(shot.status, shot.text).toBe(429);
        expect(Number(shot.headers.get('Retry-After'))).toBeGreaterThan(0);
      }
      const good = await shoot(await signed(vendor, path, body, address), `${vendor} good`, env);
      expect(good.status, good.text).toBe(200);
      expect((await shoot(await signed(vendor, path, body), `${vendor} elsewhere`, env)).status).toBe(200);
    },
  );
});

/** Calls from webhook to row, charge and receipt: whatever order and number of events, one row, one charge. */
import { platformOf } from '../env.ts';
import { env as testEnv } from 'cloudflare:test';
import { like } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { effectHandlers } from '../handlers.ts';
import { signRetell } from '../integrations/signatures.ts';
import { defaultTerms, ORACLE_PLAN } from '../ledger/rules/terms.ts';
import { runEffect, runEffects } from '../operations/effects.ts';
import { recording } from '../resources/recorded.fixture.ts';
import { type CallRow, callById, callList } from '../storage/queries/calls.ts';
import { readPage } from '../storage/resource-list.ts';
import { calls } from '../storage/tables/calls.ts';
import { effects } from '../storage/tables/delivery.ts';
import { webhookByUniqueId } from '../storage/queries/webhooks.ts';
import { d1Meter } from '../storage/d1.ts';
import { requestCallback } from './callbacks.ts';
import { healCalls } from './heal.ts';
import { processRetellWebhook } from './jobs.ts';
import { callReceipt } from './queries/call-receipt.ts';
import { awaitingCallback, detailOfCall, viewsOfCalls } from './queries/calls.ts';
import { Caller, env, onFriday, retellKnows, type Salon, salon, send } from './telephony.fixture.ts';
import { takeBackWebhooks } from '../operations/webhook-aside.ts';

onFriday();

const START = Date.parse('2026-11-20T09:00:00Z');

const started = (caller: Caller) => ({
  event: 'call_started',
  call: caller.call({ call_status: 'ongoing', start_timestamp: START }),
});
const ended = (caller: Caller) => ({
  event: 'call_ended',
  call: caller.call({
    call_status: 'registered',
    start_timestamp: START,
    end_timestamp: START + 92_500,
    duration_ms: 92_500,
    disconnection_reason: 'user_hangup',
    transcript: 'Agent: Guten Tag!\nUser: Hallo.\n',
    transcript_object: [
      { role: 'agent', content: 'Guten Tag!' },
      { role: 'user', content: 'Hallo.' },
    ],
    call_cost: {
      combined_cost: 20.04,
      product_costs: [
        { product: 'tts', cost: 10.79 },
        { product: 'llm', cost: 9.25 },
      ],
    },
  }),
});
const analyzed = (caller: Caller) => ({
  event: 'call_analyzed',
  call: {
    ...ended(caller).call,
    call_analysis: { call_summary: 'Hat gefragt.', user_sentiment: 'Positive', call_successful: true },
  },
});

/** Delivers an event and lets the queue's work run to its end. */
async function deliver(at: Salon, body: { event: string; call: Record<string, unknown> }, path = '/webhooks/retell') {
  const answered = await send(path, body);
  const row = await webhookByUniqueId(at.scope.db, 'retell', `${body.event}:${String(body.call['call_id'])}`);
  if (row) await processRetellWebhook(platformOf(env), at.tenantId, row.id);
  return answered;
}

/** The row without what only counts its writes. */
const facts = (row: CallRow | null) => {
  if (!row) return null;
  const {
    tenantId: _t,
    id: _i,
    version: _v,
    updatedAt: _u,
    openedAt: _o,
    money,
    fromNumber: _f,
    toNumber: _to,
    agentId: _a,
    branchId: _b,
    companyId: _c,
    knowledge: _k,
    customerId: _cu,
    ...rest
  } = row;
  const { entryIds: _e, chargeEntryId: _ce, ...kept } = (money ?? {}) as Record<string, unknown>;
  return { ...rest, money: kept };
};

const balanceOf = async (at: Salon): Promise<{ available: number; held: number }> => {
  const { result } = await at.scope.ledger.balance();
  if (!result.ok) throw new Error(result.error.code);
  return { available: result.value.availableCents, held: result.value.heldCents };
};

/** Runs the fees of a tenant's appointments, and lets them reach the lists. */
async function feesOf(at: Salon): Promise<void> {
  await at.scope.calendar.flush(5_000);
  const calendar = testEnv.CALENDAR.get(testEnv.CALENDAR.idFromName(at.tenantId));
  await calendar.drain();
  const { results } = await testEnv.DB.prepare(
    "SELECT id FROM effects WHERE tenant_id = ? AND kind = 'usage.appointment' AND state <> 'done'",
  )
    .bind(at.tenantId)
    .all<{ id: string }>();
  for (const { id } of results) await runEffect(platformOf(env), at.tenantId, id, effectHandlers());
  await at.scope.ledger.flush(5_000);
}

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length <= 1
    ? [[...items]]
    : items.flatMap((item, i) =>
        permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
      );

describe('the list of calls', () => {
  it('answers which callers still wait to be called back, and which called between two instants', async () => {
    const at = await salon();
    const [waiting, done, early] = [new Caller(at), new Caller(at), new Caller(at)];
    const begins = new Map([
      [waiting, START],
      [done, START + 60_000],
      [early, START - 86_400_000],
    ]);
    for (const [caller, start] of begins)
      await deliver(at, { event: 'call_started', call: { ...started(caller).call, start_timestamp: start } });
    await requestCallback(at.scope, { kind: 'callback', callId: waiting.callId });
    expect(await awaitingCallback(at.scope)).toEqual({ ids: [waiting.callId], truncated: false });

    const between = async (filters: Record<string, string>) => {
      const conditions = Object.entries(filters).flatMap(([name, value]) => callList.filters[name]?.(value) ?? []);
      const request = { sort: 'started_at', descending: true, deleted: false, limit: 10, bound: 100, after: null };
      return (await readPage(at.scope.db, callList, { ...request, conditions })).rows.map(({ id }) => id);
    };
    const iso = new Date(START).toISOString();
    expect(await between({})).toEqual([done.callId, waiting.callId, early.callId]);
    expect(await between({ started_from: iso })).toEqual([done.callId, waiting.callId]);
    expect(await between({ started_before: iso })).toEqual([early.callId]);
    expect(await between({ started_from: iso, started_before: new Date(START + 60_000).toISOString() })).toEqual([
      waiting.callId,
    ]);
  });
});

describe('call webhooks', () => {
  it('every order of events, with repeats, ends in one row and one charge', async () => {
    const seen: unknown[] = [];
    for (const order of permutations([started, ended, analyzed])) {
      const at = await salon();
      const caller = new Caller(at);
      const before = await balanceOf(at);
      for (const event of [...order, ...order]) await deliver(at, event(caller));
      const row = await callById(at.scope.db, caller.callId);
      const after = await balanceOf(at);
      // 93 started seconds at 0.20 € a minute are 0.31 € exactly.
      expect({ spent: before.available - after.available, held: after.held }).toEqual({ spent: 31, held: 0 });
      seen.push(facts(row));
    }
    for (const row of seen) expect(row).toEqual(seen[0]);
    expect(seen[0]).toMatchObject({
      status: 'analyzed',
      durationMs: 92_500,
      chargedCents: 31,
      chargeState: 'captured',
      sentiment: 'positive',
      summary: 'Hat gefragt.',
      costUsdMicros: 200_400,
    });
  });

  it('a hundred replays change nothing, and say so', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await deliver(at, ended(caller));
    const row = await callById(at.scope.db, caller.callId);
    const balance = await balanceOf(at);
    const answers = await Promise.all(Array.from({ length: 100 }, () => send('/webhooks/retell', ended(caller))));
    expect(answers.every(({ status, body }) => status === 200 && body.duplicate === true)).toBe(true);
    await deliver(at, ended(caller));
    expect(facts(await callById(at.scope.db, caller.callId))).toEqual(facts(row));
    expect(await balanceOf(at)).toEqual(balance);
  });

  it('events worked on at the same moment lose nothing', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await Promise.all([started, ended, analyzed].map((event) => deliver(at, event(caller))));
    expect(await callById(at.scope.db, caller.callId)).toMatchObject({
      status: 'analyzed',
      durationMs: 92_500,
      summary: 'Hat gefragt.',
      chargeState: 'captured',
    });
  });

  it('both spellings and the flat documented payload become the same call', async () => {
    const at = await salon();
    const [nested, flat] = [new Caller(at), new Caller(at)];
    await deliver(at, ended(nested));
    const raw = {
      event: 'call.ended',
      call_id: flat.callId,
      agent_id: at.agentId,
      direction: 'inbound',
      from_number: flat.from,
      to_number: at.number,
      started_at: new Date(START).toISOString(),
      ended_at: new Date(START + 92_500).toISOString(),
      duration_seconds: 92.5,
      disconnection_reason: 'user_hangup',
      transcript: 'Agent: Guten Tag!\nUser: Hallo.\n',
      cost_usd: 0.2004,
    };
    expect((await send('/webhooks/retell', raw)).status).toBe(200);
    const stored = await webhookByUniqueId(at.scope.db, 'retell', `call_ended:${flat.callId}`);
    await processRetellWebhook(platformOf(env), at.tenantId, stored!.id);
    const [a, b] = [facts(await callById(at.scope.db, nested.callId)), facts(await callById(at.scope.db, flat.callId))];
    expect({ ...b, costParts: null }).toEqual({ ...a, costParts: null });
  });

  it('a flat analysis is read as the nested one, and the end follows from start and length', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const flat = {
      call_id: caller.callId,
      agent_id: at.agentId,
      direction: 'inbound',
      from_number: caller.from,
      to_number: at.number,
      started_at: new Date(START).toISOString(),
      duration_seconds: 92.5,
      disconnection_reason: 'user_hangup',
    };
    const analysis = { sentiment: 'positive', topics: ['Preise'], appointment_made: true };
    for (const event of [
      { event: 'call.ended', ...flat, analysis },
      { event: 'call.analyzed', call_id: caller.callId, analysis, summary: 'Hat gefragt.' },
    ]) {
      expect((await send('/webhooks/retell', event)).status).toBe(200);
      const stored = await webhookByUniqueId(
        at.scope.db,
        'retell',
        `${event.event.replace('.', '_')}:${caller.callId}`,
      );
      await processRetellWebhook(platformOf(env), at.tenantId, stored!.id);
      const row = await callById(at.scope.db, caller.callId);
      expect(row).toMatchObject({ sentiment: 'positive', endedAt: START + 92_500, durationMs: 92_500 });
      expect(row?.analysis).toMatchObject({ topics: ['Preise'], appointment_made: true });
    }
  });

  it('holds money once when the call opens, and lets it go when nobody spoke', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const before = await balanceOf(at);
    await caller.rings();
    await deliver(at, started(caller));
    expect(await balanceOf(at)).toEqual({ available: before.available - 100, held: 100 });
    expect(await callById(at.scope.db, caller.callId)).toMatchObject({
      status: 'ongoing',
      chargeState: 'held',
      heldCents: 100,
    });
    await deliver(at, {
      event: 'call_ended',
      call: caller.call({ call_status: 'not_connected', disconnection_reason: 'dial_no_answer' }),
    });
    expect(await balanceOf(at)).toEqual(before);
    expect(await callById(at.scope.db, caller.callId)).toMatchObject({
      status: 'ended',
      chargeState: 'released',
      chargedCents: null,
    });
  });

  it('links the customer and the appointment of the conversation', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await caller.rings();
    const booked = await caller.says('book-appointment', {
      service: 'Bartpflege',
      when: 'am Dienstag um elf',
      customer_name: 'Uwe Klein',
    });
    await deliver(at, ended(caller));
    const row = await callById(at.scope.db, caller.callId);
    expect(row).toMatchObject({ appointmentId: booked.body.appointment_id, branchId: at.branchId });
    expect(row?.customerId).toMatch(/^cus_/);
  });

  it('what was booked in several calls is linked together: one change of each call, and one that fails keeps none back', async () => {
    const at = await salon();
    const callers = [new Caller(at), new Caller(at), new Caller(at)] as const;
    for (const caller of callers) await caller.rings();
    const [several, one, broken] = callers;
    const links = [
      [several, 'apt_1', 'cus_1'],
      [several, 'apt_3', 'cus_1'],
      [several, 'apt_2', 'cus_1'],
      [one, 'apt_4', 'cus_2'],
      [broken, 'apt_5', 'cus_3'],
    ] as const;
    const db = at.scope.db;
    for (const [n, [caller, appointmentId, customerId]] of links.entries())
      await db.insert(effects, {
        id: `link_${n}`,
        queue: 'low',
        kind: 'call.link',
        ref: JSON.stringify({ callId: caller.callId, appointmentId, customerId }),
        state: 'pending',
        notBefore: 0,
        createdAt: processNow(),
      });
    await env.DB.exec(
      `CREATE TRIGGER broken_link BEFORE UPDATE ON calls WHEN NEW.id = '${broken.callId}' AND NEW.appointment_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    );
    const keys = links.map((_, n) => ({ tenantId: db.tenantId, id: `link_${n}` }));
    const run = (its: typeof env) => runEffects(platformOf(its), keys, effectHandlers());
    const recorded = recording(env);
    const statesOf = async () =>
      (await db.rows(effects, { where: like(effects.id, 'link_%') })).map(({ state }) => state);
    const linked = async () => {
      const rows = await Promise.all(callers.map(({ callId }) => callById(db, callId)));
      return rows.map((row) => [row?.appointmentId ?? null, row?.customerId ?? null]);
    };
    try {
      await run(env);
      expect(await statesOf()).toEqual(['done', 'done', 'done', 'done', 'pending']);
      expect(await linked()).toEqual([
        ['apt_3', 'cus_1'],
        ['apt_4', 'cus_2'],
        [null, null],
      ]);
    } finally {
      await env.DB.exec('DROP TRIGGER broken_link');
    }
    // Once more, as if nothing had been written: what is known already is not written again.
    await db.update(effects, { state: 'pending', notBefore: 0 }, like(effects.id, 'link_%'));
    await run(recorded.env);
    const ofCalls = recorded.statements.filter(({ query }) => / "calls"/.test(query));
    expect(ofCalls.map(({ query }) => query.split(' ')[0])).toEqual(['select', 'update']);
    expect(await linked()).toEqual([
      ['apt_3', 'cus_1'],
      ['apt_4', 'cus_2'],
      ['apt_5', 'cus_3'],
    ]);
    expect(await statesOf()).toEqual(links.map(() => 'done'));
  });

  it('a call costs what its appointment costs too, in the list and on its receipt, until that is cancelled in time', async () => {
    const at = await salon();
    const combined = defaultTerms(ORACLE_PLAN);
    expect((await at.scope.ledger.putTerms({ key: 'terms:combined', terms: combined })).result.ok).toBe(true);
    const caller = new Caller(at);
    await caller.rings();
    const booked = await caller.says('book-appointment', {
      service: 'Bartpflege',
      when: 'am Dienstag um elf',
      customer_name: 'Uwe Klein',
    });
    const appointmentId = String(booked.body.appointment_id);
    await deliver(at, ended(caller));
    const before = await balanceOf(at);
    await feesOf(at);
    expect((await balanceOf(at)).available).toBe(before.available - 200);
    const shown = async () => {
      const row = await callById(at.scope.db, caller.callId);
      if (!row) throw new Error('the call is there');
      const [listed] = await viewsOfCalls(at.scope, [row]);
      const { receipt, charged_cents } = await detailOfCall(at.scope, row, 'de');
      return { listed: listed?.charged_cents, charged_cents, receipt };
    };
    const { listed, charged_cents, receipt } = await shown();
    expect([listed, charged_cents, receipt?.charged_cents]).toEqual([200, 200, 200]);
    expect(receipt?.lines.map(({ code, amount_micros }) => [code, amount_micros])).toEqual([
      ['included_minutes', 0],
      ['appointment', 2_000_000],
    ]);
    expect(receipt?.price_micros).toBe(2_000_000);
    // Down to the ledger: each line's entry is there, and together they moved what was charged.
    const inLedger = await callReceipt(at.scope, caller.callId);
    if (!inLedger.ok) throw new Error(inLedger.error.code);
    expect(inLedger.value.receipt).toEqual(receipt);
    const found = new Map(inLedger.value.entries.map((entry) => [entry.id, entry]));
    for (const { entry_id } of receipt?.lines ?? []) if (entry_id !== null) expect(found.has(entry_id)).toBe(true);
    const fee = inLedger.value.entries.filter(({ type }) => type === 'appointment_fee');
    expect(fee.map(({ amount_cents }) => amount_cents)).toEqual([-200]);
    expect((await callReceipt(at.scope, 'call_of_nobody')).ok).toBe(false);
    const cancelled = await at.scope.calendar.cancel({
      key: `cancel:${appointmentId}`,
      now: processNow(),
      actor: { kind: 'user', id: 'usr_1' },
      appointmentId,
      modificationId: newId('modification', processNow()),
    });
    expect(cancelled.result.ok).toBe(true);
    await feesOf(at);
    expect((await balanceOf(at)).available).toBe(before.available);
    expect((await shown()).listed).toBe(0);
    expect((await at.scope.ledger.verify()).result).toMatchObject({ value: { problems: [] } });
  });

  it('a transcript over 500 kB lies in R2 and is read from there', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const body = ended(caller);
    const long = 'Wort '.repeat(2_000);
    body.call['transcript_object'] = Array.from({ length: 60 }, (_, i) => ({
      role: i % 2 ? 'user' : 'agent',
      content: long,
    }));
    const answered = await deliver(at, body);
    expect(answered.status).toBe(200);
    const row = await callById(at.scope.db, caller.callId);
    expect(row).toMatchObject({ transcript: null });
    expect(await testEnv.ARCHIVE.head(row!.transcriptKey!)).not.toBeNull();
  });

  it('growing transcripts are acknowledged and not kept; strangers are not found; unsigned is refused', async () => {
    const at = await salon();
    const caller = new Caller(at);
    const growing = await send('/webhooks/retell', { event: 'transcript_updated', call: caller.call() });
    expect(growing).toMatchObject({ status: 200, body: { ignored: true } });
    expect(await at.scope.db.rows(calls, { limit: 5 })).toHaveLength(0);
    const stranger = await send('/webhooks/retell', {
      event: 'call_started',
      call: { call_id: 'call_x', to_number: '+493099999999', agent_id: 'agent_x' },
    });
    expect(stranger.status).toBe(404);
    expect((await send('/webhooks/retell', started(caller), { signature: null })).status).toBe(401);
    const raw = JSON.stringify(started(caller));
    const old = await signRetell(raw, 'key_demo_retell', processNow() - 360_000);
    expect((await send('/webhooks/retell', raw, { signature: old })).status).toBe(401);
  });

  it('an end that comes while D1 is down is charged when D1 is back', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await deliver(at, started(caller));
    d1Meter.refuse = true;
    try {
      expect((await send('/webhooks/retell', ended(caller))).status).toBe(200);
    } finally {
      d1Meter.refuse = false;
    }
    expect(await callById(at.scope.db, caller.callId)).toMatchObject({ status: 'ongoing' });
    await takeBackWebhooks(platformOf(env), 'retell', processNow());
    expect((await deliver(at, ended(caller))).body).toMatchObject({ duplicate: true });
    expect(await callById(at.scope.db, caller.callId)).toMatchObject({ status: 'ended', chargedCents: 31 });
  });

  it('a call whose end was lost is healed by asking Retell', async () => {
    const at = await salon();
    const caller = new Caller(at);
    await deliver(at, started(caller));
    retellKnows(caller.callId, { ...ended(caller).call, call_status: 'ended' });
    setClockOffset(Date.parse('2026-11-20T09:20:30Z') - Date.now());
    try {
      // Other tests leave running calls behind that Retell does not know: each is asked about once.
      for (let run = 0; run < 20 && (await healCalls(platformOf(env))).asked > 0; run++);
    } finally {
      setClockOffset(START - Date.now());
    }
    expect(await callById(at.scope.db, caller.callId)).toMatchObject({
      status: 'ended',
      durationMs: 92_500,
      chargeState: 'captured',
      chargedCents: 31,
    });
  });
});

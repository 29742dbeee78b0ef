/** The Retell stand-in and its call driver against a receiver that answers like AskProAI. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { getCall } from '../../workers/integrations/retell.ts';
import { parseRetellEvent, parseRetellInbound } from '../../workers/integrations/retell-events.ts';
import { parseRetellFunction } from '../../workers/integrations/retell-function.ts';
import { verifyRetell } from '../../workers/integrations/signatures.ts';
import { type PlayedCall, playCall } from './retell-call.ts';
import { demoCall } from './retell-scripts.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { control, inspect, type Receiver, type Received, startReceiver } from './webhook-receiver.ts';

let receiver: Receiver;
let sandbox: Sandbox;
let inboundAnswer: object;
function answer(one: Received): { status: number; body?: object } {
  switch (one.path) {
    case '/webhooks/retell/inbound':
      return { status: 200, body: inboundAnswer };
    case '/api/retell/check-customer':
      return {
        status: 200,
        body: { customer_found: true, customer_id: 'cus_1', message: 'Guten Tag, Frau Mustermann.' },
      };
    case '/api/retell/check-availability':
      return {
        status: 200,
        body: {
          available: true,
          slot: {
            start: '14:30',
            end: '15:30',
            starts_at: '2026-11-22T14:30:00+01:00',
            ends_at: '2026-11-22T15:30:00+01:00',
          },
          message: 'Sonntag, halb drei ist frei.',
        },
      };
    case '/api/retell/book-appointment':
      return {
        status: 200,
        body: { success: true, appointment_id: 'apt_1', confirmation_message: 'Gebucht für halb drei.' },
      };
    default:
      return { status: 200, body: {} };
  }
}
beforeEach(async () => {
  inboundAnswer = {
    call_inbound: { dynamic_variables: { company_name: 'Salon Schön' }, metadata: { route: 'signed.route' } },
  };
  receiver = await startReceiver(answer);
  sandbox = await startSandbox({ port: 0, askproBaseUrl: receiver.url, retryScale: 0.05 });
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});
const byPath = (path: string): Received[] => receiver.received.filter((one) => one.path === path);
const api = () => ({ baseUrl: `${sandbox.url}/retell`, apiKey: 'key_demo_retell' });

it('plays a whole call in order, every request signed, the route carried into each function', async () => {
  const { status, body } = await control(sandbox.url, '/retell/call', { line: 'salon-schoen' });
  const played = body as unknown as PlayedCall;
  expect(status).toBe(200);
  expect(played.ok).toBe(true);
  expect(receiver.received.map((one) => one.path)).toEqual([
    '/webhooks/retell/inbound',
    '/webhooks/retell',
    '/api/retell/check-customer',
    '/api/retell/check-availability',
    '/api/retell/collect-appointment',
    '/api/retell/book-appointment',
    '/webhooks/retell',
    '/webhooks/retell',
  ]);
  for (const one of receiver.received) {
    expect(
      await verifyRetell({
        rawBody: one.body,
        header: one.headers['x-retell-signature'],
        apiKey: 'key_demo_retell',
        now: Date.now(),
      }),
    ).toBe(true);
  }
  const inbound = parseRetellInbound(byPath('/webhooks/retell/inbound')[0]!.body);
  expect(inbound).toMatchObject({
    value: {
      callId: played.call_id,
      toNumber: '+493012345678',
      fromNumber: '+4915112345678',
      agentId: 'agent_demo_salon',
    },
  });
  const book = parseRetellFunction(byPath('/api/retell/book-appointment')[0]!.body);
  expect(book).toMatchObject({
    value: {
      shape: 'call',
      callId: played.call_id,
      toolCallId: expect.stringMatching(/^tool_call_/),
      call: { route: 'signed.route', toNumber: '+493012345678' },
      args: { customer_id: 'cus_1', starts_at: '2026-11-22T14:30:00+01:00', service: 'Haarschnitt' },
    },
  });
  const events = byPath('/webhooks/retell').map((one) => parseRetellEvent(one.body));
  expect(events.map((one) => one.ok && one.value.kind)).toEqual(['call_started', 'call_ended', 'call_analyzed']);
  const ended = events[1];
  if (!ended?.ok) throw new Error('no call_ended');
  expect(ended.value.call).toMatchObject({
    durationMs: 92_500,
    costUsdMicros: 200_400,
    route: 'signed.route',
    disconnectionReason: 'user_hangup',
    summary: null,
  });
  expect(ended.value.call.transcript).toContain('User: Perfekt, vielen Dank.');
  expect(ended.value.call.transcript).toContain('Agent: Gebucht für halb drei.');
  expect(ended.value.call.endedAt).toBeLessThanOrEqual(Date.now());
  expect(events[2]).toMatchObject({ value: { call: { sentiment: 'positive', successful: true } } });
  expect(await getCall(api(), played.call_id)).toMatchObject({
    value: { callId: played.call_id, sentiment: 'positive', durationMs: 92_500 },
  });
});

it('a rejected call says nothing more', async () => {
  inboundAnswer = { call_inbound: { reject: true } };
  const played = (await control(sandbox.url, '/retell/call', { line: 'salon-schoen' })).body as unknown as PlayedCall;
  expect(played.rejected).toBe(true);
  expect(receiver.received).toHaveLength(1);
});

it('one dynamic variable that is no text spoils the whole answer, as at Retell', async () => {
  inboundAnswer = { call_inbound: { dynamic_variables: { vip: true }, metadata: { route: 'r' }, reject: true } };
  const played = (await control(sandbox.url, '/retell/call', { line: 'salon-schoen' })).body as unknown as PlayedCall;
  expect(played.rejected).toBe(false);
  expect(played.memory.metadata).toEqual({});
  expect(JSON.parse(byPath('/api/retell/check-customer')[0]!.body).call).not.toHaveProperty('metadata');
});

it('duplicate: one webhook comes twice, the call is played once', async () => {
  await control(sandbox.url, '/retell/faults', { mode: 'duplicate', path: 'call_ended' });
  await control(sandbox.url, '/retell/call', { line: 'physio-plus' });
  const names = (await receiver.waitFor(4, (one) => one.path === '/webhooks/retell')).map(
    (one) => JSON.parse(one.body).event as string,
  );
  expect(names.sort()).toEqual(['call_analyzed', 'call_ended', 'call_ended', 'call_started']);
});

it('a flat body carries the arguments and the call id at its top', async () => {
  const script = {
    ...demoCall('salon-schoen'),
    shape: 'flat' as const,
    call_id: 'call_flat',
    turns: [
      { function: 'check-availability', args: { when: 'morgen um zehn', service: 'Bartpflege' } },
      { agent: 'Frei ist {{check-availability.slot.start}}.' },
    ],
  };
  const played = await playCall({ askproBaseUrl: receiver.url, apiKey: 'key_demo_retell', script });
  expect(JSON.parse(byPath('/api/retell/check-availability')[0]!.body)).toEqual({
    call_id: 'call_flat',
    when: 'morgen um zehn',
    service: 'Bartpflege',
  });
  expect(played.transcript).toBe('Agent: Frei ist 14:30.\n');
});

it('a script from outside is checked, a withheld number is anonymous', async () => {
  expect(
    (await control(sandbox.url, '/retell/call', { script: { to_number: '+49', agent_id: 'a', turns: [{ sing: 1 }] } }))
      .status,
  ).toBe(400);
  expect((await control(sandbox.url, '/retell/call', { line: 'nobody' })).status).toBe(400);
  await control(sandbox.url, '/retell/call', {
    script: { to_number: '+493012345678', agent_id: 'agent_demo_salon', turns: [{ user: 'Hallo?' }] },
  });
  expect(parseRetellInbound(byPath('/webhooks/retell/inbound')[0]!.body)).toMatchObject({
    value: { fromNumber: null },
  });
});

it('get-call: unknown is 404, a wrong key 401, silence ends after at most 1.5 s', async () => {
  expect(await getCall(api(), 'call_none')).toMatchObject({ error: { status: 404, retryable: false } });
  expect(await getCall({ ...api(), apiKey: 'key_wrong' }, 'call_none')).toMatchObject({ error: { status: 401 } });
  await control(sandbox.url, '/retell/faults', { mode: 'timeout', path: '/v2/get-call' });
  expect(await getCall({ ...api(), timeoutMs: 100 }, 'call_none')).toMatchObject({
    error: { kind: 'timeout', retryable: true, ambiguous: false },
  });
});

it('calls can be listed without their long fields; agents can be made and changed', async () => {
  await control(sandbox.url, '/retell/call', { line: 'salon-schoen' });
  const request = (path: string, method: string, body: object) =>
    fetch(`${sandbox.url}/retell${path}`, {
      method,
      headers: { authorization: 'Bearer key_demo_retell', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const list = (await (await request('/v3/list-calls', 'POST', { limit: 10 })).json()) as {
    items: Record<string, unknown>[];
  };
  expect(list.items).toHaveLength(1);
  expect(list.items[0]).not.toHaveProperty('transcript');
  const { llm_id } = (await (await request('/create-retell-llm', 'POST', {})).json()) as { llm_id: string };
  const made = await request('/create-agent', 'POST', {
    response_engine: { type: 'retell-llm', llm_id },
    voice_id: '11labs-Adrian',
  });
  expect(made.status).toBe(201);
  const { agent_id: id } = (await made.json()) as { agent_id: string };
  expect(await (await request(`/update-agent/${id}`, 'PATCH', { language: 'de-DE' })).json()).toMatchObject({
    agent_id: id,
    language: 'de-DE',
    voice_id: '11labs-Adrian',
  });
  expect((await inspect<{ calls: unknown[] }>(sandbox.url, '/retell/calls')).calls).toHaveLength(1);
});

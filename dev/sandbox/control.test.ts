/** The sandbox's control calls and pages. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nestedForm } from './exchange.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { SERVICES } from './settings.ts';
import { control, inspect, type Receiver, startReceiver } from './webhook-receiver.ts';

let receiver: Receiver;
let sandbox: Sandbox;
beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox({ port: 0, askproBaseUrl: receiver.url, retryScale: 0.05 });
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});
const page = async (path: string): Promise<string> =>
  (await fetch(`${sandbox.url}${path}`, { headers: { accept: 'text/html' } })).text();

it('lists what each service received, and reset forgets it', async () => {
  for (const name of SERVICES)
    expect(await inspect(sandbox.url, `/${name}/requests`)).toEqual({ service: name, requests: [] });
  await fetch(`${sandbox.url}/push/send/abc`, { method: 'POST', body: 'x' });
  await control(sandbox.url, '/push/faults', { mode: 'status', status: 410 });
  expect((await fetch(`${sandbox.url}/push/send/abc`, { method: 'POST', body: 'x' })).status).toBe(410);
  const { requests } = await inspect<{
    requests: {
      id: number;
      method: string;
      path: string;
      body: unknown;
      answered: unknown;
      fault: unknown;
      at: string;
    }[];
  }>(sandbox.url, '/push/requests');
  expect(requests).toMatchObject([
    { id: 1, method: 'POST', path: '/send/abc', answered: 201, fault: null },
    { id: 2, answered: 410, fault: 'status' },
  ]);
  expect((await inspect<{ requests: unknown[] }>(sandbox.url, '/push/requests?after=1')).requests).toHaveLength(1);
  expect((await control(sandbox.url, '/reset')).body).toEqual({ ok: true });
  expect(await inspect(sandbox.url, '/push/requests')).toEqual({ service: 'push', requests: [] });
  expect(await inspect(sandbox.url, '/push/faults')).toEqual({ service: 'push', faults: [] });
});

it('a fault is taken as often as told, only where its path fits, and counts its hits', async () => {
  await control(sandbox.url, '/push/faults', { mode: 'status', status: 500, times: 2, path: '/send/a' });
  const status = async (path: string): Promise<number> =>
    (await fetch(`${sandbox.url}/push${path}`, { method: 'POST' })).status;
  expect([await status('/send/b'), await status('/send/a'), await status('/send/a'), await status('/send/a')]).toEqual([
    201, 500, 500, 201,
  ]);
  expect(await inspect(sandbox.url, '/push/faults')).toMatchObject({
    faults: [{ mode: 'status', hits: 2, remaining: 0, path: '/send/a' }],
  });
});

it.each([
  {},
  { mode: 'explode' },
  { mode: 'status', status: 42 },
  { mode: 'slow', delay_ms: -1 },
  { mode: 'drop', times: 0 },
])('refuses the fault %j', async (body) => {
  expect((await control(sandbox.url, '/stripe/faults', body)).status).toBe(400);
});

it('its clock can be moved, and signatures follow', async () => {
  await control(sandbox.url, '/clock', { now: '2027-03-28T00:30:00Z' });
  expect((await inspect<{ now: string }>(sandbox.url, '/status')).now).toMatch(/^2027-03-28T00:30:0/);
  await control(sandbox.url, '/calcom/ping');
  expect(JSON.parse((await receiver.waitFor(1))[0]!.body).createdAt).toMatch(/^2027-03-28/);
  await control(sandbox.url, '/clock', { reset: true });
  expect(Math.abs(Date.parse((await inspect<{ now: string }>(sandbox.url, '/status')).now) - Date.now())).toBeLessThan(
    5_000,
  );
});

it('every page stands, escapes what it shows and names no foreign host', async () => {
  const evil = '<script>alert(1)</script>';
  await fetch(`${sandbox.url}/twilio/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa('AC00000000000000000000000000000000:twilio_demo_token')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ To: '+4915112345678', From: '+4915735980000', Body: evil }),
  });
  await control(sandbox.url, '/retell/call', { line: 'salon-schoen' });
  for (const path of [
    '/_sandbox/',
    ...SERVICES.map((name) => `/_sandbox/${name}`),
    '/_sandbox/nothing',
    '/stripe/checkout/cs_test_none',
  ]) {
    const text = await page(path);
    expect(text, path).toContain('<!doctype html>');
    expect(text, path).not.toContain(evil);
    expect(text.replaceAll(receiver.url, '').replaceAll(sandbox.url, ''), path).not.toMatch(
      /(?:src|href|action)="https?:/,
    );
  }
  expect(await page('/_sandbox/twilio')).toContain('&lt;script&gt;');
});

it('a person arms and clears a fault, plays a call and starts over with forms', async () => {
  const post = (path: string, body: Record<string, string>) =>
    fetch(`${sandbox.url}/_sandbox${path}`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams(body),
      redirect: 'manual',
    });
  expect(
    (await post('/twilio/faults', { mode: 'slow', status: '', times: '2', path: '', delay_ms: '' })).headers.get(
      'location',
    ),
  ).toBe('/_sandbox/twilio');
  expect(await inspect(sandbox.url, '/twilio/faults')).toMatchObject({
    faults: [{ mode: 'slow', times: 2, path: null, delay_ms: 3_000 }],
  });
  await post('/twilio/faults/clear', {});
  expect(await inspect(sandbox.url, '/twilio/faults')).toMatchObject({ faults: [] });
  const played = await post('/retell/call', {
    line: 'barber-zurich',
    service: '',
    when: '',
    name: '',
    from_number: '',
  });
  expect(await played.text()).toContain('Transcript');
  expect((await post('/reset', {})).status).toBe(303);
});

it('large bodies are refused, not kept', async () => {
  const answer = await fetch(`${sandbox.url}/push/send/a`, { method: 'POST', body: 'x'.repeat(2_500_000) }).catch(
    () => null,
  );
  if (answer) expect(answer.status).toBe(413);
  expect(await inspect(sandbox.url, '/push/requests')).toMatchObject({ requests: [] });
});

it('reads nested forms as Stripe does', () => {
  expect(nestedForm('a[b]=1&a[c][]=x&a[c][]=y&l[0][p][q]=2&l[1][p][q]=3&__proto__[x]=1')).toEqual({
    a: { b: '1', c: ['x', 'y'] },
    l: [{ p: { q: '2' } }, { p: { q: '3' } }],
  });
});

it('counts what anybody got twice, also beyond what the request list keeps', async () => {
  const send = (body: string) =>
    fetch(`${sandbox.url}/twilio/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa('AC00000000000000000000000000000000:twilio_demo_token')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ To: '+4915112345678', From: '+4915735980000', Body: body }),
    });
  for (const body of ['a', 'b', 'a']) await send(body);
  expect(await inspect(sandbox.url, '/twilio/summary')).toEqual({
    total: 3,
    repeated: [{ key: '+4915112345678 a', count: 2 }],
  });
  expect(await inspect(sandbox.url, '/smtp/mails/summary')).toEqual({ total: 0, repeated: [] });
  expect(await inspect(sandbox.url, '/calcom/summary')).toEqual({ total: 0, live: 0, repeated: [] });
  expect(await inspect<{ services: { twilio: { requests: number } } }>(sandbox.url, '/status')).toMatchObject({
    services: { twilio: { requests: 3 } },
  });
});

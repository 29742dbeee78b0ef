/** The Twilio and Telegram stand-ins; Twilio driven by our client. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { verifyTwilio } from '../../workers/integrations/signatures.ts';
import { findSentMessage, sendMessage, type TwilioConfig } from '../../workers/integrations/twilio.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { DEMO_SECRETS } from './settings.ts';
import { segmentsOf } from './twilio.ts';
import { control, inspect, type Receiver, startReceiver } from './webhook-receiver.ts';

let receiver: Receiver;
let sandbox: Sandbox;
let config: TwilioConfig;
beforeEach(async () => {
  receiver = await startReceiver();
  sandbox = await startSandbox({ port: 0, askproBaseUrl: receiver.url, retryScale: 0.05 });
  config = {
    baseUrl: `${sandbox.url}/twilio`,
    accountSid: DEMO_SECRETS.twilioAccountSid,
    authToken: DEMO_SECRETS.twilioAuthToken,
    timeoutMs: 1_000,
  };
});
afterEach(async () => {
  await sandbox.close();
  await receiver.close();
});

const TEXT = 'Ihr Termin: Samstag, 21. November, 14:30 Uhr. https://askproai.test/a/abc';
const send = (over: Partial<Parameters<typeof sendMessage>[1]> = {}, options: Partial<TwilioConfig> = {}) =>
  sendMessage(
    { ...config, ...options },
    {
      to: '+4915112345678',
      from: '+4915735980000',
      body: TEXT,
      statusCallback: 'https://app.askproai.test/webhooks/twilio/status?n=ntf_1',
      ...over,
    },
  );
const kept = async (): Promise<{ to: string; status: string }[]> =>
  (await inspect<{ messages: { to: string; status: string }[] }>(sandbox.url, '/twilio/messages')).messages;

it('a message is queued, sent, delivered, and each status is signed over the public URL', async () => {
  const sent = await send();
  expect(sent).toMatchObject({
    ok: true,
    value: {
      status: 'queued',
      to: '+4915112345678',
      body: TEXT,
      segments: 1,
      sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    },
  });
  const callbacks = await receiver.waitFor(3);
  for (const one of callbacks) {
    expect(one.path).toBe('/webhooks/twilio/status?n=ntf_1');
    const params = [...new URLSearchParams(one.body)];
    expect(
      await verifyTwilio({
        url: 'https://app.askproai.test/webhooks/twilio/status?n=ntf_1',
        params,
        header: one.headers['x-twilio-signature'],
        authToken: 'twilio_demo_token',
      }),
    ).toBe(true);
  }
  expect(callbacks.map((one) => new URLSearchParams(one.body).get('MessageStatus'))).toEqual([
    'queued',
    'sent',
    'delivered',
  ]);
});

it('the look before a retry finds a message of a silent send, and none of a dropped one', async () => {
  const since = asInstant(Date.now());
  await control(sandbox.url, '/twilio/faults', { mode: 'timeout' });
  expect(await send({}, { timeoutMs: 150 })).toMatchObject({
    error: { kind: 'timeout', ambiguous: true, retryable: true },
  });
  expect(await findSentMessage(config, { to: '+4915112345678', body: TEXT, since })).toMatchObject({
    value: { sid: expect.any(String), body: TEXT },
  });
  await control(sandbox.url, '/twilio/faults', { mode: 'drop' });
  expect(await send({ to: '+4915199999999' })).toMatchObject({ error: { kind: 'network', ambiguous: true } });
  expect(await findSentMessage(config, { to: '+4915199999999', body: TEXT, since })).toEqual({ ok: true, value: null });
  // An equal text long before the first attempt is somebody else's.
  expect(
    await findSentMessage(config, { to: '+4915112345678', body: TEXT, since: asInstant(since + 3_600_000) }),
  ).toEqual({ ok: true, value: null });
});

it.each([
  ['+15005550001', 21211],
  ['0151 123', 21211],
  ['+15005550004', 21610],
])('refuses %s with its code %i, for good', async (to, code) => {
  expect(await send({ to })).toMatchObject({
    error: { kind: 'status', status: 400, retryable: false, ambiguous: false, twilioCode: code },
  });
});

it('STOP by reply opts out, and the reply reaches us signed', async () => {
  await control(sandbox.url, '/twilio/inbound', { from: '+4915112345678', to: '+4915735980000', body: 'Stop' });
  const [reply] = await receiver.waitFor(1);
  const params = [...new URLSearchParams(reply!.body)];
  expect(reply?.path).toBe('/webhooks/twilio/inbound');
  expect(Object.fromEntries(params)).toMatchObject({ Body: 'Stop', OptOutType: 'STOP', From: '+4915112345678' });
  expect(
    await verifyTwilio({
      url: `${receiver.url}/webhooks/twilio/inbound`,
      params,
      header: reply?.headers['x-twilio-signature'],
      authToken: 'twilio_demo_token',
    }),
  ).toBe(true);
  expect(await send()).toMatchObject({ error: { twilioCode: 21610 } });
});

it('an outcome can be set: undelivered with its code', async () => {
  await control(sandbox.url, '/twilio/outcome', { to: '+4915112345678', status: 'undelivered', error_code: 30003 });
  await send();
  const last = new URLSearchParams((await receiver.waitFor(3))[2]!.body);
  expect([last.get('MessageStatus'), last.get('ErrorCode')]).toEqual(['undelivered', '30003']);
});

it('duplicate: one message, its status told twice', async () => {
  await control(sandbox.url, '/twilio/faults', { mode: 'duplicate' });
  await send();
  const told = (await receiver.waitFor(4)).map((one) => new URLSearchParams(one.body).get('MessageStatus'));
  expect(told.sort()).toEqual(['delivered', 'queued', 'queued', 'sent']);
  expect(await kept()).toHaveLength(1);
});

it('wrong credentials are 401', async () => {
  expect(await send({}, { authToken: 'nope' })).toMatchObject({ error: { status: 401, retryable: false } });
});

it('lists by recipient and date, newest first, in pages', async () => {
  for (const body of ['eins', 'zwei', 'drei']) await send({ body });
  await receiver.waitFor(9);
  const list = async (query: string) =>
    (await (
      await fetch(`${sandbox.url}/twilio/2010-04-01/Accounts/${config.accountSid}/Messages.json?${query}`, {
        headers: { authorization: `Basic ${btoa(`${config.accountSid}:${config.authToken}`)}` },
      })
    ).json()) as { messages: { body: string }[]; next_page_uri: string | null };
  const today = new Date().toISOString().slice(0, 10);
  expect((await list(`To=%2B4915112345678&DateSent%3E=${today}&PageSize=2`)).messages.map((one) => one.body)).toEqual([
    'drei',
    'zwei',
  ]);
  expect((await list('PageSize=2')).next_page_uri).toContain('Page=1');
  expect((await list('DateSent%3C=2020-01-01')).messages).toEqual([]);
});

it('segments are counted as carriers do', () => {
  expect(segmentsOf('a'.repeat(160))).toBe(1);
  expect(segmentsOf('a'.repeat(161))).toBe(2);
  expect(segmentsOf('€'.repeat(81))).toBe(2);
  expect(segmentsOf('ж'.repeat(70))).toBe(1);
  expect(segmentsOf('ж'.repeat(71))).toBe(2);
  expect(segmentsOf('Grüße aus Köln, Straße 5')).toBe(1);
});

it('Telegram sends to a chat, refuses blocked chats and wrong tokens, and the token is kept nowhere', async () => {
  const post = (token: string, body: object) =>
    fetch(`${sandbox.url}/telegram/bot${token}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const good = await post(DEMO_SECRETS.telegramBotToken, { chat_id: 1111111, text: 'Hallo' });
  expect(await good.json()).toMatchObject({ ok: true, result: { text: 'Hallo', chat: { id: 1111111 } } });
  expect((await post('1:wrong', { chat_id: 1, text: 'x' })).status).toBe(401);
  expect((await post(DEMO_SECRETS.telegramBotToken, { chat_id: 1, text: '' })).status).toBe(400);
  await control(sandbox.url, '/telegram/block', { chat_id: 5 });
  expect(await (await post(DEMO_SECRETS.telegramBotToken, { chat_id: 5, text: 'x' })).json()).toEqual({
    ok: false,
    error_code: 403,
    description: 'Forbidden: bot was blocked by the user',
  });
  expect(JSON.stringify(await inspect(sandbox.url, '/telegram/requests'))).not.toContain('telegram_demo_bot');
});

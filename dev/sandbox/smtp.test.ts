/** The mail stand-in, driven by our SMTP client over real sockets. */
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailMessage } from '../../workers/integrations/mail-message.ts';
import { sendMail, type SmtpConfig } from '../../workers/integrations/smtp.ts';
import { nodeConnect } from './node-sockets.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import type { KeptMail } from './smtp.ts';
import { control, inspect } from './webhook-receiver.ts';

let sandbox: Sandbox;
let config: SmtpConfig;
beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, askproBaseUrl: 'http://127.0.0.1:9' });
  config = { host: '127.0.0.1', port: sandbox.smtpPort, security: 'none', timeoutMs: 1_000, connect: nodeConnect };
});
afterEach(() => sandbox.close());

const message: MailMessage = {
  from: { email: 'termine@salon-schoen.test', name: 'Salon Schön, Mitte' },
  to: { email: 'erika@example.test', name: 'Erika Mustermann' },
  replyTo: { email: 'mitte@salon-schoen.test' },
  subject: 'Ihr Termin am Samstag, 21. November um halb drei — wir freuen uns auf Sie, liebe Erika! 💇',
  text: 'Hallo Erika,\n.\n..bis Samstag, Grüße!\n',
  html: '<p>Hallo <b>Erika</b>, bis Samstag. Grüße!</p>',
  messageId: 'ntf_01@askproai.test',
  date: Date.parse('2026-11-20T10:00:00Z'),
  calendar: { method: 'REQUEST', ics: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Haarschnitt\r\nEND:VCALENDAR\r\n' },
  attachments: [
    { filename: 'Rechnung Nr. 1.pdf', contentType: 'application/pdf', content: new Uint8Array([37, 80, 68, 70]) },
  ],
  headers: { 'List-Unsubscribe': '<https://example.test/u/abc>' },
};
const mails = async (): Promise<KeptMail[]> => (await inspect<{ mails: KeptMail[] }>(sandbox.url, '/smtp/mails')).mails;
const hits = async (): Promise<number | undefined> =>
  (await inspect<{ faults: { hits: number }[] }>(sandbox.url, '/smtp/faults')).faults[0]?.hits;

it('arrives whole: umlauts, lone dots, HTML, invitation, attachment, headers', async () => {
  expect(await sendMail(config, message)).toMatchObject({
    ok: true,
    value: { response: expect.stringContaining('250'), messageId: 'ntf_01@askproai.test' },
  });
  const [mail] = await mails();
  expect(mail).toMatchObject({
    from: 'termine@salon-schoen.test',
    to: ['erika@example.test'],
    subject: message.subject,
    text: 'Hallo Erika,\r\n.\r\n..bis Samstag, Grüße!\r\n',
    html: message.html,
    calendar: { method: 'REQUEST', ics: message.calendar?.ics },
    attachments: [
      { filename: 'invite.ics', content_type: 'application/ics', text: message.calendar?.ics },
      { filename: 'Rechnung_Nr._1.pdf', content_type: 'application/pdf', bytes: 4 },
    ],
  });
  expect(mail?.headers).toMatchObject({
    from: 'Salon Schön, Mitte <termine@salon-schoen.test>',
    'message-id': '<ntf_01@askproai.test>',
    'list-unsubscribe': '<https://example.test/u/abc>',
    date: 'Fri, 20 Nov 2026 10:00:00 +0000',
  });
  const { requests } = await inspect<{ requests: { answered: unknown; body: { subject: string } }[] }>(
    sandbox.url,
    '/smtp/requests',
  );
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ answered: 250, body: { subject: message.subject } });
});

describe('faults', () => {
  it('status: a 4xx may be tried again, a 5xx not, nothing was taken', async () => {
    await control(sandbox.url, '/smtp/faults', { mode: 'status' });
    expect(await sendMail(config, message)).toMatchObject({
      error: { kind: 'status', status: 451, retryable: true, ambiguous: false, phase: 'before_data' },
    });
    await control(sandbox.url, '/smtp/faults', { mode: 'status', status: 550 });
    expect(await sendMail(config, message)).toMatchObject({
      error: { status: 550, retryable: false, ambiguous: false, phase: 'before_data' },
    });
    expect(await mails()).toHaveLength(0);
  });
  it('timeout: the mail was taken and nobody knows, so it must not be sent again', async () => {
    await control(sandbox.url, '/smtp/faults', { mode: 'timeout' });
    expect(await sendMail({ ...config, timeoutMs: 200 }, message)).toMatchObject({
      error: { kind: 'timeout', retryable: false, ambiguous: true, phase: 'after_data' },
    });
    expect(await mails()).toHaveLength(1);
    expect(await hits()).toBe(1);
  });
  it('drop: hung up before the mail was handed over, safe to try again', async () => {
    await control(sandbox.url, '/smtp/faults', { mode: 'drop' });
    expect(await sendMail(config, message)).toMatchObject({
      error: { kind: 'network', retryable: true, ambiguous: false, phase: 'before_data' },
    });
    expect(await mails()).toHaveLength(0);
    expect((await sendMail(config, message)).ok).toBe(true);
  });
  it('duplicate: taken once, then the connection is reset after the answer', async () => {
    await control(sandbox.url, '/smtp/faults', { mode: 'duplicate' });
    expect((await sendMail(config, message)).ok).toBe(true);
    expect(await mails()).toHaveLength(1);
    expect(await hits()).toBe(1);
  });
  it('slow: ambiguous when slower than our patience, fine when not', async () => {
    await control(sandbox.url, '/smtp/faults', { mode: 'slow', delay_ms: 150, times: 2 });
    expect((await sendMail(config, message)).ok).toBe(true);
    expect(await sendMail({ ...config, dataTimeoutMs: 50 }, message)).toMatchObject({
      error: { kind: 'timeout', ambiguous: true },
    });
  });
});

it('a relay nobody answers at, that says nothing, or talks nonsense', async () => {
  const mute = createServer(() => undefined);
  const odd = createServer((socket) => socket.on('error', () => undefined).write('HTTP/1.1 400 Bad Request\r\n'));
  for (const server of [mute, odd]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const portOf = (server: typeof mute): number => (server.address() as { port: number }).port;
  expect(await sendMail({ ...config, timeoutMs: 100, port: portOf(mute) }, message)).toMatchObject({
    error: { kind: 'timeout', retryable: true, ambiguous: false, phase: 'before_data' },
  });
  expect(await sendMail({ ...config, port: portOf(odd) }, message)).toMatchObject({
    error: { kind: 'invalid_response', ambiguous: false },
  });
  mute.close();
  odd.close();
  expect(await sendMail({ ...config, port: 1 }, message)).toMatchObject({
    error: { kind: 'network', retryable: true, phase: 'before_data' },
  });
});

it('a message that could smuggle a line never reaches the relay', async () => {
  expect(await sendMail(config, { ...message, to: { email: 'a@b.test>\r\nRCPT TO:<c@d.test' } })).toMatchObject({
    error: { retryable: false, ambiguous: false, body: 'to: address' },
  });
});

describe('TLS and sign-in', () => {
  it('upgrades with STARTTLS and signs in', async () => {
    const strict = await startSandbox({
      port: 0,
      askproBaseUrl: 'http://127.0.0.1:9',
      smtp: { offerStartTls: true, credentials: { username: 'relay', password: 'geheim' } },
    });
    try {
      const secure: SmtpConfig = {
        ...config,
        port: strict.smtpPort,
        security: 'starttls',
        username: 'relay',
        password: 'geheim',
      };
      expect(await sendMail(secure, message)).toMatchObject({ ok: true });
      expect(await sendMail({ ...secure, password: 'falsch' }, message)).toMatchObject({
        error: { status: 535, retryable: false, phase: 'before_data' },
      });
      expect(await sendMail({ ...config, port: strict.smtpPort }, message)).toMatchObject({
        error: { status: 530, phase: 'before_data' },
      });
    } finally {
      await strict.close();
    }
  });
  it('refuses to go on in plain text where STARTTLS is required and not offered', async () => {
    expect(await sendMail({ ...config, security: 'starttls' }, message)).toMatchObject({
      error: { retryable: false, body: 'relay offers no STARTTLS' },
    });
    expect(await mails()).toHaveLength(0);
  });
});

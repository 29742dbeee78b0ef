/** Defects as envelopes, taken by a server of our own over HTTP. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { envelopeOf, parseDsn, sendEnvelope } from './sentry.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const DEFECT = {
  id: 'dft_1',
  eventId: 'a1'.repeat(16),
  event: 'request_failed',
  message: 'TypeError: no slot for erika.muster@example.org, +49 151 1234 5678',
  frames: ['at placed (app-4f3a.js:12:7)', 'at async Object.book (start-1.js:3:44)', 'somewhere'],
  count: 3,
  lastSeenAt: 1_800_000_000_123,
};

let got: { path: string; headers: IncomingHttpHeaders; text: string }[] = [];
let status = 200;
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (part: Buffer) => {
    text += part.toString('utf8');
  });
  request.on('end', () => {
    got.push({ path: request.url ?? '', headers: request.headers, text });
    response.writeHead(status).end('{"id":"x"}');
  });
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

describe('a DSN', () => {
  it('is read into its parts, with a path before its project', () => {
    expect(parseDsn(`https://${KEY}@o1.ingest.sentry.io/42`)).toEqual({
      origin: 'https://o1.ingest.sentry.io',
      host: 'o1.ingest.sentry.io',
      path: '',
      publicKey: KEY,
      project: '42',
    });
    expect(parseDsn(`https://${KEY}:old@errors.example.org/glitch/7`)).toMatchObject({ path: '/glitch', project: '7' });
  });
  it.each([
    '',
    'sentry.io',
    'https://sentry.io/1',
    `https://${KEY}@sentry.io/`,
    `ftp://${KEY}@sentry.io/1`,
    `https://${KEY}@s.io/1?x=1`,
  ])('is none: %s', (text) => expect(parseDsn(text)).toBeNull());
});

describe('an envelope', () => {
  it('arrives as the protocol wants it, and says nothing of people', async () => {
    const dsn = parseDsn(`http://${KEY}@${origin}/sub/42`);
    if (dsn === null) throw new Error('no DSN');
    const envelope = envelopeOf(DEFECT, { environment: 'production', now: 1_800_000_060_000 });
    expect(await sendEnvelope({ timeoutMs: 1_000 }, dsn, envelope)).toEqual({ ok: true, value: null });
    const [one] = got;
    expect(one?.path).toBe('/sub/api/42/envelope/');
    expect(one?.headers['content-type']).toBe('application/x-sentry-envelope');
    expect(one?.headers['x-sentry-auth']).toBe(`Sentry sentry_version=7, sentry_client=askpro/1, sentry_key=${KEY}`);
    const [head = '', item = '', body = '', rest] = one?.text.split('\n') ?? [];
    expect(rest).toBe('');
    const event = JSON.parse(body);
    expect(JSON.parse(head)).toEqual({ event_id: event.event_id, sent_at: '2027-01-15T08:01:00.000Z' });
    expect(event.event_id).toMatch(/^[0-9a-f]{32}$/);
    // Bytes, not characters: the dash that stands for what was masked has three.
    expect(JSON.parse(item)).toEqual({
      type: 'event',
      content_type: 'application/json',
      length: Buffer.byteLength(body, 'utf8'),
    });
    expect(event).toMatchObject({
      platform: 'javascript',
      level: 'error',
      environment: 'production',
      timestamp: 1_800_000_000.123,
      fingerprint: ['dft_1'],
      tags: { event: 'request_failed' },
      extra: { count: 3 },
    });
    const [exception] = event.exception.values;
    expect([exception.type, exception.value]).toEqual(['TypeError', 'no slot for … …']);
    expect(exception.stacktrace.frames).toEqual([
      { function: 'somewhere', in_app: true },
      { function: 'Object.book', filename: 'start-1.js', lineno: 3, colno: 44, in_app: true },
      { function: 'placed', filename: 'app-4f3a.js', lineno: 12, colno: 7, in_app: true },
    ]);
    expect(one?.text).not.toMatch(/erika|muster|1234|user|ip_address/i);
  });

  it('is bounded, whatever the defect says', () => {
    const long = {
      ...DEFECT,
      message: `Error: ${'x'.repeat(50_000)}`,
      frames: Array<string>(500).fill('y'.repeat(9_000)),
    };
    expect(envelopeOf(long, { environment: 'production', now: 1 }).length).toBeLessThan(15_000);
  });

  it.each([401, 429, 500])('that is answered with %i is a fault and no throw', async (code) => {
    status = code;
    got = [];
    const dsn = parseDsn(`http://${KEY}@${origin}/42`);
    if (dsn === null) throw new Error('no DSN');
    expect(await sendEnvelope({ timeoutMs: 1_000 }, dsn, 'x')).toMatchObject({ ok: false, error: { status: code } });
    status = 200;
  });
});

import { describe, expect, it } from 'vitest';
import { vendorBases } from './base-urls.ts';
import { callVendor, type FetchLike, MAX_VENDOR_RESPONSE_BYTES, sharedPatience } from './vendor-call.ts';

const request = { method: 'POST', path: '/x', headers: {}, acts: true } as const;
const answering = (
  make: () => Response | Promise<Response>,
): { baseUrl: string; timeoutMs: number; fetch: FetchLike } => ({
  baseUrl: 'http://vendor.test/base/',
  timeoutMs: 50,
  fetch: async () => make(),
});

describe('a vendor call', () => {
  it('returns the text of a 2xx and joins base and path with one slash', async () => {
    let seen = '';
    const answer = await callVendor(
      {
        baseUrl: 'http://vendor.test/base/',
        fetch: async (url) => {
          seen = url;
          return new Response('hi');
        },
      },
      request,
    );
    expect(answer.ok && answer.value.text).toBe('hi');
    expect(seen).toBe('http://vendor.test/base/x');
  });

  it.each([
    [429, 'rate_limited', true, false],
    [500, 'status', true, true],
    [503, 'status', true, true],
    [400, 'status', false, false],
    [401, 'status', false, false],
    [404, 'status', false, false],
    [409, 'status', true, false],
    [302, 'status', false, false],
  ])('sorts status %i into %s (retryable %s, ambiguous %s)', async (status, kind, retryable, ambiguous) => {
    const answer = await callVendor(
      answering(() => new Response('{"no":1}', { status })),
      request,
    );
    expect(answer).toMatchObject({ ok: false, error: { kind, retryable, ambiguous, status, body: '{"no":1}' } });
  });

  it('is never ambiguous about a call that changes nothing', async () => {
    const answer = await callVendor(
      answering(() => new Response('', { status: 500 })),
      { ...request, method: 'GET', acts: false },
    );
    expect(answer).toMatchObject({ ok: false, error: { ambiguous: false } });
  });

  it("reads Retry-After in seconds and as a date against the answer's own clock", async () => {
    const seconds = await callVendor(
      answering(() => new Response('', { status: 429, headers: { 'retry-after': '7' } })),
      request,
    );
    expect(seconds).toMatchObject({ error: { retryAfterSeconds: 7 } });
    const headers = { 'retry-after': 'Fri, 20 Nov 2026 10:00:30 GMT', date: 'Fri, 20 Nov 2026 10:00:00 GMT' };
    expect(
      await callVendor(
        answering(() => new Response('', { status: 503, headers })),
        request,
      ),
    ).toMatchObject({ error: { retryAfterSeconds: 30 } });
  });

  it('gives up on a vendor that stays silent, before or after its headers', async () => {
    const silent: FetchLike = (_, init) =>
      new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    expect(await callVendor({ baseUrl: 'http://v.test', timeoutMs: 30, fetch: silent }, request)).toMatchObject({
      error: { kind: 'timeout', ambiguous: true, retryable: true },
    });
    const stuck: FetchLike = async (_, init) =>
      new Response(
        new ReadableStream({
          start(controller) {
            init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
          },
        }),
      );
    expect(await callVendor({ baseUrl: 'http://v.test', timeoutMs: 30, fetch: stuck }, request)).toMatchObject({
      error: { kind: 'timeout' },
    });
  });

  it('calls a lost connection a network fault that may have acted', async () => {
    const answer = await callVendor(
      answering(() => Promise.reject(new Error('fetch failed', { cause: new Error('ECONNRESET') }))),
      request,
    );
    expect(answer).toMatchObject({ error: { kind: 'network', ambiguous: true, body: 'fetch failed: ECONNRESET' } });
  });

  it('stops reading an answer that is too large', async () => {
    const answer = await callVendor(
      { ...answering(() => new Response(new Uint8Array(MAX_VENDOR_RESPONSE_BYTES + 1))), timeoutMs: 5_000 },
      request,
    );
    expect(answer).toMatchObject({ error: { kind: 'invalid_response', ambiguous: true } });
  });
});

it('gives calls that share the connections of one event the time of those before them on top, within its bound', async () => {
  const patience = sharedPatience();
  const given: number[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const call = (ms: number) =>
    patience(ms, async (its) => {
      given.push(its);
      await held;
      if (its === 16_000) throw new Error('away');
    });
  const all = Promise.allSettled(Array.from({ length: 25 }, () => call(8_000)));
  expect(given).toEqual([
    ...Array.from({ length: 6 }, () => 8_000),
    ...Array.from({ length: 6 }, () => 16_000),
    ...Array.from({ length: 6 }, () => 24_000),
    ...Array.from({ length: 7 }, () => 30_000),
  ]);
  await expect(patience(60_000, async (its) => its)).resolves.toBe(60_000);
  release();
  await all;
  await expect(patience(8_000, async (its) => its)).resolves.toBe(8_000);
});

it('bases come from the variables, else from production', () => {
  const bases = vendorBases({
    STRIPE_API_BASE: 'http://127.0.0.1:8788/stripe/',
    SMTP_URL: '',
    CALCOM_API_BASE: undefined,
  });
  expect(bases).toEqual({
    stripe: 'http://127.0.0.1:8788/stripe',
    calcom: 'https://api.cal.com',
    retell: 'https://api.retellai.com',
    twilio: 'https://api.twilio.com',
    telegram: 'https://api.telegram.org',
    smtp: null,
  });
});

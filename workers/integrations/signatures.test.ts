import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  constantTimeEqual,
  hmacSha1Base64,
  hmacSha256Hex,
  SIGNATURE_TOLERANCE_MS,
  signCalcom,
  signRetell,
  signStripe,
  signTwilio,
  verifyCalcom,
  verifyRetell,
  verifyStripe,
  verifyTwilio,
} from './signatures.ts';

const vectors = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../tests/fixtures/wire/signature-vectors.json'), 'utf8'),
) as {
  retell: { secret: string; raw_body: string; timestamp_ms: number; value: string };
  calcom: { secret: string; raw_body: string; value: string; when_no_secret_configured: string };
  stripe: { secret: string; raw_body: string; timestamp_s: number; value: string };
  twilio: { auth_token: string; url: string; params: Record<string, string>; value: string };
};

describe('Retell', () => {
  const { secret, raw_body: rawBody, timestamp_ms: at, value } = vectors.retell;
  const check = (over: Partial<Parameters<typeof verifyRetell>[0]> = {}) =>
    verifyRetell({ rawBody, header: value, apiKey: secret, now: at, ...over });

  it('accepts and makes the published vector', async () => {
    expect(await check()).toBe(true);
    expect(await signRetell(rawBody, secret, at)).toBe(value);
  });
  it('holds for five minutes in both directions and not a millisecond longer', async () => {
    expect(await check({ now: at + SIGNATURE_TOLERANCE_MS })).toBe(true);
    expect(await check({ now: at - SIGNATURE_TOLERANCE_MS })).toBe(true);
    expect(await check({ now: at + SIGNATURE_TOLERANCE_MS + 1 })).toBe(false);
    expect(await check({ now: at - SIGNATURE_TOLERANCE_MS - 1 })).toBe(false);
  });
  it.each([
    ['missing', null],
    ['empty', ''],
    ['without digest', `v=${vectors.retell.timestamp_ms},d=`],
    ['short digest', `v=${vectors.retell.timestamp_ms},d=cd78`],
    ['other timestamp under the same digest', vectors.retell.value.replace('1793181600000', '1793181600001')],
    ['trailing text', `${vectors.retell.value},x=1`],
    ['plain hex as in the older description', vectors.retell.value.slice(-64)],
    ['not hexadecimal', `v=${vectors.retell.timestamp_ms},d=${'z'.repeat(64)}`],
    ['absurdly long', `v=1,d=${'a'.repeat(5_000)}`],
  ])('refuses a header that is %s', async (_, header) => {
    expect(await check({ header })).toBe(false);
  });
  it('refuses another key, an empty key and a body changed by one character', async () => {
    expect(await check({ apiKey: 'key_tesT' })).toBe(false);
    expect(await check({ apiKey: '' })).toBe(false);
    expect(await check({ rawBody: `${rawBody} ` })).toBe(false);
  });
});

describe('Cal.com', () => {
  const { secret, raw_body: rawBody, value } = vectors.calcom;
  it('accepts and makes the published vector, with and without the prefix', async () => {
    expect(await verifyCalcom({ rawBody, header: value, secret })).toBe(true);
    expect(await verifyCalcom({ rawBody, header: `sha256=${value}`, secret })).toBe(true);
    expect(await signCalcom(rawBody, secret)).toBe(value);
  });
  it.each([null, '', 'no-secret-provided', 'sha256=', 'sha256=no-secret-provided', 'deadbeef'])(
    'refuses %j',
    async (header) => {
      expect(await verifyCalcom({ rawBody, header, secret })).toBe(false);
      expect(await verifyCalcom({ rawBody, header, secret: '' })).toBe(false);
      expect(await verifyCalcom({ rawBody, header, secret: 'no-secret-provided' })).toBe(false);
    },
  );
  it('refuses another secret', async () => {
    expect(await verifyCalcom({ rawBody, header: value, secret: 'cal_secre' })).toBe(false);
  });
});

describe('Stripe', () => {
  const { secret, raw_body: rawBody, timestamp_s: at, value } = vectors.stripe;
  const check = (over: Partial<Parameters<typeof verifyStripe>[0]> = {}) =>
    verifyStripe({ rawBody, header: value, secret, now: at * 1000, ...over });
  it('accepts and makes the published vector', async () => {
    expect(await check()).toBe(true);
    expect(await signStripe(rawBody, secret, at * 1000)).toBe(value);
  });
  it('refuses old signatures and lets future ones pass, as Stripe does', async () => {
    expect(await check({ now: at * 1000 + SIGNATURE_TOLERANCE_MS })).toBe(true);
    expect(await check({ now: at * 1000 + SIGNATURE_TOLERANCE_MS + 1 })).toBe(false);
    expect(await check({ now: at * 1000 - 10 * SIGNATURE_TOLERANCE_MS })).toBe(true);
  });
  it('accepts any of several v1 while a secret is rolled, and ignores v0', async () => {
    const good = value.split('v1=')[1] ?? '';
    expect(await check({ header: `t=${at},v1=${'0'.repeat(64)},v1=${good}` })).toBe(true);
    expect(await check({ header: `t=${at},v0=${good}` })).toBe(false);
  });
  it.each([
    null,
    '',
    't=,v1=',
    'v1=00',
    `t=${vectors.stripe.timestamp_s}`,
    `t=${vectors.stripe.timestamp_s},v1=`,
    `t=soon,v1=${'0'.repeat(64)}`,
    'nonsense',
  ])('refuses %j', async (header) => {
    expect(await check({ header })).toBe(false);
  });
  it('refuses another secret, another body and a digest without its time', async () => {
    expect(await check({ secret: `${secret}x` })).toBe(false);
    expect(await check({ rawBody: `${rawBody} ` })).toBe(false);
    expect(await check({ header: value.replace(/t=\d+,/, '') })).toBe(false);
    expect(await check({ header: value.replace(/t=\d+/, `t=${at + 1}`) })).toBe(false);
  });
  it('judges a body that is no event by its signature alone', async () => {
    const now = at * 1000;
    expect(await check({ rawBody: 'no JSON', header: await signStripe('no JSON', secret, now) })).toBe(true);
  });
  it('refuses an empty secret', async () => {
    expect(await check({ secret: '' })).toBe(false);
  });
});

describe('Twilio', () => {
  const { auth_token: authToken, url, value } = vectors.twilio;
  const params = Object.entries(vectors.twilio.params);
  it('accepts and makes the published vector in any order of the fields', async () => {
    expect(await verifyTwilio({ url, params, header: value, authToken })).toBe(true);
    expect(await verifyTwilio({ url, params: [...params].reverse(), header: value, authToken })).toBe(true);
    expect(await signTwilio(url, params, authToken)).toBe(value);
  });
  it('accepts the URL with its default port spelled out, or not', async () => {
    const withPort = url.replace('example.com', 'example.com:443');
    expect(await verifyTwilio({ url: withPort, params, header: value, authToken })).toBe(true);
    const signedWithPort = await signTwilio(withPort, params, authToken);
    expect(await verifyTwilio({ url, params, header: signedWithPort, authToken })).toBe(true);
  });
  it('refuses one more field, another query, another token, an empty token', async () => {
    expect(await verifyTwilio({ url, params: [...params, ['Evil', '1']], header: value, authToken })).toBe(false);
    expect(await verifyTwilio({ url: url.replace('t1', 't2'), params, header: value, authToken })).toBe(false);
    expect(await verifyTwilio({ url, params, header: value, authToken: 'authtoK' })).toBe(false);
    expect(await verifyTwilio({ url, params, header: value, authToken: '' })).toBe(false);
  });
  it('counts a repeated field once per distinct value', async () => {
    const signed = await signTwilio(
      url,
      [
        ['A', '2'],
        ['A', '1'],
        ['A', '2'],
      ],
      authToken,
    );
    expect(signed).toBe(await hmacSha1Base64(authToken, `${url}A1A2`));
  });
});

it('what one side signs the other verifies, for any body and key', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.string({ minLength: 1 }),
      fc.integer({ min: 1e12, max: 4e12 }),
      async (body, key, now) => {
        expect(await verifyRetell({ rawBody: body, header: await signRetell(body, key, now), apiKey: key, now })).toBe(
          true,
        );
        // Stripe's library takes neither a blank secret nor an empty body, whoever signed.
        expect(await verifyStripe({ rawBody: body, header: await signStripe(body, key, now), secret: key, now })).toBe(
          key.trim() !== '' && body !== '',
        );
        expect(await verifyCalcom({ rawBody: body, header: await signCalcom(body, key), secret: key })).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

it('compares texts by content, whatever their lengths', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => constantTimeEqual(a, b) === (a === b)));
  expect(constantTimeEqual('', '')).toBe(true);
  expect(constantTimeEqual('abab', 'ab')).toBe(false);
});

it('never signs with an empty secret', async () => {
  await expect(hmacSha256Hex('', 'x')).rejects.toThrow(/must not be empty/);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createApiClient, withQuery } from './api-client.ts';
import { mergeHeads } from './heads.ts';

function scripted(...answers: { status?: number; body?: unknown; headers?: Record<string, string> }[]) {
  const requests: { path: string; headers: Headers; method: string }[] = [];
  let signedOut = 0;
  const api = createApiClient({
    language: () => 'de',
    onSignedOut: () => {
      signedOut += 1;
    },
    fetch: async (input, init) => {
      requests.push({ path: String(input), headers: new Headers(init?.headers), method: init?.method ?? 'GET' });
      const answer = answers.shift();
      if (!answer) throw new TypeError('network down');
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
      return new Response(text, { status: answer.status ?? 200, headers: answer.headers ?? {} });
    },
  });
  return { api, requests, signedOut: () => signedOut };
}

describe('the client', () => {
  it('names the version that a change was made over', async () => {
    const { api, requests } = scripted({}, {});
    await api.patch('/a', {}, 'key', 7);
    await api.patch('/a', {});
    expect(requests.map((r) => r.headers.get('if-match'))).toEqual(['"7"', null]);
  });

  it('sends back the furthest head it was told', async () => {
    const { api, requests } = scripted(
      { headers: { 'x-askpro-head': 'calendar:1.9' } },
      { headers: { 'x-askpro-head': 'ledger:1.4,calendar:1.7' } },
      {},
    );
    await api.post('/a', {});
    await api.get('/b');
    await api.get('/c');
    expect(requests.map((r) => r.headers.get('x-askpro-min'))).toEqual([
      null,
      'calendar:1.9',
      'calendar:1.9,ledger:1.4',
    ]);
  });

  it('turns a refusal into a value with its number', async () => {
    const { api } = scripted({
      status: 409,
      body: {
        success: false,
        error: { code: 'APPOINTMENT_CONFLICT', message: 'belegt', details: { alternatives: [] }, request_id: 'req_1' },
      },
    });
    const answer = await api.patch('/x', {});
    expect(answer).toMatchObject({
      ok: false,
      fault: { code: 'APPOINTMENT_CONFLICT', status: 409, requestId: 'req_1', details: { alternatives: [] } },
    });
  });

  it('survives answers that are no JSON and no answer at all', async () => {
    const { api } = scripted({ status: 502, body: '<html>' });
    expect(await api.get('/x')).toMatchObject({ ok: false, fault: { code: 'HTTP_502' } });
    expect(await api.get('/x')).toMatchObject({ ok: false, fault: { code: 'NETWORK', status: 0 } });
  });

  it('tells that the session is gone, but not for a wrong password', async () => {
    const { api, signedOut } = scripted(
      { status: 401, body: { error: { code: 'INVALID_CREDENTIALS' } } },
      { status: 401, body: { error: { code: 'UNAUTHENTICATED' } } },
    );
    await api.post('/api/auth/sign-in/email', {});
    expect(signedOut()).toBe(0);
    await api.get('/api/me');
    expect(signedOut()).toBe(1);
  });

  it('reads how long a lock-out lasts from body or header', async () => {
    const { api } = scripted(
      { status: 429, body: { error: { code: 'RATE_LIMITED', retry_after: 90 } } },
      { status: 429, body: {}, headers: { 'retry-after': '30' } },
    );
    expect(await api.get('/x')).toMatchObject({ fault: { retryAfterSeconds: 90 } });
    expect(await api.get('/x')).toMatchObject({ fault: { retryAfterSeconds: 30 } });
  });

  it('leaves out what has no value', () => {
    expect(withQuery('/x', { a: 1, b: null, c: undefined, d: '', e: false })).toBe('/x?a=1&e=false');
  });
});

describe('heads', () => {
  it('prefers the later epoch over the larger sequence', () => {
    expect(mergeHeads('ledger:1.500', 'ledger:2.3')).toBe('ledger:2.3');
    expect(mergeHeads('ledger:2.3', 'ledger:1.500')).toBe('ledger:2.3');
  });

  it('drops what it cannot read', () => {
    expect(mergeHeads('', 'nonsense, ledger:x.1,calendar:1.2')).toBe('calendar:1.2');
  });

  it('is the same in any order', () => {
    const head = fc
      .record({ name: fc.constantFrom('ledger', 'calendar'), epoch: fc.nat(3), sequence: fc.nat(20) })
      .map((h) => `${h.name}:${h.epoch}.${h.sequence}`);
    const sorted = (text: string): string => text.split(',').sort().join(',');
    fc.assert(
      fc.property(fc.array(head, { maxLength: 6 }), (heads) => {
        const there = heads.reduce(mergeHeads, '');
        const back = [...heads].reverse().reduce(mergeHeads, '');
        expect(sorted(there)).toBe(sorted(back));
      }),
    );
  });
});

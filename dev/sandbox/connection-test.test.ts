/** Connection tests against the stand-ins of all vendors: what each says to a good credential, to a wrong one, and when it is away. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Probe, probeVendor } from '../../workers/integrations/connection-test.ts';
import { nodeConnect } from './node-sockets.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { DEMO_SECRETS } from './settings.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({
    port: 0,
    askproBaseUrl: 'http://127.0.0.1:9',
    smtp: { credentials: { username: 'post', password: 'geheim-geheim' } },
  });
});
afterEach(() => sandbox.close());

const timeoutMs = 1_000;
const over = (vendor: string) => ({ baseUrl: `${sandbox.url}/${vendor}`, timeoutMs });
const probes = (): Record<'good' | 'wrong', Probe[]> => {
  const relay = { vendor: 'smtp', host: '127.0.0.1', port: sandbox.smtpPort, security: 'none', timeoutMs } as const;
  const smtp = { ...relay, connect: nodeConnect, username: 'post' };
  const accountSid = DEMO_SECRETS.twilioAccountSid;
  return {
    good: [
      { ...over('calcom'), vendor: 'calcom', key: DEMO_SECRETS.calcomApiKey },
      { ...over('retell'), vendor: 'retell', key: DEMO_SECRETS.retellApiKey },
      { ...over('stripe'), vendor: 'stripe', key: DEMO_SECRETS.stripeSecretKey },
      { ...over('twilio'), vendor: 'twilio', key: DEMO_SECRETS.twilioAuthToken, accountSid },
      { ...smtp, password: 'geheim-geheim' },
    ],
    wrong: [
      { ...over('calcom'), vendor: 'calcom', key: 'cal_live_wrong_and_long' },
      { ...over('retell'), vendor: 'retell', key: 'key_wrong_and_long' },
      { ...over('stripe'), vendor: 'stripe', key: 'sk_test_wrong_and_long' },
      { ...over('twilio'), vendor: 'twilio', key: 'token_wrong_and_long', accountSid },
      { ...smtp, password: 'falsch-falsch' },
    ],
  };
};

describe('a connection test', () => {
  it('is well with the credential that the vendor knows, and says whose account it is', async () => {
    const answers = await Promise.all(probes().good.map(probeVendor));
    expect(answers.map(({ fault }) => fault)).toEqual([null, null, null, null, null]);
    expect(answers.map(({ account }) => account)).toMatchObject([
      'salon, salon@cal.example',
      null,
      'test',
      'Salon',
      expect.any(String),
    ]);
  });

  it('says that the vendor refused a wrong one, in words without a part of it', async () => {
    const wrong = probes().wrong;
    const answers = await Promise.all(wrong.map(probeVendor));
    expect(answers.map(({ fault }) => fault)).toEqual(Array(5).fill('key_refused'));
    for (const [n, { said }] of answers.entries()) {
      const secret = wrong[n]?.vendor === 'smtp' ? 'falsch-falsch' : (wrong[n] as { key: string }).key;
      for (let i = 0; i + 8 <= secret.length; i++) expect(said ?? '').not.toContain(secret.slice(i, i + 8));
    }
    expect(answers[0]?.said).toBe('ApiAuthStrategy - api key - Your api key is not valid');
  });

  it('tells an address that is no vendor’s, and one where nobody answers, apart', async () => {
    const [calcom] = probes().good;
    if (calcom?.vendor !== 'calcom') throw new Error('no probe');
    expect(await probeVendor({ ...calcom, baseUrl: `${sandbox.url}/nowhere` })).toMatchObject({
      fault: 'unknown_account',
    });
    expect(await probeVendor({ ...calcom, baseUrl: 'http://127.0.0.1:9' })).toMatchObject({ fault: 'unreachable' });
    const pages = async () => new Response('<html>willkommen</html>', { headers: { 'content-type': 'text/html' } });
    expect(await probeVendor({ ...calcom, fetch: pages })).toMatchObject({ fault: 'bad_address', said: null });
  });

  it('repeats no more of a body than its sentence, and none of the secret that stands in it', async () => {
    const key = 'cal_live_0123456789abcdef';
    const body = { inside: 'metadata of a network', error: { message: `key ${key} of\u202e x is wrong` } };
    const answers = async () => Response.json(body, { status: 403 });
    const { said } = await probeVendor({ vendor: 'calcom', baseUrl: 'https://x.example', key, fetch: answers });
    expect(said).toMatch(/^key …+.* of x is wrong$/);
    expect(said).not.toContain('89abcdef');
  });
});

/** New passwords against the list of those known from leaks: what is asked, what a refusal says, and that a list that is away refuses nobody. */
import { createHash } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { platformOf } from '../env.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { passwordRefusal } from './new-password.ts';

const platform = platformOf({ ...env, PWNED_API_BASE: 'https://leaks.test' });
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex').toUpperCase();
const PASSWORD = 'drei Hunde im Regen';
const REFUSED = { ok: false, error: { code: 'VALIDATION_ERROR', errors: { password: ['known from leaks'] } } };

afterEach(() => void vi.restoreAllMocks());

function list(answer: (url: string) => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    asked.push({ url, init });
    return answer(url);
  });
  return asked;
}
const knows = (password: string, count = 3) => `${sha1(password).slice(5)}:${count}`;
const OTHERS = `${'0'.repeat(35)}:12\r\n${'F'.repeat(35)}:0`;

it('five digits of a hash go out, and one that is known is refused', async () => {
  const asked = list(() => new Response(`${OTHERS}\r\n${knows(PASSWORD)}`));
  expect(await passwordRefusal(platform, PASSWORD, [])).toEqual(REFUSED);
  expect(asked.map(({ url }) => url)).toEqual([`https://leaks.test/range/${sha1(PASSWORD).slice(0, 5)}`]);
  expect(JSON.stringify(asked)).not.toContain(sha1(PASSWORD).slice(5));
  expect(asked[0]?.init).not.toHaveProperty('body');
  expect(new Headers(asked[0]?.init?.headers).get('add-padding')).toBe('true');
});

it('one that is not on the list, or only as padding, is taken', async () => {
  list(() => new Response(OTHERS));
  expect(await passwordRefusal(platform, PASSWORD, [])).toBeNull();
  vi.restoreAllMocks();
  list(() => new Response(`${OTHERS}\r\n${knows(PASSWORD, 0)}\r\n`));
  expect(await passwordRefusal(platform, PASSWORD, [])).toBeNull();
});

it('what is refused without the list is not asked about', async () => {
  const asked = list(() => new Response(OTHERS));
  for (const password of ['kurz', 'Passwort!2026', 'x'.repeat(300)])
    expect(await passwordRefusal(platform, password, [])).toMatchObject({ ok: false });
  expect(asked).toEqual([]);
});

it.each([
  ['fails', () => new Response('busy', { status: 503 })],
  ['is not reached', () => Promise.reject(new TypeError('network'))],
  ['is somebody else’s page', () => new Response('<html>Sign in to the hotel</html>')],
])('a list that %s refuses nothing and leaves a line', async (_, answer) => {
  const lines = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  list(answer);
  expect(await passwordRefusal(platform, PASSWORD, [])).toBeNull();
  expect(lines.mock.calls.flat().join('\n')).toContain('leaked_passwords_unknown');
  expect(lines.mock.calls.flat().join('\n')).not.toContain(PASSWORD);
});

it('nobody waits longer than a moment for it', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(globalThis, 'fetch').mockImplementation(
    (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  );
  const from = performance.now();
  expect(await passwordRefusal(platform, PASSWORD, [])).toBeNull();
  expect(performance.now() - from).toBeLessThan(5_000);
});

it('is not asked once the operator has switched it off', async () => {
  const operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  const change = (breached_passwords: boolean) =>
    askApi(operator.apiKey, 'PATCH', '/api/v1/settings', { body: { breached_passwords } });
  expect((await change(false)).status).toBe(200);
  try {
    const asked = list(() => new Response(knows(PASSWORD)));
    expect(await passwordRefusal(platform, PASSWORD, [unique('x')])).toBeNull();
    expect(asked).toEqual([]);
  } finally {
    vi.restoreAllMocks();
    expect((await change(true)).status).toBe(200);
  }
  list(() => new Response(knows(PASSWORD)));
  expect(await passwordRefusal(platform, PASSWORD, [])).toEqual(REFUSED);
});

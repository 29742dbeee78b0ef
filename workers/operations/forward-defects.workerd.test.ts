/** Defects told to a collector by the cron: from when it was set, once each, later when it was away; the address never shown again. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { asInstant, processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { env, PLATFORM, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { signIn } from '../../tests/contract/requests.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { integrationOf } from '../storage/platform-db.ts';
import { forwardMark } from '../storage/queries/watch.ts';
import { PLATFORM_CREDENTIALS } from '../tenancy/credentials.ts';
import { forwardDefects } from './forward-defects.ts';

const platform = platformOf(env);
const PATH = '/api/v1/defect-forwarding';
/** Answers by the collector; null: it is away. */
let answers: () => number | null = () => 200;
let got: { url: string; text: string }[] = [];
beforeEach(() => {
  got = [];
  answers = () => 200;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const status = answers();
    if (status === null) throw new TypeError('away');
    got.push({ url: String(input instanceof Request ? input.url : input), text: String(init?.body) });
    return new Response('{}', { status });
  });
});
afterEach(() => vi.restoreAllMocks());

async function defect(lastSeenAt: number): Promise<string> {
  const id = newId('defect', lastSeenAt);
  await env.DB.prepare(
    `INSERT INTO defects (id, event, message, frames, fields, count, first_seen_at, last_seen_at, opened_at, state)
     VALUES (?1, 'request_failed', 'Error: no slot', '[]', '{"tenant_id":"ten_secret"}', 1, ?2, ?2, ?2, 'open')`,
  )
    .bind(id, lastSeenAt)
    .run();
  return id;
}
const told = (): string[] => got.map(({ text }) => JSON.parse(text.split('\n')[2] ?? '{}').fingerprint[0] as string);

it('is set by the operator, never answered, told from then on, tried again, bounded, and ended', async () => {
  const operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  const cookie = await signIn(operator);
  const key = unique('sentrykey').replaceAll('_', '');
  const dsn = `https://${key}@errors.example.org/42`;
  const ask = async (method: string, path: string, body?: unknown) => {
    const context = createExecutionContext();
    const response = await app.fetch(
      new Request(`${PLATFORM}${path}`, {
        method,
        headers: { Cookie: cookie, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      env,
      context,
    );
    await waitOnExecutionContext(context);
    const text = await response.text();
    // biome-ignore lint/suspicious/noExplicitAny: asserted member by member
    return { status: response.status, text, data: (JSON.parse(text) as any).data };
  };
  // The generated tests of all routes may have set it before, in the same runtime.
  await ask('DELETE', PATH);
  let now: number = processNow();
  expect(await forwardDefects(platform, asInstant(now))).toEqual({ sent: 0 });
  const before = await defect(now - 1_000);
  expect((await ask('PUT', PATH, { dsn: 'https://errors.example.org/42' })).status).toBe(422);
  const set = await ask('PUT', PATH, { dsn });
  expect(set.status, set.text).toBe(200);
  expect(set.data).toMatchObject({ is_set: true, host: 'errors.example.org', project: '42', last: null });
  const row = await integrationOf(platform, PLATFORM_CREDENTIALS, 'sentry');
  expect(row?.sealedApiKey).toMatch(/^v\d+\./);
  expect(JSON.stringify([row, set.text, (await ask('GET', PATH)).text])).not.toContain(key);

  now = processNow() + 10_000;
  const first = await defect(now - 2_000);
  const second = await defect(now - 1_000);
  answers = () => null;
  expect(await forwardDefects(platform, asInstant(now))).toEqual({ sent: 0 });
  expect((await ask('GET', PATH)).data.last).toMatchObject({ ok: false, fault: 'unreachable' });
  answers = () => 200;
  expect(await forwardDefects(platform, asInstant(now))).toEqual({ sent: 2 });
  expect(told()).toEqual([first, second]);
  expect(told()).not.toContain(before);
  expect(got[0]?.url).toBe('https://errors.example.org/api/42/envelope/');
  // Neither whose it was nor what else stood beside it.
  expect(got.map(({ text }) => text).join()).not.toContain('ten_secret');
  expect(await forwardDefects(platform, asInstant(now + 1))).toEqual({ sent: 0 });
  // Seen again it is another event of the same group.
  const eventIds = (): string[] => got.map(({ text }) => JSON.parse(text.split('\n')[0] ?? '{}').event_id as string);
  await env.DB.prepare('UPDATE defects SET last_seen_at = ?2 WHERE id = ?1')
    .bind(second, now + 500)
    .run();
  expect(await forwardDefects(platform, asInstant(now + 1_000))).toEqual({ sent: 1 });
  expect(told()).toEqual([first, second, second]);
  expect(new Set(eventIds()).size).toBe(3);

  // What the collector refuses does not hold up the others; the rest of a flood waits for the next run.
  got = [];
  now += 60_000;
  for (let n = 0; n < 25; n++) await defect(now - 25 + n);
  let asked = 0;
  answers = () => (asked++ === 0 ? 400 : 200);
  expect(await forwardDefects(platform, asInstant(now))).toEqual({ sent: 19 });
  expect(await forwardDefects(platform, asInstant(now))).toEqual({ sent: 5 });
  expect(new Set(told()).size).toBe(25);
  expect(await forwardMark(platform)).toBe(now - 1);

  answers = () => 200;
  const test = await ask('POST', `${PATH}/test`, {});
  expect(test.data.last).toMatchObject({ ok: true, fault: null });
  const business = await seedTenant();
  expect((await askApi(business.apiKey, 'GET', PATH)).status).toBe(403);
  expect((await ask('DELETE', PATH)).data).toMatchObject({ is_set: false, host: null });
  await defect(now + 1_000);
  got = [];
  expect(await forwardDefects(platform, asInstant(now + 2_000))).toEqual({ sent: 0 });
  expect(got).toEqual([]);
});

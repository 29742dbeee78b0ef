/** Usage events from a request to a charge and files in the archive: each once, whatever is killed in between. */
import { env, evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { rewind, snapshot } from '../../tests/objects/rewind.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { asMicros } from '../../shared/money.ts';
import { DAY, dateOf, toIso } from '../../shared/time.ts';
import { platformOf } from '../env.ts';
import type { TenantLedger } from '../ledger/ledger-object.ts';
import { defaultTerms, EMPTY_PLAN } from '../ledger/rules/terms.ts';
import { reconcile, restoreObject } from '../projection/rebuild.ts';
import type { UsageFiles } from '../storage/usage-files.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { finishUsage, recordUsage, type UsageInput } from './commands/record-usage.ts';
import { finishLeftUsage, RAW_DAYS, removeOldUsage } from './jobs.ts';
import { usageEventPage } from './queries/usage-events.ts';

const PATH = '/api/v2/usage-events';
const ZONE = 'Europe/Berlin';
const TERMS = defaultTerms({
  ...EMPTY_PLAN,
  unitPrices: { api_call: { includedScaled: 0, priceMicros: asMicros(3_333) } },
});

let tenant: SeededTenant;
let scope: TenantScope;
beforeEach(async () => {
  tenant = await seedTenant();
  scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
  await scope.ledger.putTerms({ key: 'terms', terms: TERMS });
});
const today = () => dateOf(processNow(), ZONE);
const ask = (body: unknown, key = tenant.apiKey) => askApi(key, 'POST', PATH, { body });
const keysIn = async (prefix: string): Promise<string[]> => {
  const { objects } = await env.ARCHIVE.list({ prefix: `${prefix}/${tenant.tenantId}/` });
  return objects.map(({ key }) => key);
};
const many = (count: number, name = 'e'): UsageInput[] =>
  Array.from({ length: count }, (_, n) => ({ key: `${name}${n}`, eventType: 'api_call', quantity: 1 }));
async function used(): Promise<[type: string, count: number, posted: number][]> {
  const { result } = await scope.ledger.usage();
  if (!result.ok) throw new Error(result.error.code);
  return result.value.lines.map(({ eventType, count, postedMicros }) => [eventType, count, postedMicros]);
}

describe('POST /api/v2/usage-events', () => {
  it('records one event, once, and shows it on its day', async () => {
    const one = {
      event_type: 'ai_query',
      quantity: 1.5,
      idempotency_key: 'job-1',
      metadata: { operation: 'call_analysis', tokens: 812, model: 'gpt-5.1' },
    };
    const first = await ask(one);
    expect([first.status, first.body]).toMatchObject([202, { accepted: 1, results: [{ status: 'accepted' }] }]);
    expect(first.headers.get('X-Askpro-Head')).toMatch(/^ledger:/);
    const again = await ask(one);
    expect([again.status, again.body]).toMatchObject([207, { duplicates: 1, results: [{ status: 'duplicate' }] }]);
    const other = await ask({ ...one, quantity: 2 });
    expect([other.status, other.body.results[0]]).toMatchObject([
      207,
      { status: 'rejected', error: { code: 'IDEMPOTENCY_MISMATCH' } },
    ]);
    const list = await askApi(tenant.apiKey, 'GET', `${PATH}?event_type=ai_query&date=${today()}`);
    expect(list.body.data).toEqual([{ ...one, occurred_at: expect.stringMatching(/Z$/) as unknown }]);
    expect(await keysIn('usage-inbox')).toEqual([]);
    expect(await used()).toEqual([['ai_query', 1, 0]]);
  });

  it('answers each of a batch by itself, with a thousand of them', async () => {
    const events = Array.from({ length: 1_000 }, (_, n) => ({
      event_type: 'api_call',
      quantity: 1,
      idempotency_key: `k${n % 998}`,
      ...(n === 7 ? { occurred_at: toIso(processNow() + 2 * DAY) } : {}),
      ...(n === 8 ? { occurred_at: '2020-01-01T00:00:00Z' } : {}),
    }));
    const { status, body } = await ask({ events });
    expect([status, body.accepted, body.duplicates, body.rejected]).toEqual([207, 996, 2, 2]);
    expect([7, 8].map((n) => body.results[n].error.code)).toEqual(['IN_FUTURE', 'TOO_OLD']);
    // 996 × 0.003333
    expect(await used()).toEqual([['api_call', 996, 3_310_000]]);
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM feed WHERE tenant_id = ?1 AND command LIKE '%usage:%'")
      .bind(tenant.tenantId)
      .first<{ n: number }>();
    expect(rows?.n ?? 0).toBeLessThanOrEqual(1);
  });

  it.each<[string, unknown]>([
    ['a price', { event_type: 'sms', quantity: 1, idempotency_key: 'a', unit_price: 0 }],
    ['a type of its own', { event_type: 'minutes', quantity: 1, idempotency_key: 'a' }],
    ['five decimals', { event_type: 'sms', quantity: 1.00001, idempotency_key: 'a' }],
    ['less than nothing', { event_type: 'sms', quantity: -1, idempotency_key: 'a' }],
    ['too much', { event_type: 'sms', quantity: 1_000_001, idempotency_key: 'a' }],
    ['no key', { event_type: 'sms', quantity: 1 }],
    ['metadata of another type', { event_type: 'sms', quantity: 1, idempotency_key: 'a', metadata: { tokens: 1 } }],
    ['a name', { event_type: 'ai_query', quantity: 1, idempotency_key: 'a', metadata: { operation: 'Erika Muster' } }],
    [
      'a phone number',
      { event_type: 'sms', quantity: 1, idempotency_key: 'a', metadata: { message_id: '4930123456' } },
    ],
    ['metadata of nobody', { event_type: 'sms', quantity: 1, idempotency_key: 'a', metadata: { to: 'Erika' } }],
    ['no event', { events: [] }],
    [
      'more than a thousand',
      {
        events: Array.from({ length: 1_001 }, (_, n) => ({ event_type: 'sms', quantity: 1, idempotency_key: `${n}` })),
      },
    ],
    ['a wall clock', { event_type: 'sms', quantity: 1, idempotency_key: 'a', occurred_at: '2026-11-20T10:00' }],
  ])('refuses %s, and takes nothing', async (_, body) => {
    expect((await ask(body)).status).toBe(422);
    expect(await keysIn('usage-inbox')).toEqual([]);
    expect(await used()).toEqual([]);
  });

  it('refuses a company that is not the tenant’s, more than 50 pairs of type and day, and whoever has no permission', async () => {
    const foreign = { event_type: 'sms', quantity: 1, idempotency_key: 'a', company_id: 'com_0k2m4c7d9example0001' };
    expect((await ask(foreign)).status).toBe(404);
    const days = Array.from({ length: 53 }, (_, n) => ({
      event_type: 'sms',
      quantity: 1,
      idempotency_key: `d${n}`,
      occurred_at: toIso(processNow() - n * DAY),
    }));
    expect((await ask({ events: days })).status).toBe(422);
    expect((await askApi('ask_test_unknown', 'POST', PATH, { body: foreign })).status).toBe(401);
    expect(await keysIn('usage-inbox')).toEqual([]);
  });

  it('says nothing is there where no plan was chosen', async () => {
    const other = await seedTenant();
    const { status } = await ask({ event_type: 'sms', quantity: 1, idempotency_key: 'a' }, other.apiKey);
    expect(status).toBe(404);
  });
});

describe('a day’s events', () => {
  it('are listed page by page over files of one and of many, and exported whole', async () => {
    await recordUsage(scope, many(1, 'a'));
    await recordUsage(scope, many(30, 'b'));
    for (let n = 0; n < 12; n++) await recordUsage(scope, many(1, `c${n}-`));
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 20; pages++) {
      const { body } = await askApi(
        tenant.apiKey,
        'GET',
        `${PATH}?event_type=api_call&date=${today()}&limit=7${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.data.map((one: { idempotency_key: string }) => one.idempotency_key));
      if (!body.meta.has_more) break;
      cursor = body.meta.next_cursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([43, 43]);
    const csv = await askApi(tenant.apiKey, 'GET', `${PATH}/export?event_type=api_call&date=${today()}`);
    const lines = csv.text.trimEnd().split('\r\n');
    expect([csv.headers.get('Content-Type'), lines.length]).toEqual(['text/csv; charset=UTF-8', 44]);
    expect(lines[0]).toBe('"idempotency_key","quantity","occurred_at","company_id","operation","status","request_id"');
    const ndjson = await askApi(
      tenant.apiKey,
      'GET',
      `${PATH}/export?event_type=api_call&date=${today()}&format=ndjson`,
    );
    expect(ndjson.text.trimEnd().split('\n')).toHaveLength(43);
    const none = await askApi(tenant.apiKey, 'GET', `${PATH}?event_type=sms&date=${today()}`);
    expect(none.body).toEqual({ success: true, data: [], meta: { next_cursor: null, has_more: false } });
    const other = await seedTenant();
    expect((await askApi(other.apiKey, 'GET', `${PATH}?event_type=api_call&date=${today()}`)).body.data).toEqual([]);
  });

  it('lie under the day of the tenant’s clock', async () => {
    // A quarter past midnight in Berlin, the day before in UTC.
    const before = asInstant(Date.parse(`${today()}T00:15:00+01:00`) - DAY);
    await recordUsage(scope, [{ key: 'night', eventType: 'sms', quantity: 1, occurredAt: before }]);
    const [key] = await keysIn('usage');
    expect(key).toContain(`/sms/${dateOf(before, ZONE)}/`);
  });

  it('go after 13 months', async () => {
    const old = dateOf(processNow() - (RAW_DAYS + 5) * DAY, 'UTC');
    const kept = dateOf(processNow() - (RAW_DAYS - 5) * DAY, 'UTC');
    for (const day of [old, kept]) await (await scope.usageFiles()).file(`sms/${day}`, 'b', []);
    expect(await removeOldUsage(scope, processNow())).toBe(1);
    expect(await keysIn('usage')).toEqual([expect.stringContaining(`/sms/${kept}/`)]);
  });
});

describe('killed in between', () => {
  const DEAD = new Error('killed');
  const die = (): never => {
    throw DEAD;
  };
  /** The scope as it is when the process dies at this step; `after`: what the step does has happened. */
  async function dying(step: 'receive' | 'charge' | 'file' | 'forget', after: boolean): Promise<TenantScope> {
    const { ledger } = scope;
    const usageFiles = await scope.usageFiles();
    const dead =
      <A extends unknown[]>(work: (...asked: A) => Promise<unknown>) =>
      async (...asked: A): Promise<never> => {
        if (after) await work(...asked);
        return die();
      };
    const files = new Proxy(usageFiles, {
      get: (target, name) => {
        const own: unknown = target[name as keyof UsageFiles];
        // Whoever awaits it asks for `then`.
        if (typeof own !== 'function') return own;
        const bound = own.bind(target) as (...asked: unknown[]) => Promise<unknown>;
        return name === step ? dead(bound) : bound;
      },
    });
    const port =
      step === 'charge'
        ? { ...ledger, chargeUsageBatch: dead(ledger.chargeUsageBatch) as typeof ledger.chargeUsageBatch }
        : ledger;
    return { ...scope, usageFiles: async () => files, ledger: port };
  }

  it.each([
    ['receive', false],
    ['receive', true],
    ['charge', false],
    ['charge', true],
    ['file', false],
    ['file', true],
    ['forget', false],
    ['forget', true],
  ] as const)(
    'at %s (done: %s), and finished by the cron: each event is charged and filed once',
    async (step, after) => {
      await recordUsage(scope, many(3, 'before'));
      const events = [...many(40), ...many(2, 'before')];
      await expect(recordUsage(await dying(step, after), events)).rejects.toBe(DEAD);
      const waits = await keysIn('usage-inbox');
      expect(waits).toHaveLength((step === 'receive' && !after) || (step === 'forget' && after) ? 0 : 1);
      // Nothing younger than a minute is taken from whoever may still be at work.
      expect(await finishLeftUsage(platformOf(env))).toMatchObject({ finished: 0 });
      await finishLeftUsage(platformOf(env), asInstant(Date.now() + 120_000));
      expect(await keysIn('usage-inbox')).toEqual([]);
      // Whoever had no answer sends it again.
      const again = await recordUsage(scope, events);
      const isLost = step === 'receive' && !after;
      expect(again.ok && again.value.results.filter((one) => one.status === 'accepted').length).toBe(isLost ? 40 : 0);
      expect(await used()).toEqual([['api_call', 43, 140_000]]);
      const page = await usageEventPage(scope, { eventType: 'api_call', date: today(), limit: 100 });
      const shown = page.ok ? page.value.shown.map((one) => one.idempotency_key) : [];
      expect([shown.length, new Set(shown).size]).toEqual([43, 43]);
    },
  );

  it('nothing is filed twice where two finish it at once', async () => {
    await expect(recordUsage(await dying('file', false), many(5))).rejects.toBe(DEAD);
    const batch = (await keysIn('usage-inbox'))[0]?.split('/')[2] ?? '';
    await Promise.all([finishUsage(scope, batch), finishUsage(scope, batch)]);
    expect([await keysIn('usage-inbox'), (await keysIn('usage')).length]).toEqual([[], 1]);
    expect(await used()).toEqual([['api_call', 5, 10_000]]);
  });
});

it('a restored ledger charges the batches of its lost tail again, from the archive', async () => {
  const stub = env.LEDGER.get(env.LEDGER.idFromName(tenant.tenantId)) as DurableObjectStub<TenantLedger>;
  await recordUsage(scope, many(10, 'kept'));
  await stub.drain();
  const old = await runInDurableObject(stub, (_, state) => snapshot(state.storage.sql));
  await recordUsage(scope, [...many(100, 'lost'), ...many(2, 'kept')]);
  await stub.drain();
  const [before, head] = [await used(), await stub.balance()];
  await runInDurableObject(stub, (_, state) => rewind(state.storage, old));
  await evictDurableObject(stub);
  const report = await restoreObject(platformOf(env), tenant.tenantId, 'ledger');
  expect(report.refused).toEqual([]);
  expect(await used()).toEqual(before);
  expect((await scope.ledger.balance()).result).toEqual(head.result);
  expect((await scope.ledger.verify({ full: true })).result).toMatchObject({ ok: true, value: { ok: true } });
  expect(await reconcile(platformOf(env), tenant.tenantId, 'ledger')).toMatchObject({ ok: true, differences: [] });
  const again = await recordUsage(scope, many(100, 'lost'));
  expect(again.ok && again.value.results.every((one) => one.status === 'duplicate')).toBe(true);
});

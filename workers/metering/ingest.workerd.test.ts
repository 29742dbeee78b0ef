/**
 * What ingest costs: batches beside single commands, interleaved in one run; how much the object grows an event; what D1 and the feed see. A few
 * batches in `npm test`, where only what cannot depend on the machine is judged; all of it in `npm run prove usage-ingest`.
 */
import { env, runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import { runsOf, seedOf } from '../../tests/counts.ts';
import { seedTenant } from '../../tests/contract/tenants.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { asMicros } from '../../shared/money.ts';
import { EVENT_TYPES } from '../../shared/usage-events.ts';
import { platformOf } from '../env.ts';
import { defaultTerms, EMPTY_PLAN } from '../ledger/rules/terms.ts';
import type { MeteredEvent } from '../ledger/types.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { openTenant } from '../tenancy/scope.ts';
import { recordUsage, type UsageInput } from './commands/record-usage.ts';

const BATCH = 1_000;
/** Single commands of a round, so many side by side. */
const SINGLES = 300;
const AT_ONCE = 50;
const HOUR = 3_600_000;

const median = (figures: readonly number[]): number => [...figures].sort((a, b) => a - b)[figures.length >> 1] ?? 0;

it('batches beside single commands', async () => {
  const rounds = runsOf('usage-ingest', env);
  const seed = seedOf(20_261_123, env);
  const now = processNow();
  const plan = { ...EMPTY_PLAN, unitPrices: { api_call: { includedScaled: 0, priceMicros: asMicros(10_000) } } };
  const opened = async () => {
    const { tenantId } = await seedTenant();
    const scope = openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' }, { now });
    await scope.ledger.putTerms({ key: 'terms', terms: defaultTerms(plan) });
    return scope;
  };
  const [single, batched, whole] = await Promise.all([opened(), opened(), opened()]);
  const bytes = (): Promise<number> =>
    runInDurableObject(
      env.LEDGER.get(env.LEDGER.idFromName(batched.tenantId)),
      (_, { storage }) => storage.sql.databaseSize,
    );
  const timed = async (events: number, work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return (events * 1_000) / (performance.now() - began);
  };
  const eventOf = (round: number, n: number): MeteredEvent => ({
    key: sha256Hex(`${seed}:${round}:${n}`).slice(0, 32),
    body: sha256Hex(`${n}`).slice(0, 16),
    eventType: n % 4 === 0 ? (EVENT_TYPES[n % EVENT_TYPES.length] ?? 'sms') : 'api_call',
    quantityScaled: 10_000,
    occurredAt: asInstant(now - ((round * 7 + n) % 48) * HOUR),
  });
  const charge = async (round: number, events: readonly MeteredEvent[], name = 'b') => {
    const batch = `${name}${round}`;
    const { result } = await batched.ledger.chargeUsageBatch({
      key: `usage:${batch}`,
      batch,
      folders: ['api_call/2026-11-23', 'api_call/2026-11-22'],
      events,
    });
    if (!result.ok) throw new Error(result.error.code);
    return result.value.results;
  };

  // A warm start for all of them, and the pages that an empty file lacks.
  await charge(-1, [eventOf(-1, 0)]);
  const before = await bytes();
  const rates: { single: number; batch: number; whole: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const events = Array.from({ length: BATCH }, (_, n) => eventOf(round, n));
    const inputs = events.map(
      ({ key, eventType, occurredAt }): UsageInput => ({ key, eventType, quantity: 1, occurredAt }),
    );
    const singles = async (): Promise<void> => {
      for (let n = 0; n < SINGLES; n += AT_ONCE)
        await Promise.all(
          events
            .slice(n, n + AT_ONCE)
            .map(({ key, eventType, quantityScaled, occurredAt }) =>
              single.ledger.chargeUsage({ key: `usage:${key}`, eventType, quantityScaled, occurredAt }),
            ),
        );
    };
    rates.push({
      single: await timed(SINGLES, singles),
      batch: await timed(BATCH, () => charge(round, events)),
      whole: await timed(BATCH, () => recordUsage(whole, inputs)),
    });
  }
  const grown = ((await bytes()) - before) / (rounds * BATCH);

  // Every event again, in other batches.
  let duplicates = 0;
  for (let round = 0; round < rounds; round++) {
    const again = Array.from({ length: BATCH }, (_, n) => eventOf((round + (n % 2)) % rounds, n));
    duplicates += (await charge(round, again, 'again')).filter(({ status }) => status === 'duplicate').length;
  }
  await batched.ledger.flush(10_000);
  const counted = async (table: 'feed' | 'ledger_entries' | 'usage_lines'): Promise<number> =>
    (await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = ?1`)
      .bind(batched.tenantId)
      .first<number>('n')) ?? 0;
  const [feed, lines] = [await counted('feed'), await counted('usage_lines')];
  const rate = {
    single: median(rates.map((one) => one.single)),
    batch: median(rates.map((one) => one.batch)),
    whole: median(rates.map((one) => one.whole)),
  };
  console.log(
    `usage-ingest: seed ${seed}, ${rounds * BATCH} events, ${rate.single.toFixed(0)} single commands a second, ${rate.batch.toFixed(0)} events a second in batches, ${rate.whole.toFixed(0)} with their files, ${grown.toFixed(1)} bytes an event, ${duplicates} duplicates, ${feed} rows of the feed, ${lines} of price lines`,
  );
  expect(duplicates).toBe(rounds * BATCH);
  // Terms are two events; a batch is one or, where the balance crosses a threshold, two.
  expect(feed).toBeLessThanOrEqual(2 * (rounds + 1) + 3);
  expect(lines).toBeLessThanOrEqual(EVENT_TYPES.length);
  expect(rate.batch).toBeGreaterThan(rate.single);
}, 600_000);

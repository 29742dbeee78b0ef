import { MAX_OF_ACTOR, MAX_SOCKETS } from '../object-runtime/streams.ts';
import { platformOf } from '../env.ts';
import { OpenAPIHono } from '@hono/zod-openapi';
import { createExecutionContext, env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it } from 'vitest';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import { newId, type TopupId, type TenantId } from '../../shared/ids.ts';
import { asCents, asMicros } from '../../shared/money.ts';
import type { Result } from '../../shared/result.ts';
import { everyRequest } from '../http/middleware.ts';
import type { AppEnv } from '../http/module-routes.ts';
import { reconcile } from '../projection/rebuild.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { openTenant } from '../tenancy/scope.ts';
import { ledgerPort } from './client.ts';
import type { TenantLedger } from './ledger-object.ts';
import { liveRoutes } from './live-routes.ts';
import { type SseTimes, sseOf } from '../http/sse.ts';
import { defaultTerms, PER_MINUTE_PLAN } from './rules/terms.ts';
import type { LedgerPort } from './port.ts';

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const HOUR = 3_600_000;
const stubOf = (tenantId: TenantId) =>
  env.LEDGER.get(env.LEDGER.idFromName(tenantId)) as DurableObjectStub<TenantLedger>;

/** A fresh tenant with 100 € paid and 5 € bonus. */
async function funded(): Promise<{ tenantId: TenantId; ledger: LedgerPort }> {
  const tenantId = newId('tenant', processNow());
  const ledger = ledgerPort(platformOf(env), tenantId);
  good((await ledger.putTerms({ key: 'terms:1', terms: defaultTerms(PER_MINUTE_PLAN), expectedVersion: 0 })).result);
  await topUp(ledger, newId('topup', processNow()), 10_000);
  return { tenantId, ledger };
}
async function topUp(ledger: LedgerPort, topupId: TopupId, cents: number) {
  const opened = good(
    (await ledger.openTopup({ key: `topup:${topupId}`, topupId, amountCents: asCents(cents), method: 'stripe' }))
      .result,
  );
  const { grossCents } = opened.topup;
  return ledger.recordTopup({
    key: `stripe:pi_${topupId}`,
    topupId,
    grossCents,
    currency: 'EUR',
    method: 'stripe',
    paymentId: `pi_${topupId}`,
  });
}
const balanceOf = async (ledger: LedgerPort) => good((await ledger.balance()).result);

afterEach(() => setClockOffset(0));

describe('the activity log of money', () => {
  it('tells who moved money by hand, changed the terms or sent money back, and of no price of a call', async () => {
    const { tenantId, ledger } = await funded();
    const causer = 'user:usr_books';
    const terms = defaultTerms(PER_MINUTE_PLAN);
    good((await ledger.putTerms({ key: 'terms:2', terms: { ...terms, suspended: true }, causer })).result);
    const [byHand, byCard] = [newId('topup', processNow()), newId('topup', processNow())];
    const cash = { key: `manual:${byHand}`, topupId: byHand, amountCents: asCents(2_000), currency: 'EUR' };
    good((await ledger.recordTopup({ ...cash, method: 'manual', bonus: false, causer })).result);
    const correction = { amountCents: asCents(-150), account: 'prepaid', reasonId: 'rea_1' } as const;
    good((await ledger.adjust({ key: 'adjust:1', ...correction, causer })).result);
    await topUp(ledger, byCard, 5_000);
    const refund = { topupId: byCard, kind: 'refund', refundedGrossCents: asCents(1_190), currency: 'EUR' } as const;
    good((await ledger.reverseTopup({ key: `stripe:pi_${byCard}`, ...refund })).result);
    good((await ledger.settleCall({ key: 'call:1', seconds: 90, occurredAt: processNow() })).result);
    good((await ledger.closePeriod({ key: 'close:1', period: '2020-01' })).result);
    await stubOf(tenantId).drain();
    const { results } = await env.DB.prepare(
      'SELECT description, subject_type, subject_id, causer_type, causer_id, changes FROM audit_log WHERE tenant_id = ?1 ORDER BY rowid',
    )
      .bind(tenantId)
      .all<Record<string, string>>();
    const told = results.map((row) => [
      row['description'],
      `${row['causer_type']}:${row['causer_id']}`,
      JSON.parse(row['changes'] ?? 'null') as unknown,
    ]);
    const [by, stripe] = ['user:usr_books', 'system:stripe'];
    const topup = (status: string, cents: number) => ({ status: [null, status], amount_cents: [null, cents] });
    expect(told.slice(3)).toEqual([
      ['ledger.terms_changed', by, { version: [1, 2] }],
      ['ledger.topup_changed', by, topup('completed', 2_000)],
      ['ledger.posted', by, { type: [null, 'adjustment'], amount_cents: [null, -150] }],
      ['ledger.topup_changed', 'system:topup', topup('pending', 5_000)],
      ['ledger.topup_changed', stripe, topup('completed', 5_000)],
      ['ledger.posted', stripe, { type: [null, 'refund'], amount_cents: [null, -1_000] }],
      ['ledger.period_closed', 'system:close', null],
    ]);
    expect(
      results.find((row) => row['description'] === 'ledger.topup_changed' && row['causer_type'] === 'user'),
    ).toMatchObject({ subject_type: 'topup', subject_id: byHand });
  });
});

describe('the ledger object', () => {
  it('credits, holds, captures and verifies', async () => {
    const { ledger } = await funded();
    good(
      (await ledger.holdForCall({ key: 'call:1', estimateMinutes: 10, expiresAt: asInstant(processNow() + HOUR) }))
        .result,
    );
    expect(await balanceOf(ledger)).toMatchObject({ availableCents: 10_300, heldCents: 200 });
    const charged = good((await ledger.settleCall({ key: 'call:1', seconds: 90, occurredAt: processNow() })).result);
    expect(charged).toMatchObject({ postedCents: 30, billedSeconds: 90 });
    expect(await balanceOf(ledger)).toMatchObject({
      availableCents: 10_470,
      heldCents: 0,
      bonusCents: 470,
      prepaidCents: 10_000,
    });
    expect(good((await ledger.verify()).result)).toMatchObject({ ok: true, entries: 5, problems: [] });
    const list = good((await ledger.entries({ limit: 3 })).result);
    expect(list.items.map((e) => [e.seq, e.type])).toEqual([
      [5, 'call_cost'],
      [4, 'release'],
      [3, 'hold'],
    ]);
    const rest = good((await ledger.entries({ limit: 3, cursor: list.nextCursor ?? '' })).result);
    expect(rest.items.map((e) => e.type)).toEqual(['bonus', 'topup']);
    expect(rest.nextCursor).toBeNull();
    expect(good((await ledger.usage()).result)).toMatchObject({
      minutes: 1.5,
      calls: 1,
      calculations: { minutesCents: 30 },
    });
  });

  it('fifty callers at once: one balance, no overspending, no lost charge', async () => {
    const tenantId = newId('tenant', processNow());
    const ledger = ledgerPort(platformOf(env), tenantId);
    good((await ledger.putTerms({ key: 'terms:1', terms: defaultTerms(PER_MINUTE_PLAN, { bonusTiers: [] }) })).result);
    await topUp(ledger, newId('topup', processNow()), 1_000);
    const holds = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        ledger.holdForCall({
          key: `call:${i}`,
          estimateMicros: asMicros(1_000_000),
          expiresAt: asInstant(processNow() + HOUR),
        }),
      ),
    );
    expect(holds.filter((h) => h.result.ok)).toHaveLength(10);
    expect(holds.filter((h) => !h.result.ok && h.result.error.code === 'INSUFFICIENT_BALANCE')).toHaveLength(40);
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        ledger.settleCall({ key: `call:${i}`, seconds: 60, occurredAt: processNow() }),
      ),
    );
    expect(await balanceOf(ledger)).toMatchObject({ availableCents: 0, heldCents: 0 });
    expect(good((await ledger.verify()).result).problems).toEqual([]);
  });

  it('the same payment reported fifty times at once is one credit', async () => {
    const { ledger } = await funded();
    const topupId = newId('topup', processNow());
    good(
      (await ledger.openTopup({ key: `topup:${topupId}`, topupId, amountCents: asCents(50_000), method: 'stripe' }))
        .result,
    );
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        ledger.recordTopup({
          key: 'stripe:pi_x',
          topupId,
          grossCents: asCents(59_500),
          currency: 'EUR',
          method: 'stripe',
          paymentId: 'pi_x',
        }),
      ),
    );
    expect(answers.every((a) => a.result.ok)).toBe(true);
    expect(new Set(answers.map((a) => (a.result.ok ? a.result.value.entryIds.join() : 'refused'))).size).toBe(1);
    expect((await balanceOf(ledger)).availableCents).toBe(10_500 + 55_000);
  });

  it('same key, other input is refused and changes nothing', async () => {
    const { ledger } = await funded();
    const usage = {
      key: 'usage:1',
      eventType: 'voice_minute' as const,
      quantityScaled: 10_000,
      occurredAt: processNow(),
    };
    good((await ledger.chargeUsage(usage)).result);
    const other = await ledger.chargeUsage({ ...usage, quantityScaled: 20_000 });
    expect(other.result).toEqual({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH', key: 'usage:1' } });
    expect((await balanceOf(ledger)).availableCents).toBe(10_480);
  });

  it('entries and postings cannot be changed or removed, by anybody', async () => {
    const { tenantId } = await funded();
    await runInDurableObject(stubOf(tenantId), (_object, state) => {
      const run = (sql: string) => () => state.storage.sql.exec(sql);
      expect(run('UPDATE entries SET amount_micros = 1')).toThrow(/immutable/);
      expect(run('DELETE FROM entries')).toThrow(/immutable/);
      expect(run('UPDATE postings SET amount_micros = 1')).toThrow(/immutable/);
      expect(run('DELETE FROM postings')).toThrow(/immutable/);
      expect(
        run(
          "INSERT INTO entries SELECT 9, 'ent_x', type, amount_micros, balance_before_micros, balance_after_micros, exact_micros, currency, price_line, reference_type, reference_id, company_id, branch_id, customer_id, description_key, epoch_link, key, occurred_at, created_at, prev_hash, 'h', attests FROM entries WHERE seq = 1",
        ),
      ).toThrow(/without gaps/);
      expect(
        run(
          "INSERT INTO entries SELECT 3, 'ent_x', type, amount_micros, balance_before_micros, balance_after_micros, exact_micros, currency, price_line, reference_type, reference_id, company_id, branch_id, customer_id, description_key, epoch_link, key, occurred_at, created_at, prev_hash, 'h', attests FROM entries WHERE seq = 1",
        ),
      ).toThrow(/does not follow/);
    });
  });

  it('a refused command leaves no trace', async () => {
    const { ledger, tenantId } = await funded();
    const before = await balanceOf(ledger);
    const refused = await ledger.holdForCall({
      key: 'call:big',
      estimateMicros: asMicros(1e9),
      expiresAt: asInstant(processNow() + HOUR),
    });
    expect(refused.result).toMatchObject({
      ok: false,
      error: { code: 'INSUFFICIENT_BALANCE', details: { available_cents: 10_500, required_cents: 100_000 } },
    });
    expect(await balanceOf(ledger)).toEqual(before);
    await runInDurableObject(stubOf(tenantId), (_o, state) => {
      expect(state.storage.sql.exec("SELECT 1 FROM holds WHERE key = 'call:big'").toArray()).toEqual([]);
    });
  });

  it('a hold lapses by the alarm; the late settle still charges', async () => {
    const { ledger, tenantId } = await funded();
    good(
      (await ledger.holdForCall({ key: 'call:1', estimateMinutes: 10, expiresAt: asInstant(processNow() + HOUR) }))
        .result,
    );
    expect((await balanceOf(ledger)).heldCents).toBe(200);
    // The hour passes on the process clock; a slow machine can't let it pass earlier.
    setClockOffset(HOUR + 1_000);
    await runDurableObjectAlarm(stubOf(tenantId));
    expect(await balanceOf(ledger)).toMatchObject({ heldCents: 0, availableCents: 10_500 });
    good((await ledger.settleCall({ key: 'call:1', seconds: 60, occurredAt: processNow() })).result);
    expect((await balanceOf(ledger)).availableCents).toBe(10_480);
  });

  it('D1 ends equal to the object: entries, top-ups, balance, usage', async () => {
    const { ledger, tenantId } = await funded();
    for (let i = 0; i < 20; i++) {
      good(
        (
          await ledger.settleCall({
            key: `call:${i}`,
            seconds: 31 + i,
            occurredAt: processNow(),
            refs: { companyId: 'com_1' },
          })
        ).result,
      );
    }
    const topup = good((await ledger.topups({})).result).items[0];
    good(
      (
        await ledger.reverseTopup({
          key: `stripe:${topup?.paymentId}`,
          topupId: topup!.id,
          kind: 'refund',
          refundedGrossCents: asCents(1_190),
        })
      ).result,
    );
    await ledger.flush(5_000);
    expect(await reconcile(platformOf(env), tenantId, 'ledger')).toMatchObject({ ok: true, differences: [] });
    const db = new TenantDb(platformOf(env), tenantId);
    const { ledgerEntries, balances, topups } = await import('../storage/tables/ledger.ts');
    expect(await db.count(ledgerEntries)).toBe(23);
    expect((await db.rows(balances))[0]).toMatchObject({
      availableCents: (await balanceOf(ledger)).availableCents,
      sequence: 23,
    });
    expect((await db.rows(topups))[0]).toMatchObject({ status: 'completed', refundedCents: 1_190 });
  });

  it('shows a closed month as it was stored, whatever the terms say afterwards', async () => {
    const { ledger } = await funded();
    const october = asInstant(Date.UTC(2026, 9, 10));
    const november = asInstant(Date.UTC(2026, 10, 3));
    const late = { key: 'usage:october', eventType: 'voice_minute', quantityScaled: 30_000 } as const;
    good((await ledger.chargeUsage({ ...late, occurredAt: october, now: october })).result);
    const usage = async () => good((await ledger.usage({ period: '2026-10', now: november })).result);
    const open = await usage();
    expect(open).toMatchObject({ closed: false, minutes: 3, calculations: { minutesCents: 60, totalCents: 60 } });
    good((await ledger.closePeriod({ key: 'close:2026-10', period: '2026-10', now: november })).result);
    const dearer = { ...PER_MINUTE_PLAN, baseFeeMicros: asMicros(99_000_000) };
    good((await ledger.putTerms({ key: 'terms:2', terms: defaultTerms(dearer), now: october })).result);
    expect(await usage()).toEqual({ ...open, closed: true });
    const refused = await ledger.chargeUsage({
      ...late,
      key: 'usage:ahead',
      occurredAt: asInstant(8.64e15),
      now: november,
    });
    expect(refused.result).toEqual({ ok: false, error: { code: 'IN_FUTURE' } });
    expect(good((await ledger.verify()).result).problems).toEqual([]);
  });

  it('low balance and a credited top-up become effects, once', async () => {
    const { ledger, tenantId } = await funded();
    good(
      (
        await ledger.chargeUsage({
          key: 'usage:1',
          eventType: 'voice_minute',
          quantityScaled: 300 * 10_000,
          occurredAt: processNow(),
        })
      ).result,
    );
    await stubOf(tenantId).drain();
    const db = new TenantDb(platformOf(env), tenantId);
    const { effects } = await import('../storage/tables/delivery.ts');
    const rows = await db.rows(effects);
    expect(rows.map((r) => JSON.parse(r.ref).event).sort()).toEqual(['balance.low', 'balance.topup_succeeded']);
    expect(rows.map((r) => JSON.parse(r.ref)).find((r) => r.event === 'balance.low')).toMatchObject({
      percent: 50,
      balanceCents: 4_500,
    });
  });
});

describe('a restored ledger', () => {
  it('begins the next epoch with an entry that names the lost head, refuses nothing replayed, and verifies', async () => {
    const { tenantId, ledger } = await funded();
    const stub = stubOf(tenantId);
    await stub.beginRestore({ epoch: 2, previousHeadHash: 'f'.repeat(64) });
    expect(
      (await ledger.settleCall({ key: 'call:early', seconds: 60, occurredAt: processNow() })).result,
    ).toMatchObject({
      ok: false,
      error: { code: 'OBJECT_FENCED' },
    });
    const at = processNow();
    const command = { key: 'call:lost', seconds: 90, occurredAt: at };
    const replayed = await stub.replay([{ name: 'settleCall', key: 'call:lost', command, inputHash: 'h', at }]);
    expect(replayed).toEqual([{ key: 'call:lost', refused: null }]);
    await stub.finishRestore();
    good((await ledger.settleCall({ key: 'call:next', seconds: 60, occurredAt: at })).result);
    const [next, lost, before] = good((await ledger.entries({ limit: 3 })).result).items;
    expect([before?.epochLink, lost?.epochLink, next?.epochLink]).toEqual([null, 'f'.repeat(64), null]);
    expect(lost).toMatchObject({ key: 'call:lost', amountCents: -30 });
    expect(good((await ledger.verify()).result).problems).toEqual([]);
  });
  it('a command replayed in another object makes the same entry', async () => {
    const ids = await Promise.all(
      [funded(), funded()].map(async (made) => {
        const { ledger } = await made;
        return good((await ledger.settleCall({ key: 'call:same', seconds: 60, occurredAt: asInstant(1) })).result)
          .entryId;
      }),
    );
    expect(ids[0]).toBe(ids[1]);
  });
});

// ---------------------------------------------------------------- live

interface Listener {
  events: { event: string; id?: string; data: Record<string, unknown> }[];
  response: Response;
  stop: () => void;
  closed: Promise<void>;
}

/** A browser's side of the stream: parses frames, counts heartbeats as `:`. */
let readers = 0;
/** Somebody who has nothing else open. */
const someone = (actor = `user:usr_${++readers}`) => ({ actor, session: `ses_${++readers}` });

async function listen(
  ledger: LedgerPort,
  after: Parameters<LedgerPort['stream']>[0] = null,
  times?: SseTimes,
  who = someone(),
): Promise<Listener> {
  const upstream = await ledger.stream(after, who);
  const gone = new AbortController();
  const response = sseOf(upstream.webSocket!, gone.signal, times ? { times } : {});
  const events: Listener['events'] = [];
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const closed = (async () => {
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
      for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
        const frame = text.slice(0, at);
        text = text.slice(at + 2);
        const field = (name: string) =>
          frame
            .split('\n')
            .find((l) => l.startsWith(`${name}: `))
            ?.slice(name.length + 2);
        if (frame.startsWith(':')) events.push({ event: ':', data: {} });
        else if (field('event')) {
          events.push({
            event: field('event')!,
            ...(field('id') ? { id: field('id')! } : {}),
            data: JSON.parse(field('data') ?? '{}'),
          });
        }
      }
    }
  })().catch(() => undefined);
  return { events, response, stop: () => gone.abort(), closed };
}
async function until(condition: () => boolean | Promise<boolean>, ms = 3_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('did not happen in time');
}

describe('live balance', () => {
  it('says the present balance first, then every movement as it is committed', async () => {
    const { ledger } = await funded();
    const live = await listen(ledger);
    expect(live.response.headers.get('Content-Type')).toContain('text/event-stream');
    await until(() => live.events.length === 1);
    expect(live.events[0]).toEqual({
      event: 'balance',
      id: '1.2',
      data: {
        balance_cents: 10_500,
        prepaid_cents: 10_000,
        bonus_cents: 500,
        held_cents: 0,
        currency: 'EUR',
        sequence: 2,
      },
    });
    good((await ledger.settleCall({ key: 'call:1', seconds: 60, occurredAt: processNow() })).result);
    await until(() => live.events.length >= 4);
    expect(live.events.slice(1).map((e) => e.event)).toEqual(['transaction', 'usage', 'balance']);
    expect(live.events[1]).toMatchObject({
      id: '1.3',
      data: { type: 'call_cost', amount_cents: -20, balance_after_cents: 10_480, sequence: 3 },
    });
    live.stop();
    await live.closed;
  });

  it('resumes after the last event seen; a gap that is too large or another epoch is a reset', async () => {
    const { ledger } = await funded();
    for (let i = 0; i < 5; i++)
      good((await ledger.settleCall({ key: `call:${i}`, seconds: 60, occurredAt: processNow() })).result);
    const resumed = await listen(ledger, { epoch: 1, seq: 4 });
    await until(() => resumed.events.length >= 4);
    expect(resumed.events.map((e) => [e.event, e.id])).toEqual([
      ['balance', '1.7'],
      ['transaction', '1.5'],
      ['transaction', '1.6'],
      ['transaction', '1.7'],
    ]);
    const other = await listen(ledger, { epoch: 2, seq: 4 });
    const ahead = await listen(ledger, { epoch: 1, seq: 400 });
    await until(() => other.events.length >= 2 && ahead.events.length >= 2);
    expect([other.events[1]?.event, ahead.events[1]?.event]).toEqual(['reset', 'reset']);
    for (const l of [resumed, other, ahead]) l.stop();
  });

  it('beats, and ends by itself after its life so that the reader is judged again', async () => {
    const { ledger, tenantId } = await funded();
    // Long enough for two beats on a machine that is busy with other things.
    const live = await listen(ledger, null, { heartbeatMs: 20, lifeMs: 1_000 });
    await live.closed;
    expect(live.events.filter((e) => e.event === ':').length).toBeGreaterThanOrEqual(2);
    await until(async () => (await stubOf(tenantId).streams()) === 0);
  });

  it('takes at most 500 listeners; those that left leave no socket behind', { timeout: 60_000 }, async () => {
    const { ledger, tenantId } = await funded();
    const heartbeatMs = 200;
    const held = await Promise.all(Array.from({ length: MAX_SOCKETS - 50 }, () => ledger.stream(null, someone())));
    for (const { webSocket } of held) webSocket?.accept();
    for (let round = 0; round < 2; round++) {
      const all = await Promise.all(
        Array.from({ length: 50 }, () => listen(ledger, null, { heartbeatMs, lifeMs: 60_000 })),
      );
      expect(await stubOf(tenantId).streams()).toBe(MAX_SOCKETS);
      expect((await ledger.stream(null, someone())).status).toBe(503);
      // Half leave by the request's signal, half just stop reading, as a browser that is killed.
      await Promise.all(all.map((l, i) => (i % 2 ? l.stop() : l.response.body?.cancel().catch(() => l.stop()))));
      await until(async () => (await stubOf(tenantId).streams()) === held.length, heartbeatMs * 2);
    }
    for (const { webSocket } of held) webSocket?.close();
    await until(async () => (await stubOf(tenantId).streams()) === 0);
  });

  it('of one person are at most six: the oldest is told and gives way, and nobody else is touched', async () => {
    const { ledger, tenantId } = await funded();
    const other = await listen(ledger);
    const anna = 'user:usr_anna';
    const tabs = [];
    for (let i = 0; i < MAX_OF_ACTOR; i++) {
      tabs.push(await listen(ledger, null, undefined, someone(anna)));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const [oldest, second] = tabs;
    const seventh = await listen(ledger, null, undefined, someone(anna));
    await oldest?.closed;
    expect(oldest?.events.at(-1)?.event).toBe('superseded');
    expect(await stubOf(tenantId).streams()).toBe(1 + MAX_OF_ACTOR);
    good((await ledger.settleCall({ key: 'call:1', seconds: 60, occurredAt: processNow() })).result);
    for (const live of [other, second, seventh])
      await until(() => live?.events.some((event) => event.event === 'transaction') === true);
    for (const live of [other, ...tabs, seventh]) live.stop();
  });

  it('end with their session, and only they', async () => {
    const { ledger } = await funded();
    const [leaving, staying] = [someone('user:usr_anna'), someone('user:usr_anna')];
    const [first, second, stays] = await Promise.all(
      [leaving, leaving, staying].map((who) => listen(ledger, null, undefined, who)),
    );
    await ledger.endStreams(leaving.session);
    await Promise.all([first?.closed, second?.closed]);
    good((await ledger.settleCall({ key: 'call:1', seconds: 60, occurredAt: processNow() })).result);
    await until(() => stays?.events.some((event) => event.event === 'transaction') === true);
    expect(first?.events.some((event) => event.event === 'transaction')).toBe(false);
    stays?.stop();
  });

  it('the route needs somebody who may see the balance, and speaks events', async () => {
    const { tenantId } = await funded();
    const app = (signedIn: boolean) => {
      const made = new OpenAPIHono<AppEnv>();
      made.use('*', ...everyRequest, async (c, next) => {
        if (signedIn) {
          const actor = { kind: 'system', cause: 'demo' } as const;
          c.set('actor', actor);
          c.set('scope', openTenant(platformOf(env), tenantId, actor));
        }
        await next();
      });
      return made.route('/', liveRoutes);
    };
    const refused = await app(false).request(
      'http://localhost/customer/balance/stream',
      {},
      env,
      createExecutionContext(),
    );
    expect([refused.status, ((await refused.json()) as { error: { code: string } }).error.code]).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
    const live = await app(true).request(
      'http://localhost/customer/balance/stream',
      { headers: { 'Last-Event-ID': '1.1' } },
      env,
      createExecutionContext(),
    );
    expect([live.status, live.headers.get('Content-Type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    const reader = live.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('event: transaction')) text += (await reader.read()).value ?? '';
    expect(text).toMatch(/^retry: \d+\n\nid: 1\.2\nevent: balance\ndata: \{"balance_cents":10500/);
    expect(text).toContain('id: 1.2\nevent: transaction');
    await reader.cancel();
    await until(async () => (await stubOf(tenantId).streams()) === 0);
  });

  // How long it takes, says `npm run bench` (live event to the browser, p50).
  it('every commit reaches the reader, in the order it was made', async () => {
    const { ledger } = await funded();
    const live = await listen(ledger);
    await until(() => live.events.length === 1);
    for (let i = 0; i < 20; i++) {
      const seen = live.events.length;
      good((await ledger.settleCall({ key: `call:${i}`, seconds: 60, occurredAt: processNow() })).result);
      await until(() => live.events.length > seen);
    }
    live.stop();
  });
});

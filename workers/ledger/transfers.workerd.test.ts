/** Money between two ledgers arrives once or comes back, whatever dies in between. */
import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import { newId, type TenantId, type TopupId } from '../../shared/ids.ts';
import { asCents } from '../../shared/money.ts';
import type { Result } from '../../shared/result.ts';
import { rewind, snapshot } from '../../tests/objects/rewind.ts';
import { testTerms } from '../../tests/objects/test-terms.ts';
import { seedTenant } from '../../tests/contract/tenants.ts';
import { platformOf } from '../env.ts';
import { compareTransfers } from '../operations/compare-transfers.ts';
import { rebuildProjection, reconcile, restoreObject } from '../projection/rebuild.ts';
import { d1Meter } from '../storage/d1.ts';
import type { TenantLedger } from './ledger-object.ts';

const HOUR = 3_600_000;
const platform = platformOf(env);

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const open = (tenantId: TenantId): DurableObjectStub<TenantLedger> =>
  env.LEDGER.get(env.LEDGER.idFromName(tenantId)) as DurableObjectStub<TenantLedger>;

async function funded(cents: number, terms = testTerms): Promise<TenantId> {
  const tenantId = newId('tenant', processNow());
  good((await open(tenantId).putTerms({ key: 'terms', terms })).result);
  if (cents > 0)
    good(
      (
        await open(tenantId).recordTopup({
          key: 'bank:1',
          topupId: `top_${tenantId}` as TopupId,
          amountCents: asCents(cents),
          currency: terms.currency,
          method: 'bank_transfer',
        })
      ).result,
    );
  return tenantId;
}

const send = async (from: TenantId, to: TenantId, id: string, cents = 2_000, currency = 'EUR') =>
  (
    await open(from).sendTransfer({
      transferId: id,
      to,
      account: 'prepaid',
      amountCents: asCents(cents),
      currency,
      cause: 'topup',
    })
  ).result;
const prepaid = async (tenantId: TenantId): Promise<number> =>
  good((await open(tenantId).balance()).result).prepaidCents;
const stateOf = async (tenantId: TenantId, id: string): Promise<string> =>
  good((await open(tenantId).transfer({ transferId: id })).result).state;
/** An hour of clock, minute by minute. */
async function anHour(...tenants: TenantId[]): Promise<void> {
  for (let minute = 1; minute <= 60; minute += 6) {
    setClockOffset(minute * 60_000);
    for (const tenantId of tenants) await runDurableObjectAlarm(open(tenantId));
  }
}
const verified = async (...tenants: TenantId[]): Promise<void> => {
  for (const tenantId of tenants)
    expect(good((await open(tenantId).verify({ full: true })).result)).toMatchObject({ ok: true, problems: [] });
};
const receiving = (from: TenantId, id: string, sentAt: number) => ({
  transferId: id,
  from,
  account: 'prepaid' as const,
  amountCents: asCents(2_000),
  currency: 'EUR',
  cause: 'topup' as const,
  sentAt: asInstant(sentAt),
  closed: false,
});

afterEach(() => {
  setClockOffset(0);
  d1Meter.refuse = false;
});

describe('a transfer', () => {
  it('arrives once, by the sender’s own alarm, and both accounts say so', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    good(await send(from, to, 'trf_1'));
    expect(good(await send(from, to, 'trf_1')).transfer.state).toBe('sent');
    await runDurableObjectAlarm(open(from));
    await anHour(from);
    expect(await stateOf(from, 'trf_1')).toBe('settled');
    expect([await prepaid(from), await prepaid(to)]).toEqual([3_000, 2_000]);
    const told = async (tenantId: TenantId) =>
      good((await open(tenantId).entries({ filter: { types: ['transfer'] } })).result).items.map((entry) => [
        entry.descriptionKey,
        entry.amountCents,
      ]);
    expect(await told(from)).toEqual([['ledger.transfer.sent', -2_000]]);
    expect(await told(to)).toEqual([['ledger.transfer.received', 2_000]]);
    await verified(from, to);
    for (const tenantId of [from, to])
      expect(await reconcile(platform, tenantId, 'ledger')).toMatchObject({ ok: true, differences: [] });
    await env.DB.prepare('DELETE FROM ledger_transfers WHERE tenant_id = ?1').bind(from).run();
    await rebuildProjection(platform, from, 'ledger');
    expect(await reconcile(platform, from, 'ledger')).toMatchObject({ ok: true, differences: [] });
  });

  it('is refused beyond paid money, in another currency, under another body, and changes nothing then', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    const before = (await open(from).balance()).result;
    expect(await send(from, to, 'trf_1', 5_001)).toMatchObject({ error: { code: 'INSUFFICIENT_BALANCE' } });
    expect(await send(from, to, 'trf_1', 2_000, 'CHF')).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    expect(await send(from, to, 'trf_1', 0)).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    expect((await open(from).balance()).result).toEqual(before);
    good(await send(from, to, 'trf_1'));
    expect(await send(from, to, 'trf_1', 1)).toMatchObject({ error: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  it.each([
    ['has another currency', 'other_currency', () => funded(0, { ...testTerms, currency: 'CHF' })],
    ['has no ledger', 'no_ledger', () => Promise.resolve(newId('tenant', processNow()))],
  ])('comes back from one who %s, and a late try does not change that', async (_who, reason, receiver) => {
    const from = await funded(5_000);
    const to = await receiver();
    const { transfer } = good(await send(from, to, 'trf_1'));
    await anHour(from);
    expect(good((await open(from).transfer({ transferId: 'trf_1' })).result)).toMatchObject({
      state: 'returned',
      reason,
    });
    expect(await prepaid(from)).toBe(5_000);
    if (reason === 'no_ledger') good((await open(to).putTerms({ key: 'terms', terms: testTerms })).result);
    const late = await open(to).receiveTransfer(receiving(from, 'trf_1', transfer.sentAt));
    expect(good(late.result)).toEqual({ refused: reason });
    expect(await prepaid(to)).toBe(0);
    await verified(from, to);
  });

  it('comes back from one who is closed', async () => {
    const { tenantId } = await seedTenant();
    const to = tenantId as TenantId;
    good((await open(to).putTerms({ key: 'terms', terms: testTerms })).result);
    const from = await funded(5_000);
    await env.DB.prepare("UPDATE tenants SET status = 'closed' WHERE id = ?1").bind(to).run();
    good(await send(from, to, 'trf_1'));
    await anHour(from);
    expect(good((await open(from).transfer({ transferId: 'trf_1' })).result)).toMatchObject({
      state: 'returned',
      reason: 'closed',
    });
    expect([await prepaid(from), await prepaid(to)]).toEqual([5_000, 0]);
  });
});

describe('killed at every step, it', () => {
  it('is sent and nobody has been asked yet', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    good(await send(from, to, 'trf_1'));
    await evictDurableObject(open(from));
    await anHour(from);
    expect(await stateOf(from, 'trf_1')).toBe('settled');
    expect([await prepaid(from), await prepaid(to)]).toEqual([3_000, 2_000]);
  });
  it('has been received, and the sender died before it heard so', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    const { transfer } = good(await send(from, to, 'trf_1'));
    good((await open(to).receiveTransfer(receiving(from, 'trf_1', transfer.sentAt))).result);
    await evictDurableObject(open(from));
    await evictDurableObject(open(to));
    await anHour(from);
    expect(await stateOf(from, 'trf_1')).toBe('settled');
    expect([await prepaid(from), await prepaid(to)]).toEqual([3_000, 2_000]);
    await verified(from, to);
  });
  it('is settled, and everybody dies', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    good(await send(from, to, 'trf_1'));
    await anHour(from);
    await evictDurableObject(open(from));
    await evictDurableObject(open(to));
    await anHour(from, to);
    expect([await prepaid(from), await prepaid(to)]).toEqual([3_000, 2_000]);
  });
});

describe('the comparison over all ledgers', () => {
  const alarmOf = (tenantId: TenantId) =>
    env.DB.prepare("SELECT state, detail FROM alarms WHERE kind = 'transfers_differ' AND subject = ?1")
      .bind(tenantId)
      .first<{ state: string; detail: string }>();
  it('tells of money that is on its way for longer than an hour, and ends the alarm when it arrives', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    await open(to).drain();
    const old = await runInDurableObject(open(to), (_, state) => snapshot(state.storage.sql));
    await open(to).adjust({ key: 'adj', amountCents: asCents(100), account: 'prepaid', reasonId: 'r' });
    await open(to).drain();
    await runInDurableObject(open(to), (_, state) => rewind(state.storage, old));
    await evictDurableObject(open(to));
    good(await send(from, to, 'trf_1'));
    await open(from).drain();
    await compareTransfers(platform, processNow());
    expect(await alarmOf(from)).toBeNull();
    setClockOffset(HOUR + 60_000);
    await compareTransfers(platform, processNow());
    expect(await alarmOf(from)).toMatchObject({ state: 'open' });
    expect(JSON.parse((await alarmOf(from))?.detail ?? '')).toMatchObject({
      transfer: 'trf_1',
      cents: 2_000,
      count: 1,
    });
    await restoreObject(platform, to, 'ledger');
    setClockOffset(HOUR + 180_000);
    await open(from).ping();
    await vi.waitFor(async () => expect(await stateOf(from, 'trf_1')).toBe('settled'));
    await Promise.all([open(from).drain(), open(to).drain()]);
    await compareTransfers(platform, processNow());
    expect(await alarmOf(from)).toMatchObject({ state: 'cleared' });
  });
  it('tells of money that arrived and never left', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    good((await open(to).receiveTransfer(receiving(from, 'trf_9', processNow()))).result);
    await open(to).drain();
    setClockOffset(HOUR + 60_000);
    await compareTransfers(platform, processNow());
    expect(JSON.parse((await alarmOf(from))?.detail ?? '')).toMatchObject({ transfer: 'trf_9', cents: -2_000 });
  });
});

describe('files that were put back', () => {
  it('a fenced receiver is asked until it is restored, and then has it once', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    await open(to).drain();
    const old = await runInDurableObject(open(to), (_, state) => snapshot(state.storage.sql));
    await open(to).adjust({ key: 'adj', amountCents: asCents(100), account: 'prepaid', reasonId: 'r' });
    await open(to).drain();
    await runInDurableObject(open(to), (_, state) => rewind(state.storage, old));
    await evictDurableObject(open(to));
    good(await send(from, to, 'trf_1'));
    await anHour(from);
    expect(await stateOf(from, 'trf_1')).toBe('sent');
    expect((await restoreObject(platform, to, 'ledger')).refused).toEqual([]);
    setClockOffset(HOUR + 120_000);
    await runDurableObjectAlarm(open(from));
    expect(await stateOf(from, 'trf_1')).toBe('settled');
    expect([await prepaid(from), await prepaid(to)]).toEqual([3_000, 2_100]);
    await verified(from, to);
  });

  it('a sender put back to before it sent has sent, and the receiver still has it once', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    await open(from).drain();
    const old = await runInDurableObject(open(from), (_, state) => snapshot(state.storage.sql));
    good(await send(from, to, 'trf_1'));
    await anHour(from);
    await open(from).drain();
    await runInDurableObject(open(from), (_, state) => rewind(state.storage, old));
    await evictDurableObject(open(from));
    expect((await restoreObject(platform, from, 'ledger')).refused).toEqual([]);
    await anHour(from);
    expect(await stateOf(from, 'trf_1')).toBe('settled');
    expect([await prepaid(from), await prepaid(to)]).toEqual([3_000, 2_000]);
    await verified(from, to);
  });

  it('a receiver put back to before it received has it again, because the sender believed only what had left it', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    await open(to).drain();
    const old = await runInDurableObject(open(to), (_, state) => snapshot(state.storage.sql));
    good(await send(from, to, 'trf_1'));
    await anHour(from);
    expect(await stateOf(from, 'trf_1')).toBe('settled');
    await runInDurableObject(open(to), (_, state) => rewind(state.storage, old));
    await evictDurableObject(open(to));
    expect((await restoreObject(platform, to, 'ledger')).refused).toEqual([]);
    expect(await prepaid(to)).toBe(2_000);
    await verified(to);
  });

  it('nobody is asked while the sending has not left the sender’s file', async () => {
    const [from, to] = [await funded(5_000), await funded(0)];
    await open(from).drain();
    d1Meter.refuse = true;
    good(await send(from, to, 'trf_1'));
    await runDurableObjectAlarm(open(from));
    expect(await prepaid(to)).toBe(0);
    d1Meter.refuse = false;
    await open(from).resume();
    await anHour(from);
    expect([await stateOf(from, 'trf_1'), await prepaid(to)]).toEqual(['settled', 2_000]);
  });
});

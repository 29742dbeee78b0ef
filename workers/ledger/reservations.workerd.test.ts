/** An amount set aside in the real object: it lapses by the alarm, and a file that was put back has it again. */
import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, expect, it } from 'vitest';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { asCents } from '../../shared/money.ts';
import { rewind, snapshot } from '../../tests/objects/rewind.ts';
import { testTerms } from '../../tests/objects/test-terms.ts';
import { platformOf } from '../env.ts';
import { reconcile, restoreObject } from '../projection/rebuild.ts';
import type { TenantLedger } from './ledger-object.ts';

const HOUR = 3_600_000;
const open = (tenantId: TenantId): DurableObjectStub<TenantLedger> =>
  env.LEDGER.get(env.LEDGER.idFromName(tenantId)) as DurableObjectStub<TenantLedger>;
async function funded(): Promise<TenantId> {
  const tenantId = newId('tenant', processNow());
  await open(tenantId).putTerms({ key: 'terms', terms: testTerms });
  await open(tenantId).recordTopup({
    key: 'bank:1',
    topupId: newId('topup', processNow()),
    amountCents: asCents(5_000),
    currency: 'EUR',
    method: 'bank_transfer',
  });
  return tenantId;
}
const reserve = (tenantId: TenantId, reservationId: string, expiresAt?: number) =>
  open(tenantId).reserveAmount({
    reservationId,
    account: 'prepaid',
    amountCents: asCents(2_000),
    currency: 'EUR',
    reference: 'payout:1',
    ...(expiresAt === undefined ? {} : { expiresAt: asInstant(expiresAt) }),
  });
const stateOf = async (tenantId: TenantId, reservationId: string) => {
  const { result } = await open(tenantId).reservation({ reservationId });
  return result.ok ? result.value.state : result.error.code;
};
const prepaid = async (tenantId: TenantId) => {
  const { result } = await open(tenantId).balance();
  return result.ok ? result.value.prepaidCents : null;
};
afterEach(() => setClockOffset(0));

it('lapses on its day by the alarm; one without a day stays', async () => {
  const tenantId = await funded();
  await reserve(tenantId, 'rsv_1', processNow() + HOUR);
  await reserve(tenantId, 'rsv_2');
  expect(await prepaid(tenantId)).toBe(1_000);
  setClockOffset(HOUR + 1_000);
  await evictDurableObject(open(tenantId));
  await runDurableObjectAlarm(open(tenantId));
  expect([await stateOf(tenantId, 'rsv_1'), await stateOf(tenantId, 'rsv_2')]).toEqual(['expired', 'open']);
  expect(await prepaid(tenantId)).toBe(3_000);
  expect((await open(tenantId).verify({ full: true })).result).toMatchObject({ value: { ok: true, problems: [] } });
});

it('is there again, with its parts, after the file was put back', async () => {
  const tenantId = await funded();
  await open(tenantId).drain();
  const old = await runInDurableObject(open(tenantId), (_, state) => snapshot(state.storage.sql));
  await reserve(tenantId, 'rsv_1');
  await open(tenantId).captureReservation({
    key: 'a',
    reservationId: 'rsv_1',
    amountCents: asCents(500),
    as: 'payout',
  });
  await open(tenantId).drain();
  await runInDurableObject(open(tenantId), (_, state) => rewind(state.storage, old));
  await evictDurableObject(open(tenantId));
  const report = await restoreObject(platformOf(env), tenantId, 'ledger');
  expect(report.refused).toEqual([]);
  const { result } = await open(tenantId).reservation({ reservationId: 'rsv_1' });
  expect(result).toMatchObject({ ok: true, value: { state: 'open', capturedMicros: 5_000_000 } });
  expect((await open(tenantId).verify({ full: true })).result).toMatchObject({ value: { ok: true, problems: [] } });
  expect(await reconcile(platformOf(env), tenantId, 'ledger')).toMatchObject({ ok: true });
});

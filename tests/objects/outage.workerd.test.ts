/**
 * D1 refuses for ten minutes while events queue in one object (50,000 in `npm run prove outage`): nothing stops, nothing is lost, nothing
 * appears twice.
 */
import { asTenantId } from '../../workers/tenancy/directory.ts';
import { platformOf } from '../../workers/env.ts';
import { env, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it } from 'vitest';
import { asInstant, setClockOffset } from '../../shared/clock.ts';
import type { TenantLedger } from '../../workers/ledger/ledger-object.ts';
import { runsOf } from '../counts.ts';
import { testTerms } from './test-terms.ts';
import { reconcile } from '../../workers/projection/rebuild.ts';
import { d1Meter } from '../../workers/storage/d1.ts';

const EVENTS = runsOf('outage', { ...env });
/** Twenty steps of the ten minutes, whatever the number. */
const BATCH = Math.ceil(EVENTS / 20);

afterEach(() => {
  d1Meter.refuse = false;
  setClockOffset(0);
});

describe('D1 refusing for ten minutes', () => {
  it(`keeps ${EVENTS} events in order and projects each exactly once, without repair by hand`, {
    timeout: 240_000,
  }, async () => {
    const tenantId = asTenantId(`ten_outage${Date.now()}`);
    const stub = env.LEDGER.get(env.LEDGER.idFromName(tenantId)) as DurableObjectStub<TenantLedger>;
    await stub.putTerms({ key: 'terms', terms: testTerms });
    await stub.drain();

    d1Meter.refuse = true;
    for (let from = 0; from < EVENTS; from += BATCH) {
      // Ten minutes of the clock pass while the outage lasts; the alarm keeps trying and never dies.
      setClockOffset(Math.round((from / EVENTS) * 600_000));
      const refused = await runInDurableObject(stub, (object) => {
        let bad = 0;
        for (let i = from; i < Math.min(from + BATCH, EVENTS); i++) {
          const { result } = object.chargeUsage({
            key: `usage:${i}`,
            eventType: 'sms',
            quantityScaled: 10_000,
            occurredAt: asInstant(1_795_000_000_000 + i),
          });
          if (!result.ok) bad++;
        }
        return bad;
      });
      expect(refused).toBe(0);
      await runDurableObjectAlarm(stub);
    }
    const during = await stub.status();
    // and the one notice that the balance is used up
    expect(during.waiting['project']).toBe(EVENTS + 1);
    expect(during.alarmAt).not.toBeNull();
    expect((await stub.balance()).result).toMatchObject({ ok: true, value: { availableCents: -EVENTS * 9 } });

    d1Meter.refuse = false;
    for (let i = 0; i < 20; i++) {
      setClockOffset(600_000 + (i + 1) * 61_000);
      await runDurableObjectAlarm(stub);
      if (Object.values((await stub.status()).waiting).every((n) => n === 0)) break;
    }
    const after = await stub.status();
    expect(after.waiting).toEqual({ project: 0, effects: 0 });

    const feed = await env.DB.prepare(
      'SELECT count(*) AS n, count(DISTINCT event_id) AS ids, max(seq) - min(seq) + 1 AS span FROM feed WHERE tenant_id = ?1',
    )
      .bind(tenantId)
      .first();
    const n = Number(feed?.['n']);
    expect(n).toBe(Number(feed?.['ids']));
    expect(n).toBe(Number(feed?.['span']));
    expect(n).toBeGreaterThanOrEqual(EVENTS);
    const entries = await env.DB.prepare(
      'SELECT count(*) AS n, count(DISTINCT id) AS ids FROM ledger_entries WHERE tenant_id = ?1',
    )
      .bind(tenantId)
      .first();
    expect(entries).toEqual({ n: EVENTS, ids: EVENTS });
    // used up: one crossing, one message
    const effects = await env.DB.prepare("SELECT count(*) AS n FROM effects WHERE tenant_id = ?1 AND kind = 'notify'")
      .bind(tenantId)
      .first();
    expect(effects?.['n']).toBeLessThanOrEqual(1);
    expect(await reconcile(platformOf(env), tenantId, 'ledger')).toMatchObject({ ok: true });
  });
});

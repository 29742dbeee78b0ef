/** An object whose first event cannot be read by anybody: what a damaged page of its file would leave. Used by tests inside workerd. */
import { env as testEnv, runInDurableObject } from 'cloudflare:test';
import { processNow } from '../../shared/clock.ts';
import { newId, type TenantId, type TopupId } from '../../shared/ids.ts';
import { asCents } from '../../shared/money.ts';
import { type Env, platformOf } from '../../workers/env.ts';
import type { OperatedObject } from '../../workers/projection/object-of.ts';
import { d1Meter } from '../../workers/storage/d1.ts';
import { openTenant } from '../../workers/tenancy/scope.ts';

const env = testEnv as unknown as Env;

/** The tenant's object, whatever its kind. */
export const objectStub = (tenantId: TenantId, kind: 'calendar' | 'ledger'): DurableObjectStub<OperatedObject> => {
  const namespace = (kind === 'calendar'
    ? env.CALENDAR
    : env.LEDGER) as unknown as DurableObjectNamespace<OperatedObject>;
  return namespace.get(namespace.idFromName(tenantId));
};

/** One event of the object: a top-up by hand, or an item of master data. */
async function commit(tenantId: TenantId, kind: 'calendar' | 'ledger'): Promise<void> {
  const now = processNow();
  const scope = openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' }, { now });
  const answer =
    kind === 'ledger'
      ? await scope.ledger.recordTopup({
          key: `manual:${newId('topup', now)}`,
          topupId: newId('topup', now) as TopupId,
          amountCents: asCents(5_000),
          currency: 'EUR',
          method: 'manual',
          bonus: false,
          now,
        })
      : await scope.calendar.putSchedule({
          key: `put:${newId('company', now)}`,
          now,
          actor: { kind: 'system', id: 'test' },
          kind: 'company',
          id: newId('company', now),
          body: { name: 'Salon' },
          expectedVersion: null,
        });
  if (!answer.result.ok) throw new Error(JSON.stringify(answer.result.error));
}

/** Commits an event that D1 can't take yet, and damages its row. @returns its number; sinks stand at it */
export async function breakOutbox(
  tenantId: TenantId,
  kind: 'calendar' | 'ledger',
  damage = "body = '{'",
): Promise<number> {
  const stub = objectStub(tenantId, kind);
  await stub.flush(5_000);
  const before = (await stub.status()).head.seq;
  d1Meter.refuse = true;
  try {
    await commit(tenantId, kind);
    await runInDurableObject(stub, (_object, { storage }) => {
      storage.sql.exec(`UPDATE _outbox SET ${damage} WHERE seq = ?`, before + 1);
    });
  } finally {
    d1Meter.refuse = false;
  }
  await stub.resume();
  await stub.drain();
  return before + 1;
}

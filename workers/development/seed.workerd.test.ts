/** Seeded records are of the day they were seeded on, however often a load is repeated. */
import { expect, it } from 'vitest';
import { env, seedTenant } from '../../tests/contract/tenants.ts';
import { salonMasterData } from '../../tests/salon.ts';
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { platformOf } from '../env.ts';
import { wav } from '../../dev/sandbox/audio.ts';
import { recordingOf } from '../storage/queries/recordings.ts';
import { openTenant } from '../tenancy/scope.ts';
import { type SeedOperation, seed } from './seed.ts';

it('says of nothing that it was changed in 1970', async () => {
  const { tenantId } = await seedTenant();
  const before = processNow();
  const id = (noun: 'company' | 'branch' | 'staff' | 'service' | 'customer' | 'appointment') => newId(noun, before);
  const [branchId, staffId, serviceId] = [id('branch'), id('staff'), id('service')];
  const starts = Date.parse('2026-03-03T09:00:00Z');
  const operations: SeedOperation[] = [
    {
      op: 'schedule',
      tenantId,
      key: 'seed',
      items: salonMasterData({
        account: tenantId,
        company: id('company'),
        branch: { id: branchId, name: 'Mitte' },
        people: [{ id: staffId, firstName: 'Anna', lastName: 'Schmidt' }],
        weekdays: [2, 3, 4, 5, 6],
        open: { from: '09:00', to: '18:00' },
        services: [{ id: serviceId, name: { de: 'Haarschnitt' }, durationMinutes: 60, priceCents: 4_000 }],
      }),
    },
    {
      op: 'appointments',
      tenantId,
      key: 'seed:past',
      rows: [
        {
          id: id('appointment'),
          customerId: id('customer'),
          branchId,
          serviceId,
          staffId,
          startsAt: starts,
          endsAt: starts + 3_600_000,
          status: 'completed',
          createdAt: starts - 86_400_000,
        } as never,
      ],
    },
  ];
  for (let load = 0; load < 2; load++)
    expect(await seed(platformOf(env), operations)).toEqual({ done: operations.length, refused: [] });
  const scope = openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' });
  const { result } = await scope.calendar.schedule();
  if (!result.ok) throw new Error(result.error.code);
  const items = [result.value.branches, result.value.staff, result.value.services, result.value.hours].flat();
  expect(items.length).toBeGreaterThan(3);
  for (const item of items) expect(item.updatedAt, item.kind).toBeGreaterThanOrEqual(before);
  await scope.calendar.flush(2_000);
  const dated = await env.DB.prepare(
    'SELECT count(*) AS many, min(created_at) AS first FROM audit_log WHERE tenant_id = ?1',
  )
    .bind(tenantId)
    .first<{ many: number; first: number }>();
  expect(dated?.many).toBeGreaterThan(0);
  expect(dated?.first).toBeGreaterThanOrEqual(before);
});

it('shows the operator looks, defects, webhooks and a recording that plays, once however often it is loaded', async () => {
  const { tenantId } = await seedTenant();
  const now = processNow();
  const callId = `call_${tenantId}`;
  const audio = wav(1_000);
  // an hour that no other test has looked at
  const looked = { from: now - 60 * 86_400_000, to: now - 60 * 86_400_000 + 3_600_000 };
  const operations: SeedOperation[] = [
    {
      op: 'uptime',
      looks: {
        ...looked,
        ill: [{ from: looked.to - 1_800_000, to: looked.to - 1_500_000, status: 'degraded', parts: ['calcom'] }],
      },
    },
    {
      op: 'defect',
      row: {
        event: 'demo_failed',
        name: 'TypeError',
        message: `not a function of ${callId}`,
        frames: ['at demo (file:///worker/demo.js:1:1)'],
        fields: { kind: 'demo' },
        tenantId,
        at: [now - 60_000, now - 30_000],
        settled: { state: 'ignored', reason: 'a test' },
      },
    },
    {
      op: 'webhooks',
      tenantId,
      rows: [
        {
          source: 'retell',
          eventType: 'call_ended',
          uniqueId: callId,
          payload: '{}',
          at: now - 60_000,
          state: 'processed',
        },
      ],
    },
    {
      op: 'recording',
      tenantId,
      row: { callId, startedAt: now - 60_000, at: now, audio: btoa(String.fromCharCode(...audio)) },
    },
  ];
  for (let load = 0; load < 2; load++)
    expect(await seed(platformOf(env), operations)).toEqual({ done: operations.length, refused: [] });
  const scope = openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' });
  const counted = await env.DB.prepare(
    'SELECT count(*) AS n, sum(status = ?1) AS ill FROM uptime_checks WHERE at >= ?2 AND at <= ?3',
  )
    .bind('degraded', looked.from, looked.to)
    .first<{ n: number; ill: number }>();
  expect(counted).toEqual({ n: 12, ill: 1 });
  const { results } = await env.DB.prepare('SELECT count, state FROM defects WHERE event = ?1')
    .bind('demo_failed')
    .all();
  expect(results).toEqual([{ count: 2, state: 'ignored' }]);
  const hooks = await env.DB.prepare('SELECT state, retry_count FROM webhook_logs WHERE unique_id = ?1')
    .bind(callId)
    .all();
  expect(hooks.results).toEqual([{ state: 'processed', retry_count: 1 }]);
  expect(await recordingOf(scope.db, callId)).toMatchObject({ state: 'kept', bytes: audio.byteLength });
  const stream = await scope.archive.audio(scope.archive.audioKey(callId));
  expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(audio);
});

/** What producers of ours say they used, from the message to the charge: each once, together with the others of its tenant. */
import { env } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { askApi, generousEnv } from '../../tests/contract/requests.ts';
import { seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import { EVENT_TYPES, METADATA_KINDS, METADATA_OF, metadataWord, readMetered } from '../../shared/usage-events.ts';
import { type Env, platformOf, type QueueMessage } from '../env.ts';
import { defaultTerms, PER_MINUTE_PLAN } from '../ledger/rules/terms.ts';
import { consume, readMessage } from '../queues.ts';
import { TenantArchive } from '../storage/archive.ts';
import { forgetArchived } from '../storage/archive.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';

let tenant: SeededTenant;
let scope: TenantScope;
beforeEach(async () => {
  tenant = await seedTenant();
  scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
  await scope.ledger.putTerms({ key: 'terms', terms: defaultTerms(PER_MINUTE_PLAN) });
});

/** Bindings whose low queue keeps what it is given. */
function watched(base: typeof generousEnv = generousEnv): { bindings: typeof generousEnv; sent: QueueMessage[] } {
  const sent: QueueMessage[] = [];
  const queue = {
    send: async (message: QueueMessage) => void sent.push(message),
    sendBatch: async (batch: Iterable<{ body: QueueMessage }>) => void sent.push(...[...batch].map(({ body }) => body)),
  };
  return { bindings: { ...base, QUEUE_LOW: queue } as unknown as typeof generousEnv, sent };
}

interface Ended {
  acked: number;
  retried: number;
}
async function bring(bodies: readonly unknown[]): Promise<Ended> {
  const ended: Ended = { acked: 0, retried: 0 };
  const messages = bodies.map((body, n) => ({
    id: `m${n}`,
    timestamp: new Date(0),
    attempts: 1,
    body,
    ack: () => void ended.acked++,
    retry: () => void ended.retried++,
  }));
  const batch = { queue: 'askproai-low', messages, ackAll: () => undefined, retryAll: () => undefined };
  await consume(batch as unknown as MessageBatch<unknown>, env as Env);
  return ended;
}
async function counts(): Promise<Record<string, [count: number, quantity: number]>> {
  const { result } = await scope.ledger.usage();
  if (!result.ok) throw new Error(result.error.code);
  return Object.fromEntries(
    result.value.lines.map((line) => [line.eventType, [line.count, line.quantityUnits / line.unitsPerOne]]),
  );
}

describe('what was used', () => {
  it('is charged together and once, however often the queue brings it', async () => {
    const { bindings, sent } = watched();
    const used = { eventType: 'sms', quantity: 2, occurredAt: processNow(), metadata: { segments: 2 } } as const;
    const producing = openTenant(platformOf(bindings), tenant.tenantId, { kind: 'system', cause: 'queue' });
    await producing.meter(Array.from({ length: 30 }, (_, n) => ({ ...used, key: `message:${n}` })));
    expect(await bring(sent)).toEqual({ acked: 30, retried: 0 });
    expect(await bring([...sent, ...sent])).toEqual({ acked: 60, retried: 0 });
    expect(await counts()).toEqual({ sms: [30, 60] });
    const { result } = await scope.ledger.entries({});
    expect(result.ok && result.value.items).toEqual([]);
  });

  it('of a tenant without terms is let go, and of one whose ledger cannot be asked comes again', async () => {
    const message = (tenantId: string) => ({
      kind: 'usage',
      id: 'api:1',
      tenantId,
      event: { eventType: 'api_call', quantity: 1, occurredAt: processNow() },
    });
    const { tenantId } = await seedTenant();
    expect(await bring([message(tenantId)])).toEqual({ acked: 1, retried: 0 });
    const stub = env.LEDGER.get(env.LEDGER.idFromName(tenant.tenantId));
    await (stub as unknown as { beginRestore(input: object): Promise<unknown> }).beginRestore({
      epoch: 2,
      previousHeadHash: null,
    });
    expect(await bring([message(tenant.tenantId)])).toEqual({ acked: 0, retried: 1 });
  });

  it.each<[string, unknown]>([
    ['a type of nobody', { eventType: 'minutes', quantity: 1, occurredAt: 1 }],
    ['a quantity that is none', { eventType: 'sms', quantity: '1', occurredAt: 1 }],
    ['less than nothing', { eventType: 'sms', quantity: -1, occurredAt: 1 }],
    ['no instant', { eventType: 'sms', quantity: 1, occurredAt: 'now' }],
    ['a name', { eventType: 'ai_query', quantity: 1, occurredAt: 1, metadata: { operation: 'Erika Muster' } }],
    ['metadata of another type', { eventType: 'sms', quantity: 1, occurredAt: 1, metadata: { tokens: 1 } }],
    ['nothing', null],
  ])('is no message of ours with %s', (_, event) => {
    expect(readMessage({ kind: 'usage', id: 'a', tenantId: tenant.tenantId, event })).toBeNull();
  });

  it('says of itself what its type’s closed list has', () => {
    for (const type of EVENT_TYPES) {
      const metadata = Object.fromEntries(
        METADATA_OF[type].map((name) => [name, METADATA_KINDS[name] === 'count' ? 1 : 'de']),
      );
      expect(readMetered({ eventType: type, quantity: 1, occurredAt: 1, metadata })).toMatchObject({ metadata });
    }
    expect(metadataWord('GET:/api/v1/customers/{id} Müller')).toBe('GET:/api/v1/customers/-id-M-ller');
  });
});

describe('a request by an API key', () => {
  it('is one message with its route, status and id; by nobody else, and not what we refused or failed at', async () => {
    const { bindings, sent } = watched();
    await askApi(tenant.apiKey, 'GET', '/api/v1/branches?limit=5', { bindings });
    await askApi(tenant.apiKey, 'GET', '/api/v1/customers/cus_unknown', { bindings });
    await askApi('ask_test_unknown', 'GET', '/api/v1/branches', { bindings });
    const used = sent.filter(({ kind }) => kind === 'usage');
    expect(used).toMatchObject([
      { tenantId: tenant.tenantId, event: { eventType: 'api_call', quantity: 1, metadata: { status: 200 } } },
      { tenantId: tenant.tenantId, event: { eventType: 'api_call', quantity: 1, metadata: { status: 404 } } },
    ]);
    expect(JSON.stringify(used)).toContain('GET:/api/v1/branches');
    expect(JSON.stringify(used)).not.toContain('cus_unknown');
    expect(await bring(used)).toMatchObject({ retried: 0 });
    expect(await counts()).toEqual({ api_call: [2, 2] });
  });
});

describe('a stored file', () => {
  it('is storage from then on, and released when it goes, by whatever way', async () => {
    const { bindings, sent } = watched();
    const archive = new TenantArchive(platformOf(bindings), tenant.tenantId);
    const bytes = new Uint8Array(2 * 1_048_576);
    const key = archive.importKey('imp_1');
    await archive.putImport(key, 'file', bytes);
    await archive.putImport(key, 'file', bytes.subarray(0, 1_048_576));
    await archive.putAudio(archive.audioKey('call_1'), new Blob([bytes]).stream(), bytes.byteLength, 'audio/wav');
    await archive.putAudio(archive.audioKey('call_2'), new Blob([bytes]).stream(), bytes.byteLength, 'audio/wav');
    // What is no recording and no import costs nobody anything.
    await archive.put('transcripts', 'call_1', 'text');
    await bring(sent.splice(0));
    const period = new Date(processNow() + 3_600_000).toISOString().slice(0, 7);
    const level = async () => {
      const { result } = await scope.ledger.storageLevel({ period });
      return result.ok ? [result.value.stored / 10_000, result.value.released / 10_000] : [];
    };
    expect([await level(), await counts()]).toEqual([[7, 2], { storage_mb: [4, 7] }]);
    await archive.removeImport(key);
    await archive.removeAudio(archive.audioKey('call_1'));
    await forgetArchived(platformOf(bindings)).keys([
      archive.audioKey('call_2'),
      archive.audioKey('call_2'),
      'webhooks/x',
    ]);
    await archive.removeAudio(archive.audioKey('call_1'));
    await bring([...sent, ...sent]);
    expect([await level(), await counts()]).toEqual([[7, 7], { storage_mb: [4, 7] }]);
  });
});

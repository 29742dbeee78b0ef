/** A small object on the real object runtime: the subject of the object runtime's own tests. Adds numbers; an event per addition. */
import type { TenantId } from '../../shared/ids.ts';
import { DurableObject } from 'cloudflare:workers';
import { processNow } from '../../shared/clock.ts';
import { err, ok } from '../../shared/result.ts';
import type { ObjectAlarm } from '../../workers/object-runtime/alarm-outbox.ts';
import type { Delivery, Sink } from '../../workers/object-runtime/drain.ts';
import type { OutboxEvent } from '../../workers/object-runtime/events.ts';
import { type Command, defineCommand } from '../../workers/object-runtime/command.ts';
import { type Answer, ObjectRuntime, type KnownHead } from '../../workers/object-runtime/object-runtime.ts';

interface Add {
  key: string;
  amount: number;
}

/** What the sinks of all probe objects received and how they behave; reset by each test through its own tenant id. */
export const probeWorld = {
  received: new Map<string, OutboxEvent[]>(),
  failing: new Set<string>(),
  poison: new Set<string>(),
  heads: new Map<string, KnownHead>(),
  headFails: false,
  /** what probe objects said to the table of alarms, by subject: the last word */
  told: new Map<string, ObjectAlarm>(),
  /** tenants whose words are not taken */
  deaf: new Set<string>(),
};

/** How long the probe remembers an outcome. */
export const PROBE_KEEP_MS = 10 * 86_400_000;

const sink = (name: string, tenantId: TenantId): Sink => ({
  name,
  async deliver(page): Promise<Delivery> {
    const id = `${name}:${tenantId}`;
    if (probeWorld.failing.has(id)) return { kind: 'retry', error: 'down' };
    if (probeWorld.poison.has(id)) return { kind: 'poison', seq: page[0]?.seq ?? 0, error: 'cannot' };
    probeWorld.received.set(id, [...(probeWorld.received.get(id) ?? []), ...page]);
    return { kind: 'done' };
  },
});

export class ProbeObject extends DurableObject {
  readonly runtime: ObjectRuntime<SqlStorage>;
  readonly #add: Command<SqlStorage, Add, { total: number }>;

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env as never);
    this.#add = defineCommand({
      name: 'add',
      keepMs: PROBE_KEEP_MS,
      key: (input) => input.key,
      made: [],
      unrecorded: [],
      decide: (sql, input) => {
        if (input.amount === 0) return err({ code: 'VALIDATION_ERROR', errors: { amount: ['zero'] } });
        sql.exec('UPDATE total SET n = n + ?', input.amount);
        const { n } = sql.exec<{ n: number }>('SELECT n FROM total').one();
        if (n < 0) return err({ code: 'VALIDATION_ERROR', errors: { amount: ['below zero'] } });
        return ok({
          value: { total: n },
          events: [{ type: 'added', v: 1, entity: 'total', body: { amount: input.amount, total: n } }],
        });
      },
    });
    this.runtime = new ObjectRuntime({
      ctx,
      kind: 'calendar',
      migrations: [
        {
          version: 1,
          id: 'total',
          minReader: 1,
          sql: 'CREATE TABLE total (n INTEGER NOT NULL) STRICT; INSERT INTO total VALUES (0);',
        },
      ],
      store: ctx.storage.sql,
      commands: { add: this.#add },
      sinks: (tenantId) => [sink('project', tenantId), sink('effects', tenantId)],
      tell: async (alarm) => {
        if (probeWorld.deaf.has(this.runtime.tenantId)) return false;
        probeWorld.told.set(`${alarm.kind} ${alarm.subject}`, alarm);
        return true;
      },
      knownHead: async (tenantId) => {
        if (probeWorld.headFails) throw new Error('D1 down');
        return probeWorld.heads.get(tenantId) ?? null;
      },
    });
  }

  add(key: string, amount: number): Answer<{ total: number }> {
    return this.runtime.run(this.#add, { key, amount });
  }
  total(): number {
    return this.ctx.storage.sql.exec<{ n: number }>('SELECT n FROM total').one().n;
  }
  override async alarm(): Promise<void> {
    await this.runtime.alarm();
  }
  get storage(): DurableObjectStorage {
    return this.ctx.storage;
  }
  now(): number {
    return processNow();
  }
}

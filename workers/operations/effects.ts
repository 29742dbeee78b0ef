/**
 * Effects: work outside that must happen once. A handler gets a claimed row and answers what became of it; retries, leases, parking and
 * the dead letter are here. Called by queues.ts (delivery), cron.ts (sweeper) and the development clock.
 */
import type { TenantId } from '../../shared/ids.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import { withoutPersonal } from '../../shared/loggable-fault.ts';
import { raiseAlarm } from '../alarms/raise.ts';
import { type QueueMessage, type Platform, bindingsOf } from '../env.ts';
import { type EffectKind, type Effects, isEffectKind, readEffect } from '../events/effects.ts';
import { enqueueEffects, queueOf } from '../projection/effects.ts';
import {
  claimEffects,
  type EffectKey,
  finishEffects,
  markEnqueued,
  tenantShard,
  waitingEffects,
  waitingWebhooks,
} from '../storage/platform-db.ts';
import { effectWaits, type EffectRow, parkEffect } from '../storage/queries/effects.ts';
import { TenantDb, type Write } from '../storage/tenant-db.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { log } from '../log.ts';
import { WEBHOOKS_A_MINUTE } from './webhook-turns.ts';
import { Gather, sideBySide } from '../../shared/gather.ts';
import { type Patience, sharedPatience } from '../integrations/vendor-call.ts';
import { type Together, together } from './together.ts';

export type { EffectRow };

export type EffectOutcome =
  /** `along` is written in the transaction that ends it; `following` is worked on at once, in the same batch */
  | { kind: 'done'; along?: readonly Write[]; following?: readonly Following[] }
  /** the world failed; again after a while. `afterMs` overrides the default back-off (Retry-After) */
  | { kind: 'retry'; reason: string; afterMs?: number }
  /** not its turn yet (another effect works on the same thing): again soon, counts as no attempt */
  | { kind: 'wait'; reason: string; afterMs: number }
  /** it can't be known or done: a person must look (the dead letter with the reason) */
  | { kind: 'park'; reason: string };

/**
 * An effect that another one caused and whose row was written claimed (`Together.begin`), with what works on it: what its cause has read
 * already isn't read again. After a crash its lease ends, and its kind's own handler works on it like on any other.
 */
export interface Following {
  effect: EffectRow;
  run: (context: Omit<EffectContext, 'ref'>) => Promise<EffectOutcome>;
}

export interface EffectContext<K extends EffectKind = EffectKind> {
  scope: TenantScope;
  effect: EffectRow;
  /** what the row says, checked against its kind */
  ref: Effects[K];
  /** Stores what may already have happened before a vendor is called, so that a crashed attempt is recognised. */
  phase(name: string): Promise<void>;
  /** What is read and written together with the other effects of the batch. */
  together: Pick<Together, 'ask' | 'customer' | 'begin'>;
}

export type EffectHandler<K extends EffectKind> = (context: EffectContext<K>) => Promise<EffectOutcome>;
/** One handler of each kind: a kind without one does not compile. */
export type EffectHandlers = { readonly [K in EffectKind]: EffectHandler<K> };

/** Waits between attempts (1, 5, 15 min); after the last one the effect is parked. */
const RETRY_WAITS_MS = [60_000, 300_000, 900_000];
/** Whether a `retry` of this attempt would be the end of it: a handler that has a way out of its own takes it now. */
export const isLastAttempt = ({ attempts }: Pick<EffectRow, 'attempts'>): boolean => attempts > RETRY_WAITS_MS.length;
/** An attempt is bounded to 120 s; a slightly longer lease distinguishes a crashed attempt from a slow one. */
const LEASE_MS = 150_000;
const SWEEP_ROWS = 500;
/** Queues delay at most twelve hours; longer waits are the sweeper's. */
const MAX_DELAY_SECONDS = 43_200;
/** A pending row this old has lost its message. */
const ENQUEUED_MS = 30_000;

/** How many effects of a batch run at a time: all of it, because most of their time they wait for a vendor or for D1. */
const SIDE_BY_SIDE = 50;
/** How long one that is done waits for others to be written with: a crash meanwhile runs it again. */
const FINISH_WITHIN_MS = 100;
const WRITE_WITHIN_MS = 10;
/** Whoever's turn comes later than this after the claim could still be at work when the lease ends: it is put back. */
const LATEST_START_MS = LEASE_MS - 120_000;

/** What became of one effect of a batch: null: its row says it, or another attempt has it; else what D1 said, and it must be brought again. */
export type Ended = { fault: unknown } | null;

/**
 * Claims a batch of effects with one statement a shard, runs them side by side, and writes those that are done together. A second delivery
 * finds its row claimed or done and does nothing. Each fails, waits and is parked by itself. Answers in the order of `keys`.
 */
export async function runEffects(
  platform: Platform,
  keys: readonly EffectKey[],
  handlers: EffectHandlers,
): Promise<Ended[]> {
  const now = processNow();
  const shards = new Map<D1Database, EffectKey[]>();
  for (const key of keys) {
    const shard = tenantShard(platform, key.tenantId);
    shards.set(shard, [...(shards.get(shard) ?? []), key]);
  }
  const faults = new Map<string, unknown>();
  await Promise.all(
    [...shards].map(async ([shard, mine]) => {
      const failed = (lost: readonly EffectKey[], fault: unknown): void => {
        for (const key of lost) faults.set(nameOf(key), fault);
      };
      let claimed: EffectRow[];
      try {
        claimed = await claimEffects(shard, mine, { now, leaseMs: LEASE_MS });
      } catch (fault) {
        failed(mine, fault);
        return;
      }
      const finished = finishing(shard, FINISH_WITHIN_MS);
      // What an end leaves to write waits for nobody: the provider's report of a message looks for its row soon.
      const written = finishing(shard, WRITE_WITHIN_MS);
      const batch = together(platform, shard, LEASE_MS);
      let running = claimed.length;
      const writing: Promise<void>[] = [];
      const since = realNow();
      const patience = sharedPatience();
      const workOn = async (effect: EffectRow, attempted: () => Promise<EffectOutcome>): Promise<void> => {
        try {
          const outcome = await attempted();
          if (outcome.kind === 'done') {
            const following = outcome.following ?? [];
            running += following.length;
            // What follows ends before its cause does, so that both ends are written at once.
            for (const next of following)
              await workOn(next.effect, () => attempt(platform, batch, patience, next.effect, next.run));
            const done = (outcome.along ? written : finished).add({ effect, along: outcome.along ?? [] });
            writing.push(done.catch((fault: unknown) => failed([effect], fault)));
          } else await settle(platform, new TenantDb(platform, effect.tenantId), effect, outcome);
        } catch (fault) {
          failed([effect], fault);
        }
        if (--running === 0) finished.end();
      };
      await sideBySide(claimed, SIDE_BY_SIDE, (effect) =>
        workOn(effect, async () =>
          realNow() - since > LATEST_START_MS
            ? TOO_LATE
            : attempt(platform, batch, patience, effect, handledBy(handlers)),
        ),
      );
      await Promise.all(writing);
    }),
  );
  return keys.map((key) => {
    const name = nameOf(key);
    return faults.has(name) ? { fault: faults.get(name) } : null;
  });
}

/** An effect that is done, and what is written with its end. */
interface Done {
  effect: EffectRow;
  along: readonly Write[];
}

const finishing = (shard: D1Database, withinMs: number): Gather<Done> =>
  new Gather<Done>(async (done) => {
    await finishEffects(
      shard,
      done.map(({ effect }) => effect),
      processNow(),
      done.flatMap(({ along }) => along),
    );
    return [];
  }, withinMs);

const nameOf = ({ tenantId, id }: EffectKey): string => `${tenantId} ${id}`;
const TOO_LATE: EffectOutcome = { kind: 'wait', reason: 'its batch took too long', afterMs: 0 };

/** One effect by itself: a batch of one. Throws what D1 said. */
export async function runEffect(
  platform: Platform,
  tenantId: TenantId,
  id: string,
  handlers: EffectHandlers,
): Promise<void> {
  const [ended] = await runEffects(platform, [{ tenantId, id }], handlers);
  if (ended) throw ended.fault;
}

/** Runs what works on a claimed effect; what it throws is an outcome. */
async function attempt(
  platform: Platform,
  batch: Together,
  patience: Patience,
  effect: EffectRow,
  run: Following['run'],
): Promise<EffectOutcome> {
  const options = { requestId: effect.id, storeLink: batch.link, patience };
  const scope = openTenant(platform, effect.tenantId, { kind: 'system', cause: 'queue' }, options);
  let outcome: EffectOutcome;
  try {
    outcome = await run({
      scope,
      effect,
      phase: (name) => batch.phase(effect, name),
      together: batch,
    });
  } catch (fault) {
    outcome = { kind: 'retry', reason: fault instanceof Error ? fault.message : String(fault) };
  }
  // What a vendor or a query says of its fault may repeat a number or a name: neither the row nor the log keeps it.
  return 'reason' in outcome ? { ...outcome, reason: withoutPersonal(outcome.reason) } : outcome;
}

/** The handler of an effect's kind. */
const handledBy =
  (handlers: EffectHandlers): Following['run'] =>
  async (context) =>
    isEffectKind(context.effect.kind)
      ? handle(handlers, context.effect.kind, context)
      : { kind: 'park', reason: `no handler for ${context.effect.kind}` };

async function handle<K extends EffectKind>(
  handlers: EffectHandlers,
  kind: K,
  context: Omit<EffectContext<K>, 'ref'>,
): Promise<EffectOutcome> {
  const read = readEffect(kind, context.effect.ref);
  if (!read.ok) return { kind: 'park', reason: `this is no ${kind}: ${read.problem}` };
  return handlers[kind]({ ...context, ref: read.ref });
}

/** Writes what became of an effect that is not done. */
async function settle(
  platform: Platform,
  db: TenantDb,
  effect: EffectRow,
  outcome: Exclude<EffectOutcome, { kind: 'done' }>,
): Promise<void> {
  const now = processNow();
  if (outcome.kind === 'wait') {
    await effectWaits(db, effect, now + outcome.afterMs, outcome.reason, effect.attempts - 1);
    await enqueueLater(platform, effect, outcome.afterMs);
    return;
  }
  const wait = outcome.kind === 'retry' ? (RETRY_WAITS_MS[effect.attempts - 1] ?? null) : null;
  if (outcome.kind === 'park' || wait === null) {
    const reason =
      outcome.kind === 'park' ? outcome.reason : `gave up after ${effect.attempts} attempts: ${outcome.reason}`;
    await park(platform, effect.tenantId, effect.id, effect.queue, letterOf(effect), reason);
    return;
  }
  const afterMs = Math.max(
    0,
    outcome.kind === 'retry' && outcome.afterMs !== undefined ? outcome.afterMs : jittered(wait),
  );
  if (effect.attempts === 1)
    log('warn', 'effect_failed_first', {
      kind: effect.kind,
      id: effect.id,
      tenantId: effect.tenantId,
      reason: outcome.reason,
    });
  await effectWaits(db, effect, now + afterMs, outcome.reason, effect.attempts);
  await enqueueLater(platform, effect, afterMs);
}

/** What the dead letter keeps of an effect; a row that holds no JSON is kept as text. */
function letterOf({ kind, ref }: EffectRow): string {
  try {
    return JSON.stringify({ kind, ref: JSON.parse(ref) as unknown });
  } catch {
    return JSON.stringify({ kind, ref });
  }
}

/** The queue brings it back in time; should its message get lost, the sweeper does. */
async function enqueueLater(platform: Platform, effect: EffectRow, afterMs: number): Promise<void> {
  await queueOf(platform, effect.queue)
    .send({ kind: 'effect', id: effect.id, tenantId: effect.tenantId } satisfies QueueMessage, {
      delaySeconds: Math.min(MAX_DELAY_SECONDS, Math.ceil(afterMs / 1000)),
    })
    .catch(() => undefined);
}

/** ±10 %, so that a vendor's outage does not end in one burst. */
const jittered = (ms: number): number => Math.round(ms * (0.9 + Math.random() * 0.2));

/** Puts an effect into the dead letter with its reason (also the dead-letter queue's consumer). */
export async function park(
  platform: Platform,
  tenantId: TenantId,
  id: string,
  queue: string,
  message: string,
  reason: string,
): Promise<void> {
  await parkEffect(new TenantDb(platform, tenantId), { id, queue, message, reason, at: processNow() });
  await raiseAlarm(platform, { kind: 'effect_parked', subject: tenantId, tenantId, detail: { id, queue, reason } });
}

/** Enqueues again what waits too long: lost messages, crashed attempts, stored webhooks. Cron, every minute; development, every few seconds. */
export async function sweep(platform: Platform): Promise<{ effects: number; webhooks: number }> {
  const now = processNow();
  const lost = await waitingEffects(platform, now, now - ENQUEUED_MS, SWEEP_ROWS);
  await enqueueEffects(platform, lost);
  // Their messages lie in the queue now: the next sweeps leave them alone, so that a long backlog does not fill it with twins.
  await markEnqueued(platform, lost, now);
  const webhooks = await waitingWebhooks(platform, now - ENQUEUED_MS, {
    each: WEBHOOKS_A_MINUTE,
    limit: SWEEP_ROWS,
  });
  for (const { id, tenantId } of webhooks)
    await bindingsOf(platform)
      .QUEUE_HIGH.send({ kind: 'webhook', id, tenantId, swept: true })
      .catch(() => undefined);
  return { effects: lost.length, webhooks: webhooks.length };
}

/**
 * The only way to a tenant: a scope is a capability you hold, not a filter you remember. Opened by http/ (session, key), telephony
 * (signed route), payments and calendar sync (verified webhook), queue consumers and cron.
 */
import type { Actor } from '../../shared/actor.ts';
import { type Instant, processNow } from '../../shared/clock.ts';
import { calendarPort } from '../calendar/client.ts';
import type { CalendarPort } from '../calendar/types.ts';
import type { EffectSpec } from '../events/effects.ts';
import { formatHead, type Head, type ObjectKind, parseHeads } from '../object-runtime/events.ts';
import { type Config, configOf, type Env } from '../env.ts';
import { ledgerPort } from '../ledger/client.ts';
import type { LedgerPort } from '../ledger/types.ts';
import { recordEffects } from '../projection/effects.ts';
import { type IntegrationRecord, integrationOf, type TenantRecord, tenantById } from '../storage/platform-db.ts';
import { type RowsOptions, TenantDb, type TenantTable } from '../storage/tenant-db.ts';
import type { InferSelectModel } from 'drizzle-orm';

export interface TenantScope {
  readonly tenantId: string;
  readonly actor: Actor;
  readonly now: Instant;
  readonly requestId: string;
  readonly config: Config;
  readonly db: TenantDb;
  readonly calendar: CalendarPort;
  readonly ledger: LedgerPort;
  /** The tenant's own record, from D1 (status and brand are always judged at the source); memoised for this scope. */
  tenant(): Promise<TenantRecord | null>;
  integration(vendor: IntegrationRecord['vendor'], companyId?: string): Promise<IntegrationRecord | null>;
  /** Durable work caused outside an object's decision (calls, webhooks): rows first, then their ids are enqueued. */
  effects(specs: readonly EffectSpec[]): Promise<void>;
  /**
   * A projected list that shows what the client has written (`X-Askpro-Min`): behind → ask the object to flush (≤ 300 ms) and
   * read again; still behind → `stale: true`.
   */
  fresh<T extends TenantTable>(
    kind: ObjectKind,
    minimum: string | null | undefined,
    table: T,
    options: RowsOptions,
  ): Promise<{ rows: InferSelectModel<T>[]; stale: boolean; head: string | null }>;
}

export interface ScopeOptions {
  now?: Instant;
  requestId?: string;
}

const FLUSH_MS = 300;

/** Opens a tenant's scope. Synchronous and without D1: permission was judged by who opens it, status is judged where it matters. */
export function openTenant(env: Env, tenantId: string, actor: Actor, options: ScopeOptions = {}): TenantScope {
  const now = options.now ?? processNow();
  const db = new TenantDb(env, tenantId);
  const calendar = calendarPort(env, tenantId);
  const ledger = ledgerPort(env, tenantId);
  let record: Promise<TenantRecord | null> | null = null;
  return {
    tenantId,
    actor,
    now,
    requestId: options.requestId ?? 'internal',
    config: configOf(env),
    db,
    calendar,
    ledger,
    tenant() {
      record ??= tenantById(env, tenantId);
      return record;
    },
    integration: (vendor, companyId) => integrationOf(env, tenantId, vendor, companyId),
    effects: (specs) => recordEffects(env, tenantId, specs, now),
    async fresh(kind, minimum, table, rowsOptions) {
      const headOf = (heads: Partial<Record<ObjectKind, Head>>): string | null => {
        const head = heads[kind];
        return head ? formatHead(head) : null;
      };
      const wanted = parseHeads(minimum)[kind];
      if (wanted) {
        const read = await db.rowsWithHeads(table, rowsOptions);
        if (reached(read.heads[kind], wanted)) return { rows: read.rows, stale: false, head: headOf(read.heads) };
      }
      // Behind, or a client that does not say what it has seen (a script that lists right after it wrote): the object hands over what
      // still waits. An object where nothing waits answers at once.
      const drained = await (kind === 'calendar' ? calendar : ledger).flush(FLUSH_MS);
      const read = await db.rowsWithHeads(table, rowsOptions);
      return { rows: read.rows, stale: !reached(read.heads[kind], wanted ?? drained), head: headOf(read.heads) };
    },
  };
}

const reached = (head: Head | undefined, wanted: Head): boolean =>
  wanted.seq === 0 ||
  (head !== undefined && (head.epoch > wanted.epoch || (head.epoch === wanted.epoch && head.seq >= wanted.seq)));

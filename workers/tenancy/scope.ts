/**
 * The only way to a tenant: a scope is a capability you hold, not a filter you remember. Opened by http/ (session, key), telephony
 * (signed route), payments and calendar sync (verified webhook), queue consumers and cron.
 */
import { type Actor, causerOf } from '../../shared/actor.ts';
import { type Instant, processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { ConsentPurpose } from '../../shared/message-sets.ts';
import type { NotificationChannel } from '../../shared/notification-status.ts';
import type { TenantLimit } from '../../shared/tenant-status.ts';
import type { Vendor } from '../../shared/vendors.ts';
import { calendarPort } from '../calendar/client.ts';
import type { CalendarPort } from '../calendar/port.ts';
import type { EffectSpec } from '../events/effects.ts';
import { hearVendor } from '../alarms/hear-vendors.ts';
import { type Alarm, clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import type { Looker } from '../object-runtime/looks.ts';
import { compareHeads, formatHead, type Head, type ObjectKind, parseHeads } from '../object-runtime/events.ts';
import type { Config, Platform } from '../env.ts';
import { ledgerPort } from '../ledger/client.ts';
import type { LedgerPort } from '../ledger/port.ts';
import type { Modification } from '../calendar/types.ts';
import { enqueueEffects, recordEffects } from '../projection/effects.ts';
import { asIfAlone, type Patience } from '../integrations/vendor-call.ts';
import { TenantArchive } from '../storage/archive.ts';
import type { UsageFiles } from '../storage/usage-files.ts';
import { meter } from '../storage/usage-queue.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Metered } from '../../shared/usage-events.ts';
import { type CalcomId, saveCalcomRoutes } from '../storage/queries/calendar-sync.ts';
import { type Owner, ownersOf, type Told } from '../storage/queries/owners.ts';
import { namesOfUsers, recentNamesOfUsers } from '../storage/queries/users.ts';
import { addressKey } from './caller-keys.ts';
import { type StoreLink, stopLink, storeLinkAlone, undoLink } from './action-links.ts';
import { type Brand, effectiveBrand } from './brand.ts';
import { type Credential, credentialInForce, type InForce } from './credentials.ts';
import { type AgentIdentity, type NumberIdentity, tenantOfAgent, tenantOfNumber } from './directory.ts';
import { limitOf } from './limits.ts';
import { manageLink, signedManageLink } from './manage-link.ts';
import { withinReach } from './within-reach.ts';
import { reachedBy } from './reached.ts';
import { type PresenceAsk, presentOf } from './presence.ts';
import { type PublicAddress, publicAddressOf } from './public-address.ts';
import { openSealed } from './seal.ts';
import { type IntegrationRecord, integrationOf, rememberedTenant, type TenantRecord } from '../storage/platform-db.ts';
import { pendingEffectOf } from '../storage/queries/effects.ts';
import type { Reached } from '../storage/queries/reach.ts';
import { TenantDb, type Write } from '../storage/tenant-db.ts';

export interface TenantScope {
  readonly tenantId: TenantId;
  readonly actor: Actor;
  readonly now: Instant;
  readonly requestId: string;
  readonly config: Config;
  readonly db: TenantDb;
  /** development or test: conveniences that a deployed Worker must not have */
  readonly development: boolean;
  readonly archive: TenantArchive;
  /** raw usage events, as they came and as they were charged */
  usageFiles(): Promise<UsageFiles>;
  /** Says what was used, to be charged soon; the same use, by its key, once. Never throws. */
  meter(used: readonly Metered[]): Promise<void>;
  readonly calendar: CalendarPort;
  readonly ledger: LedgerPort;
  /** How far the actor reaches now; memoised for this scope. Rows of D1 are narrowed by it (storage/queries/reach.ts). */
  reached(): Promise<Reached>;
  /** The tenant's own record, ten seconds old at most (storage/remembered.ts); what spends money asks the ledger, which has its own state. */
  tenant(): Promise<TenantRecord | null>;
  /** How much of something the tenant may have; null: there is no bound. As old as settings and record at most. */
  limit(name: TenantLimit): Promise<number | null>;
  /** Record of whoever it hangs below; null: nobody. As old as its own at most. */
  parent(): Promise<TenantRecord | null>;
  integration(vendor: IntegrationRecord['vendor'], companyId?: string): Promise<IntegrationRecord | null>;
  /** What a vendor is called with: the company's credential, else the tenant's, else the platform's (credentials.ts). */
  credential(vendor: Vendor, companyId?: string): Promise<InForce>;
  /** A sealed vendor credential of this tenant, opened; null when it can't be (key gone, value damaged). */
  unseal(sealed: string): Promise<string | null>;
  /** The brand the tenant appears under: its own, else its reseller's, else the product's. */
  brand(): Promise<Brand>;
  /** Where the tenant's customers find it: own domain, host of its brand, or ours; memoised for this scope. */
  address(): Promise<PublicAddress>;
  /** Active owners (and managers, where asked), oldest first. */
  owners(limit: number, told?: Told): Promise<Owner[]>;
  /** Names of the tenant's own people by user id, at most 90 of them. */
  namesOfUsers(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** for lists: ten seconds old at most */
  recentNamesOfUsers(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Notes who looks at a day of the calendar and answers who else does; nobody, where that cannot be asked. */
  present(ask: PresenceAsk): Promise<Looker[]>;
  /** What the directory says of a number or agent, if it is this tenant's own; else null. */
  ownNumber(e164: string): Promise<NumberIdentity | null>;
  ownAgent(agentId: string): Promise<AgentIdentity | null>;
  /** The link to an appointment as a message carries it: 22 characters whose hash is stored. */
  manageLink(appointmentId: string, endsAt: number): Promise<string>;
  /** The link to an appointment as an answer on the phone carries it: signed, nothing is stored. */
  signedManageLink(appointmentId: string, endsAt: number): Promise<string>;
  /** The link that takes a change back, once and within 24 hours. */
  undoLink(change: Modification): Promise<string>;
  /** The link by which a customer no longer wants messages of a purpose at this address. */
  stopLink(stop: {
    customerId: string;
    channel: NotificationChannel;
    purpose: ConsentPurpose;
    recipient: string;
    /** when the message was written */
    since: number;
  }): Promise<string>;
  /** Stores ids at Cal.com as this tenant's, so that an unsigned name in a webhook leads here. */
  claimCalcomIds(ids: readonly CalcomId[]): Promise<void>;
  /** A person has to know of something of this tenant: log line and row. Never throws. */
  raise(alarm: Omit<Alarm, 'tenantId'>): Promise<unknown>;
  /** What was wrong is well again. Never throws. */
  clearAlarm(alarm: Pick<Alarm, 'kind' | 'subject'>): Promise<unknown>;
  /** Is told how a call to a vendor for this tenant ended (alarms/hear-vendors.ts). @param credential what it was called with; default: the platform's */
  heard(vendor: Vendor, credential?: Pick<Credential, 'level'>): (fault: string | null) => Promise<void>;
  /** How long a vendor is waited for: work of a batch shares the connections of its event. */
  readonly patience: Patience;
  /** Hands effects that are pending already to their queues. */
  enqueue(effects: readonly { id: string; queue: EffectSpec['queue'] }[]): Promise<void>;
  /** Durable work caused outside an object's decision (calls, webhooks): rows first, then their ids are enqueued. */
  effects(specs: readonly EffectSpec[]): Promise<void>;
  /** The rows of such work, for a batch with what causes it; `enqueue` them once that is stored. */
  effectWrites(specs: readonly EffectSpec[]): Write[];
  /**
   * Waits (≤ 300 ms) until the projection has what the client has written (`X-Askpro-Min`) and what the object had committed when it was
   * asked; a list then reads it. `stale`: it still has not; `head`: where it stands. Costs no statement of D1.
   */
  caughtUp(kind: ObjectKind, minimum: string | null | undefined): Promise<{ stale: boolean; head: string | null }>;
}

interface ScopeOptions {
  now?: Instant;
  requestId?: string;
  /** how links of messages are stored; default: each by itself */
  storeLink?: StoreLink;
  patience?: Patience;
}

const FLUSH_MS = 300;

const usageArchive = lazy(() => import('../storage/usage-files.ts'));

/** Opens a tenant's scope. Synchronous and without D1: permission was judged by who opens it, status is judged where it matters. */
export function openTenant(
  platform: Platform,
  tenantId: TenantId,
  actor: Actor,
  options: ScopeOptions = {},
): TenantScope {
  const now = options.now ?? processNow();
  const db = new TenantDb(platform, tenantId);
  const store = options.storeLink ?? storeLinkAlone(platform);
  const whole = calendarPort(platform, tenantId);
  let far: Promise<Reached> | null = null;
  const reach = (): Promise<Reached> => (far ??= reachedBy(actor, whole));
  const calendar = withinReach(whole, actor, reach);
  const ledger = ledgerPort(platform, tenantId);
  let record: Promise<TenantRecord | null> | null = null;
  let found: Promise<PublicAddress> | null = null;
  return {
    tenantId,
    actor,
    now,
    requestId: options.requestId ?? 'internal',
    config: platform.config,
    db,
    calendar,
    ledger,
    reached: reach,
    tenant() {
      record ??= rememberedTenant(platform, tenantId);
      return record;
    },
    async limit(name) {
      return limitOf(platform, await this.tenant(), name);
    },
    async parent() {
      const parentId = (await this.tenant())?.parentId ?? null;
      return parentId === null ? null : rememberedTenant(platform, parentId);
    },
    development: platform.development,
    archive: new TenantArchive(platform, tenantId),
    usageFiles: async () => new (await usageArchive()).UsageFiles(platform, tenantId),
    meter: (used) => meter(platform, tenantId, used),
    unseal: (sealed) => openSealed(platform, tenantId, sealed),
    async brand() {
      return effectiveBrand(platform, await this.tenant());
    },
    owners: (limit, told) => ownersOf(platform, tenantId, limit, told),
    namesOfUsers: (ids) => namesOfUsers(platform, tenantId, ids),
    recentNamesOfUsers: (ids) => recentNamesOfUsers(platform, tenantId, ids),
    present: (ask) => presentOf(platform, tenantId, ask),
    async ownNumber(e164) {
      const number = await tenantOfNumber(platform, e164);
      return number?.tenantId === tenantId ? number : null;
    },
    async ownAgent(agentId) {
      const agent = await tenantOfAgent(platform, agentId);
      return agent?.tenantId === tenantId ? agent : null;
    },
    address() {
      found ??= this.tenant().then((tenant) => publicAddressOf(platform, tenant));
      return found;
    },
    async manageLink(appointmentId, endsAt) {
      const { base } = await this.address();
      return manageLink(platform, tenantId, { appointmentId, endsAt, base, now, store });
    },
    signedManageLink: (appointmentId, endsAt) => signedManageLink(platform, tenantId, appointmentId, endsAt),
    async undoLink(change) {
      const { base } = await this.address();
      return undoLink(platform, tenantId, { change, base, now, store });
    },
    async stopLink({ recipient, since, ...stop }) {
      const { base } = await this.address();
      const addressHash = addressKey(this, stop.channel, recipient);
      return stopLink(platform, tenantId, { ...stop, addressHash }, { base, since, now, store });
    },
    claimCalcomIds: (ids) => saveCalcomRoutes(platform, tenantId, ids),
    raise: (alarm) => raiseAlarm(platform, { ...alarm, tenantId }),
    heard: (vendor, credential) => (fault) =>
      hearVendor(platform, vendor, tenantId, fault, (credential?.level ?? 'platform') !== 'platform'),
    patience: options.patience ?? asIfAlone,
    clearAlarm: (alarm) => clearAlarm(platform, alarm, causerOf(actor)),
    enqueue: (effects) =>
      enqueueEffects(
        platform,
        effects.map(({ id, queue }) => ({ id, queue, tenantId })),
      ),
    integration: (vendor, companyId) => integrationOf(platform, tenantId, vendor, companyId),
    credential: (vendor, companyId) => credentialInForce(platform, tenantId, vendor, companyId),
    effects: (specs) => recordEffects(platform, tenantId, specs, now),
    effectWrites: (specs) => specs.map((spec) => pendingEffectOf(db, spec, now)),
    async caughtUp(kind, minimum) {
      const wanted = parseHeads(minimum)[kind];
      // A client that does not say what it has seen (a script that lists right after it wrote) sees what the object has committed. The
      // object knows what D1 has taken: it costs no statement, and where nothing waits it answers at once.
      const flushed = await (kind === 'calendar' ? calendar : ledger).flush(FLUSH_MS);
      const projection: Head = { kind, epoch: flushed.epoch, seq: flushed.projected };
      return { stale: !reached(projection, later(wanted, flushed)), head: formatHead(projection) };
    },
  };
}

/** What a list has to show: what the client has written, and what the object had committed when it was asked. */
const later = (wanted: Head | undefined, present: Head): Head =>
  wanted !== undefined && compareHeads(wanted, present) > 0 ? wanted : present;

const reached = (head: Head | undefined, wanted: Head): boolean =>
  wanted.seq === 0 ||
  (head !== undefined && (head.epoch > wanted.epoch || (head.epoch === wanted.epoch && head.seq >= wanted.seq)));

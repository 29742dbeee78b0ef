/**
 * Loads prepared records (demo data, test tenants)through the same entry points the product uses: control plane, identity, ports. Development
 * and test only; its route answers 404 elsewhere. Every operation is idempotent, so a load that was cut off is simply repeated.
 */
import { SETTING_KEYS, SYSTEM_SETTINGS, type SystemSettings } from '../../shared/contract/settings.ts';
import { DEFAULT_PLANS } from '../instance/default-plans.ts';
import { seedBeginning } from '../storage/queries/setup.ts';
import { beginSecondFactor, confirmSecondFactor } from '../storage/identity/second-factors.ts';
import { seal } from '../tenancy/seal.ts';
import { storedCodes } from '../identity/second-factor.ts';
import { createUser } from '../identity/accounts.ts';
import { installApiKey } from '../identity/api-keys.ts';
import type { Platform } from '../env.ts';
import { type NewAbsence, seedAbsences } from '../storage/queries/absence-requests.ts';
import { insertRole, type OwnRole } from '../storage/identity/roles.ts';
import { MAX_USERS } from '../identity/users.ts';
import { insertInvited, type UserFields, userFieldsOf } from '../storage/identity/users.ts';
import type { JobRequest } from '../jobs/types.ts';
import { busySourceId, type ImportAppointment, type ScheduleInput } from '../calendar/types.ts';
import type { ChargeUsage, OpenTopup, PutTerms, RecordTopup, SettleAppointment, SettleCall } from '../ledger/types.ts';
import { asCents } from '../../shared/money.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { MINUTE } from '../../shared/time.ts';
import {
  type NewTenant,
  type PhoneNumberRecord,
  saveAgent,
  saveDomain,
  savePhoneNumber,
  saveTenant,
} from '../storage/platform-db.ts';
import {
  type NewSeedCall,
  type NewSeedCallback,
  type NewSeedCustomer,
  type NewSeedCustomerPage,
  type NewSeedErasure,
  type NewSeedProvisioning,
  type NewSeedTag,
  seedCallMoney,
  seedCallbacks,
  seedCalls,
  seedCustomerPage,
  seedCustomers,
  seedErasure,
  seedProvisioning,
  seedTags,
} from '../storage/queries/seed.ts';
import { recordUsage, type UsageInput } from '../metering/commands/record-usage.ts';
import { moneyOf as callMoneyOf } from '../telephony/receipt.ts';
import { refreshCalcomRoutes } from '../calendar-sync/push.ts';
import { saveCommission } from '../storage/queries/tenants.ts';
import { auditBeside } from '../identity/audit.ts';
import { keepAgreements, type LegalTextRow, saveLegalText, versionsByIds } from '../storage/queries/legal.ts';
import { asTenantId, forgetAllInMemory } from '../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import {
  type SeedDefect,
  type SeedRecording,
  type SeedUptime,
  type SeedWebhook,
  seedDefect,
  seedJob,
  seedRecording,
  seedUptime,
  seedWebhooks,
} from './seed-watch.ts';

export type SeedOperation =
  | { op: 'tenant'; record: NewTenant }
  | { op: 'instance'; settings: Partial<SystemSettings> }
  | { op: 'number'; record: PhoneNumberRecord }
  | { op: 'agent'; record: Parameters<typeof saveAgent>[1] }
  | { op: 'domain'; record: Parameters<typeof saveDomain>[1] }
  | { op: 'user'; record: Parameters<typeof createUser>[1] }
  /** somebody who has not accepted yet; no mail goes out */
  | { op: 'invited'; tenantId: string; record: Parameters<typeof insertInvited>[1] }
  /** an app and recovery codes that everybody knows */
  | { op: 'factor'; tenantId: string; userId: string; secret: string; codes: readonly string[] }
  /** a role of the tenant's own */
  | { op: 'role'; tenantId: string; record: OwnRole }
  /** what a user has of it, and how far they reach */
  | { op: 'grant'; tenantId: string; userId: string; set: UserFields }
  | { op: 'legal_text'; row: LegalTextRow }
  | { op: 'agreed'; tenantId: string; textIds: string[]; userId: string; at: number }
  | { op: 'api_key'; record: Parameters<typeof installApiKey>[1] }
  | { op: 'schedule'; tenantId: string; key: string; at?: number; items: ScheduleInput[] }
  | { op: 'tags'; tenantId: string; rows: NewSeedTag[] }
  | { op: 'provisioning'; tenantId: string; rows: NewSeedProvisioning }
  | { op: 'customers'; tenantId: string; rows: NewSeedCustomer[] }
  | { op: 'customer_page'; tenantId: string; rows: NewSeedCustomerPage }
  | { op: 'erasure'; tenantId: string; row: NewSeedErasure }
  | { op: 'appointments'; tenantId: string; key: string; rows: ImportAppointment[] }
  | { op: 'note'; tenantId: string; command: Parameters<TenantScope['calendar']['addAppointmentNote']>[0] }
  | { op: 'calls'; tenantId: string; rows: NewSeedCall[] }
  | { op: 'absences'; tenantId: string; rows: NewAbsence[] }
  | {
      op: 'busy_times';
      tenantId: string;
      staffId: string;
      name: string;
      times: { from: number; to: number; title: string | null }[];
    }
  /** what a reseller earns of one company, set already: a repeat changes nothing */
  | { op: 'commission'; tenantId: string; companyId: string; rateBasisPoints: number }
  | { op: 'callbacks'; tenantId: string; rows: NewSeedCallback[] }
  | { op: 'terms'; tenantId: string; command: PutTerms }
  | { op: 'open_topup'; tenantId: string; command: OpenTopup }
  | { op: 'topup'; tenantId: string; command: RecordTopup }
  | { op: 'settle_call'; tenantId: string; command: SettleCall }
  | { op: 'usage'; tenantId: string; command: ChargeUsage }
  /** recorded as a request would be: charge and files */
  | { op: 'metered'; tenantId: string; events: readonly UsageInput[] }
  | { op: 'appointment_fee'; tenantId: string; command: SettleAppointment }
  | { op: 'uptime'; looks: SeedUptime }
  | { op: 'defect'; row: SeedDefect }
  | { op: 'webhooks'; tenantId: string; rows: SeedWebhook[] }
  | { op: 'recording'; tenantId: string; row: SeedRecording }
  | { op: 'job'; tenantId: string; job: Pick<JobRequest, 'kind' | 'reach' | 'dry'> }
  /** adjusts the paid balance to exactly zero */
  | { op: 'settle_balance'; tenantId: string; key: string };

/** Operations of one request; the demo loader sends several requests. */
export const MAX_OPERATIONS = 1_000;

const SEED_ACTOR = { kind: 'system' as const, id: 'seed' };

/** Runs the operations in order; answers what each refused. */
export async function seed(
  platform: Platform,
  operations: readonly SeedOperation[],
): Promise<{ done: number; refused: { index: number; because: unknown }[] }> {
  const refused: { index: number; because: unknown }[] = [];
  for (const [index, operation] of operations.entries()) {
    const outcome = await one(platform, operation);
    if (outcome !== null) refused.push({ index, because: outcome });
  }
  forgetAllInMemory();
  return { done: operations.length - refused.length, refused };
}

async function one(platform: Platform, operation: SeedOperation): Promise<unknown> {
  const now = processNow();
  const scopeOf = (tenantId: string) =>
    openTenant(platform, asTenantId(tenantId), { kind: 'system', cause: 'demo' }, { now });
  const refusal = (answer: { result: { ok: boolean; error?: unknown } }): unknown =>
    answer.result.ok ? null : (answer.result.error ?? 'refused');
  switch (operation.op) {
    case 'tenant':
      await saveTenant(platform, operation.record);
      return null;
    case 'instance':
      await seedBeginning(platform, {
        tenantId: asTenantId('platform'),
        plans: DEFAULT_PLANS.map((plan) => ({ ...plan, currency: 'EUR', createdAt: now, updatedAt: now })),
        settings: SETTING_KEYS.map((key) => ({
          key,
          value: operation.settings[key] ?? SYSTEM_SETTINGS[key].initial,
          updatedAt: now,
          updatedBy: 'system:demo',
        })),
      });
      return null;
    case 'number':
      await savePhoneNumber(platform, operation.record);
      return null;
    case 'agent':
      await saveAgent(platform, operation.record);
      return null;
    case 'domain':
      await saveDomain(platform, operation.record);
      return null;
    case 'user': {
      const created = await createUser(platform, operation.record, now);
      return created.ok ? null : created.error;
    }
    case 'factor': {
      const { db } = scopeOf(operation.tenantId);
      const { userId, tenantId, secret } = operation;
      const sealedSecret = await seal(platform, tenantId, secret);
      const none = { tenant: [], unconfirmed: [] };
      const begun = { userId, realm: tenantId, sealedSecret, createdAt: now };
      if (!(await beginSecondFactor(db, begun, none))) return null;
      const codes = storedCodes('demo', operation.codes);
      await confirmSecondFactor(db, userId, { sealedSecret, step: 0, at: now, codes }, [], none);
      return null;
    }
    case 'invited':
      await insertInvited(
        scopeOf(operation.tenantId).db,
        operation.record,
        MAX_USERS,
        [],
        { tenant: [], unconfirmed: [] },
        now,
      );
      return null;
    case 'role':
      await insertRole(scopeOf(operation.tenantId).db, operation.record, { tenant: [], unconfirmed: [] });
      return null;
    case 'grant':
      await userFieldsOf(scopeOf(operation.tenantId).db, operation.userId, operation.set, now);
      return null;
    case 'legal_text':
      await saveLegalText(platform, operation.row);
      return null;
    case 'agreed': {
      const { textIds, userId, at } = operation;
      const versions = await versionsByIds(platform, textIds);
      const { db } = scopeOf(operation.tenantId);
      await keepAgreements(db, versions, { userId, at }, { tenant: [], unconfirmed: [] });
      return versions.length === textIds.length ? null : 'no such legal text';
    }
    case 'api_key':
      await installApiKey(platform, operation.record, now);
      return null;
    case 'schedule': {
      const scope = scopeOf(operation.tenantId);
      const answer = await scope.calendar.putScheduleMany({
        key: operation.key,
        now: operation.at === undefined ? now : asInstant(operation.at),
        actor: SEED_ACTOR,
        items: operation.items,
      });
      if (!answer.result.ok) return answer.result.error;
      await refreshCalcomRoutes({ scope } as Parameters<typeof refreshCalcomRoutes>[0]);
      return null;
    }
    case 'tags':
      await seedTags(scopeOf(operation.tenantId).db, operation.rows, now);
      return null;
    case 'commission': {
      const { tenantId, companyId, rateBasisPoints } = operation;
      const scope = scopeOf(tenantId);
      await saveCommission(
        scope.db,
        { tenantId: scope.tenantId, companyId, rateBasisPoints, version: 0, updatedAt: now },
        auditBeside(scope, {
          log: 'tenants',
          description: 'commission.changed',
          subjectType: 'tenant',
          subjectId: tenantId,
          after: { company_id: companyId, rate_basis_points: rateBasisPoints },
        }),
      );
      return null;
    }
    case 'provisioning':
      await seedProvisioning(scopeOf(operation.tenantId).db, operation.rows, now);
      return null;
    case 'note':
      return refusal(await scopeOf(operation.tenantId).calendar.addAppointmentNote(operation.command));
    case 'customers': {
      const scope = scopeOf(operation.tenantId);
      await seedCustomers(scope.db, operation.rows, now);
      return refusal(await scope.calendar.registerCustomers({ customerIds: operation.rows.map((r) => r.id), now }));
    }
    case 'customer_page':
      await seedCustomerPage(scopeOf(operation.tenantId).db, operation.rows);
      return null;
    case 'erasure':
      await seedErasure(scopeOf(operation.tenantId).db, operation.row);
      return null;
    case 'appointments':
      return refusal(
        await scopeOf(operation.tenantId).calendar.importAppointments({
          key: operation.key,
          now,
          actor: SEED_ACTOR,
          appointments: operation.rows,
        }),
      );
    case 'calls':
      await seedCalls(scopeOf(operation.tenantId).db, operation.rows, now);
      return null;
    case 'absences':
      await seedAbsences(scopeOf(operation.tenantId).db, operation.rows);
      return null;
    case 'busy_times': {
      const { calendar } = scopeOf(operation.tenantId);
      const { staffId, name, times } = operation;
      const sourceId = busySourceId(staffId, name);
      const importId = `imp_${sourceId.slice(4)}`;
      const command = { now, actor: SEED_ACTOR, staffId, importId };
      const put = await calendar.putBusyTimes({
        ...command,
        key: `demo:${importId}:times`,
        part: 0,
        times: times.map(({ from, to }) => [from / MINUTE, to / MINUTE]),
        titles: times.map(({ title }) => title),
      });
      if (!put.result.ok) return put.result.error;
      const end = { ...command, key: `demo:${importId}:end`, sourceId, name, times: times.length };
      return refusal(await calendar.replaceBusySource(end));
    }
    case 'callbacks':
      await seedCallbacks(scopeOf(operation.tenantId).db, operation.rows);
      return null;
    case 'terms':
      return refusal(await scopeOf(operation.tenantId).ledger.putTerms(operation.command));
    case 'open_topup':
      return refusal(await scopeOf(operation.tenantId).ledger.openTopup(operation.command));
    case 'topup':
      return refusal(await scopeOf(operation.tenantId).ledger.recordTopup(operation.command));
    case 'settle_call': {
      const scope = scopeOf(operation.tenantId);
      const { command } = operation;
      const [settled, terms] = await Promise.all([scope.ledger.settleCall(command), scope.ledger.terms()]);
      if (!settled.result.ok) return settled.result.error;
      const charge = settled.result.value;
      const callId = command.refs?.referenceId;
      if (callId === undefined) return null;
      const money = callMoneyOf({
        seconds: command.seconds,
        charge,
        plan: terms.result.ok ? terms.result.value.terms.plan : null,
        entryIds: charge.entryId === null ? [] : [charge.entryId],
      });
      await seedCallMoney(scope.db, callId, {
        chargedCents: charge.postedCents,
        currency: charge.balance.currency,
        money: { ...money },
      });
      return null;
    }
    case 'settle_balance': {
      const { ledger } = scopeOf(operation.tenantId);
      const { result } = await ledger.balance();
      if (!result.ok) return result.error;
      if (result.value.availableCents === 0) return null;
      return refusal(
        await ledger.adjust({
          key: operation.key,
          amountCents: asCents(-result.value.availableCents),
          account: 'prepaid',
          reasonId: 'demo_opening_balance',
        }),
      );
    }
    case 'uptime':
      await seedUptime(platform, operation.looks);
      return null;
    case 'defect':
      return seedDefect(platform, scopeOf('platform'), operation.row);
    case 'webhooks':
      await seedWebhooks(platform, asTenantId(operation.tenantId), operation.rows, now);
      return null;
    case 'recording':
      await seedRecording(scopeOf(operation.tenantId), operation.row);
      return null;
    case 'job': {
      const scope = scopeOf(operation.tenantId);
      await seedJob(platform, scope, { ...operation.job, tenantId: scope.tenantId, by: 'system:demo' });
      return null;
    }
    case 'usage':
      return refusal(await scopeOf(operation.tenantId).ledger.chargeUsage(operation.command));
    case 'metered': {
      const recorded = await recordUsage(scopeOf(operation.tenantId), operation.events);
      return recorded.ok ? null : recorded.error;
    }
    case 'appointment_fee':
      return refusal(await scopeOf(operation.tenantId).ledger.settleAppointment(operation.command));
  }
}
